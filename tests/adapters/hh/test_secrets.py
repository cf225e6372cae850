"""Whatever hh.ru answers, no token and no secret stands in a log line or an error."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from functools import partial

import pytest

from adapters.hh.trouble import HhTrouble
from adapters.memory.store import MemoryStore
from tests.adapters.hh.askers import Hours, a_client, a_gateway
from tests.adapters.hh.test_application_token import REFUSALS
from tests.adapters.hh.test_gateway import TROUBLES
from tests.boards.hh import HhRu, faults

SECRET = "the-secret-of-the-application"
WORDS = "words-of-a-person"


def _told_by(ask: Callable[[], object]) -> str:
    """Return all that a trace of the trouble tells, if one is met."""
    try:
        ask()
    except HhTrouble as trouble:
        return "".join(traceback.format_exception(trouble)) + repr(trouble)
    return ""


@pytest.mark.parametrize("path", ["/token", "/vacancies", "/vacancies/7", "/areas"])
def test_no_log_line_and_no_error_holds_a_secret(
    hh: HhRu, hours: Hours, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    # The level at which we log; below it the HTTP library would tell the addresses that it asks.
    caplog.set_level(logging.INFO)
    hh.application.client_secret = SECRET
    told = []

    for fault, _ in [*TROUBLES, *REFUSALS, (faults.slow(1), None)]:
        hh.faults.clear()
        hh.faults.add(path, fault, times=None, exact=True)
        gateway = a_gateway(hh, hours, MemoryStore(), client=a_client(hh, seconds=0.5), client_secret=SECRET)
        hh.clock.forward(minutes=6)
        asked = (
            partial(gateway.search, [("text", WORDS)]),
            partial(gateway.vacancy, "7"),
            gateway.areas,
            gateway.dictionaries,
        )
        told += [_told_by(partial(ask, time_left=hours.left())) for ask in asked]
        told.append(repr(gateway))

    everything = "\n".join([*told, *(record.getMessage() for record in caplog.records)])
    assert sum(map(bool, told)) > len(TROUBLES)
    assert SECRET not in everything
    assert WORDS not in everything
    assert hh.grants.app_tokens
    assert not any(token.access in everything for token in hh.grants.app_tokens)


def test_the_token_in_hand_shows_nothing(hh: HhRu, hours: Hours) -> None:
    gateway = a_gateway(hh, hours)

    held = gateway.token.current(hours.left())

    assert held.token not in f"{held!r} {held} {gateway!r} {gateway.token!r}"
    assert held.sealed not in f"{held!r} {held}"
