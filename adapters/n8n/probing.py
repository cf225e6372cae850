"""Asking n8n's webhooks whether they answer, and what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from adapters.boards.http import Answer, Client, NoAnswer, Unreached
from adapters.boards.reading import json_of
from adapters.n8n.webhooks import PATHS

PROBE_SECONDS = 20.0

SIGNATURE_TROUBLES = ("bad_signature", "signature_expired", "signature_missing")
"""The codes with which the backend refuses what is signed, as the workflows tell them."""


class Trouble(str, Enum):
    """Why a webhook does not answer as ours do."""

    UNREACHED = "unreached"
    SILENT = "silent"
    WRONG_TOKEN = "wrong_token"  # noqa: S105 — the name of a trouble
    NOT_PUBLISHED = "not_published"
    FAILS = "fails"
    SOMETHING_ELSE = "something_else"


@dataclass(frozen=True)
class Probed:
    """What a workflow answers: the version it is of, the mark of its installation, and how it finds the backend.

    `reaches_backend` is `None` where it does not tell; so is `signature_trouble`, the code with which the backend
    refuses what it signs, where there is none.
    """

    version: int
    installation: str
    reaches_backend: bool | None = None
    signature_trouble: str | None = None


def probe(url: str, token: str, workflow: str, *, seconds: float = PROBE_SECONDS) -> Probed | Trouble:
    """Ask one of our workflows to say what it is; nothing else happens by that."""
    client = Client(
        url,
        headers={"User-Agent": "JobAssistant/1.0", "X-N8N-TOKEN": token},
        connect_seconds=3.0,
        call_seconds=seconds,
        largest_body=2**16,
    )
    try:
        answer = client.send_json("POST", PATHS[workflow], {"probe": True})
    except Unreached:
        return Trouble.UNREACHED
    except NoAnswer:
        return Trouble.SILENT
    return _told(answer, workflow)


def _told(answer: Answer, workflow: str) -> Probed | Trouble:
    if answer.status in (401, 403):
        return Trouble.WRONG_TOKEN
    if answer.status == 404:
        return Trouble.NOT_PUBLISHED
    if answer.status >= 500:
        return Trouble.FAILS
    told = json_of(answer.body)
    # In queue mode every call is answered alike, a probe as well.
    ours = {200: "probe", 202: "accepted"}.get(answer.status, "")
    if not isinstance(told, dict) or told.get(ours) is not True or told.get("workflow") != workflow:
        return Trouble.SOMETHING_ELSE
    return _probed(told)


def _probed(told: Mapping[str, Any]) -> Probed:
    version, reaches, signature = (told.get(name) for name in ("version", "reaches_backend", "signature"))
    return Probed(
        version=version if isinstance(version, int) else 0,
        installation=str(told.get("installation")),
        reaches_backend=reaches if isinstance(reaches, bool) else None,
        signature_trouble=signature if signature in SIGNATURE_TROUBLES else None,
    )
