"""What goes into an n8n: our workflows, fitted to one installation, and the credentials that they use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from adapters.n8n.content import FITTED, WEBHOOK, assign, assigned, fingerprint, installation_of, version_of

_RESPONSE = "n8n-nodes-base.respondToWebhook"


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
        if not any(node["type"] == WEBHOOK for node in self.content["nodes"]):
            return None
        return str(assigned(self.content)["workflow"])

    @property
    def version(self) -> int:
        return version_of(self.content)

    @property
    def installation(self) -> str:
        return installation_of(self.content)


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


def _fitted(shipped_content: Mapping[str, Any], backend_url: str, *, queue_mode: bool) -> Mapping[str, Any]:
    content = deepcopy(dict(shipped_content))
    nodes = {node["name"]: node for node in content["nodes"]}
    assign(nodes[FITTED], {"backend_url": backend_url})
    if queue_mode:
        for node in content["nodes"]:
            _answer_first(node)
    mark = fingerprint(content)
    assign(nodes[FITTED], {"installation": mark})
    if queue_mode:
        told = assigned(content)
        answer = {"accepted": True, **{name: told[name] for name in ("workflow", "version", "installation")}}
        for node in content["nodes"]:
            if node["type"] == WEBHOOK:
                node["parameters"]["options"]["responseData"] = json.dumps(answer)
    return content


def _answer_first(node: dict[str, Any]) -> None:
    """Let a webhook answer by itself; nodes that would answer later do nothing then, for n8n refuses both at once."""
    if node["type"] == WEBHOOK:
        code = {"responseCode": {"values": {"responseCode": 202}}}
        node["parameters"] |= {
            "responseMode": "onReceived",
            "options": {**node["parameters"].get("options", {}), **code},
        }
    elif node["type"] == _RESPONSE:
        node |= {"type": "n8n-nodes-base.noOp", "typeVersion": 1, "parameters": {}}
