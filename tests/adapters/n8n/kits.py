"""What is put into an n8n in these tests, and what stands in it then."""

from __future__ import annotations

from typing import Any

from adapters.n8n.installing import Done, put_in
from adapters.n8n.kit import Kit, kit
from adapters.n8n.public_api import PublicApi
from tests.n8n import N8n
from tests.n8n.world import TOKEN

BACKEND = "http://api.example.org:8000"
SECRETS = {"token": TOKEN, "pipeline_key": "pipeline-key-of-tests", "callback_secret": "secret-of-the-callbacks"}


def a_kit(**changes: Any) -> Kit:
    return kit(**{**SECRETS, "backend_url": BACKEND, **changes})


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
