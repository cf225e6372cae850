"""The Работа России on loopback answers as its clients say the real one does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from adapters.boards.http import Client
from adapters.boards.reading import json_of
from tests.boards.trudvsem import Board, running_board


@pytest.fixture
def board() -> Iterator[Board]:
    with running_board(Board()) as board:
        yield board


def asked(url: str, path: str, **params: str) -> Any:
    return json_of(Client(url, headers={"User-Agent": "Example/1.0"}).get(path, list(params.items())).body)


def ids_in(answer: Any) -> list[str]:
    return [each["vacancy"]["id"][-2:] for each in answer["results"]["vacancies"]]


def test_it_holds_forty_vacancies(board: Board) -> None:
    answer = asked(board.url, "/vacancies", limit="100")

    assert answer["meta"] == {"total": 40, "limit": 100}
    assert answer["status"] == "200"
    assert len(set(ids_in(answer))) == 40


@pytest.mark.parametrize("code", ["16", "1600000000000"])
def test_a_region_is_named_by_either_code(board: Board, code: str) -> None:
    found = asked(board.url, f"/vacancies/region/{code}", text="Python")

    assert ids_in(found) == ["01", "02", "26"]


def test_a_company_is_named_by_its_number(board: Board) -> None:
    assert ids_in(asked(board.url, "/vacancies/company/ogrn/1000000000007")) == ["07"]


@pytest.mark.parametrize(("offset", "first"), [("pages", "0b"), ("items", "02")])
def test_the_offset_counts_what_it_is_told_to(board: Board, offset: str, first: str) -> None:
    board.offset = offset

    assert ids_in(asked(board.url, "/vacancies", limit="10", offset="1"))[0] == first


def test_nothing_found_has_no_vacancies(board: Board) -> None:
    assert asked(board.url, "/vacancies", text="Укротитель")["results"] == {}


def test_a_page_holds_no_more_than_a_hundred(board: Board) -> None:
    board.vacancies = list(board.vacancies) * 5

    assert len(ids_in(asked(board.url, "/vacancies", limit="500"))) == 100


@pytest.mark.parametrize(("told", "status"), [([], 200), (["--trouble", "451"], 451)])
def test_it_is_a_program_too(told: list[str], status: int) -> None:
    program = [sys.executable, "-m", "tests.boards.trudvsem", "--port", "0", *told]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603 — our own program
        try:
            assert running.stdout is not None
            url = running.stdout.readline().strip()
            answer = Client(url, headers={"User-Agent": "Example/1.0"}).get("/vacancies")
        finally:
            running.terminate()

    assert answer.status == status
