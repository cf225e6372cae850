"""A real n8n that takes nothing: the built-in engine answers at once, and the reason is kept."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from tests.e2e.callers import Caller
from tests.e2e.n8n.conftest import HH_JOBS, Installed
from tests.e2e.n8n.running import N8n
from tests.e2e.programs import Machine

pytestmark = [pytest.mark.n8n, pytest.mark.timeout(1_800)]

PERSON = 880_000_001
AT_ONCE_SECONDS = 30.0
"""Refusals are tried again for a few seconds; a deadline would be two minutes away."""


@contextmanager
def answered(machine: Machine, settings: Mapping[str, str], **changes: str) -> Iterator[Caller]:
    """Give one on whose behalf somebody searched with these settings."""
    with machine.up(**{**settings, **changes}) as server, server.caller() as caller:
        caller.welcome(PERSON)
        caller.submit(PERSON)
        began = time.monotonic()
        caller.start(PERSON)
        run = caller.found(PERSON)

        assert time.monotonic() - began < AT_ONCE_SECONDS
        assert (run["status"], run["engine"]) == ("ready", "builtin")
        assert len(caller.served(PERSON)) == HH_JOBS
        yield caller


def reasons(machine: Machine) -> list[tuple[str, str]]:
    with machine.opened() as connection:
        return connection.execute("SELECT status, reason FROM hand_outs").fetchall()


def test_a_wrong_token_is_refused(n8n: N8n, machine: Machine, settings: Mapping[str, str]) -> None:
    del n8n
    with answered(machine, settings, N8N_TOKEN="not-the-token-of-the-real-n8n"):
        assert reasons(machine) == [("failed", "n8n_unauthorized")]


def test_a_workflow_that_was_not_published_is_not_there(
    set_up: Installed, machine: Machine, settings: Mapping[str, str]
) -> None:
    set_up.unpublished.start()
    set_up.unpublished.await_ready()

    with answered(machine, settings, N8N_URL=set_up.unpublished.url):
        assert reasons(machine) == [("failed", "n8n_not_published")]
    set_up.unpublished.stop()


def test_an_n8n_that_was_stopped_is_not_waited_for(n8n: N8n, machine: Machine, settings: Mapping[str, str]) -> None:
    n8n.stop()

    with answered(machine, settings):
        assert reasons(machine) == [("failed", "n8n_unreachable")]
