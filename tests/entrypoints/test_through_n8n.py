"""A search through n8n over HTTP: handed out, asked for, ranked, handed in, shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adapters.sql.store import SqlTransactions
from adapters.system import SystemClock
from domain.errors import Unavailable
from domain.handing_out.engine import OutsideEngine
from tests.domain.outsiders import ScriptedAutomation
from tests.entrypoints.handing_out import PATIENCE
from tests.entrypoints.installation import ANNA, Installation, a_job, told


@pytest.fixture
def automation() -> ScriptedAutomation:
    return ScriptedAutomation()


@pytest.fixture
def handing(with_anna: Installation, automation: ScriptedAutomation) -> Installation:
    """Return an installation that hands its searches out, with two vacancies of its own and one that does not fit."""
    run_search = with_anna.application.run_search
    n8n = OutsideEngine(
        SqlTransactions(with_anna.engine),
        SystemClock(),
        automation,
        PATIENCE,
        2,
        ("internal",),
        run_search.assess.scorer.measures,
    )
    application = replace(with_anna.application, run_search=replace(run_search, engines=(n8n, *run_search.engines)))
    with_anna.app.extensions["job-assistant"] = application
    made = replace(with_anna, application=application)
    made.offer(a_job("1"), a_job("2"), a_job("3", title="Водитель", skills=[], requirements="Права"))
    return made


def gathered(api: Installation, search_id: str, *others: dict[str, Any]) -> dict[str, Any]:
    """Return the page that a workflow makes: what our source gives and other vacancies, ranked by us."""
    found = told(api.pipeline.get(f"/vacancies/search?source=internal&search_id={search_id}&limit=500"))
    items = [*({"vacancy_id": each["vacancy_id"]} for each in found["vacancies"]), *others]
    ranking = told(api.pipeline.post("/scoring/rank", {"search_id": search_id, "vacancies": items}))
    return {
        "version": 1,
        "execution_id": "execution-1",
        "page": 1,
        "pages": 1,
        "sources": [found["report"], {"source": "boutique", "outcome": "ok", "found": len(others)}],
        "vacancies": [items[each["index"]] for each in ranking["items"]],
    }


def shown(api: Installation) -> list[str]:
    cards = []
    while (answer := api.bot.get(f"/search/next/{ANNA}")).status_code == 200:
        cards.append(str(told(answer)["vacancy_id"]))
    return cards


def test_what_n8n_hands_in_is_shown_and_n8n_is_named(handing: Installation) -> None:
    search_id = handing.search()
    waiting = handing.bot.get(f"/search/next/{ANNA}")
    theirs = a_job("9", source="boutique", title="Python-разработчик", requirements="Python, Django, PostgreSQL")

    answer = handing.n8n.post(f"/search/results/{search_id}", gathered(handing, search_id, theirs))
    handing.work()

    assert (waiting.status_code, told(answer)["status"], told(answer)["refused"]) == (202, "taken", [])
    run = told(handing.bot.get(f"/search/status/{ANNA}"))
    assert (run["status"], run["engine"]) == ("ready", "n8n")
    assert {report["source"]: report["outcome"] for report in run["sources"]} == {"internal": "ok", "boutique": "ok"}
    assert set(shown(handing)) >= {"partner-1", "partner-2", "boutique-9"}


def test_what_comes_after_plan_b_answered_is_shown_as_well_and_nothing_twice(
    handing: Installation, automation: ScriptedAutomation
) -> None:
    search_id = handing.search()
    page = gathered(handing, search_id, a_job("9", source="boutique"))
    handing.n8n.post("/n8n/failures", {"version": 1, "execution_id": automation.execution_id})
    handing.work()
    by_plan_b = told(handing.bot.get(f"/search/status/{ANNA}"))
    before = [told(handing.bot.get(f"/search/next/{ANNA}"))["vacancy_id"]]

    answer = handing.n8n.post(f"/search/results/{search_id}", page)
    handing.work()

    assert (by_plan_b["status"], by_plan_b["engine"]) == ("ready", "builtin")
    assert (answer.status_code, told(answer)["status"]) == (200, "late")
    cards = [*before, *shown(handing)]
    assert "boutique-9" in cards
    assert len(cards) == len(set(cards))


def test_a_search_that_nobody_took_is_answered_at_once(handing: Installation, automation: ScriptedAutomation) -> None:
    automation.error = Unavailable("n8n_unreachable")

    search_id = handing.search()
    late = handing.n8n.post("/n8n/failures", {"version": 1, "execution_id": None, "search_id": search_id})

    run = told(handing.bot.get(f"/search/status/{ANNA}"))
    assert (run["status"], run["engine"]) == ("ready", "builtin")
    assert (late.status_code, told(late)["status"]) == (200, "repeated")
