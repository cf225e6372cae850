"""The time that processors spent, and on what."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(*roots: int) -> float:
    """Return what these processes and all that descend from them have spent, those that ended included."""
    spent: dict[int, float] = {}
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name stands in brackets and may contain anything; after it come the state and the parent.
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            # It has just ended.
            continue
        pid = int(status.parent.name)
        children.setdefault(int(fields[1]), []).append(pid)
        spent[pid] = sum(map(int, fields[11:15])) / _TICKS
    total, left = 0.0, list(roots)
    while left:
        pid = left.pop()
        total += spent.get(pid, 0.0)
        left += children.get(pid, ())
    return total


def busy_seconds() -> float:
    """Return what the processors of this machine have spent on anything."""
    user, nice, system, _idle, _waiting, *interrupts = Path("/proc/stat").read_text().partition("\n")[0].split()[1:]
    return sum(map(int, (user, nice, system, *interrupts[:2]))) / _TICKS


def started_with(words: str) -> int:
    """Return the first process whose command line has these words."""
    for entry in sorted(Path("/proc").glob("[0-9]*"), key=lambda each: int(each.name)):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        # The watch beside a server names its folder, too.
        if words in command and not command.startswith("/bin/sh"):
            return int(entry.name)
    raise LookupError(words)
