"""`GET /vacancies` and `GET /vacancies/{id}` of the loopback hh.ru."""

from __future__ import annotations

from urllib.parse import urlencode

from tests.boards.hh import errors
from tests.boards.hh.access import may_search
from tests.boards.hh.cached import cached
from tests.boards.hh.exchange import Answer, Request, as_json
from tests.boards.hh.paging import page_of, paging
from tests.boards.hh.search import search
from tests.boards.hh.world import HhRu

DEPTH = 2_000
"""So many vacancies of one search can be reached."""


def vacancies(hh: HhRu, request: Request) -> Answer:
    may_search(hh, request)
    page, per_page = paging(request)
    if (page + 1) * per_page > DEPTH:
        raise errors.too_deep()
    found = search([vacancy for vacancy in hh.vacancies if not vacancy.archived], request, now=hh.clock.now())
    shown = page_of([vacancy.item for vacancy in found], page, per_page, depth=DEPTH)
    address = (
        f"https://hh.ru/search/vacancy?{urlencode({'enable_snippets': 'true', 'text': request.one('text') or ''})}"
    )
    rest = {"clusters": None, "arguments": None, "fixes": None, "suggests": None, "alternate_url": address}
    return as_json(shown | rest)


def vacancy(hh: HhRu, request: Request, id_: str) -> Answer:
    may_search(hh, request)
    found = hh.vacancies.find(id_)
    if found is None:
        raise errors.not_found()
    return cached(hh, request, found.details)
