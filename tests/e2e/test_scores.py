"""A pair of a résumé and a vacancy has one score: in a search, in a ranking over HTTP, on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.callers import FORM, Caller
from tests.e2e.programs import Machine
from tests.e2e.samples import PDF, VACANCIES, vacancies

KEYS = {"vacancy_id", "score", "skills_match_percent", "matched_skills", "missing_skills", "reasons"}


@pytest.fixture(scope="module")
def ranked_for_the_form(shared: Machine, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Return what `rank` says of the sample vacancies for the form."""
    form = tmp_path_factory.mktemp("form") / "form.json"
    form.write_text(json.dumps(FORM), "utf-8")
    return ranked(shared, form)


def ranked(machine: Machine, resume: Path) -> list[Any]:
    ended = machine.run("rank", resume, VACANCIES)
    assert (ended.status, ended.err) == (0, "")
    return ended.objects


def scores(items: list[Any]) -> dict[str, tuple[int, int | None]]:
    return {
        item["vacancy_id"].removeprefix("internal-"): (item["score"], item["skills_match_percent"]) for item in items
    }


def searched(caller: Caller, person: int) -> list[Any]:
    caller.start(person)
    caller.found(person)
    return [item for item in caller.history("search", person) if item["vacancy_id"].startswith("internal-s")]


def test_a_file_is_scored_alike_by_a_search_and_by_rank(shared: Machine, caller: Caller, person: int) -> None:
    caller.parsed(person, caller.send(person, PDF.name, PDF.read_bytes())["upload_id"])

    found = searched(caller, person)
    told = ranked(shared, PDF)

    assert len(told) == len(vacancies())
    assert len({score for score, _ in scores(told).values()}) > 20
    assert scores(told) == scores(found)


def test_a_form_is_scored_alike_by_a_search_by_rank_and_by_the_scoring_api(
    caller: Caller, person: int, ranked_for_the_form: list[Any]
) -> None:
    caller.submit(person)

    found = searched(caller, person)
    answered = caller.ask("POST", "/scoring/rank", json={"resume": FORM, "vacancies": vacancies()}).json()["items"]

    assert len(ranked_for_the_form) == len(vacancies())
    assert scores(ranked_for_the_form) == scores(found)
    assert [{key: item[key] for key in KEYS} for item in answered] == ranked_for_the_form


def test_rank_and_next_give_the_same_order_and_the_same_words(
    caller: Caller, person: int, ranked_for_the_form: list[Any]
) -> None:
    caller.submit(person)
    caller.start(person)
    caller.found(person)

    cards = [caller.next(person).json() for _ in range(20)]
    # The card that bears a notice tells it in place of a reason.
    cards = [card for card in cards if card["notice"] is None]
    shown = [card["vacancy_id"].removeprefix("internal-") for card in cards]
    told = [item for item in ranked_for_the_form if item["vacancy_id"] in shown]

    assert shown == [item["vacancy_id"] for item in told]
    words = KEYS - {"vacancy_id"}
    assert [{key: card[key] for key in words} for card in cards] == [{key: item[key] for key in words} for item in told]
