"""Liveness and readiness over HTTP."""

from __future__ import annotations

from adapters.bootstrap import open_platform
from entrypoints.api.wsgi import api_of
from tests.entrypoints.installation import Caller, Installation, told


def test_the_process_says_that_it_lives(api: Installation) -> None:
    answer = api.stranger.get("/health/live")

    assert (answer.status_code, told(answer)) == (200, {"status": "up"})


def test_readiness_names_each_part(api: Installation) -> None:
    answer = api.stranger.get("/health/ready")

    assert (answer.status_code, told(answer)) == (200, {"status": "up", "parts": {"store": "up"}})


def test_a_store_without_tables_is_down_and_no_more_is_told(tmp_path: object) -> None:
    platform = open_platform({"DATA_DIR": str(tmp_path)})
    try:
        caller = Caller(api_of(platform), {})

        ready, live = caller.get("/health/ready"), caller.get("/health/live")
    finally:
        platform.close()

    assert (ready.status_code, told(ready)) == (503, {"status": "down", "parts": {"store": "down"}})
    assert live.status_code == 200
