"""What goes into an n8n: our workflows, fitted to one installation, and the credentials that they use."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

FITTED = "Where the backend is"
"""The node in which the address of the backend and the mark of the installation stand."""

# What else is assigned there is the operator's to set.
_OURS = frozenset({"backend_url", "workflow", "version", "installation"})
_WEBHOOK, _RESPONSE = "n8n-nodes-base.webhook", "n8n-nodes-base.respondToWebhook"
# What is not of the workflow's own doing: n8n gives ids of its own, and people move nodes about.
_OF_A_NODE = ("name", "type", "typeVersion", "parameters", "disabled", "onError", "retryOnFail", "maxTries")
_OF_SETTINGS = ("executionTimeout", "saveDataSuccessExecution", "saveDataErrorExecution")


@dataclass(frozen=True)
class Credential:
    """A secret as n8n keeps it; what it holds shows in no `repr`."""

    id: str
    name: str
    type: str
    data: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Workflow:
    """A workflow as n8n imports it. `answers_as` is what its probe calls it, `None` where it has no webhook."""

    content: Mapping[str, Any] = field(repr=False)

    @property
    def id(self) -> str:
        return str(self.content["id"])

    @property
    def name(self) -> str:
        return str(self.content["name"])

    @property
    def answers_as(self) -> str | None:
        if not any(node["type"] == _WEBHOOK for node in self.content["nodes"]):
            return None
        return str(_assigned(self.content)["workflow"])

    @property
    def version(self) -> int:
        return int(_assigned(self.content)["version"])

    @property
    def installation(self) -> str:
        return str(_assigned(self.content)["installation"])


@dataclass(frozen=True)
class Kit:
    """Everything that is put into an n8n. The workflow that others name as theirs for errors comes first."""

    credentials: tuple[Credential, ...]
    workflows: tuple[Workflow, ...]


def kit(*, token: str, pipeline_key: str, callback_secret: str, backend_url: str, queue_mode: bool = False) -> Kit:
    """Return what goes into an n8n that reaches the backend there.

    In queue mode a webhook answers before its workflow begins, always the same; else nothing would be answered while
    no worker of n8n is alive.
    """
    # n8n gives the key to no other host, whatever is changed in a workflow.
    host = urlsplit(backend_url).hostname or ""
    return Kit(
        credentials=(
            Credential(
                "job-assistant-token",
                "Job Assistant: who may call n8n",
                "httpHeaderAuth",
                {"name": "X-N8N-TOKEN", "value": token, "allowedHttpRequestDomains": "none"},
            ),
            Credential(
                "job-assistant-pipeline",
                "Job Assistant: n8n may ask the backend",
                "httpHeaderAuth",
                {
                    "name": "X-PIPELINE-KEY",
                    "value": pipeline_key,
                    "allowedHttpRequestDomains": "domains",
                    "allowedDomains": host,
                },
            ),
            Credential(
                "job-assistant-callback",
                "Job Assistant: signs what n8n tells the backend",
                "crypto",
                {"hmacSecret": callback_secret},
            ),
        ),
        workflows=tuple(Workflow(_fitted(each.content, backend_url, queue_mode=queue_mode)) for each in shipped()),
    )


@lru_cache
def shipped() -> tuple[Workflow, ...]:
    """Return the workflows as they are shipped, those that others name as theirs for errors first."""
    folder = files("adapters.n8n").joinpath("workflows")
    found = [
        Workflow(json.loads(file.read_text("utf-8")))
        for file in sorted(folder.iterdir(), key=lambda each: each.name)
        if file.name.endswith(".json")
    ]
    named = {each.content["settings"].get("errorWorkflow") for each in found}
    return tuple(sorted(found, key=lambda each: each.id not in named))


def fingerprint(content: Mapping[str, Any]) -> str:
    """Return what is the same as long as a workflow does the same, wherever it was installed from.

    Computed in another way, it would make everything that is installed look changed.
    """
    nodes = [_told_of(node) for node in content["nodes"] if "stickyNote" not in node["type"]]
    settings = {name: content["settings"].get(name) for name in _OF_SETTINGS}
    told = {"nodes": sorted(nodes, key=lambda node: str(node["name"])), "settings": settings}
    told["connections"] = content["connections"]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def is_untouched(content: Mapping[str, Any]) -> bool:
    """Whether a workflow is as it was when we put it into n8n."""
    try:
        return str(_assigned(content)["installation"]) == fingerprint(content)
    except (KeyError, TypeError, StopIteration):
        return False


def keep_settings(content: dict[str, Any], before: Mapping[str, Any]) -> None:
    """Carry over what an operator has set in a workflow before: values where they belong, and credentials of theirs."""
    there = {node["name"]: node for node in before["nodes"]}
    for node in content["nodes"]:
        held = there.get(node["name"])
        if held is not None and node["name"] == FITTED:
            _assign(node, {name: value for name, value in _assigned_in(held).items() if name not in _OURS})
        if held is not None and "credentials" not in node and held.get("credentials"):
            node["credentials"] = held["credentials"]


def _told_of(node: Mapping[str, Any]) -> Mapping[str, Any]:
    told = deepcopy({name: node[name] for name in _OF_A_NODE if node.get(name)})
    # Where the mark itself stands, and what the operator sets.
    if node["name"] == FITTED:
        _assign(told, dict.fromkeys((_assigned_in(told).keys() - _OURS) | {"installation"}))
    if node["type"] == _WEBHOOK:
        told["parameters"].get("options", {}).pop("responseData", None)
    return told


def _fitted(shipped_content: Mapping[str, Any], backend_url: str, *, queue_mode: bool) -> Mapping[str, Any]:
    content = deepcopy(dict(shipped_content))
    nodes = {node["name"]: node for node in content["nodes"]}
    _assign(nodes[FITTED], {"backend_url": backend_url})
    if queue_mode:
        for node in content["nodes"]:
            _answer_first(node)
    mark = fingerprint(content)
    _assign(nodes[FITTED], {"installation": mark})
    if queue_mode:
        told = _assigned(content)
        answer = {"accepted": True, **{name: told[name] for name in ("workflow", "version", "installation")}}
        for node in content["nodes"]:
            if node["type"] == _WEBHOOK:
                node["parameters"]["options"]["responseData"] = json.dumps(answer)
    return content


def _answer_first(node: dict[str, Any]) -> None:
    """Let a webhook answer by itself; nodes that would answer later do nothing then, for n8n refuses both at once."""
    if node["type"] == _WEBHOOK:
        code = {"responseCode": {"values": {"responseCode": 202}}}
        node["parameters"] |= {
            "responseMode": "onReceived",
            "options": {**node["parameters"].get("options", {}), **code},
        }
    elif node["type"] == _RESPONSE:
        node |= {"type": "n8n-nodes-base.noOp", "typeVersion": 1, "parameters": {}}


def _assigned(content: Mapping[str, Any]) -> dict[str, Any]:
    return _assigned_in(next(node for node in content["nodes"] if node["name"] == FITTED))


def _assigned_in(node: Mapping[str, Any]) -> dict[str, Any]:
    return {each["name"]: each["value"] for each in node["parameters"]["assignments"]["assignments"]}


def _assign(node: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    for each in node["parameters"]["assignments"]["assignments"]:
        each["value"] = values.get(each["name"], each["value"])
