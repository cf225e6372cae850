"""Reaches what a query finds page by page, and past the depth at which hh.ru ends its lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from adapters.hh.areas import Areas
from adapters.hh.gateway import HhGateway
from adapters.hh.query import LATEST_DAYS, PER_PAGE, Query
from adapters.hh.time_left import TimeLeft
from adapters.hh.vacancies import Found

DEPTH = 2_000
"""So many vacancies of one query can be listed."""

_GRAIN = timedelta(minutes=5)
"""hh.ru rounds the ends of a window to as much."""

Items = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Reach:
    """Lists what a query finds. Where slices meet, an item may come twice: whoever wants each once counts ids."""

    gateway: HhGateway
    areas: Areas
    time_left: TimeLeft

    def pages(self, query: Query, *, wanted: int, now: datetime) -> Iterator[Items]:
        """Yield the items page by page, as far as the caller goes on; raises `HhTrouble`.

        A query that finds more than can be listed is cut into slices, if more than that is wanted.
        """
        first = self._page(query, 0)
        yield first.items
        if wanted > DEPTH and first.found > DEPTH:
            yield from self._slices(query, now)
        else:
            yield from self._after(first, query)

    def _slices(self, query: Query, now: datetime) -> Iterator[Items]:
        """Yield the pages of windows of publication, the newest first, each halved until it can be listed whole."""
        until = _up(now)
        windows = [(until - timedelta(days=LATEST_DAYS), until)]
        while windows:
            since, until = windows.pop()
            sliced = query.published(since, until)
            first = self._page(sliced, 0)
            yield first.items
            middle = since + (until - since) / 2 // _GRAIN * _GRAIN
            if first.found <= DEPTH:
                yield from self._after(first, sliced)
            elif middle > since:
                windows += [(since, middle), (middle, until)]
            else:
                yield from self._by_area(first, sliced)

    def _by_area(self, first: Found, query: Query) -> Iterator[Items]:
        """Yield the pages of the areas within; of an area that has none what can be listed."""
        inside = [below for area in query.areas for below in self.areas.inside(area)]
        if not inside:
            yield from self._after(first, query)
        for area in inside:
            smaller = query.inside(area)
            page = self._page(smaller, 0)
            yield page.items
            if page.found > DEPTH:
                yield from self._by_area(page, smaller)
            else:
                yield from self._after(page, smaller)

    def _after(self, first: Found, query: Query) -> Iterator[Items]:
        for number in range(1, min(first.pages, DEPTH // PER_PAGE)):
            page = self._page(query, number)
            if not page.items:
                return
            yield page.items

    def _page(self, query: Query, number: int) -> Found:
        return self.gateway.search(query.page(number), time_left=self.time_left)


def _up(moment: datetime) -> datetime:
    """Return the next moment that hh.ru does not round."""
    start = moment.replace(minute=0, second=0, microsecond=0)
    return start + -(-(moment - start) // _GRAIN) * _GRAIN
