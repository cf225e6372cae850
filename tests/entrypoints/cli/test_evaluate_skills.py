"""`evaluate skills`: the skills found in vacancies measured on labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.entrypoints.cli.conftest import Run

VACANCIES: list[Any] = [
    {"id": "py", "language": "ru", "title": "Разработчик", "requirements": "Python, Django\nБудет плюсом: Kafka"},
    {"id": 7, "title": "Work", "requirements": "Licence C"},
]
LABELS: list[Any] = [
    {
        "vacancy": "py",
        "skills": [
            {"skill": "Python", "words": "Python", "must": True},
            {"skill": "Apache Kafka", "words": "Kafka", "must": False},
            {"skill": "Умение спорить", "words": "спорить"},
        ],
    },
    {"vacancy": 7, "skills": [{"skill": "Водительские права категории C", "words": "Licence C"}]},
]


def a_sample(folder: Path, vacancies: list[Any], labels: list[Any]) -> tuple[Path, Path]:
    """Write a labelled sample; texts are lines as they are, everything else is JSON."""
    written = []
    for name, lines in (("vacancies", vacancies), ("labels", labels)):
        file = folder / f"{name}.jsonl"
        plain = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        file.write_text("\n".join(plain), "utf-8")
        written.append(file)
    return written[0], written[1]


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path]:
    return a_sample(tmp_path, VACANCIES, LABELS)


def test_figures_are_told_over_all_and_over_each_language(run: Run, small: tuple[Path, ...]) -> None:
    ended = run("evaluate", "skills", *small, "--json")

    (told,) = ended.objects
    everything, english, russian = told["sections"]
    assert ended.status == 0
    assert (everything["language"], english["language"], russian["language"]) == (None, "en", "ru")
    assert (everything["vacancies"], everything["labels"], everything["found"]) == (2, 4, 4)
    assert (everything["precision"]["mean"], everything["recall"]["mean"]) == (0.75, 0.75)
    assert set(everything["f1"]) == {"mean", "low", "high"}
    assert "vacancies" not in told


def test_the_table_says_the_same_in_words(run: Run, small: tuple[Path, ...]) -> None:
    lines = run("evaluate", "skills", *small).out.splitlines()

    assert lines[2].split() == ["precision", "recall", "F1", "must", "or", "nice"]
    assert [line.split()[0] for line in lines[3:6]] == ["all", "en", "ru"]
    assert lines[3].split()[1] == "0.750"
    assert lines[6] == "2 vacancies, 4 labels, 4 skills found"


def test_errors_are_told_text_by_text_the_worst_first(run: Run, small: tuple[Path, ...]) -> None:
    out = run("evaluate", "skills", *small, "--errors").out
    (told,) = run("evaluate", "skills", *small, "--errors", "--json").objects

    assert "py  Разработчик: met 2 of 3, right 2 of 3" in out
    assert "    missed  Умение спорить  «спорить»" in out
    assert "    wrong  Django  «Python, Django»" in out
    assert out.index("py  Разработчик") < out.index("7  Work")
    assert [each["vacancy_id"] for each in told["vacancies"]] == ["py", "7"]


def test_bad_lines_are_told_and_left_out(run: Run, tmp_path: Path) -> None:
    sample = a_sample(
        tmp_path,
        [*VACANCIES, "{torn", {"id": "w", "title": "<p></p>"}],
        [
            *LABELS,
            {"vacancy": "py", "skills": []},
            {"skills": []},
            {"vacancy": "x", "skills": []},
            {"vacancy": "w", "skills": []},
        ],
    )

    ended = run("evaluate", "skills", *sample, "--json")

    assert ended.status == 0
    assert [line.split(": ")[0] for line in ended.err.splitlines()] == [
        "VACANCIES:3",
        "LABELS:3",
        "LABELS:4",
        "LABELS",
        "VACANCIES",
    ]
    assert "LABELS: 1 lines are of vacancies that are not there" in ended.err
    assert ended.objects[0]["sections"][0]["vacancies"] == 2


def test_where_nothing_is_labelled_it_says_so(run: Run, tmp_path: Path) -> None:
    ended = run("evaluate", "skills", *a_sample(tmp_path, VACANCIES, []))

    assert (ended.status, ended.out) == (1, "")
    assert "nothing to measure" in ended.err


def test_one_of_the_files_is_not_enough(run: Run, small: tuple[Path, ...]) -> None:
    ended = run("evaluate", "skills", small[0])

    assert ended.status == 2
    assert "Give both files, or none" in ended.err


def test_on_the_shipped_sample_nine_of_ten_are_found_and_right(run: Run) -> None:
    (told,) = run("evaluate", "skills", "--json").objects

    everything = told["sections"][0]
    assert everything["vacancies"] == 75
    assert everything["precision"]["mean"] >= 0.9
    assert everything["recall"]["mean"] >= 0.9
