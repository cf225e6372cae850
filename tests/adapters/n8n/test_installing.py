"""Putting workflows and credentials into an n8n."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from adapters.n8n.installing import Done, await_answers, put_in
from adapters.n8n.kit import Kit, shipped
from adapters.n8n.probing import Probed, Trouble
from adapters.n8n.public_api import ApiTrouble, PublicApi
from tests.adapters.n8n.kits import SECRETS, a_kit, done, marks, of_name
from tests.n8n import N8n
from tests.n8n.world import SEARCH, TOKEN


def trouble(api: PublicApi, the_kit: Kit | None = None) -> str:
    with pytest.raises(ApiTrouble) as told:
        list(put_in(api, the_kit or a_kit()))
    for secret in (*SECRETS.values(), api.key):
        assert secret not in str(told.value)
    return str(told.value)


def test_an_empty_n8n_gets_everything_and_answers(empty: N8n, api: PublicApi) -> None:
    the_kit = a_kit()

    steps = list(put_in(api, the_kit))

    assert {(each.what, each.done) for each in steps} == {("credential", Done.ADDED), ("workflow", Done.ADDED)}
    assert len(empty.credentials) == 3
    assert all(each["active"] for each in empty.workflows)
    # n8n gives ids of its own, and what names another thing names it by these.
    ids = {each["name"]: each["id"] for each in (*empty.credentials, *empty.workflows)}
    search = of_name(empty, SEARCH)
    used = {named["name"]: named["id"] for node in search["nodes"] for named in node.get("credentials", {}).values()}
    assert used == {name: ids[name] for name in used}
    assert search["settings"]["errorWorkflow"] == of_name(empty, "failures")["id"]
    told = await_answers(empty.url, TOKEN, marks(the_kit))
    assert {name: each.installation for name, each in told.items() if isinstance(each, Probed)} == marks(the_kit)


def test_a_second_time_brings_up_to_date_and_doubles_nothing(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    before = deepcopy([each["id"] for each in (*empty.credentials, *empty.workflows)])

    steps = list(put_in(api, a_kit(token="another-token-from-now-on", backend_url="http://moved.example.org")))

    assert {(each.what, each.done) for each in steps} == {("credential", Done.WRITTEN), ("workflow", Done.UPDATED)}
    assert [each["id"] for each in (*empty.credentials, *empty.workflows)] == before
    assert {"another-token-from-now-on"} == {
        each["data"]["value"] for each in empty.credentials if each["data"].get("name") == "X-N8N-TOKEN"
    }
    assert "http://moved.example.org" in json.dumps(of_name(empty, SEARCH))


def test_what_is_there_as_it_should_be_is_not_written(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    before = deepcopy(empty.workflows)

    assert {each for _, each in done(api, a_kit(token="another-token-from-now-on"))} == {Done.UNCHANGED}
    assert empty.workflows == before


@pytest.mark.parametrize("change", [{"active": False}, {"activeVersionId": "the one before"}, {"isArchived": True}])
def test_what_is_there_and_does_not_answer_is_published(empty: N8n, api: PublicApi, change: dict[str, Any]) -> None:
    list(put_in(api, a_kit()))
    search = of_name(empty, SEARCH)
    search.update(change | ({"active": False} if "isArchived" in change else {}))
    empty.unpublish()

    assert dict(done(api, a_kit()))["job-assistant-vacancy-search"] is Done.UPDATED
    assert (search["active"], search["isArchived"]) == (True, False)
    assert search["activeVersionId"] == search["versionId"]
    assert "job-assistant-vacancy-search" in empty.published


def test_a_credential_that_was_made_anew_is_used(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    del empty.credentials[0]
    empty.credentials.append({"id": "x", "name": "theirs", "type": "httpHeaderAuth", "data": {}})

    steps = dict(done(api, a_kit()))

    held = {each["id"] for each in empty.credentials}
    used = {
        one["id"] for each in empty.workflows for node in each["nodes"] for one in node.get("credentials", {}).values()
    }
    assert used <= held
    assert steps["job-assistant-failures"] is Done.UNCHANGED
    assert steps["job-assistant-vacancy-search"] is Done.UPDATED


def test_what_the_command_line_of_n8n_put_in_is_known_by_its_id(empty: N8n, api: PublicApi) -> None:
    """Even if somebody gave it another name."""
    for each in a_kit(backend_url="http://before.example.org").workflows:
        empty.workflows.append({**deepcopy(dict(each.content)), "name": f"mine, {each.name}", "isArchived": False})

    assert {each for _, each in done(api, a_kit())} == {Done.UPDATED}
    assert len(empty.workflows) == len(shipped())


def test_another_workflow_under_our_name_is_not_ours(empty: N8n, api: PublicApi) -> None:
    name = shipped()[0].name
    theirs = {"id": "x", "name": name, "nodes": [], "connections": {}, "settings": {}, "isArchived": False}
    empty.workflows.append(theirs)

    steps = {each.name: each for each in put_in(api, a_kit())}

    assert steps[name].done is Done.STRANGE
    assert steps[name].installation is None
    assert empty.workflows[0] == theirs
    # No failures of ours are told to a workflow of somebody's.
    assert "errorWorkflow" not in of_name(empty, SEARCH)["settings"]
    assert {each.done for each in steps.values()} == {Done.STRANGE, Done.ADDED}
    assert dict(done(api, a_kit(), replace=True))["job-assistant-failures"] is Done.UPDATED


def test_an_archived_workflow_is_taken_back(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    of_name(empty, SEARCH).update(isArchived=True, active=False)

    list(put_in(api, a_kit()))

    assert of_name(empty, SEARCH)["active"]
    assert not of_name(empty, SEARCH)["isArchived"]


def test_two_things_of_one_name_are_told(empty: N8n, api: PublicApi) -> None:
    name = a_kit().credentials[0].name
    empty.credentials += [{"id": each, "name": name, "type": "httpHeaderAuth", "data": {}} for each in ("a", "b")]

    assert f"2 things called “{name}”" in trouble(api)


def test_what_n8ns_api_refuses_is_told_with_what_to_do(empty: N8n, api: PublicApi) -> None:
    assert "N8N_API_KEY" in trouble(replace(api, key="no-such-key"))
    empty.forbids = True
    assert "owner" in trouble(api)
    empty.public_api = False
    assert "--folder" in trouble(api)
    empty.stop()
    assert "not reached" in trouble(api)
    empty.start()


def test_a_refusal_is_told_in_n8ns_own_words(api: PublicApi) -> None:
    the_kit = a_kit()
    strange = {**the_kit.workflows[0].content, "nodes": [{**the_kit.workflows[0].content["nodes"][0], "odd": 1}]}

    told = trouble(api, replace(the_kit, workflows=(replace(the_kit.workflows[0], content=strange),)))

    assert "status 400" in told
    assert "odd" in told


def test_the_version_before_may_answer_for_a_while(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    empty.lag, waited = 3, [0.0]
    moved = a_kit(backend_url="http://moved.example.org")
    list(put_in(api, moved))

    told = await_answers(empty.url, TOKEN, marks(moved), pause=waited.append)

    assert len(waited) == 4
    assert all(isinstance(each, Probed) for each in told.values())


def test_waiting_ends(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    empty.unpublish()

    told = await_answers(empty.url, TOKEN, marks(a_kit()), seconds=0.0)

    assert set(told.values()) == {Trouble.NOT_PUBLISHED}
