"""Putting our workflows and their credentials into an n8n that runs, by its public API."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum
from typing import Any

from adapters.n8n.content import installation_of, is_ours, is_untouched, keep_settings, same
from adapters.n8n.kit import Credential, Kit, Workflow
from adapters.n8n.probing import Probed, Trouble, probe
from adapters.n8n.public_api import ApiTrouble, PublicApi

_PAUSE = 1.0


class Done(str, Enum):
    """What became of something on its way into an n8n.

    `written`: n8n tells nobody what a credential holds, so that it is always written. `left`: changed in n8n since we
    put it there, and left as it is. `strange`: another's, under the name of ours, and left as it is.
    """

    ADDED = "added"
    WRITTEN = "written"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    LEFT = "left"
    STRANGE = "strange"


@dataclass(frozen=True)
class Step:
    """Something done. `what` is `credential` or `workflow`, `id` is the one that the kit has for it.

    `installation` is the mark by which a workflow answers from now on, `None` for what is none of ours. `published`:
    what stood there and nobody had published is published now.
    """

    what: str
    id: str
    name: str
    done: Done
    installation: str | None = None
    published: bool = False


def put_in(api: PublicApi, kit: Kit, *, replace: bool = False) -> Iterator[Step]:
    """Put everything in and publish it; what is there by its id or its name is brought up to date, never doubled.

    A workflow that was changed in n8n is left as it is, and published where it was not, unless it is to be replaced.
    Raises `ApiTrouble`.
    """
    known = _Known(api.credentials(), api.workflows())
    held = {each.id: known.workflow(each) for each in kit.workflows}
    ids: dict[str, str] = {}
    for credential in kit.credentials:
        there = known.credential(credential)
        body = {"name": credential.name, "type": credential.type, "data": dict(credential.data)}
        if there is None:
            ids[credential.id] = api.add_credential(body)
        else:
            ids[credential.id] = str(there["id"])
            api.change_credential(ids[credential.id], body)
        yield Step("credential", credential.id, credential.name, Done.ADDED if there is None else Done.WRITTEN)
    for workflow in kit.workflows:
        there = held[workflow.id]
        if there is None:
            ids[workflow.id] = api.add_workflow(_body(workflow, ids, None))
            api.publish(ids[workflow.id])
            yield Step("workflow", workflow.id, workflow.name, Done.ADDED, workflow.installation)
        elif not is_ours(there) and not replace:
            yield Step("workflow", workflow.id, workflow.name, Done.STRANGE)
        else:
            ids[workflow.id] = str(there["id"])
            yield _brought_up_to_date(api, workflow, there, _body(workflow, ids, there), replace=replace)


def _brought_up_to_date(
    api: PublicApi, workflow: Workflow, there: Mapping[str, Any], wanted: Mapping[str, Any], *, replace: bool
) -> Step:
    done = _what_to_do(there, wanted, replace=replace)
    its_id, draft = str(there["id"]), _is_draft(there)
    if there.get("isArchived"):
        api.unarchive(its_id)
    if done is Done.UPDATED:
        api.change_workflow(its_id, wanted)
    publishes = done is Done.UPDATED or not there.get("active")
    if publishes:
        api.publish(its_id)
    mark = installation_of(there) if done is Done.LEFT else workflow.installation
    return Step("workflow", workflow.id, workflow.name, done, mark, published=draft and publishes)


def _what_to_do(there: Mapping[str, Any], wanted: Mapping[str, Any], *, replace: bool) -> Done:
    if not replace and not is_untouched(there):
        return Done.LEFT
    as_it_should_be = is_ours(there) and same(there, wanted) and there.get("active") and not _is_draft(there)
    return Done.UNCHANGED if as_it_should_be else Done.UPDATED


def _is_draft(there: Mapping[str, Any]) -> bool:
    """Whether what is written there is not what is published."""
    return bool(there.get("activeVersionId") != there.get("versionId"))


def await_answers(
    url: str,
    token: str,
    marks: Mapping[str, str],
    *,
    seconds: float = 60.0,
    pause: Callable[[float], None] = time.sleep,
) -> Mapping[str, Probed | Trouble]:
    """Wait until each webhook answers as the installation whose mark is given; return what each answered last.

    The version before goes on answering for up to twenty seconds where n8n's own command line has put it in.
    """
    began = time.monotonic()
    told: dict[str, Probed | Trouble] = {}
    waiting = dict(marks)
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
    if before is not None and is_ours(before):
        keep_settings(content, before)
    settings = content["settings"]
    if (named := settings.pop("errorWorkflow", None)) in ids:
        settings["errorWorkflow"] = ids[named]
    return {
        "name": workflow.name,
        "nodes": content["nodes"],
        "connections": content["connections"],
        "settings": settings,
    }
