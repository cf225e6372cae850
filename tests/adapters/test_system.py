"""The machine's own clock and chance."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from adapters.system import RandomIds, SystemClock


def test_the_clock_shows_the_present_time_in_utc() -> None:
    before = datetime.now(timezone.utc)

    now = SystemClock().now()

    assert now.utcoffset() == timedelta(0)
    assert before <= now <= datetime.now(timezone.utc)


def test_ids_do_not_repeat_and_cannot_be_guessed_from_each_other() -> None:
    ids = RandomIds()

    made = [ids.new() for _ in range(1_000)]

    assert len(set(made)) == 1_000
    # The version of a UUID whose every other bit is random.
    assert {(len(each), each[14]) for each in made} == {(36, "4")}
