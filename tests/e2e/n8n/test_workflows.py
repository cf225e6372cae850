"""Our workflows in a real n8n: they import, are published and answer."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import requests

from tests.e2e.farm import PIPELINE_KEY
from tests.e2e.n8n.roads import Road
from tests.e2e.n8n.running import CALLBACK_SECRET, READING, SEARCH, N8n
from tests.e2e.programs import Machine

pytestmark = [pytest.mark.n8n, pytest.mark.timeout(1_800)]


@pytest.mark.parametrize("path", [SEARCH, READING])
def test_a_probe_is_answered_with_the_version_and_with_whether_we_are_reached(n8n: N8n, path: str) -> None:
    told = n8n.probe(path).json()

    assert told.pop("installation") != "by hand"
    assert told == {
        "probe": True,
        "workflow": path.removeprefix("job-assistant-"),
        "version": 2,
        "reaches_backend": False,
        "signature": None,
    }


@pytest.mark.parametrize("path", [SEARCH, READING])
def test_who_does_not_hold_the_token_is_let_nowhere(n8n: N8n, path: str) -> None:
    with requests.Session() as calls:
        calls.trust_env = False
        answer = calls.post(f"{n8n.url}/webhook/{path}", json={"probe": True}, timeout=20)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("secret", "signature"), [(CALLBACK_SECRET, "known"), ("another-secret-than-n8n-has", "bad_signature")]
)
def test_a_probe_tells_whether_we_know_what_n8n_signs(
    secret: str, signature: str, n8n: N8n, machine: Machine, settings: Mapping[str, str], road: Road
) -> None:
    with machine.up(**{**settings, "N8N_CALLBACK_SECRET": secret, "PIPELINE_KEYS": PIPELINE_KEY}) as server:
        road.leads_to = server.url
        told = [n8n.probe(path).json() for path in (SEARCH, READING)]

    assert [(each["reaches_backend"], each["signature"]) for each in told] == [(True, signature)] * 2
