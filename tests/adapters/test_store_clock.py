"""All machines go by the clock of their database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, literal, select
from sqlalchemy.sql import Select

from adapters.sql import clock as clock_module
from adapters.sql.clock import StoreClock
from adapters.sql.engine import open_engine

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url)
    yield engine
    engine.dispose()


def _off_by(clock: StoreClock) -> timedelta:
    return abs(clock.now() - datetime.now(timezone.utc))


def test_it_shows_what_the_database_shows(engine: Engine) -> None:
    clock = StoreClock(engine)

    clock.follow()

    assert clock.now().tzinfo is timezone.utc
    assert _off_by(clock) < SECOND
    clock.close()


def test_a_machine_whose_clock_is_off_goes_by_the_database(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    later: Select[tuple[datetime]] = select(literal(datetime.now(timezone.utc) + HOUR))
    monkeypatch.setattr(clock_module, "_NOW", later)
    clock = StoreClock(engine)

    clock.follow()

    assert HOUR - 10 * SECOND < _off_by(clock) < HOUR + 10 * SECOND
    assert "behind the database's" in caplog.text
    clock.close()


def test_a_database_that_does_not_answer_leaves_the_clock_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    engine = open_engine("postgresql://127.0.0.1:1/nowhere?connect_timeout=2")
    clock = StoreClock(engine)

    clock.follow()

    assert _off_by(clock) < SECOND
    assert "does not tell the time" in caplog.text
    clock.close()
    engine.dispose()
