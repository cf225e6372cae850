"""A place's words become an area of hh.ru's; the dictionaries stay fresh, or as they were."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.composition import lexicon
from adapters.hh.areas import Areas
from adapters.hh.dictionaries import FreshDictionaries, shipped
from adapters.memory.store import MemoryStore
from tests.adapters.hh.askers import Hours, a_gateway
from tests.adapters.hh.examples import example
from tests.boards.hh import HhRu, faults
from tests.boards.hh.exchange import as_json

PLACES = lexicon("none").places


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("Москва", "1"),
        ("г. Москва, м. Сокол", "1"),
        ("Saint Petersburg", "2"),
        ("Казань", "88"),
        ("в Казани", "88"),
        ("Татарстан", "1624"),
        ("Подмосковье", "2019"),
        ("ХМАО", "1368"),
        ("Ростов", "76"),
        ("Россия", "113"),
        ("Алматы", "160"),
        ("Белоруссия", "16"),
        # A town that is not in the tree is searched for by its region, one without a known region not at all.
        ("Пенза", "1575"),
        ("Подольск", "2019"),
        ("Караганда", "177"),
        ("Астана", "40"),
        ("Берлин", None),
        ("Нигде", None),
        ("", None),
    ],
)
def test_a_place_has_an_area_in_the_shipped_tree(words: str, id_: str | None) -> None:
    assert shipped(PLACES).areas.id_of(words) == id_


def test_of_towns_with_one_name_the_one_in_the_region_is_meant() -> None:
    kurgan = _area("1308", "Курганская область", _area("9", "Советск"))
    kirov = _area("1661", "Кировская область", _area("8", "Советск (Кировская область)"))

    assert Areas([_area("113", "Россия", kurgan, kirov)], PLACES).id_of("Советск, Кировская область") == "8"


def test_a_place_that_the_gazetteer_lacks_is_found_by_its_name_if_that_is_clear() -> None:
    named = {"5": "Дальняя Слобода", "6": "Ближняя Слобода", "7": "Ближняя Слобода"}
    areas = Areas([_area("113", "Россия", *(_area(id_, name) for id_, name in named.items()))], PLACES)

    assert areas.id_of("дальняя слобода") == "5"
    assert areas.id_of("Ближняя Слобода") is None


def test_an_area_knows_what_is_around_it_and_within() -> None:
    areas = Areas(example("areas"), PLACES)

    assert areas.wider("88") == "1624"
    assert areas.wider("113") is None
    assert areas.wider("6") is None
    assert areas.inside("1624") == ("88", "1652")
    assert areas.inside("88") == ()


@pytest.mark.parametrize(
    "tree",
    [None, {}, [None, 7, "x", {}, {"id": None, "name": "А"}, {"id": "1"}, {"id": "1", "name": None}]],
)
def test_what_is_no_tree_has_no_areas(tree: object) -> None:
    assert len(Areas(tree, PLACES)) == 0


def test_what_is_no_area_is_left_out_and_the_rest_stays() -> None:
    tree: list[Any] = [_area("113", "Россия", _area("1", "Москва")), None]
    tree[0]["areas"] += [7, {"id": "1", "name": "Опять"}, {"id": "2", "name": "Санкт-Петербург", "areas": "нет"}]

    areas = Areas(tree, PLACES)

    assert len(areas) == 3
    assert areas.id_of("Москва") == "1"


def _area(id_: str, name: str, *inside: dict[str, Any]) -> dict[str, Any]:
    return {"id": id_, "name": name, "parent_id": None, "areas": list(inside)}


def _dictionaries(hh: HhRu, hours: Hours) -> FreshDictionaries:
    return FreshDictionaries(a_gateway(hh, hours, MemoryStore()), PLACES, hours)


def test_the_dictionaries_are_refreshed_once_a_day(hh: HhRu, hours: Hours) -> None:
    dictionaries = _dictionaries(hh, hours)

    for _ in range(30):
        # The loopback's own number, which is not the real one.
        assert dictionaries.current(hours.left()).areas.id_of("Набережные Челны") == "1652"
        hours.forward(hours=1)

    assert (len(hh.asked("/areas")), len(hh.asked("/dictionaries"))) == (2, 2)
    assert [bool(request.headers.get("if-none-match")) for request in hh.asked("/areas")] == [False, True]


def test_a_new_term_is_known_from_the_next_refresh_on(hh: HhRu, hours: Hours) -> None:
    dictionaries = _dictionaries(hh, hours)
    known = dictionaries.current(hours.left())
    assert (known.knows("work_format", "REMOTE"), known.knows("work_format", "ORBIT")) == (True, False)
    hh.faults.add("/dictionaries", faults.answered(as_json({"work_format": [{"id": "ORBIT", "name": "Орбита"}]})))
    hours.forward(hours=25)

    known = dictionaries.current(hours.left())

    assert (known.knows("work_format", "REMOTE"), known.knows("work_format", "ORBIT")) == (False, True)
    assert known.knows("experience", "between1And3")


@pytest.mark.parametrize(
    "fault",
    [
        faults.bad_gateway(),
        faults.forbidden(),
        faults.ddos_guard(),
        faults.not_json(),
        faults.answered(as_json({})),
        faults.answered(as_json([])),
        faults.answered(as_json([{"id": 1}])),
        faults.cut(),
    ],
)
def test_a_refresh_that_fails_changes_nothing(hh: HhRu, hours: Hours, fault: faults.Fault) -> None:
    dictionaries = _dictionaries(hh, hours)
    hh.faults.add("/areas", fault, times=None)
    began = hours.monotonic()

    known = dictionaries.current(hours.left())

    assert known.areas.id_of("Набережные Челны") == "1641"
    assert known.knows("schedule", "remote")
    assert hours.monotonic() - began < 10
    hh.faults.clear()
    hours.forward(hours=25)
    assert dictionaries.current(hours.left()).areas.id_of("Набережные Челны") == "1652"
