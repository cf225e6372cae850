"""Which places the gazetteer finds in lines of résumés and vacancies."""

from __future__ import annotations

from time import perf_counter

import pytest

from adapters.lexicon.places import PlaceGazetteer
from domain.matching.lexicon import Place, Places

FOUND = (
    ("Москва", "Москва", "Москва", "RU"),
    ("в Москве", "Москва", "Москва", "RU"),
    ("из Нижнего Новгорода", "Нижний Новгород", "Нижегородская область", "RU"),
    ("Санкт-Петербурге", "Санкт-Петербург", "Санкт-Петербург", "RU"),
    ("г. Санкт-Петербург", "Санкт-Петербург", "Санкт-Петербург", "RU"),
    ("Питер", "Санкт-Петербург", "Санкт-Петербург", "RU"),
    ("СПб, м. Невский проспект", "Санкт-Петербург", "Санкт-Петербург", "RU"),
    ("мск", "Москва", "Москва", "RU"),
    ("Екб", "Екатеринбург", "Свердловская область", "RU"),
    ("НН", "Нижний Новгород", "Нижегородская область", "RU"),
    ("Нск", "Новосибирск", "Новосибирская область", "RU"),
    ("Московская область", None, "Московская область", "RU"),
    ("Республика Татарстан", None, "Республика Татарстан", "RU"),
    ("Tatarstan", None, "Республика Татарстан", "RU"),
    ("Татарстан, Казань", "Казань", "Республика Татарстан", "RU"),
    ("Казань (Республика Татарстан)", "Казань", "Республика Татарстан", "RU"),
    ("Россия", None, None, "RU"),
    ("Беларусь", None, None, "BY"),
    ("Казахстан", None, None, "KZ"),
    ("Беларусь, Минск", "Минск", None, "BY"),
    ("Россия, Московская обл., г. Химки", "Химки", "Московская область", "RU"),
    ("Россия / Казахстан, Алматы", None, None, "RU"),
    ("Moscow, Russia", "Москва", "Москва", "RU"),
    ("Saint Petersburg", "Санкт-Петербург", "Санкт-Петербург", "RU"),
    ("St. Petersburg", "Санкт-Петербург", "Санкт-Петербург", "RU"),
    ("Yekaterinburg", "Екатеринбург", "Свердловская область", "RU"),
    ("Ekaterinburg", "Екатеринбург", "Свердловская область", "RU"),
    ("Rostov-on-Don", "Ростов-на-Дону", "Ростовская область", "RU"),
    ("Nizhny Novgorod", "Нижний Новгород", "Нижегородская область", "RU"),
    ("Kazan", "Казань", "Республика Татарстан", "RU"),
    ("Chelyabinsk", "Челябинск", "Челябинская область", "RU"),
    ("Tyumen", "Тюмень", "Тюменская область", "RU"),
    ("Krasnodar Krai", None, "Краснодарский край", "RU"),
    ("Sverdlovsk region", None, "Свердловская область", "RU"),
    ("ХМАО", None, "Ханты-Мансийский автономный округ — Югра", "RU"),
    ("Якутия", None, "Республика Саха (Якутия)", "RU"),
    ("Подмосковье", None, "Московская область", "RU"),
    ("в Ростове-на-Дону", "Ростов-на-Дону", "Ростовская область", "RU"),
    ("Ростов", "Ростов-на-Дону", "Ростовская область", "RU"),
    ("Ростов, Ярославская область", "Ростов", "Ярославская область", "RU"),
    ("Киров", "Киров", "Кировская область", "RU"),
    ("Киров, Калужская обл", "Киров", "Калужская область", "RU"),
    ("Комсомольск-на-Амуре", "Комсомольск-на-Амуре", "Хабаровский край", "RU"),
    ("в Набережных Челнах", "Набережные Челны", "Республика Татарстан", "RU"),
    ("из Химок", "Химки", "Московская область", "RU"),
    ("из Орла", "Орёл", "Орловская область", "RU"),
    ("Волжский", "Волжский", "Волгоградская область", "RU"),
    ("Волжск", "Волжск", "Республика Марий Эл", "RU"),
    ("в Дзержинске", "Дзержинск", "Нижегородская область", "RU"),
    ("Дзержинский", "Дзержинский", "Московская область", "RU"),
    ("в Астане", "Астана", None, "KZ"),
    ("Astana", "Астана", None, "KZ"),
    ("Алма-Ата", "Алматы", None, "KZ"),
    ("Гомель", "Гомель", None, "BY"),
    ("Gomel", "Гомель", None, "BY"),
    ("Ташкент", "Ташкент", None, "UZ"),
    ("Проживает: Королёв", "Королёв", "Московская область", "RU"),
    ("г. Мирный", "Мирный", "Республика Саха (Якутия)", "RU"),
    ("Мирный", "Мирный", "Республика Саха (Якутия)", "RU"),
    ("Мирный, Архангельская область", "Мирный", "Архангельская область", "RU"),
    ("Архангельская область, Мирный", "Мирный", "Архангельская область", "RU"),
    ("ул. Кирова, 5, Казань", "Казань", "Республика Татарстан", "RU"),
    ("Москва или Казань", "Москва", "Москва", "RU"),
)


@pytest.fixture(scope="module")
def places() -> Places:
    return PlaceGazetteer()


@pytest.mark.parametrize(("text", "city", "region", "country"), FOUND)
def test_a_place_is_found(places: Places, text: str, city: str | None, region: str | None, country: str) -> None:
    assert places.find(text) == Place(city=city, region=region, country=country)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123",
        "удалённо",
        "Remote",
        "Python developer",
        "мирный характер",
        "свободный график",
        "Свободный график работы",
        "Строитель со стажем",
        "Королёв Сергей Петрович",
        "Владимир Петров",
        "Иванов Иван",
        "улица Чехова, 3",
        "Томский политехнический",
        "мо",
        "Mary Smith",
    ],
)
def test_a_look_alike_is_no_place(places: Places, text: str) -> None:
    assert places.find(text) is None


def test_the_gazetteer_is_ready_within_a_moment() -> None:
    started = perf_counter()

    PlaceGazetteer()

    assert perf_counter() - started < 2


def test_a_long_text_is_searched_in_linear_time(places: Places) -> None:
    started = perf_counter()

    found = places.find("Нижний " * 20_000 + "Нижний Новгород")

    assert found == Place(city="Нижний Новгород", region="Нижегородская область", country="RU")
    assert perf_counter() - started < 5


@pytest.mark.parametrize(
    ("text", "city", "region", "country"),
    [
        ("Houston", "Хьюстон", "Техас", "US"),
        ("Houston, TX 77072", "Хьюстон", "Техас", "US"),
        ("Rancho Cordova, CA 95670", "Rancho Cordova", "Калифорния", "US"),
        ("Moscow, ID 83843", "Moscow", "Айдахо", "US"),
        ("Colorado", None, "Колорадо", "US"),
        ("Berlin, DE", "Берлин", None, "DE"),
        ("Тбилиси, Georgia", "Тбилиси", None, "GE"),
        ("London", "Лондон", None, "GB"),
        ("Белград", "Белград", None, "RS"),
    ],
)
def test_places_of_the_world(places: Places, text: str, city: str | None, region: str | None, country: str) -> None:
    assert places.find(text) == Place(city=city, region=region, country=country)
