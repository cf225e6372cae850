"""Putting our workflows and their credentials into an n8n that runs, by its public API."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from adapters.n8n.kit import Credential, Kit, Workflow, is_untouched, keep_settings
from adapters.n8n.probing import Probed, Trouble, probe
from adapters.n8n.public_api import ApiTrouble, PublicApi

_PAUSE = 1.0


class WasChanged(Exception):
    """Workflows were changed in n8n since we put them there; nothing was written. `names` are theirs."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


@dataclass(frozen=True)
class Step:
    """Something done. `what` is `credential` or `workflow`."""

    what: str
    name: str
    new: bool


def put_in(api: PublicApi, kit: Kit, *, replace: bool = False) -> Iterator[Step]:
    """Put everything in and publish it; what is there by its id or its name is brought up to date, never doubled.

    Raises `ApiTrouble`, and `WasChanged`, unless it is to be replaced.
    """
    known = _Known(api.credentials(), api.workflows())
    held = {each.id: known.workflow(each) for each in kit.workflows}
    changed = [each.name for each in kit.workflows if (there := held[each.id]) is not None and not is_untouched(there)]
    if changed and not replace:
        raise WasChanged(changed)
    ids: dict[str, str] = {}
    for credential in kit.credentials:
        there = known.credential(credential)
        body = {"name": credential.name, "type": credential.type, "data": dict(credential.data)}
        if there is None:
            ids[credential.id] = api.add_credential(body)
        else:
            ids[credential.id] = str(there["id"])
            api.change_credential(ids[credential.id], body)
        yield Step("credential", credential.name, new=there is None)
    for workflow in kit.workflows:
        there = held[workflow.id]
        written = _body(workflow, ids, there)
        if there is None:
            ids[workflow.id] = api.add_workflow(written)
        else:
            ids[workflow.id] = str(there["id"])
            if there.get("isArchived"):
                api.unarchive(ids[workflow.id])
            api.change_workflow(ids[workflow.id], written)
        api.publish(ids[workflow.id])
        yield Step("workflow", workflow.name, new=there is None)


def await_answers(
    url: str,
    token: str,
    kit: Kit,
    *,
    seconds: float = 60.0,
    pause: Callable[[float], None] = time.sleep,
) -> Mapping[str, Probed | Trouble]:
    """Wait until each webhook answers as what was installed; return what each answered last.

    The version before goes on answering for up to twenty seconds where n8n's own command line has put it in.
    """
    began = time.monotonic()
    told: dict[str, Probed | Trouble] = {}
    waiting = {each.answers_as: each.installation for each in kit.workflows if each.answers_as is not None}
    while True:
        for workflow in [*waiting]:
            told[workflow] = answered = probe(url, token, workflow)
            if isinstance(answered, Probed) and answered.installation == waiting[workflow]:
                del waiting[workflow]
        if not waiting or time.monotonic() - began > seconds:
            return told
        pause(_PAUSE)


@dataclass(frozen=True)
class _Known:
    credentials: Sequence[Mapping[str, Any]]
    workflows: Sequence[Mapping[str, Any]]

    def credential(self, wanted: Credential) -> Mapping[str, Any] | None:
        of_type = [each for each in self.credentials if each["type"] == wanted.type]
        return _one(of_type, wanted.id, wanted.name)

    def workflow(self, wanted: Workflow) -> Mapping[str, Any] | None:
        return _one(self.workflows, wanted.id, wanted.name)


def _one(among: Sequence[Mapping[str, Any]], its_id: str, name: str) -> Mapping[str, Any] | None:
    """Return what has the id, else what has the name."""
    by_id = [each for each in among if each["id"] == its_id]
    found = by_id or [each for each in among if each["name"] == name]
    if len(found) > 1:
        raise ApiTrouble(f"n8n has {len(found)} things called “{name}”. Delete or rename those that are not used.")
    return found[0] if found else None


def _body(workflow: Workflow, ids: Mapping[str, str], before: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return a workflow as the public API takes it, with the ids that things have in this n8n.

    What an operator has set in the one before stays.
    """
    content = deepcopy(dict(workflow.content))
    for node in content["nodes"]:
        for credential in node.get("credentials", {}).values():
            credential["id"] = ids.get(credential["id"], credential["id"])
    if before is not None and is_untouched(before):
        keep_settings(content, before)
    settings = content["settings"]
    if settings.get("errorWorkflow") in ids:
        settings["errorWorkflow"] = ids[settings["errorWorkflow"]]
    return {
        "name": workflow.name,
        "nodes": content["nodes"],
        "connections": content["connections"],
        "settings": settings,
    }
