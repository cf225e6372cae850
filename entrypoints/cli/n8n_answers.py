"""What n8n's answers to probes mean for whoever runs it: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.bootstrap import N8nTrouble, Probed, n8n_versions

INSTALL = "Run `job-assistant n8n install` (with Compose: `docker compose up -d`, then `docker compose restart n8n`)"
"""How what we have comes into n8n; a sentence without its end."""

_TROUBLES: Mapping[N8nTrouble, str] = {
    N8nTrouble.UNREACHED: "n8n is not reached there. Check the address (N8N_URL), and that it runs.",
    N8nTrouble.SILENT: (
        "n8n does not answer in time. Look at its log; in queue mode one of its workers must be alive, or the workflows"
        " be installed with --queue-mode."
    ),
    N8nTrouble.WRONG_TOKEN: f"n8n does not take N8N_TOKEN. {INSTALL}, which puts it into n8n.",
    N8nTrouble.NOT_PUBLISHED: (
        f"n8n has no such webhook. {INSTALL}, which publishes it, or publish the workflow in n8n. If n8n has just been"
        " started, wait for half a minute."
    ),
    N8nTrouble.FAILS: (
        "the workflow fails before it answers. If n8n has just been started, wait for half a minute; else look at n8n's"
        " log. `job-assistant n8n install --replace` puts ours in its place."
    ),
    N8nTrouble.SOMETHING_ELSE: (
        "what answers there is not our workflow. Check the address (N8N_URL); if it is n8n's, run `job-assistant n8n"
        " install --replace`."
    ),
}
_SIGNATURES = {
    "bad_signature": (
        "n8n signs with another secret than any of this API's N8N_CALLBACK_SECRET, so that all it hands in is refused."
        f" {INSTALL}, or start the API anew with the secret that n8n has."
    ),
    "signature_expired": (
        "the clocks of n8n and of this API are more than five minutes apart, so that all it hands in is refused. Set"
        " them by the same time server."
    ),
    "signature_missing": (
        "n8n does not sign what it hands in, so that all of it is refused: its credential “Job Assistant: signs what"
        f" n8n tells the backend” is gone. {INSTALL}."
    ),
}


def is_silent(answered: Probed | N8nTrouble) -> str | None:
    """Return why a workflow takes no work, in a sentence or two; `None`: it does."""
    return None if isinstance(answered, Probed) else _TROUBLES[answered]


def is_outdated(workflow: str, answered: Probed) -> str | None:
    """Return that a workflow which answers is of another version than the one that is shipped, if it is."""
    wanted = n8n_versions()[workflow]
    if answered.version == wanted:
        return None
    return f"it is of version {answered.version} in n8n, this program brings {wanted}."


def between(answered: Probed) -> str | None:
    """Return what is wrong between a workflow that answers and this API, in a sentence or two."""
    if answered.reaches_backend is False:
        return (
            "it answers, but n8n does not reach this API, or its key is not known here. Check N8N_BACKEND_URL and"
            " PIPELINE_KEYS, that the API runs, and run `job-assistant n8n install`."
        )
    return _SIGNATURES[answered.signature_trouble] if answered.signature_trouble is not None else None
