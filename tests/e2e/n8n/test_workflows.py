"""Our workflows in a real n8n: they import, are published and answer."""

from __future__ import annotations

import pytest
import requests

from tests.e2e.n8n.running import READING, SEARCH, N8n

pytestmark = [pytest.mark.n8n, pytest.mark.timeout(1_800)]


@pytest.mark.parametrize("path", [SEARCH, READING])
def test_a_probe_is_answered_with_the_version_and_with_whether_we_are_reached(n8n: N8n, path: str) -> None:
    told = n8n.probe(path).json()

    assert told.pop("installation") != "by hand"
    assert told == {
        "probe": True,
        "workflow": path.removeprefix("job-assistant-"),
        "version": 1,
        "reaches_backend": False,
    }


@pytest.mark.parametrize("path", [SEARCH, READING])
def test_who_does_not_hold_the_token_is_let_nowhere(n8n: N8n, path: str) -> None:
    with requests.Session() as calls:
        calls.trust_env = False
        answer = calls.post(f"{n8n.url}/webhook/{path}", json={"probe": True}, timeout=20)

    assert answer.status_code == 403
