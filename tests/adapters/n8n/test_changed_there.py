"""What becomes of workflows that somebody changed in n8n, or set something in."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from adapters.n8n.content import FITTED, is_untouched
from adapters.n8n.installing import Done, put_in
from adapters.n8n.public_api import PublicApi
from tests.adapters.n8n.kits import a_kit, done, marks, nodes, of_name, source_nodes
from tests.n8n import N8n
from tests.n8n.world import SEARCH


def test_what_was_changed_in_n8n_is_left_alone_and_the_rest_goes_on(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    search = of_name(empty, SEARCH)
    nodes(search)["Rank"]["disabled"] = True
    before = deepcopy(search["nodes"])
    moved = a_kit(token="another-token-from-now-on", backend_url="http://moved.example.org")

    steps = {each.id: each for each in put_in(api, moved)}

    assert steps["job-assistant-vacancy-search"].done is Done.LEFT
    assert steps["job-assistant-vacancy-search"].installation == marks(a_kit())[SEARCH]
    assert steps["job-assistant-resume-parse"].done is Done.UPDATED
    assert search["nodes"] == before
    assert "another-token-from-now-on" in json.dumps(empty.credentials)


def test_what_was_changed_and_does_not_answer_is_published_as_it_is(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    search = of_name(empty, SEARCH)
    nodes(search)["Rank"]["disabled"] = True
    search["active"] = False
    empty.unpublish()

    assert dict(done(api, a_kit()))["job-assistant-vacancy-search"] is Done.LEFT
    assert "job-assistant-vacancy-search" in empty.published
    assert nodes(search)["Rank"]["disabled"]


def test_what_was_changed_is_replaced_where_that_is_said(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    nodes(of_name(empty, SEARCH))["Rank"]["disabled"] = True

    assert dict(done(api, a_kit(), replace=True)) == {
        "job-assistant-failures": Done.UNCHANGED,
        "job-assistant-resume-parse": Done.UNCHANGED,
        "job-assistant-vacancy-search": Done.UPDATED,
    }
    assert "disabled" not in nodes(of_name(empty, SEARCH))["Rank"]


def test_what_is_theirs_to_set_outlives_a_replacement(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    search = of_name(empty, SEARCH)
    nodes(search)["Rank"]["disabled"] = True
    nodes(search)["Ask a source of your own"]["parameters"]["url"] = "https://jobs.example.com/ours"
    theirs = deepcopy(source_nodes(search))

    done(api, a_kit(), replace=True)

    assert source_nodes(of_name(empty, SEARCH)) == theirs
    assert is_untouched(of_name(empty, SEARCH))


@pytest.mark.parametrize("setting", [("waitBetweenTries", 5_000), ("alwaysOutputData", True), ("executeOnce", False)])
def test_how_their_own_source_is_asked_goes_along(empty: N8n, api: PublicApi, setting: tuple[str, Any]) -> None:
    list(put_in(api, a_kit()))
    name, value = setting
    nodes(of_name(empty, SEARCH))["Ask a source of your own"][name] = value

    done(api, a_kit(backend_url="http://moved.example.org"))

    assert nodes(of_name(empty, SEARCH))["Ask a source of your own"][name] == value


def test_what_was_saved_and_not_published_is_told_when_it_is_published(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    search = of_name(empty, SEARCH)
    nodes(search)["Ask a source of your own"]["parameters"]["url"] = "https://jobs.example.com/ours"
    search["versionId"] = "a draft"

    steps = {each.id: each for each in put_in(api, a_kit())}

    assert steps["job-assistant-vacancy-search"].published
    assert steps["job-assistant-vacancy-search"].done is Done.UPDATED
    assert not steps["job-assistant-resume-parse"].published


def test_a_draft_in_what_is_left_alone_stays_one(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    search = of_name(empty, SEARCH)
    nodes(search)["Rank"]["disabled"] = True
    search["versionId"] = "a draft"

    steps = {each.id: each for each in put_in(api, a_kit())}

    assert steps["job-assistant-vacancy-search"].done is Done.LEFT
    assert not steps["job-assistant-vacancy-search"].published
    assert search["activeVersionId"] != search["versionId"]


def test_a_workflow_without_what_we_know_it_by_is_left_alone(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    assignments = nodes(of_name(empty, SEARCH))[FITTED]["parameters"]["assignments"]
    assignments["assignments"] = [each for each in assignments["assignments"] if each["name"] != "workflow"]

    assert dict(done(api, a_kit()))["job-assistant-vacancy-search"] is Done.LEFT
    assert dict(done(api, a_kit(), replace=True))["job-assistant-vacancy-search"] is Done.UPDATED
    assert is_untouched(of_name(empty, SEARCH))


def of_version_1() -> dict[str, Any]:
    """Return a small workflow with the mark that version 1 would have put there: of one part, of every node alike."""
    told = {
        "backend_url": "http://before.example.org",
        "workflow": SEARCH,
        "version": 1,
        "installation": "17db7349d22b",
    }
    asking = {"disabled": True, "executeOnce": True, "waitBetweenTries": 1000, "retryOnFail": True}
    assigned = {"assignments": {"assignments": [{"name": name, "value": value} for name, value in told.items()]}}
    nodes_before = [
        {"name": FITTED, "type": "n8n-nodes-base.set", "typeVersion": 3.5, "parameters": assigned},
        {
            "name": "Ask a source of your own",
            "type": "n8n-nodes-base.httpRequest",
            "typeVersion": 4.2,
            "parameters": {"url": "https://jobs.example.com"},
            **asking,
        },
        {"name": "A note", "type": "n8n-nodes-base.stickyNote", "typeVersion": 1, "parameters": {"content": "words"}},
    ]
    settings = {"executionTimeout": 600, "saveDataSuccessExecution": "none", "saveDataErrorExecution": "none"}
    return {
        "id": f"job-assistant-{SEARCH}",
        "name": f"Job Assistant - {SEARCH}",
        "nodes": nodes_before,
        "connections": {FITTED: {"main": [[{"node": "Ask a source of your own", "type": "main", "index": 0}]]}},
        "settings": settings,
        "active": True,
        "isArchived": False,
    }


def test_what_version_1_put_in_is_known_again(empty: N8n, api: PublicApi) -> None:
    empty.workflows.append(of_version_1())

    assert dict(done(api, a_kit()))[f"job-assistant-{SEARCH}"] is Done.UPDATED
    # Nobody knew then what was set by the operator and what came with it: the example of now is the better one.
    assert source_nodes(of_name(empty, SEARCH)) == source_nodes(a_kit().workflows[-1].content)


def test_what_was_changed_in_version_1_is_left_alone(empty: N8n, api: PublicApi) -> None:
    changed = of_version_1()
    nodes(changed)["Ask a source of your own"]["disabled"] = False
    empty.workflows.append(changed)

    assert dict(done(api, a_kit()))[f"job-assistant-{SEARCH}"] is Done.LEFT


def test_a_source_of_the_operators_own_goes_along(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    search = of_name(empty, SEARCH)
    asking = nodes(search)["Ask a source of your own"]
    asking["disabled"] = False
    asking["parameters"]["url"] = "https://jobs.example.com/ours"
    asking["credentials"] = {"httpHeaderAuth": {"id": "theirs", "name": "The key of a source"}}
    theirs = deepcopy(source_nodes(search))

    steps = dict(done(api, a_kit(backend_url="http://moved.example.org")))

    search = of_name(empty, SEARCH)
    assert steps["job-assistant-vacancy-search"] is Done.UPDATED
    assert "http://moved.example.org" in json.dumps(search)
    assert source_nodes(search) == theirs
    assert not nodes(search)["Ask a source of your own"]["disabled"]
    assert nodes(search)["Ask a source of your own"]["credentials"]["httpHeaderAuth"]["id"] == "theirs"
    assert is_untouched(search)
    assert (
        dict(done(api, a_kit(backend_url="http://moved.example.org")))["job-assistant-vacancy-search"] is Done.UNCHANGED
    )
    assert source_nodes(of_name(empty, SEARCH)) == theirs


def test_an_example_that_nobody_uses_comes_with_each_new_version(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    theirs = deepcopy(source_nodes(of_name(empty, SEARCH)))
    newer = a_kit(backend_url="http://moved.example.org")
    mended = deepcopy(dict(newer.workflows[-1].content))
    nodes(mended)["Ask a source of your own"]["parameters"]["url"] = "https://better.example.com"

    list(put_in(api, replace(newer, workflows=(*newer.workflows[:-1], replace(newer.workflows[-1], content=mended)))))

    assert source_nodes(of_name(empty, SEARCH)) == theirs | source_nodes(mended) != theirs


def test_what_is_the_operators_to_set_stays(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    reading = of_name(empty, "resume-parse")
    assigned = nodes(reading)[FITTED]["parameters"]["assignments"]["assignments"]
    next(each for each in assigned if each["name"] == "ai")["value"] = True
    theirs = {"httpHeaderAuth": {"id": "theirs", "name": "A model's key"}}
    nodes(reading)["Ask the model"]["credentials"] = theirs

    list(put_in(api, a_kit(backend_url="http://moved.example.org")))

    reading = of_name(empty, "resume-parse")
    says = {each["name"]: each["value"] for each in nodes(reading)[FITTED]["parameters"]["assignments"]["assignments"]}
    assert (says["ai"], says["backend_url"]) == (True, "http://moved.example.org")
    assert nodes(reading)["Ask the model"]["credentials"] == theirs
    assert is_untouched(reading)


def test_notes_and_places_may_change(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    for workflow in empty.workflows:
        workflow["nodes"] = [each for each in workflow["nodes"] if "stickyNote" not in each["type"]]
        for node in workflow["nodes"]:
            node["position"] = [7, 7]

    assert list(put_in(api, a_kit()))
