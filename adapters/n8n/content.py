"""What stands in a workflow: which of it is ours, which is the operator's to set, and whether anything was changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

WEBHOOK = "n8n-nodes-base.webhook"
FITTED = "Where the backend is"
"""The node in which the address of the backend and the mark of the installation stand."""

# What else is assigned there is the operator's to set.
_OURS = frozenset({"backend_url", "workflow", "version", "installation"})
# And so are these nodes, the place for a source of their own.
_THEIRS = {"vacancy-search": frozenset({"Ask a source of your own", "Read its answer", "Your source failed"})}
# What is not of the workflow's own doing: n8n gives ids of its own, and people move nodes about.
_OF_A_NODE_BEFORE = ("name", "type", "typeVersion", "parameters", "disabled", "onError", "retryOnFail", "maxTries")
_OF_A_NODE = (*_OF_A_NODE_BEFORE, "waitBetweenTries", "executeOnce", "alwaysOutputData")
_OF_SETTINGS = ("executionTimeout", "saveDataSuccessExecution", "saveDataErrorExecution")


def fingerprint(content: Mapping[str, Any]) -> str:
    """Return what is the same as long as a workflow does the same, wherever it was installed from.

    In two parts, joined by a hyphen: what is ours, and what stands in the nodes that are the operator's to set.
    Computed in another way, it would make everything that is installed look changed.
    """
    nodes, theirs = _nodes_in(content, _OF_A_NODE), _names_of_theirs(content)
    ours = [{"name": node["name"]} if node["name"] in theirs else node for node in nodes]
    return f"{_digest(content, ours)}-{_digest({}, [node for node in nodes if node['name'] in theirs])}"


def is_ours(content: Mapping[str, Any]) -> bool:
    """Whether a workflow is one that we put into n8n, changed or not."""
    try:
        return bool(assigned(content)["installation"])
    except (KeyError, TypeError, StopIteration):
        return False


def is_untouched(content: Mapping[str, Any]) -> bool:
    """Whether a workflow is as it was when we put it into n8n, but for what is the operator's to set."""
    if not is_ours(content):
        return False
    ours, hyphen, _ = installation_of(content).partition("-")
    if not hyphen:
        # Version 1 put a mark of one part there, of all nodes alike.
        return ours == _digest(content, _nodes_in(content, _OF_A_NODE_BEFORE))
    return ours == fingerprint(content).partition("-")[0]


def installation_of(content: Mapping[str, Any]) -> str:
    """Return the mark that a workflow of ours bears of its installation: its fingerprint as it was then."""
    return str(assigned(content)["installation"])


def version_of(content: Mapping[str, Any]) -> int:
    return int(assigned(content)["version"])


def keep_settings(content: dict[str, Any], before: Mapping[str, Any]) -> None:
    """Carry over what an operator has set in a workflow of ours: values and nodes of theirs, and credentials."""
    there = {node["name"]: node for node in before["nodes"]}
    as_it_was = installation_of(before).partition("-")[2]
    set_by_them = as_it_was and as_it_was != fingerprint(before).partition("-")[2]
    theirs = _names_of_theirs(content) if set_by_them else ()
    for place, node in enumerate(content["nodes"]):
        held = there.get(node["name"])
        if held is not None and node["name"] in theirs:
            content["nodes"][place] = {**held, "position": node["position"]}
        elif held is not None and node["name"] == FITTED:
            assign(node, {name: value for name, value in assigned_in(held).items() if name not in _OURS})
        elif held is not None and "credentials" not in node and held.get("credentials"):
            node["credentials"] = held["credentials"]


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two workflows do the same with the same credentials, of the same installation."""
    return (
        fingerprint(one) == fingerprint(other)
        and installation_of(one) == installation_of(other)
        and _values_of_theirs(one) == _values_of_theirs(other)
        and _credentials_in(one) == _credentials_in(other)
        and one["settings"].get("errorWorkflow") == other["settings"].get("errorWorkflow")
    )


def _names_of_theirs(content: Mapping[str, Any]) -> frozenset[str]:
    return _THEIRS.get(str(assigned(content).get("workflow")), frozenset())


def _values_of_theirs(content: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in assigned(content).items() if name not in _OURS}


def _credentials_in(content: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        node["name"]: {kind: each["id"] for kind, each in node["credentials"].items()}
        for node in content["nodes"]
        if node.get("credentials")
    }


def _digest(content: Mapping[str, Any], nodes: Iterable[Mapping[str, Any]]) -> str:
    told: dict[str, Any] = {"nodes": sorted(nodes, key=lambda node: str(node["name"]))}
    if content:
        told["settings"] = {name: content["settings"].get(name) for name in _OF_SETTINGS}
        told["connections"] = content["connections"]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def _nodes_in(content: Mapping[str, Any], told: Iterable[str]) -> list[Mapping[str, Any]]:
    return [_told_of(node, told) for node in content["nodes"] if "stickyNote" not in node["type"]]


def _told_of(node: Mapping[str, Any], names: Iterable[str]) -> Mapping[str, Any]:
    told = deepcopy({name: node[name] for name in names if node.get(name)})
    # Where the mark itself stands, and what the operator sets.
    if node["name"] == FITTED:
        assign(told, dict.fromkeys((assigned_in(told).keys() - _OURS) | {"installation"}))
    if node["type"] == WEBHOOK:
        told["parameters"].get("options", {}).pop("responseData", None)
    return told


def assigned(content: Mapping[str, Any]) -> dict[str, Any]:
    return assigned_in(next(node for node in content["nodes"] if node["name"] == FITTED))


def assigned_in(node: Mapping[str, Any]) -> dict[str, Any]:
    return {each["name"]: each["value"] for each in node["parameters"]["assignments"]["assignments"]}


def assign(node: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    for each in node["parameters"]["assignments"]["assignments"]:
        each["value"] = values.get(each["name"], each["value"])
