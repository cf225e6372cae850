"""What no board is told of a person, whatever field of a résumé it stands in."""

from __future__ import annotations

import re

_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
_NUMBER = re.compile(r"\+?\d(?:[\s()-]{0,3}\d){9,}|\d{5,}")
"""A telephone number in its usual spellings, or the number of a document."""


def without_contacts(text: str) -> str:
    """Return a text without e-mail addresses and long numbers."""
    return _NUMBER.sub(" ", _MAIL.sub(" ", text))
