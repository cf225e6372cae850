"""JSON Lines as programs and people write them."""

from __future__ import annotations

import json
from typing import Any


def json_lines(text: str) -> dict[int, Any]:
    """Return the JSON of each line by its number from 1; a line that is no JSON comes as its text."""
    lines: dict[int, Any] = {}
    # Only the line feed ends a line: JSON may hold all the other line ends that `splitlines` knows.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                lines[number] = json.loads(line)
            except (ValueError, RecursionError):
                lines[number] = line
    return lines
