"""`demo` shows the main job from end to end, and leaves nothing behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.e2e.programs import Ended, Machine, until


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def demo(machine: Machine) -> Ended:
    return machine.run("demo", "--language", "en")


def test_the_demo_ends_well_and_says_nothing_on_standard_error(demo: Ended) -> None:
    assert (demo.status, demo.err) == (0, "")


def test_the_demo_turns_a_pdf_into_a_resume(demo: Ended) -> None:
    assert "ivanova_python_ru.pdf" in demo.out
    assert re.search(r"status +parsed\n", demo.out)
    assert re.search(r"wants to be +Старший Python-разработчик", demo.out)
    assert re.search(r"skills +Python, .*PostgreSQL", demo.out)


def test_the_demo_serves_five_vacancies_or_more_in_their_order_each_with_its_reasons(demo: Ended) -> None:
    cards = re.findall(r"^ +(\d+)\. .+ · score (\d+).*\n((?: +– .+\n)+)", demo.out, re.MULTILINE)

    assert len(cards) >= 5
    assert [int(position) for position, _, _ in cards] == list(range(1, len(cards) + 1))
    assert [int(score) for _, score, _ in cards] == sorted((int(score) for _, score, _ in cards), reverse=True)
    assert int(cards[0][1]) > int(cards[-1][1])
    assert all(2 <= len(reasons.splitlines()) <= 4 for _, _, reasons in cards)


def test_the_demo_leaves_no_file_and_no_process_behind(machine: Machine, demo: Ended) -> None:
    assert demo.status == 0
    assert [path for path in machine.folder.rglob("*") if path.is_file()] == []
    assert not Path(machine.data).exists()
    until(lambda: not machine.readers(), "the readers ended", seconds=5)
