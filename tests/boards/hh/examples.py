"""The bodies that hh.ru's documentation and its users show, read from `data/`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).with_name("data")


def example(name: str) -> Any:
    """Return a copy of the body in `data/<name>.json`; the caller may change it."""
    return json.loads(_text(name))


@cache
def _text(name: str) -> str:
    return (_DATA / f"{name}.json").read_text(encoding="utf-8")
