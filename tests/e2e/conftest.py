"""Installations for the tests of the whole: one that many share, and as many of one's own as a test needs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.e2e.callers import Caller
from tests.e2e.programs import Machine, Server
from tests.e2e.samples import vacancies

_PERSONS = count(800_000_001)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return a machine on which nothing was started yet."""
    return Machine(tmp_path)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Return the machine of the server that tests share."""
    return Machine(tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="session")
def server(shared: Machine) -> Iterator[Server]:
    """Return a server with the sample vacancies, shared by tests that each have a person of their own."""
    with shared.up() as running:
        with running.caller() as caller:
            caller.fill(vacancies())
        yield running


@pytest.fixture
def caller(server: Server) -> Iterator[Caller]:
    with server.caller() as opened:
        yield opened


@pytest.fixture
def person(caller: Caller) -> int:
    """Return somebody who has just filled in the profile."""
    telegram_id = next(_PERSONS)
    caller.welcome(telegram_id)
    return telegram_id
