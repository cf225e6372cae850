"""A server that somebody else runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GivenServer:
    """What the environment names; it is not ours to kill."""

    url: str
