"""Putting workflows and credentials into an n8n."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.n8n.folder import SCRIPT, write_folder
from adapters.n8n.installing import Step, WasChanged, await_answers, put_in
from adapters.n8n.kit import FITTED, Kit, fingerprint, is_untouched, kit, shipped
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

    assert {(each.what, each.new) for each in steps} == {("credential", True), ("workflow", True)}
    assert len(empty.credentials) == 3
    assert all(each["active"] for each in empty.workflows)
    # n8n gives ids of its own, and what names another thing names it by these.
    ids = {each["name"]: each["id"] for each in (*empty.credentials, *empty.workflows)}
    search = of_name(empty, SEARCH)
    used = {named["name"]: named["id"] for node in search["nodes"] for named in node.get("credentials", {}).values()}
    assert used == {name: ids[name] for name in used}
    assert search["settings"]["errorWorkflow"] == of_name(empty, "failures")["id"]
    told = await_answers(empty.url, TOKEN, the_kit)
    assert {name: each.installation for name, each in told.items() if isinstance(each, Probed)} == {
        each.answers_as: each.installation for each in the_kit.workflows if each.answers_as is not None
    }


def test_a_second_time_brings_up_to_date_and_doubles_nothing(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    before = deepcopy([each["id"] for each in (*empty.credentials, *empty.workflows)])

    steps = list(put_in(api, a_kit(token="another-token-from-now-on", backend_url="http://moved.example.org")))

    assert not any(each.new for each in steps)
    assert [each["id"] for each in (*empty.credentials, *empty.workflows)] == before
    assert {"another-token-from-now-on"} == {
        each["data"]["value"] for each in empty.credentials if each["data"].get("name") == "X-N8N-TOKEN"
    }
    assert "http://moved.example.org" in json.dumps(of_name(empty, SEARCH))


def test_what_the_command_line_of_n8n_put_in_is_known_by_its_id(empty: N8n, api: PublicApi) -> None:
    """Even if somebody gave it another name."""
    for each in a_kit(backend_url="http://before.example.org").workflows:
        empty.workflows.append({**deepcopy(dict(each.content)), "name": f"mine, {each.name}", "isArchived": False})

    steps = list(put_in(api, a_kit()))

    assert {each.new for each in steps if each.what == "workflow"} == {False}
    assert len(empty.workflows) == len(shipped())


def test_what_was_changed_in_n8n_is_not_overwritten_unless_told_so(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    search = of_name(empty, SEARCH)
    nodes(search)["Webhook"]["disabled"] = True
    calls = len(empty.calls)

    with pytest.raises(WasChanged) as told:
        list(put_in(api, a_kit(token="another-token-from-now-on")))

    assert told.value.names == (search["name"],)
    assert {each.method for each in empty.calls[calls:]} == {"GET"}
    steps = list(put_in(api, a_kit(), replace=True))
    assert Step("workflow", search["name"], new=False) in steps
    assert is_untouched(of_name(empty, SEARCH))


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

    with pytest.raises(WasChanged) as told:
        list(put_in(api, a_kit()))

    assert told.value.names == (name,)


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

    told = await_answers(empty.url, TOKEN, moved, pause=waited.append)

    assert len(waited) == 4
    assert all(isinstance(each, Probed) for each in told.values())


def test_waiting_ends(empty: N8n, api: PublicApi) -> None:
    list(put_in(api, a_kit()))
    empty.unpublish()

    told = await_answers(empty.url, TOKEN, a_kit(), seconds=0.0)

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
                answer=answers.as_json({"probe": True, "workflow": SEARCH, "version": "1", "reaches_backend": False})
            )
        )
        odd = probe(running.url, TOKEN, SEARCH)

        assert usual == queued == Probed(version=1, installation="by hand")
        assert odd == Probed(version=0, installation="None", reaches_backend=False)
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


def test_the_script_puts_in_only_what_is_not_in_yet(tmp_path: Path) -> None:
    """So that what an operator changed in n8n stays until there is something new."""
    kit_folder, home, program = tmp_path / "kit", tmp_path / "home", tmp_path / "bin" / "n8n"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/calls\n[ ! -e {tmp_path}/broken ]\n')
    program.chmod(0o700)

    def started() -> list[str]:
        """Return what n8n's command line was asked for when the script ran."""
        (tmp_path / "calls").write_text("")
        environ = {"PATH": f"{program.parent}:{os.environ['PATH']}", "N8N_USER_FOLDER": str(home)}
        subprocess.run(["/bin/sh", str(kit_folder / SCRIPT)], env=environ, check=not (tmp_path / "broken").exists())  # noqa: S603 — our own script
        return [line.split()[0] for line in (tmp_path / "calls").read_text().splitlines()]

    write_folder(a_kit(), kit_folder)
    everything = ["import:credentials", "import:workflow", *["publish:workflow"] * len(shipped())]
    (tmp_path / "broken").touch()
    assert started() == ["import:credentials"]
    (tmp_path / "broken").unlink()
    assert started() == everything
    assert started() == []
    write_folder(a_kit(token="another-token-from-now-on"), kit_folder)
    assert started() == ["import:credentials"]
    write_folder(a_kit(token="another-token-from-now-on", backend_url="http://moved.example.org"), kit_folder)
    assert started() == ["import:credentials", *everything[1:]]
