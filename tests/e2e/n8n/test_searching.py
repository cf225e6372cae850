"""Searches through a real n8n, from the start to the cards, whatever breaks on the way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from tests.boards.hh import HhRu, faults
from tests.e2e.callers import Caller
from tests.e2e.farm import Farm, running_farm
from tests.e2e.n8n.conftest import HH_JOBS, Installed, an_hh, settings_for
from tests.e2e.n8n.roads import Additions, Road
from tests.e2e.n8n.running import N8n
from tests.e2e.programs import until

pytestmark = [pytest.mark.n8n, pytest.mark.timeout(1_800)]

DEADLINE_SECONDS = 25
_PERSONS = count(870_000_001)


@pytest.fixture(scope="module")
def hh_of_all() -> Iterator[HhRu]:
    with an_hh() as hh:
        yield hh


@pytest.fixture
def hh(hh_of_all: HhRu) -> HhRu:
    hh_of_all.faults.clear()
    hh_of_all.requests.clear()
    return hh_of_all


@pytest.fixture(scope="module")
def farm(set_up: Installed, hh_of_all: HhRu, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    """Return an installation with an API and a worker, for all tests of this module."""
    folder, settings = tmp_path_factory.mktemp("searching"), settings_for(set_up.n8n, hh_of_all)
    with running_farm(folder, apis=1, workers=1, N8N_SECONDS=str(DEADLINE_SECONDS), **settings) as farm:
        yield farm


@pytest.fixture
def caller(farm: Farm, road: Road, hh: HhRu, as_ever: None) -> Iterator[Caller]:
    del as_ever, hh
    road.leads_to = farm.apis[-1].url
    with farm.caller() as caller:
        yield caller


@pytest.fixture
def person(caller: Caller) -> int:
    """Return somebody with a résumé."""
    telegram_id = next(_PERSONS)
    caller.welcome(telegram_id)
    caller.submit(telegram_id)
    return telegram_id


def jobs(most: int) -> list[dict[str, Any]]:
    """Return jobs of the operator's own board."""
    return [
        {
            "id": number,
            "title": "Python-разработчик",
            "company": f"ООО «Тихая гавань {number}»",
            "city": "Казань",
            "description": f"<p>Отдел «Ёж» \\ № {number}: {{{{ 1 + 1 }}}}</p><ul><li>Python</li><li>Django</li></ul>",
            "url": f"https://jobs.example.com/{number}",
        }
        for number in range(most)
    ]


def partner_ids(most: int) -> set[str]:
    return {f"partner-{number}" for number in range(most)}


def outcomes(run: Any) -> dict[str, tuple[str, int]]:
    return {each["source"]: (each["outcome"], each["found"]) for each in run["sources"]}


def test_a_search_goes_through_n8n_to_the_cards(
    n8n: N8n, farm: Farm, caller: Caller, person: int, road: Road, additions: Additions
) -> None:
    del n8n
    additions.jobs = jobs(3)

    caller.start(person, text="Python")
    run = caller.found(person)
    cards = caller.served(person)

    assert run["engine"] == "n8n", farm.rows("SELECT * FROM hand_outs")
    assert outcomes(run) == {
        "hh": ("ok", HH_JOBS),
        "internal": ("empty", 0),
        "partner": ("ok", 3),
        "trudvsem": ("not_configured", 0),
    }
    assert len(cards) == len(set(cards)) == HH_JOBS + 3
    assert partner_ids(3) < set(cards)
    [page] = road.calls("/search/results/")
    assert (page.status, page.answered["status"], page.told["page"], page.told["pages"]) == (200, "taken", 1, 1)
    [ranked] = road.calls("/scoring/rank")
    assert (ranked.status, len(ranked.told["vacancies"])) == (200, HH_JOBS + 3)
    # The catalogue was empty when it was asked, and texts are texts.
    details = caller.get(f"/search/details/{person}/partner-0")
    assert "№ 0: {{ 1 + 1 }}" in details["vacancy"]["description"]


def test_hh_failing_inside_n8n_is_told_and_the_rest_is_served(
    n8n: N8n, caller: Caller, person: int, hh: HhRu, additions: Additions
) -> None:
    del n8n
    additions.jobs = jobs(3)
    hh.faults.add("/vacancies", faults.unavailable(), times=None)

    caller.start(person, text="Django")
    run = caller.found(person)

    assert run["engine"] == "n8n"
    assert outcomes(run)["hh"] == ("error", 0)
    assert outcomes(run)["partner"] == ("ok", 3)
    assert partner_ids(3) <= set(caller.served(person))


def test_each_bad_item_of_a_source_is_refused_for_itself(
    n8n: N8n, caller: Caller, person: int, road: Road, additions: Additions
) -> None:
    del n8n
    nameless = [{name: value for name, value in job.items() if name != "id"} for job in jobs(2)]
    additions.jobs = [*jobs(1), *nameless, None]

    caller.start(person, text="Python")
    run = caller.found(person)

    assert (run["engine"], outcomes(run)["partner"]) == ("n8n", ("ok", 4))
    assert "partner-0" in caller.served(person)
    [page] = road.calls("/search/results/")
    assert [{*each["errors"]} >= {"id"} for each in page.answered["refused"]] == [True] * 3


@pytest.mark.parametrize("jobs_told", [jobs(2), {"one": 1}])
def test_a_source_whose_answer_is_no_list_is_told_as_failed(
    n8n: N8n, caller: Caller, person: int, additions: Additions, jobs_told: Any
) -> None:
    del n8n
    additions.jobs, additions.bare = jobs_told, isinstance(jobs_told, list)

    caller.start(person, text="Flask")
    run = caller.found(person)

    assert (run["engine"], outcomes(run)["partner"]) == ("n8n", ("error", 0))


def test_what_comes_after_the_deadline_is_put_into_the_queue(
    n8n: N8n, caller: Caller, person: int, road: Road, additions: Additions
) -> None:
    del n8n
    additions.jobs = jobs(7)
    road.hold(lambda path, _: path.startswith("/search/results/"))

    caller.start(person, text="Python-разработчик")
    run = caller.found(person)
    first = caller.served(person, most=2)
    road.opened.set()
    until(lambda: caller.get(f"/search/status/{person}")["counts"]["found"] > run["counts"]["found"], "merged")
    cards = first + caller.served(person)

    assert run["engine"] == "builtin"
    assert len(first) == 2
    assert len(cards) == len(set(cards))
    assert partner_ids(7) <= set(cards)


def test_n8n_killed_amid_its_answer_loses_nothing_and_repeats_nothing(
    n8n: N8n, farm: Farm, caller: Caller, person: int, road: Road, additions: Additions
) -> None:
    additions.jobs = jobs(250)
    road.hold(lambda path, told: path.startswith("/search/results/") and told["page"] == 2)

    run_id = caller.start(person, text="Python Django")["search_id"]
    assert road.waiting.wait(60)
    until(lambda: road.calls("/search/results/") or None, "the other page is taken")
    n8n.kill()
    road.opened.set()
    run = caller.found(person)
    first = caller.served(person, most=2)
    [page] = road.calls("/search/results/")
    delivered = {each.get("vacancy_id", f"partner-{each.get('id')}") for each in page.told["vacancies"]}
    _await_merged(farm, run_id)
    cards = first + caller.served(person)

    assert run["engine"] == "builtin"
    assert len(first) == 2
    # What plan B found, and the page that n8n had brought before.
    assert (page.told["page"], page.told["pages"], len(delivered)) == (1, 2, 200)
    assert len(cards) == len(set(cards))
    assert len(set(cards) - partner_ids(250)) == HH_JOBS
    assert set(cards) & partner_ids(250) == delivered & partner_ids(250)

    # Started again, n8n knows no more than the number of what it was at.
    road.passed.clear()
    n8n.start()
    n8n.await_webhooks()
    [told, *_] = until(lambda: road.failures or None, "the failure is told", seconds=120)

    assert (told.status, told.told.get("search_id"), told.told["execution_id"]) == (
        200,
        None,
        page.told["execution_id"],
    )
    assert caller.served(person) == []
    assert caller.get(f"/search/status/{person}")["status"] == "ready"


def test_n8n_killed_before_it_answers_is_told_apart_by_its_execution_alone(
    n8n: N8n, caller: Caller, person: int, hh: HhRu, road: Road
) -> None:
    hh.faults.add("/vacancies", faults.slow(5), times=None)

    caller.start(person, text="Django PostgreSQL")
    until(lambda: hh.asked("/vacancies") or None, "hh.ru is asked")
    n8n.kill()
    hh.faults.clear()
    n8n.start()
    run = caller.found(person)
    cards = caller.served(person)

    assert run["engine"] == "builtin"
    assert len(cards) == len(set(cards)) == HH_JOBS
    assert road.calls("/search/results/") == []
    [told, *_] = until(lambda: road.failures or None, "the failure is told", seconds=120)
    assert told.status == 200
    assert set(told.told) == {"version", "execution_id", "workflow", "node"}


def _await_merged(farm: Farm, run_id: str) -> None:
    until(
        lambda: farm.rows("SELECT status FROM hand_outs WHERE id = %s", run_id) == [("used",)],
        "what came is merged",
    )
