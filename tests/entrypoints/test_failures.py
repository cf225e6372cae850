"""Failures that n8n tells of over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from domain.handing_out.hand_out import HandOutStatus
from tests.entrypoints.handing_out import handed_out, status_of
from tests.entrypoints.installation import ANNA, Installation, a_job, code_of, told
from tests.entrypoints.stored import everything_in


def a_failure(**changes: Any) -> dict[str, Any]:
    return {"version": 1, "execution_id": None, **changes}


def test_the_search_goes_on_at_once_without_n8n(with_anna: Installation) -> None:
    with_anna.offer(a_job("1"))
    search_id = handed_out(with_anna, execution_id="17")

    answer = with_anna.n8n.post("/n8n/failures", a_failure(execution_id="17"))
    with_anna.work()

    assert (answer.status_code, told(answer)) == (200, {"status": "noted"})
    assert status_of(with_anna, search_id) is HandOutStatus.FAILED
    run = told(with_anna.bot.get(f"/search/status/{ANNA}"))
    assert (run["search_id"], run["status"], run["engine"]) == (search_id, "ready", "builtin")


def test_a_failure_may_name_the_search_where_the_execution_is_not_known(with_anna: Installation) -> None:
    search_id = handed_out(with_anna, execution_id=None)

    answer = with_anna.n8n.post("/n8n/failures", a_failure(search_id=search_id, execution_id=17))

    assert told(answer) == {"status": "noted"}
    assert with_anna.tasks.runs == [search_id]


def test_a_failure_told_twice_writes_nothing_more(with_anna: Installation) -> None:
    handed_out(with_anna, execution_id="17")
    with_anna.n8n.post("/n8n/failures", a_failure(execution_id="17"))
    before = everything_in(with_anna)

    answer = with_anna.n8n.post("/n8n/failures", a_failure(execution_id="17"))

    assert (answer.status_code, told(answer)) == (200, {"status": "repeated"})
    assert everything_in(with_anna) == before


def test_a_failure_after_the_results_changes_nothing(with_anna: Installation) -> None:
    search_id = handed_out(with_anna, execution_id="17")
    page = {"version": 1, "execution_id": "17", "page": 1, "pages": 1, "sources": [], "vacancies": []}
    with_anna.n8n.post(f"/search/results/{search_id}", page)
    before = everything_in(with_anna)

    answer = with_anna.n8n.post("/n8n/failures", a_failure(execution_id="17"))

    assert (answer.status_code, told(answer)) == (200, {"status": "late"})
    assert everything_in(with_anna) == before


@pytest.mark.parametrize("named", [{"execution_id": "404"}, {"search_id": "nobody"}, {"upload_id": "nothing"}])
def test_a_failure_of_nothing_we_know_may_be_told_again(with_anna: Installation, named: dict[str, str]) -> None:
    answer = with_anna.n8n.post("/n8n/failures", a_failure(**named))

    assert (answer.status_code, code_of(answer)) == (404, "execution_not_found")


def test_a_failure_names_something(api: Installation) -> None:
    for nothing in ({}, {"execution_id": None, "search_id": None}):
        answer = api.n8n.post("/n8n/failures", {"version": 1, **nothing})
        assert answer.status_code == 422
        assert told(answer)["errors"]["body"]["execution_id"][0]["code"] == "required"
