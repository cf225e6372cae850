"""Everything a query finds is reached, past the 2,000 that hh.ru lists, and nothing twice by the end."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from adapters.composition import lexicon
from adapters.hh.areas import Areas
from adapters.hh.query import Query
from adapters.hh.reach import DEPTH, Reach
from tests.adapters.hh.askers import Hours, a_gateway
from tests.adapters.hh.examples import example
from tests.boards.hh import HhRu, a_vacancy

AREAS = Areas(example("areas"), lexicon("none").places)
LATELY = Query((("period", "30"), ("order_by", "publication_time"), ("no_magic", "true")))
IN_MOSCOW = LATELY.inside("1")
IN_TATARSTAN = LATELY.inside("1624")
PROTOTYPE = a_vacancy(id="0")
SHALLOW = 200


@pytest.fixture
def shallow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let hh.ru list a tenth of what it does, and us know it: the loopback one takes its time over thousands."""
    monkeypatch.setattr("adapters.hh.reach.DEPTH", SHALLOW)
    monkeypatch.setattr("tests.boards.hh.listings.DEPTH", SHALLOW)


def _full(hh: HhRu, count: int, *, every: timedelta, areas: tuple[str, ...] = ("1",)) -> None:
    """Let so many vacancies be published one after another, the last one now."""
    hh.vacancies.clear()
    now = hh.clock.now()
    for number in range(count):
        id_, area = str(number + 1), areas[number % len(areas)]
        moment = (now - number * every).strftime("%Y-%m-%dT%H:%M:%S%z")
        item = PROTOTYPE.item | {"id": id_, "published_at": moment, "area": {"id": area}}
        hh.vacancies.add(type(PROTOTYPE)(item=item, details=PROTOTYPE.details | {"id": id_}))


def _reached(hh: HhRu, hours: Hours, query: Query, *, wanted: int) -> Counter[str]:
    gateway = a_gateway(hh, hours, every=timedelta())
    reach = Reach(gateway, AREAS, hours.left(1_000))
    return Counter(item["id"] for items in reach.pages(query, wanted=wanted, now=hours.now()) for item in items)


def test_what_can_be_listed_comes_page_by_page(hh: HhRu, hours: Hours) -> None:
    _full(hh, 250, every=timedelta(hours=1))

    found = _reached(hh, hours, IN_MOSCOW, wanted=500)

    assert set(found.values()) == {1}
    assert len(found) == 250
    assert [request.one("page") for request in hh.asked("/vacancies")] == ["0", "1", "2"]


def test_the_caller_decides_how_many_pages_are_asked_for(hh: HhRu, hours: Hours) -> None:
    _full(hh, 250, every=timedelta(hours=1))
    reach = Reach(a_gateway(hh, hours), AREAS, hours.left())

    next(reach.pages(IN_MOSCOW, wanted=500, now=hours.now()))

    assert len(hh.asked("/vacancies")) == 1


def test_no_more_is_asked_for_than_can_be_listed_where_no_more_is_wanted(hh: HhRu, hours: Hours) -> None:
    _full(hh, DEPTH + 300, every=timedelta(minutes=10))

    assert len(_reached(hh, hours, IN_MOSCOW, wanted=DEPTH)) == DEPTH

    assert len(hh.asked("/vacancies")) == 20


@pytest.mark.usefixtures("shallow")
def test_past_the_depth_windows_of_publication_reach_every_one(hh: HhRu, hours: Hours) -> None:
    _full(hh, 950, every=timedelta(minutes=43))

    found = _reached(hh, hours, IN_MOSCOW, wanted=10_000)

    assert len(found) == 950
    assert all(request.one("period") is None for request in hh.asked("/vacancies") if request.one("date_from"))


@pytest.mark.usefixtures("shallow")
def test_a_burst_of_publication_is_reached_by_the_areas_within(hh: HhRu, hours: Hours) -> None:
    _full(hh, SHALLOW + 150, every=timedelta(), areas=("88", "1652"))

    assert len(_reached(hh, hours, IN_TATARSTAN, wanted=10_000)) == SHALLOW + 150

    assert {request.one("area") for request in hh.asked("/vacancies")} == {"1624", "88", "1652"}


@pytest.mark.usefixtures("shallow")
@pytest.mark.parametrize("query", [IN_MOSCOW, LATELY, IN_TATARSTAN])
def test_of_a_burst_in_one_place_comes_what_can_be_listed(hh: HhRu, hours: Hours, query: Query) -> None:
    _full(hh, SHALLOW + 120, every=timedelta(), areas=("88",) if query is IN_TATARSTAN else ("1",))

    assert len(_reached(hh, hours, query, wanted=10_000)) == SHALLOW


def test_a_page_that_turns_out_empty_is_the_last(hh: HhRu, hours: Hours) -> None:
    _full(hh, 350, every=timedelta(hours=1))
    reach = Reach(a_gateway(hh, hours), AREAS, hours.left())
    pages = reach.pages(IN_MOSCOW, wanted=500, now=hours.now())
    next(pages)
    hh.vacancies.clear()

    assert list(pages) == []
    assert len(hh.asked("/vacancies")) == 2
