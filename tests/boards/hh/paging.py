"""Pages as hh.ru counts them: from 0, with `found`, `page`, `pages`, `per_page`."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from tests.boards.hh import errors
from tests.boards.hh.exchange import Request


def paging(request: Request, *, most: int = 100) -> tuple[int, int]:
    """Return `page` and `per_page` (20 when not said), or refuse what is no number or too much."""
    numbers = []
    for name, otherwise in (("page", "0"), ("per_page", "20")):
        said = request.one(name) or otherwise
        if not said.isascii() or not said.isdigit():
            raise errors.bad_argument(name)
        numbers.append(int(said))
    page, per_page = numbers
    if per_page > most:
        raise errors.bad_argument("per_page", f"per_page must be not more than {most}")
    return page, per_page


def page_of(found: Sequence[Any], page: int, per_page: int, *, depth: int | None = None) -> dict[str, Any]:
    """Return one page; no more pages are told of than lie above the depth."""
    reachable = len(found) if depth is None else min(len(found), depth)
    return {
        "found": len(found),
        "page": page,
        "pages": ceil(reachable / per_page) if per_page else 0,
        "per_page": per_page,
        "items": list(found[page * per_page : (page + 1) * per_page]),
    }
