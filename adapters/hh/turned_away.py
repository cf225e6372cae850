"""What a person is told whose call hh.ru turned away for reasons that are not theirs."""

from __future__ import annotations

from adapters.hh.answers import Kind

AGAIN_SECONDS = 30.0
"""After how long a call is worth making again where hh.ru does not say."""

BLOCKED = frozenset({Kind.GEO_BLOCKED, Kind.EDGE_BLOCKED})
"""What is about where we are: to call again changes nothing."""

_CODES = {Kind.CAPTCHA: "hh_captcha", Kind.TOO_MANY: "hh_rate_limited"}


def code_of(kind: Kind | None) -> str:
    """Return the code for what may heal."""
    return _CODES.get(kind, "hh_unavailable") if kind is not None else "hh_unavailable"
