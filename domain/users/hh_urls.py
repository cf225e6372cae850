"""Addresses on hh.ru and its country domains."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

HH_DOMAINS = frozenset({"hh.ru", "hh.kz", "hh.uz", "hh1.az", "headhunter.ge", "headhunter.kg", "rabota.by"})

# Visible ASCII without the backslash, which browsers take for a slash.
_SAFE_URL = re.compile(r"[!-\[\]-~]{1,500}")


def is_hh_url(text: str) -> bool:
    """Tell whether the text is an https address on hh.ru or one of its country domains, and nothing but that."""
    if not _SAFE_URL.fullmatch(text):
        return False
    try:
        url = urlsplit(text)
        host, port = url.hostname or "", url.port
    except ValueError:
        return False
    at_hh = any(host == domain or host.endswith(f".{domain}") for domain in HH_DOMAINS)
    return url.scheme == "https" and at_hh and port is None and url.username is None


def without_query(url: str) -> str:
    """Return the address without what stands behind its path: where a link was clicked is nobody's matter."""
    return re.split(r"[?#]", url, maxsplit=1)[0]
