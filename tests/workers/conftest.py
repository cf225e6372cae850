"""Workshops for the tests of the workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import workers.running
from tests.workers.workshop import Workshop, opened_workshop


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    """Return a workshop whose sweeps follow each other quickly; nobody works yet."""
    monkeypatch.setattr(workers.running, "SWEEP_SECONDS", 0.02)
    with opened_workshop(tmp_path) as opened:
        yield opened
