"""Finds the address of a résumé on hh.ru that the résumé itself gives."""

from __future__ import annotations

import re

from domain.users.hh_urls import HH_DOMAINS

_HOSTS = "|".join(re.escape(domain) for domain in sorted(HH_DOMAINS))
# A narrow column breaks the long name of a résumé in two.
_LINK = re.compile(
    rf"(?<![\w./@-])(?:https?://)?((?:[a-z0-9-]{{1,63}}\.){{0,2}}(?:{_HOSTS}))/resume/\n?((?:[0-9a-f]\n?){{37}}[0-9a-f])(?!\w)",
    re.IGNORECASE,
)


def read_hh_link(text_lines: list[str]) -> str | None:
    """Return the first address of a résumé on hh.ru as https and without its query, or `None`."""
    found = _LINK.search("\n".join(text_lines))
    return None if found is None else f"https://{found[1].lower()}/resume/{found[2].replace(chr(10), '').lower()}"
