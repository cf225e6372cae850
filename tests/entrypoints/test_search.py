"""Searches over HTTP: started, waited for, served card by card."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from adapters.bootstrap import lexicon
from adapters.sql.store import SqlTransactions
from domain.errors import Unavailable
from domain.identifiers import TelegramId
from domain.resumes.content import ResumeContent
from domain.search.gathering import Gathered
from domain.search.run import ANSWERED, PASSING, Outcome, SearchRun, SourceReport
from tests.entrypoints.installation import ANNA, BORIS, PROFILE, Installation, a_job, code_of, told

NEXT = f"/search/next/{ANNA}"


def test_a_search_is_started_once_for_the_same_filters(with_anna: Installation) -> None:
    first = with_anna.bot.post(f"/search/start/{ANNA}", {"region": "Казань", "sources": ["internal", "hh"]})
    same = with_anna.bot.post(f"/search/start/{ANNA}", {"region": "Казань", "sources": ["hh", "internal", "hh"]})
    other = with_anna.bot.post(f"/search/start/{ANNA}", {"region": "Пермь"})

    assert [first.status_code, same.status_code, other.status_code] == [202, 200, 202]
    assert told(first)["search_id"] == told(same)["search_id"] != told(other)["search_id"]
    assert (told(first)["status"], told(first)["engine"], told(first)["sources"]) == ("queued", None, [])


def test_of_two_searches_the_newer_one_counts(with_anna: Installation) -> None:
    with_anna.offer(a_job("1"), a_job("2", area="Пермь"))
    with_anna.bot.post(f"/search/start/{ANNA}", {"region": "Казань"})
    newer = with_anna.search(region="Пермь")

    assert told(with_anna.bot.get(f"/search/status/{ANNA}"))["search_id"] == newer
    assert told(with_anna.bot.get(NEXT))["vacancy_id"] == "partner-2"
    assert with_anna.bot.get(NEXT).status_code == 204


def test_a_search_may_start_without_a_body(with_anna: Installation) -> None:
    assert with_anna.bot.post(f"/search/start/{ANNA}").status_code == 202


def test_null_filters_are_no_filters(with_anna: Installation) -> None:
    nothing = dict.fromkeys(("text", "region", "salary_from", "work_format", "sources"))

    first = with_anna.bot.post(f"/search/start/{ANNA}", {})
    same = with_anna.bot.post(f"/search/start/{ANNA}", nothing)

    assert same.status_code == 200
    assert told(first)["filters"] == {**nothing, "sources": []}


def test_a_search_needs_a_profile_and_a_resume(api: Installation) -> None:
    nobody = api.bot.post(f"/search/start/{BORIS}", {})
    api.bot.post("/users/", PROFILE)
    no_resume = api.bot.post(f"/search/start/{ANNA}", {})

    assert (nobody.status_code, code_of(nobody)) == (404, "user_not_found")
    assert (no_resume.status_code, code_of(no_resume)) == (409, "no_resume")


@pytest.mark.parametrize(
    ("filters", "field", "code"),
    [
        ({"sources": ["linkedin"]}, "sources", "unknown_source"),
        ({"sources": "internal"}, "sources", "not_a_list"),
        ({"sources": ["internal"] * 11}, "sources", "too_many"),
        ({"salary_from": -1}, "salary_from", "out_of_range"),
        ({"salary_from": "many"}, "salary_from", "not_a_number"),
        ({"work_format": "home"}, "work_format", "unknown_choice"),
        ({"text": "x" * 501}, "text", "bad_length"),
        ({"city": "Казань"}, "city", "unknown_field"),
    ],
)
def test_a_bad_filter_is_named(with_anna: Installation, filters: dict[str, Any], field: str, code: str) -> None:
    answer = with_anna.bot.post(f"/search/start/{ANNA}", filters)

    assert answer.status_code == 422
    assert told(answer)["errors"]["body"][field][0]["code"] == code


def test_the_status_tells_of_each_source_and_counts(with_anna: Installation) -> None:
    with_anna.offer(a_job("1"), a_job("2"))
    assert code_of(with_anna.bot.get(f"/search/status/{ANNA}")) == "no_search"

    search_id = with_anna.search()

    status = told(with_anna.bot.get(f"/search/status/{ANNA}"))
    assert (status["search_id"], status["status"], status["engine"]) == (search_id, "ready", "builtin")
    assert status["sources"] == [
        {"source": "internal", "outcome": "ok", "found": 2},
        {"source": "hh", "outcome": "not_configured", "found": 0},
        {"source": "trudvsem", "outcome": "not_configured", "found": 0},
    ]
    assert status["counts"] == {"found": 2, "queued": 2, "filtered": {}}
    assert status["similarity"] == lexicon().similarity.model


def test_next_says_to_wait_while_gathering(with_anna: Installation) -> None:
    with_anna.bot.post(f"/search/start/{ANNA}", {})

    answer = with_anna.bot.get(NEXT)

    assert answer.status_code == 202
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.headers["Cache-Control"] == "no-store"
    assert told(answer)["status"] == "queued"


def test_cards_come_best_first_each_once_and_then_no_more(with_anna: Installation) -> None:
    with_anna.offer(a_job("far", area="Владивосток"), a_job("near"), a_job("other", title="Тестировщик", skills=[]))
    with_anna.search()

    answers = [with_anna.bot.get(NEXT) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 204]
    cards = [told(answer) for answer in answers[:3]]
    assert [card["vacancy_id"] for card in cards] == ["partner-near", "partner-far", "partner-other"]
    assert [(card["position"], card["remaining"]) for card in cards] == [(1, 2), (2, 1), (3, 0)]
    assert cards[0]["score"] > cards[1]["score"] > cards[2]["score"]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_a_queue_says_where_it_grows_weak_and_ends_before_other_professions(with_anna: Installation) -> None:
    weak = a_job("weak", title="Тестировщик", skills=[])
    with_anna.offer(a_job("own"), weak, a_job("other", title="Повар", skills=[], requirements="Выпечка"))
    with_anna.search()

    own, weak_one, end = (with_anna.bot.get(NEXT) for _ in range(3))

    assert (told(own)["notice"], end.status_code) == (None, 204)
    assert told(weak_one)["notice"] == "weak_from_here"
    assert told(weak_one)["reasons"][-1] == "Дальше — вакансии, которые подходят слабо"
    assert told(with_anna.bot.get(f"/search/status/{ANNA}"))["counts"] == {
        "found": 3,
        "queued": 2,
        "filtered": {"not_your_work": 1},
    }
    found = told(with_anna.bot.get(f"/search/history/{ANNA}"))["items"]
    assert [each["vacancy_id"] for each in found if each["filter_reason"] == "not_your_work"] == ["partner-other"]


def test_with_after_the_same_question_gets_the_same_card(with_anna: Installation) -> None:
    with_anna.offer(a_job("1"), a_job("2"))
    with_anna.search()

    first = told(with_anna.bot.get(f"{NEXT}?after=none"))
    again = told(with_anna.bot.get(f"{NEXT}?after=none"))
    second = told(with_anna.bot.get(f"{NEXT}?after={first['vacancy_id']}"))
    end = with_anna.bot.get(f"{NEXT}?after={second['vacancy_id']}")

    assert first == again
    assert second["vacancy_id"] != first["vacancy_id"]
    assert end.status_code == 204


@pytest.mark.parametrize(
    ("after", "code"), [("partner-77", "never_shown"), ("", "bad_length"), ("x" * 201, "bad_length")]
)
def test_after_names_a_card_that_was_shown(with_anna: Installation, after: str, code: str) -> None:
    with_anna.search()

    answer = with_anna.bot.get(NEXT, query_string={"after": after})

    assert answer.status_code == 422
    assert told(answer)["errors"]["query"]["after"][0]["code"] == code


def test_a_card_shown_once_is_never_shown_by_a_later_search(with_anna: Installation) -> None:
    with_anna.offer(a_job("1"), a_job("2"))
    with_anna.search()
    shown = told(with_anna.bot.get(NEXT))["vacancy_id"]

    with_anna.search()

    assert told(with_anna.bot.get(NEXT))["vacancy_id"] != shown
    assert with_anna.bot.get(NEXT).status_code == 204


def test_before_the_first_search_there_is_nothing_to_serve(with_anna: Installation) -> None:
    for path in (NEXT, f"{NEXT}?after=none"):
        answer = with_anna.bot.get(path)
        assert (answer.status_code, code_of(answer)) == (404, "no_search")


class ClosedEngine:
    """An engine that never answers."""

    name = "closed"

    def gather(self, run: SearchRun, resume: ResumeContent) -> Gathered:  # noqa: ARG002 — as the port has it
        raise Unavailable("engine_unavailable")


def test_a_search_that_failed_says_why(with_anna: Installation) -> None:
    with_anna.bot.post(f"/search/start/{ANNA}", {})
    with_anna.fail_the_search(ClosedEngine())

    answer = with_anna.bot.get(NEXT)

    assert (answer.status_code, code_of(answer)) == (409, "search_failed")
    assert told(answer)["detail"] == "Поиск не удался: на нашей стороне случился сбой. Запустите его ещё раз."
    assert told(with_anna.bot.get(f"/search/status/{ANNA}"))["reason"] == "engine_unavailable"


@dataclass
class TroubledEngine:
    """An engine whose only source has a trouble."""

    outcome: Outcome
    name = "troubled"

    def gather(self, run: SearchRun, resume: ResumeContent) -> Gathered:  # noqa: ARG002 — as the port has it
        return Gathered(vacancies=(), reports=(SourceReport(source="hh", outcome=self.outcome),))


def fail_now(api: Installation, outcome: Outcome) -> None:
    """Let a search of hh.ru fail at this moment because of that outcome."""
    api.bot.post(f"/search/start/{ANNA}", {"sources": ["hh"]})
    api.fail_the_search(TroubledEngine(outcome))
    with SqlTransactions(api.engine)() as tx:
        run = tx.search_runs.latest(TelegramId(ANNA))
        assert run is not None
        # The clock of that engine has gone on by hours.
        tx.search_runs.save(replace(run, finished_at=datetime.now(timezone.utc)))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("outcome", sorted(set(Outcome) - ANSWERED))
def test_a_search_that_no_source_answered_tells_what_each_said(
    with_anna: Installation, outcome: Outcome, language: str
) -> None:
    fail_now(with_anna, outcome)

    answer = with_anna.bot.get(NEXT, headers={"Accept-Language": language})

    assert (answer.status_code, code_of(answer)) == (409, "search_failed")
    detail = told(answer)["detail"]
    # A code without words would stand there alone.
    assert re.search(r"\. hh\.ru: .{9,}\. ", detail)
    assert not re.search(r"[a-z]_[a-z]", detail)
    assert ("Retry-After" in answer.headers) == (outcome in PASSING)
    assert any(words in detail for words in ("чуть позже", "a little later")) == (outcome in PASSING)


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        (
            "ru",
            "Поиск не удался. hh.ru: просят подтвердить, что мы не робот (капча). Запустите его снова через 10 минут.",
        ),
        (
            "en",
            "The search failed. hh.ru: they want to see that we are no robot (a captcha)."
            " Start it again in 10 minutes.",
        ),
    ],
)
def test_when_to_search_anew_is_told_by_how_long_the_board_rests(
    with_anna: Installation, language: str, detail: str
) -> None:
    fail_now(with_anna, Outcome.CAPTCHA)
    with SqlTransactions(with_anna.engine)() as tx:
        tx.boards.rest("hh", until=datetime.now(timezone.utc) + timedelta(seconds=600), because="captcha")

    answer = with_anna.bot.get(NEXT, headers={"Accept-Language": language})

    assert told(answer)["detail"] == detail
    assert 590 <= int(answer.headers["Retry-After"]) <= 600


def test_the_current_card_is_the_one_served_last_and_changes_nothing(with_anna: Installation) -> None:
    with_anna.offer(a_job("1"), a_job("2"))
    with_anna.search()
    before = with_anna.bot.get(f"/search/current/{ANNA}")
    served = told(with_anna.bot.get(NEXT))

    current = [told(with_anna.bot.get(f"/search/current/{ANNA}")) for _ in range(2)]

    assert (before.status_code, code_of(before)) == (404, "nothing_shown_yet")
    assert current == [served, served]
    assert told(with_anna.bot.get(NEXT))["vacancy_id"] != served["vacancy_id"]


def test_nobody_has_no_cards(api: Installation) -> None:
    for path in ("status", "next", "current", "history"):
        answer = api.bot.get(f"/search/{path}/{BORIS}")
        assert (answer.status_code, code_of(answer)) == (404, "user_not_found")
