"""What Работа России is asked for, by résumé and filters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from adapters.lexicon.titles import TitleCatalogue
from adapters.trudvsem.query import Ask, Plan, plan_for
from adapters.trudvsem.regions import around, region_code, region_name
from domain.matching.measures import Measures
from domain.resumes.content import Contact, Experience, ResumeContent, WorkFormat
from domain.search.filters import Filters

TATARSTAN, MOSCOW, MOSCOW_REGION = "1600000000000", "7700000000000", "5000000000000"

Planned = Callable[..., Plan]


@pytest.fixture
def planned(measures: Measures, titles: TitleCatalogue) -> Planned:
    def plan(*, filters: Filters | None = None, **resume: object) -> Plan:
        return plan_for(ResumeContent(**resume), filters or Filters(), measures, titles.russian)  # type: ignore[arg-type]  # a test names fields as it needs them

    return plan


def texts_of(plan: Plan) -> list[str | None]:
    return list(dict.fromkeys(ask.text for ask in (*plan.first, *plan.wider)))


def test_the_position_wished_is_asked_for_at_home_and_then_anywhere(planned: Planned) -> None:
    plan = planned(desired_position="Повар", region="Казань")

    assert plan == Plan(first=(Ask("Повар", TATARSTAN),), wider=(Ask("Повар", None),))


def test_who_wishes_remote_work_is_looked_for_everywhere_at_once(planned: Planned) -> None:
    plan = planned(desired_position="Повар", region="Казань", work_format=WorkFormat.REMOTE)

    assert plan.first == (Ask("Повар", TATARSTAN), Ask("Повар", None))


def test_a_format_filtered_for_wins_over_the_one_wished(planned: Planned) -> None:
    office, remote = Filters(work_format=WorkFormat.OFFICE), Filters(work_format=WorkFormat.REMOTE)

    at_office = planned(desired_position="Повар", region="Казань", work_format=WorkFormat.REMOTE, filters=office)
    at_home = planned(desired_position="Повар", region="Казань", work_format=WorkFormat.OFFICE, filters=remote)

    assert len(at_office.first) == 1
    assert len(at_home.first) == 2


def test_filters_win_over_the_resume(planned: Planned) -> None:
    plan = planned(
        desired_position="Повар",
        region="Казань",
        skills=("Python",),
        filters=Filters(text="официант", region="Москва"),
    )

    assert plan == Plan(first=(Ask("официант", MOSCOW),), wider=(Ask("официант", None),))


def test_without_a_place_all_of_russia_is_asked(planned: Planned) -> None:
    for region in (None, "Минск", "Россия", "Нигдеево"):
        assert planned(desired_position="Повар", region=region).first == (Ask("Повар", None),)


def test_the_city_of_the_contacts_will_do(planned: Planned) -> None:
    assert planned(desired_position="Повар", contact=Contact(city="Казань")).first == (Ask("Повар", TATARSTAN),)


def test_a_capital_and_what_lies_around_it_are_one(planned: Planned) -> None:
    plan = planned(desired_position="Повар", region="Москва")

    assert plan.wider == (Ask("Повар", MOSCOW_REGION), Ask("Повар", None))


def test_nothing_known_asks_for_anything(planned: Planned) -> None:
    assert planned() == Plan(first=(Ask(None, None),), wider=())
    assert planned(filters=Filters(region="Москва")).first == (Ask(None, MOSCOW),)


@pytest.mark.parametrize(
    ("title", "texts"),
    [
        ("Старший повар (ночные смены)", ["Старший повар ночные смены", "повар", "су-шеф"]),
        ("Бухгалтер / кассир", ["Бухгалтер / кассир", "Бухгалтер"]),
        ("Токарь 5 разряда", ["Токарь 5 разряда", "Токарь"]),
        ("Водитель-экспедитор", ["Водитель-экспедитор", "водитель"]),
        ("Accountant", ["бухгалтер", "Accountant"]),
        ("Senior Python Developer", ["Python", "Senior Python Developer", "Python Developer"]),
        ("Ведущий разработчик C++", ["Ведущий разработчик C++", "разработчик C++", "C++"]),
        ('Повар "горячего" цеха*', ["Повар горячего цеха", "повар"]),
        ("Укротитель привидений", ["Укротитель привидений"]),
    ],
)
def test_a_job_is_asked_for_by_all_its_names(planned: Planned, title: str, texts: list[str]) -> None:
    assert texts_of(planned(desired_position=title)) == texts


def test_a_position_held_will_do_where_none_is_wished(planned: Planned) -> None:
    assert texts_of(planned(current_position="Повар"))[0] == "Повар"
    assert texts_of(planned(experience=(Experience(), Experience(position="Повар"))))[0] == "Повар"


def test_telling_skills_come_last(planned: Planned) -> None:
    skills = ("Ответственность", "Английский язык", "Python", "неведомое", "Django", "PostgreSQL", "Docker")

    plan = planned(desired_position="Укротитель привидений", region="Казань", skills=skills)

    assert plan.wider[-3:] == (Ask("Python", TATARSTAN), Ask("Django", TATARSTAN), Ask("PostgreSQL", TATARSTAN))
    assert "Docker" not in texts_of(plan)


def test_a_very_long_text_is_cut(planned: Planned) -> None:
    assert all(len(text or "") <= 100 for text in texts_of(planned(filters=Filters(text="слово " * 1_000))))


def test_every_subject_has_its_code_and_is_known_by_it(measures: Measures) -> None:
    codes = [f"{number:02d}" for number in range(100) if region_name(f"{number:02d}") is not None]

    assert len(codes) == 85
    for code in codes:
        name = region_name(code) or ""
        assert region_code(name) == code + "0" * 11
        assert region_name(code + "00000100000") == name
        place = measures.places.find(name)
        assert place is not None
        assert place.region == name


def test_no_other_place_has_a_code() -> None:
    assert region_code("Минская область") is None
    assert region_name("") is None
    assert around("1600000000000") is None
    assert around(MOSCOW) == MOSCOW_REGION
