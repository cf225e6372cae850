"""The public API of the stand-in for n8n: as strict as n8n 2.40.7 was seen to be, with what we use of it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from tests.n8n.answers import Answer, as_json
from tests.n8n.world import Call, N8n, Published

_WRITTEN = {"name", "nodes", "connections", "settings"}
_OF_A_NODE = {
    *("id", "name", "webhookId", "disabled", "notesInFlow", "notes", "type", "typeVersion", "executeOnce", "position"),
    *("alwaysOutputData", "retryOnFail", "maxTries", "waitBetweenTries", "onError", "parameters", "credentials"),
}
_NEW = {"active": False, "isArchived": False, "activeVersionId": None}
_PAGE = 2
"""So few on a page, that whoever lists must ask for the next one."""


def answer(n8n: N8n, call: Call) -> Answer:
    """Answer a call of `/api/v1/…`."""
    if not n8n.public_api:
        return Answer(status=404, body=b"<!DOCTYPE html><pre>Cannot GET /api/v1/</pre>")
    if call.headers.get("x-n8n-api-key") != n8n.api_key:
        return as_json({"message": "Unauthorized"}, status=401)
    kind, *rest = call.path.removeprefix("/api/v1/").split("/")
    body = json.loads(call.body) if call.body else {}
    if n8n.forbids:
        return as_json({"message": "Forbidden"}, status=403)
    if kind == "credentials":
        return _credentials(n8n, call, rest, body)
    return _workflows(n8n, call, rest, body)


def _credentials(n8n: N8n, call: Call, rest: list[str], body: Mapping[str, Any]) -> Answer:
    if call.method == "GET":
        # What they hold is not told.
        told = [{name: each[name] for name in ("id", "name", "type")} for each in n8n.credentials]
        return _page(told, call)
    if (refused := _refused(body, {"name", "type", "data"})) is not None:
        return refused
    if call.method == "POST":
        return as_json(_added(n8n.credentials, body, n8n))
    return _changed(n8n.credentials, rest[0], body)


def _workflows(n8n: N8n, call: Call, rest: list[str], body: Mapping[str, Any]) -> Answer:
    if call.method == "GET":
        return _page(n8n.workflows, call)
    if rest[1:] == ["activate"]:
        return _activated(n8n, rest[0])
    if rest[1:] == ["unarchive"]:
        return _changed(n8n.workflows, rest[0], {"isArchived": False})
    if (refused := _refused(body, _WRITTEN)) is not None:
        return refused
    if strange := {name for node in body["nodes"] for name in node} - _OF_A_NODE:
        return as_json({"message": f"request/body/nodes must not have {sorted(strange)}"}, status=400)
    if call.method == "POST":
        return as_json(_added(n8n.workflows, {**body, **_NEW, "versionId": _version()}, n8n))
    return _changed(n8n.workflows, rest[0], {**body, "versionId": _version()})


def _activated(n8n: N8n, its_id: str) -> Answer:
    workflow = next(each for each in n8n.workflows if each["id"] == its_id)
    if workflow["isArchived"]:
        return as_json({"message": "Cannot activate an archived workflow"}, status=400)
    workflow |= {"active": True, "activeVersionId": workflow["versionId"]}
    by_name = {node["name"]: node for node in workflow["nodes"]}
    assigned = by_name["Where the backend is"]["parameters"]["assignments"]["assignments"]
    says = {each["name"]: each["value"] for each in assigned}
    for node in workflow["nodes"]:
        if node["type"] == "n8n-nodes-base.webhook":
            n8n.publish(
                node["parameters"]["path"],
                Published(workflow=says["workflow"], version=says["version"], installation=says["installation"]),
            )
    return as_json(workflow)


def _version() -> str:
    """Return an id of a version: each change of a workflow makes another."""
    return str(uuid.uuid4())


def _refused(body: Mapping[str, Any], written: set[str]) -> Answer | None:
    if strange := set(body) - written:
        return as_json({"message": f"request/body/{sorted(strange)[0]} is read-only"}, status=400)
    return None


def _added(among: list[dict[str, Any]], body: Mapping[str, Any], n8n: N8n) -> Mapping[str, Any]:
    """Keep a new thing under an id of n8n's own choice."""
    among.append({"id": f"n8n{len(n8n.workflows) + len(n8n.credentials):013}", **body})
    return among[-1]


def _changed(among: list[dict[str, Any]], its_id: str, body: Mapping[str, Any]) -> Answer:
    for each in among:
        if each["id"] == its_id:
            each |= body
            return as_json(each)
    return as_json({"message": "Not Found"}, status=404)


def _page(everything: list[dict[str, Any]], call: Call) -> Answer:
    start = int(call.query.get("cursor", "0"))
    after = start + _PAGE
    cursor = str(after) if after < len(everything) else None
    return as_json({"data": everything[start:after], "nextCursor": cursor})
