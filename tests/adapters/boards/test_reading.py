"""What the answers of all boards tell in the same way is read in one way, whatever they hold."""

from __future__ import annotations

import pytest

from adapters.boards.reading import json_of, retry_after

DATE = {"Date": "Mon, 02 Mar 2026 09:30:00 GMT"}


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"{", b"\xff\xfe\x00", b"NaN", b'{"a": -Infinity}', b"[" * 200_000, b"1" * 5_000 + b"x"]
)
def test_what_is_no_json_is_none(body: bytes) -> None:
    assert json_of(body) is None


def test_json_is_read() -> None:
    assert json_of('{"name": "врач", "pay": 1.5}'.encode()) == {"name": "врач", "pay": 1.5}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "30"}, 30.0),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"Retry-After": "0"}, 0.0),
        ({"Retry-After": "999999999"}, 86_400.0),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "²"}, None),
        ({"Retry-After": "٣"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": ""}, None),
        ({"Retry-After": "Mon, 02 Mar 2026 09:31:00 GMT", **DATE}, 60.0),
        ({"Retry-After": "Mon, 02 Mar 2026 09:00:00 GMT", **DATE}, 0.0),
        ({"Retry-After": "Mon, 02 Mar 2026 09:31:00 -0000", **DATE}, 60.0),
        ({"Retry-After": "Mon, 02 Mar 2099 09:31:00 GMT", **DATE}, 86_400.0),
        ({"Retry-After": "Mon, 02 Mar 2026 09:31:00 GMT"}, None),
        ({"Retry-After": "Mon, 02 Mar 2026 09:31:00 GMT", "Date": "today"}, None),
    ],
)
def test_the_time_to_wait_is_told(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds
