"""The workflows as they are shipped: what must hold of them however they are changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files
from typing import Any

import pytest

from adapters.composition import RANKING_FOR_A_SEARCH

NAMES = ("failures", "resume-parse", "vacancy-search")
WORKFLOWS: dict[str, dict[str, Any]] = {
    name: json.loads(files("adapters.n8n").joinpath("workflows", f"{name}.json").read_text("utf-8")) for name in NAMES
}
HANDED_WORK = ("resume-parse", "vacancy-search")
VERSIONS = {"failures": 1, "resume-parse": 2, "vacancy-search": 2}
CREDENTIALS = {"job-assistant-token", "job-assistant-pipeline", "job-assistant-callback"}
STICKY_NOTE = "stickyNote"

of_each = pytest.mark.parametrize("name", NAMES)
of_each_handed_work = pytest.mark.parametrize("name", HANDED_WORK)


def nodes(name: str) -> dict[str, dict[str, Any]]:
    """Return what is carried out, by name."""
    return {node["name"]: node for node in WORKFLOWS[name]["nodes"] if kind(node) != STICKY_NOTE}


def kind(node: dict[str, Any]) -> str:
    return str(node["type"]).removeprefix("n8n-nodes-base.")


def targets(name: str, node: str) -> list[list[str]]:
    """Return where each exit of a node leads."""
    exits = WORKFLOWS[name]["connections"].get(node, {"main": []})["main"]
    return [[each["node"] for each in exit_] for exit_ in exits]


def reached_from(name: str, node: str) -> Iterator[str]:
    seen: set[str] = set()
    ahead = [each for exit_ in targets(name, node) for each in exit_]
    while ahead:
        each = ahead.pop()
        if each not in seen:
            seen.add(each)
            yield each
            ahead += [one for exit_ in targets(name, each) for one in exit_]


def fields(name: str, node: str) -> dict[str, Any]:
    return {each["name"]: each["value"] for each in nodes(name)[node]["parameters"]["assignments"]["assignments"]}


def test_nothing_else_is_shipped() -> None:
    shipped = {file.name for file in files("adapters.n8n").joinpath("workflows").iterdir()}

    assert shipped == {f"{name}.json" for name in NAMES}
    assert {name: workflow["id"] for name, workflow in WORKFLOWS.items()} == {
        name: f"job-assistant-{name}" for name in NAMES
    }


@of_each
def test_no_code_runs_apart_from_n8n_itself(name: str) -> None:
    """Code nodes run in a process of their own, which ends first when n8n shuts down."""
    assert {kind(node) for node in nodes(name).values()} <= {
        "crypto",
        "errorTrigger",
        "httpRequest",
        "if",
        "merge",
        "respondToWebhook",
        "set",
        "splitOut",
        "wait",
        "webhook",
    }


def test_what_tells_of_failures_needs_as_little_as_can_be() -> None:
    assert {kind(node) for node in nodes("failures").values()} == {"errorTrigger", "set", "crypto", "httpRequest"}


@of_each
def test_no_expression_reads_variables_of_n8n(name: str) -> None:
    """n8n 2 denies them unless it is told otherwise."""
    assert not re.search(r"\$(env|vars)\b", json.dumps(list(nodes(name).values())))


@of_each
def test_nothing_goes_round_in_circles(name: str) -> None:
    """Killed in the second round of a circle, n8n would think its node done and tell nobody of the failure."""
    assert [node for node in nodes(name) if node in reached_from(name, node)] == []


@of_each
def test_every_node_is_reached_and_every_way_leads_somewhere(name: str) -> None:
    [start] = (node for node in nodes(name).values() if kind(node) in ("webhook", "errorTrigger"))

    assert {start["name"], *reached_from(name, start["name"])} == set(nodes(name))


@of_each_handed_work
def test_every_failure_is_told_or_put_up_with(name: str) -> None:
    told = {
        node["name"]
        for node in nodes(name).values()
        if node.get("onError") == "continueErrorOutput" and targets(name, node["name"])[-1]
    }
    put_up_with = {node["name"] for node in nodes(name).values() if node.get("onError") == "continueRegularOutput"}
    by_themselves = {"Name the failure", "Sign the failure", "Tell the failure"}
    may_fail = {
        node["name"]
        for node in nodes(name).values()
        if kind(node) in ("httpRequest", "crypto", "splitOut") and node["name"] not in by_themselves
    }

    assert may_fail <= told | put_up_with
    # What even these do not tell is told by the workflow for failures.
    assert WORKFLOWS[name]["settings"]["errorWorkflow"] == "job-assistant-failures"


@of_each
def test_a_whole_answer_is_read_as_it_comes(name: str) -> None:
    """Told to read one as text, n8n 2.40.7 hands on the socket in its place, and fails."""
    asked = [node["parameters"]["options"] for node in nodes(name).values() if kind(node) == "httpRequest"]
    whole = [
        each["response"]["response"]
        for each in asked
        if each.get("response", {}).get("response", {}).get("fullResponse")
    ]

    assert all("responseFormat" not in each for each in whole)
    assert len(whole) == (2 if name in HANDED_WORK else 0)


@of_each_handed_work
def test_a_probe_asks_and_answers_and_does_nothing_else(name: str) -> None:
    probed, accepted = targets(name, "Is it a probe")

    way = [
        "Is it a probe",
        "Ask the backend",
        "Write a question",
        "Sign the question",
        "Ask, signed",
        "Answer the probe",
    ]
    assert [probed, *(targets(name, node)[0] for node in way[1:-1])] == [[each] for each in way[1:]]
    assert targets(name, "Answer the probe") == []
    # A body that says nothing is refused for what it lacks, once its signature is known to be good.
    assert fields(name, "Write a question")["body"] == "{}"
    assert accepted == ["Accept"]
    assert nodes(name)["Accept"]["parameters"]["options"]["responseCode"] == 202


@of_each
def test_what_is_fitted_to_an_installation_stands_in_one_place(name: str) -> None:
    told = fields(name, "Where the backend is")

    assert (told["workflow"], told["version"], told["installation"]) == (name, VERSIONS[name], "by hand")
    assert json.dumps(WORKFLOWS[name]).count(told["backend_url"]) == 1


@of_each
def test_credentials_are_named_and_never_held(name: str) -> None:
    used = {each["id"] for node in nodes(name).values() for each in node.get("credentials", {}).values()}

    assert used <= CREDENTIALS
    assert all(
        set(each) == {"id", "name"} for node in nodes(name).values() for each in node.get("credentials", {}).values()
    )


@of_each
def test_nothing_of_what_was_done_is_kept(name: str) -> None:
    settings = WORKFLOWS[name]["settings"]

    assert (settings["saveDataSuccessExecution"], settings["saveDataErrorExecution"]) == ("none", "none")
    assert (settings["saveManualExecutions"], settings["saveExecutionProgress"]) == (False, False)
    assert settings["executionTimeout"] > 0


@of_each
def test_notes_lie_around_every_node(name: str) -> None:
    notes = [node for node in WORKFLOWS[name]["nodes"] if kind(node) == STICKY_NOTE]
    around = {node: sum(_holds(note, at["position"]) for note in notes) for node, at in nodes(name).items()}

    assert set(around.values()) == {1}


def test_the_additions_of_operators_are_off_as_they_come() -> None:
    assert nodes("vacancy-search")["Ask a source of your own"]["disabled"] is True
    assert fields("resume-parse", "Where the backend is")["ai"] is False
    assert "credentials" not in nodes("resume-parse")["Ask the model"]


def _holds(note: dict[str, Any], position: list[int]) -> bool:
    left, top = note["position"]
    x, y = position
    size = note["parameters"]
    return bool(left <= x <= left + size["width"] and top <= y <= top + size["height"])


def test_a_ranking_ends_while_the_search_still_waits_for_it() -> None:
    patience = timedelta(milliseconds=nodes("vacancy-search")["Rank"]["parameters"]["options"]["timeout"])

    assert patience > 2 * RANKING_FOR_A_SEARCH


def test_what_a_source_gives_without_an_id_stays_without_one_and_is_told_each_for_itself() -> None:
    read = fields("vacancy-search", "Read its answer")["vacancies"]
    once = fields("vacancy-search", "Each vacancy once")["found"]

    assert "one.id === undefined || one.id === null ? null : String(one.id)" in read
    assert "'without an id ' + place" in once


def test_of_a_ranking_only_the_scores_are_read() -> None:
    read = str(nodes("vacancy-search")["Scores"]["parameters"])

    assert set(re.findall(r"\bone\.(\w+)", read)) == {"vacancy_id", "score"}
