"""Putting workflows and credentials into an n8n."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from adapters.n8n.content import FITTED, fingerprint, is_untouched
from adapters.n8n.folder import SCRIPT, write_folder
from adapters.n8n.installing import Done, await_answers, put_in
from adapters.n8n.kit import Kit, kit, shipped
from adapters.n8n.probing import Probed, Trouble, probe
from adapters.n8n.public_api import ApiTrouble, PublicApi
from tests.n8n import N8n, answers, n8n
from tests.n8n import Trouble as Befalls
from tests.n8n.world import SEARCH, TOKEN

BACKEND = "http://api.example.org:8000"
SECRETS = {"token": TOKEN, "pipeline_key": "pipeline-key-of-tests", "callback_secret": "secret-of-the-callbacks"}


def a_kit(**changes: Any) -> Kit:
    return kit(**{**SECRETS, "backend_url": BACKEND, **changes})


@pytest.fixture
def empty() -> Iterator[N8n]:
    """Return an n8n with nothing in it."""
    with n8n(N8n(published={})) as running:
        yield running


@pytest.fixture
def api(empty: N8n) -> PublicApi:
    return PublicApi(empty.url, empty.api_key)


def nodes(content: Any) -> dict[str, Any]:
    return {node["name"]: node for node in content["nodes"]}


def marks(the_kit: Kit) -> dict[str, str]:
    """Return by which mark of its installation each workflow answers."""
    return {each.answers_as: each.installation for each in the_kit.workflows if each.answers_as is not None}


def done(api: PublicApi, the_kit: Kit, *, replace: bool = False) -> list[tuple[str, Done]]:
    """Return what was done with each workflow, by its id in the kit."""
    return [(each.id, each.done) for each in put_in(api, the_kit, replace=replace) if each.what == "workflow"]


def source_nodes(search: Any) -> dict[str, Any]:
    names = ("Ask a source of your own", "Read its answer", "Your source failed")
    return {name: nodes(search)[name]["parameters"] for name in names}


def of_name(n8n: N8n, part: str) -> dict[str, Any]:
    return next(each for each in n8n.workflows if part in each["name"])


def trouble(api: PublicApi, the_kit: Kit | None = None) -> str:
    with pytest.raises(ApiTrouble) as told:
        list(put_in(api, the_kit or a_kit()))
    for secret in (*SECRETS.values(), api.key):
        assert secret not in str(told.value)
    return str(told.value)


def test_workflows_know_where_the_backend_is_and_each_installation_by_a_mark() -> None:
    one, other = a_kit(), a_kit(backend_url="http://other.example.org")

    for workflow in (*one.workflows, *other.workflows):
        assert workflow.installation == fingerprint(workflow.content)
        assert is_untouched(workflow.content)
    assert json.dumps(nodes(one.workflows[0].content)[FITTED]).count(BACKEND) == 1
    assert {each.installation for each in one.workflows}.isdisjoint(each.installation for each in other.workflows)
    assert [each.installation for each in a_kit().workflows] == [each.installation for each in one.workflows]
    assert not any(is_untouched(each.content) for each in shipped())


def test_every_credential_that_a_workflow_uses_is_in_the_kit() -> None:
    held = {(each.id, each.type) for each in a_kit().credentials}

    used = {
        (credential["id"], kind)
        for workflow in shipped()
        for node in workflow.content["nodes"]
        for kind, credential in node.get("credentials", {}).items()
    }
    assert used == held


def test_no_secret_stands_in_a_workflow_or_in_what_is_printed() -> None:
    the_kit = a_kit()

    told = json.dumps([each.content for each in the_kit.workflows]) + repr(the_kit) + repr(PublicApi("http://x", "key"))
    for secret in (*SECRETS.values(), "'key'"):
        assert secret not in told


def test_n8n_gives_the_key_to_the_backend_alone() -> None:
    pipeline = next(each for each in a_kit().credentials if each.data.get("name") == "X-PIPELINE-KEY")

    assert pipeline.data["allowedHttpRequestDomains"] == "domains"
    assert pipeline.data["allowedDomains"] == "api.example.org"


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


@pytest.mark.parametrize(
    ("befalls", "told"),
    [
        (Befalls(answer=answers.wrong_token()), Trouble.WRONG_TOKEN),
        (Befalls(answer=answers.not_registered("POST", "x")), Trouble.NOT_PUBLISHED),
        (Befalls(answer=answers.failed_before_answering()), Trouble.FAILS),
        (Befalls(answer=answers.bad_gateway()), Trouble.FAILS),
        (Befalls(answer=answers.Answer(body=b"<html>")), Trouble.SOMETHING_ELSE),
        (Befalls(answer=answers.as_json([])), Trouble.SOMETHING_ELSE),
        (Befalls(answer=answers.as_json({"message": "Workflow was started"})), Trouble.SOMETHING_ELSE),
        (Befalls(answer=answers.as_json({"probe": True, "workflow": "resume-parse"})), Trouble.SOMETHING_ELSE),
        (Befalls(answer=answers.redirected("http://127.0.0.1:1/")), Trouble.SOMETHING_ELSE),
        (Befalls(cut=True), Trouble.SILENT),
        (Befalls(wait=30.0), Trouble.SILENT),
    ],
)
def test_a_probe_tells_what_is_the_matter(befalls: Befalls, told: Trouble) -> None:
    with n8n() as running:
        running.meets(befalls)

        assert probe(running.url, TOKEN, SEARCH, seconds=0.5) is told


def test_a_probe_tells_the_version_and_begins_nothing() -> None:
    with n8n() as running:
        usual = probe(running.url, TOKEN, SEARCH)
        running.queue_mode = True
        queued = probe(running.url, TOKEN, SEARCH)
        running.meets(
            Befalls(
                answer=answers.as_json(
                    {"probe": True, "workflow": SEARCH, "version": "1", "reaches_backend": False, "signature": "odd"}
                )
            ),
            Befalls(answer=answers.as_json({"probe": True, "workflow": SEARCH, "signature": "signature_expired"})),
        )
        odd, late = probe(running.url, TOKEN, SEARCH), probe(running.url, TOKEN, SEARCH)

        assert usual == queued == Probed(version=2, installation="by hand")
        assert odd == Probed(version=0, installation="None", reaches_backend=False)
        assert late == Probed(version=0, installation="None", signature_trouble="signature_expired")
        assert running.executions == []
        running.stop()
        assert probe(running.url, TOKEN, SEARCH) is Trouble.UNREACHED
        running.start()


def test_in_queue_mode_webhooks_answer_by_themselves() -> None:
    the_kit = a_kit(queue_mode=True)

    for workflow in the_kit.workflows:
        assert is_untouched(workflow.content)
        assert not any(node["type"].endswith("respondToWebhook") for node in workflow.content["nodes"])
        for node in workflow.content["nodes"]:
            if node["type"].endswith(".webhook"):
                assert node["parameters"]["responseMode"] == "onReceived"
                assert node["parameters"]["options"]["responseCode"] == {"values": {"responseCode": 202}}
                assert json.loads(node["parameters"]["options"]["responseData"]) == {
                    "accepted": True,
                    "workflow": workflow.answers_as,
                    "version": workflow.version,
                    "installation": workflow.installation,
                }


def test_a_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "kit"

    commands = write_folder(a_kit(), folder)

    held = {each.relative_to(folder).as_posix(): each for each in folder.rglob("*")}
    assert set(held) == {"credentials.json", "workflows", SCRIPT, *(f"workflows/{each.id}.json" for each in shipped())}
    assert {stat.S_IMODE(each.stat().st_mode) for each in held.values() if each.is_file()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {each["data"].get("value") for each in json.loads(held["credentials.json"].read_text())} >= {TOKEN}
    assert commands[:2] == [
        "n8n import:credentials --input=credentials.json",
        "n8n import:workflow --separate --input=workflows",
    ]
    assert commands[2:] == [f"n8n publish:workflow --id={each.id}" for each in shipped()]


def test_a_folder_is_written_anew(tmp_path: Path) -> None:
    write_folder(a_kit(), tmp_path)
    (tmp_path / "workflows" / "of-a-version-before.json").write_text("{}")
    (tmp_path / "credentials.json").chmod(0o644)

    write_folder(a_kit(token="another-token-from-now-on"), tmp_path)

    assert len(list((tmp_path / "workflows").iterdir())) == len(shipped())
    assert stat.S_IMODE((tmp_path / "credentials.json").stat().st_mode) == 0o600
    assert "another-token-from-now-on" in (tmp_path / "credentials.json").read_text()


@dataclass
class CommandLine:
    """n8n's own command line, as far as the script uses it: it notes its calls, and what is in n8n."""

    folder: Path
    kit: Path

    @property
    def database(self) -> Path:
        return self.folder / "database"

    def install(self, *, fails: bool = False) -> list[str]:
        """Run the script; return what it asked for."""
        program, calls, broken = self.folder / "bin" / "n8n", self.folder / "calls", self.folder / "broken"
        program.parent.mkdir(exist_ok=True)
        program.write_text(_COMMAND_LINE.format(folder=self.folder))
        program.chmod(0o700)
        calls.write_text("")
        self.database.mkdir(exist_ok=True)
        broken.touch() if fails else broken.unlink(missing_ok=True)
        environ = {"PATH": f"{program.parent}:{os.environ['PATH']}", "N8N_USER_FOLDER": str(self.folder / "home")}
        ended = subprocess.run(["/bin/sh", str(self.kit / SCRIPT)], env=environ, capture_output=True)  # noqa: S603 — our own script
        assert (ended.returncode != 0) is fails, ended.stderr.decode()
        return [line.split()[0] for line in calls.read_text().splitlines()]

    def forget(self) -> None:
        """Lose the database, but not what is beside it."""
        for each in self.database.iterdir():
            each.unlink()

    def unpublish(self, workflow: str) -> None:
        (self.database / workflow).write_text("")


_COMMAND_LINE = """#!/bin/sh
cd {folder}/database
case "$1 $2" in
  list:workflow*active*) for each in *; do grep -l published "$each" 2>/dev/null; done; echo "and much more" ;;
  list:workflow*) ls; echo "and much more" ;;
  *) echo "$@" >>{folder}/calls ;;
esac
[ ! -e {folder}/broken ] || exit 1
case "$1" in
  import:workflow)
    # Nobody replaces what is published before n8n was started for the first time.
    if grep -q published *; then [ "$2" != --separate ] || exit 1; fi
    case "$2" in
      --separate) for each in failures resume-parse vacancy-search; do echo >"job-assistant-$each"; done ;;
      *) each="${{2##*/}}"; echo >"${{each%.json}}" ;;
    esac ;;
  unpublish:workflow) echo >"${{2#--id=}}" ;;
  publish:workflow) echo published >"${{2#--id=}}" ;;
esac
"""

_IMPORTS = ["import:credentials", "import:workflow"]
_PUBLISHES = ["publish:workflow"] * len(shipped())


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    write_folder(a_kit(), tmp_path / "kit")
    return CommandLine(tmp_path, tmp_path / "kit")


def test_the_script_puts_in_only_what_is_not_in_yet(command_line: CommandLine) -> None:
    """So that what an operator changed in n8n stays until there is something new; then it is kept in files."""
    assert command_line.install(fails=True) == []
    assert command_line.install() == [*_IMPORTS, *_PUBLISHES]
    assert command_line.install() == []

    write_folder(a_kit(token="another-token-from-now-on"), command_line.kit)
    assert command_line.install() == ["import:credentials"]
    write_folder(a_kit(token="another-token-from-now-on", backend_url="http://moved.example.org"), command_line.kit)
    assert command_line.install() == [
        "import:credentials",
        "export:workflow",
        *["unpublish:workflow"] * len(shipped()),
        "import:workflow",
        *_PUBLISHES,
    ]
    [kept] = (command_line.folder / "home" / ".n8n" / "job-assistant" / "before").iterdir()
    assert kept.name.startswith("20")


def test_the_script_fills_a_database_that_knows_nothing(command_line: CommandLine) -> None:
    command_line.install()
    command_line.forget()

    assert command_line.install() == [*_IMPORTS, *_PUBLISHES]


def test_the_script_publishes_what_somebody_unpublished(command_line: CommandLine) -> None:
    command_line.install()
    command_line.unpublish("job-assistant-vacancy-search")

    assert command_line.install() == ["publish:workflow"]


def test_the_script_puts_in_what_somebody_deleted_and_nothing_else(command_line: CommandLine) -> None:
    command_line.install()
    (command_line.database / "job-assistant-failures").unlink()

    assert command_line.install() == ["import:workflow", "publish:workflow"]
    assert (command_line.folder / "calls").read_text().splitlines()[0].endswith("workflows/job-assistant-failures.json")


def test_the_script_forgets_nothing_where_n8n_fails(command_line: CommandLine) -> None:
    command_line.install()

    assert command_line.install(fails=True) == []
    assert command_line.install() == []
