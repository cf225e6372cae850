"""Which vacancies are the same job, and what stands for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.identifiers import VacancyId
from domain.matching.requirements import Requirement
from domain.resumes.content import WorkFormat
from domain.vacancies.twins import MOST_ALIKE, jobs_among, same_job
from domain.vacancies.vacancy import ExperienceAsked, Link, SalaryPeriod, SalaryRange, Vacancy
from tests.builders import NOW, a_vacancy
from tests.domain.instruments import MEASURES

WHOLE = (
    "Разрабатывать сервис доставки на Python и Django. Проектировать API для мобильного приложения."
    " Покрывать код тестами. Ждём опыта с PostgreSQL от трёх лет."
)
PIECE = "Разрабатывать сервис доставки на Python и Django. Проектировать API для мобил..."
OTHER = (
    "Поддерживать расчёт зарплаты и налогов на Python. Переносить отчёты в новый склад данных."
    " Отвечать на вопросы бухгалтерии. Знать SQL и терпеливо читать чужой код."
)
COMMON = "Мы делаем вымышленные сервисы для вымышленных людей и любим порядок в коде."
REMOTE, OFFICE, HYBRID = WorkFormat.REMOTE, WorkFormat.OFFICE, WorkFormat.HYBRID


def _posted(id: str, **changes: Any) -> Vacancy:  # noqa: A002 — the field's own name
    told: dict[str, Any] = {
        "responsibilities": "",
        "requirements": "",
        "description": WHOLE,
        "salary": None,
        "work_format": None,
    }
    vacancy_id = VacancyId(id)
    url = f"https://example.com/{id}"
    return a_vacancy(**{**told, "id": vacancy_id, "source": id.split("-", 1)[0], "url": url, **changes})


def _link(id: str) -> Link:  # noqa: A002 — the field's own name
    return Link(source=id.split("-", 1)[0], vacancy_id=VacancyId(id), url=f"https://example.com/{id}")


def _jobs(
    *found: Vacancy,
    known: Iterable[Vacancy] = (),
    remembered: Iterable[Vacancy] = (),
    stands_for: Mapping[str, str] | None = None,
) -> Sequence[Vacancy]:
    return jobs_among(
        found,
        known={each.id: each for each in known},
        remembered={each.id: each for each in remembered},
        stands_for={VacancyId(one): VacancyId(other) for one, other in (stands_for or {}).items()},
        measures=MEASURES,
        at=NOW,
    )


def _ids(jobs: Iterable[Vacancy]) -> list[str]:
    return [each.id for each in jobs]


ALIKE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({}, {"company": 'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ВЫМЫСЕЛ"'}),
    ({}, {"description": PIECE}),
    ({}, {"description": "", "responsibilities": WHOLE.upper()}),
    ({"title": "Разработчик Python"}, {"title": "Python-разработчик"}),
    ({}, {"title": "Разработчик Python (удалённо)"}),
    ({}, {"title": "Разработчик Python, удалённая работа"}),
    ({}, {"title": "Разработчик Python дистанционно (м/ж)"}),
    ({}, {"title": "Разработчик Python в Казань"}),
    ({}, {"title": "Разработчик Python (г. Казань)"}),
    ({"area": "Дальняя"}, {"area": "дальняя", "title": "Разработчик Python — Дальняя"}),
    ({"title": "Удалённо"}, {"title": "удаленно"}),
    ({"area": "Казань"}, {"area": "Республика Татарстан, г. Казань"}),
    ({"area": None}, {"area": None}),
    ({"work_format": REMOTE, "area": "Москва"}, {"work_format": REMOTE, "area": "Казань"}),
    ({"work_format": REMOTE}, {"work_format": HYBRID}),
    ({"work_format": REMOTE}, {"work_format": None}),
    ({"work_format": OFFICE}, {"work_format": HYBRID}),
    ({"description": "", "title": "Швея"}, {"description": "", "title": "Швея"}),
]
APART: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {"title": "Старший разработчик Python"}),
    ({}, {"title": "Разработчик Python, склад Казань"}),
    ({}, {"title": "Разработчик Python в Москву"}),
    ({}, {"company": "Другой вымысел"}),
    ({"company": None}, {"company": None}),
    ({}, {"area": "Москва"}),
    ({}, {"area": None}),
    ({"area": "Дальняя"}, {"area": "Ближняя"}),
    ({"work_format": REMOTE}, {"work_format": OFFICE}),
    ({"work_format": REMOTE}, {"work_format": WorkFormat.FIELD}),
    ({"work_format": REMOTE, "area": "Москва"}, {"work_format": HYBRID}),
    ({}, {"description": OTHER}),
    ({"description": f"{COMMON}\n{WHOLE}"}, {"description": f"{COMMON}\n{OTHER}"}),
    ({}, {"description": "Python и Django."}),
    ({}, {"description": ""}),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_job_is_recognised(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert same_job(_posted("hh-1", **one), _posted("trudvsem-1", **other), MEASURES)
    assert len(_jobs(_posted("hh-1", **one), _posted("trudvsem-1", **other))) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_jobs_stay_two(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not same_job(_posted("hh-1", **one), _posted("trudvsem-1", **other), MEASURES)
    assert len(_jobs(_posted("hh-1", **one), _posted("trudvsem-1", **other))) == 2


def _paid(least: int | None, most: int | None = None, **changes: Any) -> SalaryRange:
    bounds = (None if bound is None else Decimal(bound) for bound in (least, most))
    from_, to = bounds
    return SalaryRange(**{"from_": from_, "to": to, "gross": False, **changes})


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (_paid(100_000), None, True),
        (_paid(100_000, 150_000), _paid(150_000, 200_000), True),
        (_paid(100_000, 150_000), _paid(151_000), False),
        (_paid(100_000), _paid(150_000), True),
        (_paid(None, 100_000), _paid(None, 50_000), True),
        (_paid(100_000, 100_000, gross=True), _paid(87_000, 87_000), True),
        (_paid(100_000, 100_000, gross=None), _paid(87_000, 87_000), True),
        (_paid(100_000, 100_000, gross=True), _paid(100_000, 100_000), False),
        (_paid(1_000, 2_000, currency="USD"), _paid(100_000), True),
        (_paid(1_000, 2_000, currency="XYZ"), _paid(1_000, 2_000, currency="XYZ"), True),
        (_paid(1_000, 2_000, currency="XYZ"), _paid(1_000, 2_000), False),
        (_paid(10_000, 20_000, period=SalaryPeriod.SHIFT), _paid(10_000, 20_000), False),
    ],
)
def test_what_is_paid_must_not_contradict_itself(one: SalaryRange, other: SalaryRange | None, agree: bool) -> None:
    here, there = _posted("hh-1", salary=one), _posted("trudvsem-1", salary=other)

    assert same_job(here, there, MEASURES) is same_job(there, here, MEASURES) is agree


def test_the_one_that_stands_takes_what_it_lacks_from_the_other() -> None:
    asks = (Requirement(skill="Python", must=True, words="Python"),)
    lacking = _posted("internal-1", description=PIECE, experience=None, skills=(), asks=(), published_at=None)
    full = _posted(
        "hh-1",
        salary=_paid(100_000),
        work_format=HYBRID,
        skills=("Python",),
        asks=asks,
        first_seen_at=NOW - timedelta(days=1),
        last_seen_at=NOW + timedelta(days=1),
    )

    assert _jobs(full, lacking) == [
        replace(
            lacking,
            description=WHOLE,
            salary=full.salary,
            work_format=HYBRID,
            experience=ExperienceAsked(least=3, most=6),
            skills=("Python",),
            asks=asks,
            published_at=full.published_at,
            first_seen_at=full.first_seen_at,
            last_seen_at=full.last_seen_at,
            links=(
                _link("internal-1"),
                replace(_link("hh-1"), told=("experience", "published_at", "salary", "skills", "texts", "work_format")),
            ),
        )
    ]


def test_what_the_one_that_stands_says_itself_stays() -> None:
    own = _posted("internal-1", salary=_paid(120_000), work_format=HYBRID, skills=("Django",))
    other = _posted("hh-1", salary=_paid(100_000), work_format=OFFICE, description=PIECE, skills=("Python",))

    assert _jobs(other, own) == [replace(own, links=(_link("internal-1"), _link("hh-1")))]


def test_tags_ask_beside_the_fuller_text_of_the_other() -> None:
    def asked(skill: str, **changes: Any) -> Requirement:
        return Requirement(**{"skill": skill, "must": False, "words": skill, **changes})

    either = asked("Redis", must=True, any_of=("Redis", "Kafka"))
    text = _posted("internal-1", skills=(), asks=(either, asked("Python")))
    tags = (asked("Docker", must=True), asked("Kafka"), asked("Python", must=True), asked("SQL", any_of=("SQL", "R")))
    tagged = _posted("hh-1", description=PIECE, skills=("Docker", "Kafka", "Python"), asks=tags)

    (job,) = _jobs(text, tagged)

    assert job.skills == tagged.skills
    assert job.asks == (asked("Docker", must=True), either, asked("Python"))


@pytest.mark.parametrize(
    ("ids", "standing"),
    [
        (["trudvsem-1", "hh-1", "internal-1"], "internal-1"),
        (["trudvsem-1", "hh-1"], "hh-1"),
        (["acme-2", "hh-1"], "acme-2"),
        (["hh-2", "hh-1"], "hh-1"),
    ],
)
def test_of_what_nobody_knew_our_own_stands_then_the_larger_board(ids: list[str], standing: str) -> None:
    (job,) = _jobs(*(_posted(each) for each in ids))

    assert job.id == standing
    assert job.links == (_link(standing), *(_link(each) for each in sorted(ids) if each != standing))


def test_of_one_source_the_fuller_stands() -> None:
    assert _ids(_jobs(_posted("hh-1", description=PIECE), _posted("hh-2"))) == ["hh-2"]


def test_who_was_known_first_stands() -> None:
    known = _posted("trudvsem-1", first_seen_at=NOW - timedelta(days=9))
    later = _posted("internal-1", first_seen_at=NOW - timedelta(days=2))

    (job,) = _jobs(_posted("trudvsem-1"), _posted("hh-1"), later, known=[known])

    assert (job.id, job.first_seen_at) == ("trudvsem-1", known.first_seen_at)


def test_what_stands_for_another_is_found_when_only_the_other_answers() -> None:
    standing = _posted("internal-1", links=(_link("internal-1"), _link("hh-1")), salary=_paid(100_000))
    twin = _posted("hh-1", description=PIECE, url="https://example.com/new", last_seen_at=NOW + timedelta(days=3))

    (job,) = _jobs(twin, known=[standing], stands_for={"hh-1": "internal-1"})

    moved = replace(_link("hh-1"), url="https://example.com/new")
    assert job == replace(standing, last_seen_at=twin.last_seen_at, links=(_link("internal-1"), moved))


def test_one_known_as_a_twin_stays_one_whatever_it_says_now() -> None:
    standing = _posted("internal-1", links=(_link("internal-1"), _link("hh-1")))
    reworded = _posted("hh-1", title="Инженер", description=OTHER, company="Другой вымысел")

    (job,) = _jobs(_posted("internal-1"), reworded, known=[standing], stands_for={"hh-1": "internal-1"})

    assert job == standing


def test_a_job_closed_where_it_stands_leads_to_where_it_is_open() -> None:
    links = (_link("internal-1"), _link("hh-1"))
    standing = _posted("internal-1", closes_at=NOW, links=links)
    twin = _posted("hh-1", closes_at=NOW + timedelta(days=5))

    (job,) = _jobs(twin, known=[standing], stands_for={"hh-1": "internal-1"})

    assert (job.id, job.url, job.closes_at) == ("internal-1", twin.url, twin.closes_at)
    assert job.is_open(at=NOW)
    assert job.links == (replace(links[0], url=None), links[1])


def test_what_stands_for_another_and_is_gone_stands_no_more() -> None:
    assert _ids(_jobs(_posted("hh-1"), stands_for={"hh-1": "internal-1"})) == ["hh-1"]


@pytest.mark.parametrize("text", [PIECE, OTHER, ""])
def test_an_outline_loses_nothing_that_was_known_whole(text: str) -> None:
    whole = _posted("hh-1", skills=("Python",))
    outline = _posted("hh-1", description="", responsibilities=text, outline=True, skills=(), asks=())

    assert _jobs(outline, known=[whole]) == [whole]


def test_a_vacancy_reworded_by_its_source_is_reworded() -> None:
    reworded = _posted("hh-1", description=OTHER, skills=())

    assert _jobs(reworded, known=[_posted("hh-1", skills=("Python",))]) == [reworded]


def test_an_outline_of_a_twin_keeps_what_the_twin_told_whole() -> None:
    outline = {"description": PIECE, "outline": True}
    (first,) = _jobs(_posted("internal-1", description=PIECE), _posted("hh-1", last_seen_at=NOW + timedelta(days=1)))
    # From the time before it was known as a twin.
    of_old = _posted("hh-1", description=OTHER)

    (job,) = _jobs(_posted("hh-1", **outline), known=[first, of_old], stands_for={"hh-1": "internal-1"})

    assert job == first
    assert (job.description, job.outline) == (WHOLE, False)


def test_a_few_words_that_fit_two_jobs_belong_to_neither() -> None:
    one, other = (
        _posted(f"hh-{number}", description=f"{COMMON}\n{text}") for number, text in enumerate((WHOLE, OTHER))
    )

    jobs = _jobs(one, other, _posted("trudvsem-1", description=COMMON))

    assert _ids(jobs) == ["hh-0", "hh-1", "trudvsem-1"]


def test_what_was_told_by_one_keeps_others_apart() -> None:
    silent, high, low = (
        _posted("hh-1"),
        _posted("hh-2", description=PIECE, salary=_paid(200_000)),
        _posted("hh-3", description=PIECE.removesuffix("для мобил..."), salary=_paid(None, 90_000)),
    )

    assert len(_jobs(silent, high, low)) == 2


def test_thousands_of_one_title_are_told_apart_at_once() -> None:
    many = [
        _posted(f"hh-{number}", title="Курьер", description=" ".join(f"слово{number}н{each}" for each in range(20)))
        for number in range(3 * MOST_ALIKE)
    ]

    assert len(_jobs(*many)) == len(many)


TITLES = ("Разработчик Python", "Разработчик Python (Казань)", "Python-разработчик, удалённо", "Бухгалтер")
VACANCIES = st.builds(
    _posted,
    st.builds("{}-{}".format, st.sampled_from(("internal", "acme", "hh", "trudvsem")), st.integers(1, 4)),
    title=st.sampled_from(TITLES),
    company=st.sampled_from((None, "Вымысел", "ООО «Вымысел»", "Другой")),
    area=st.sampled_from((None, "Казань", "г. Казань", "Москва")),
    work_format=st.sampled_from((None, REMOTE, OFFICE)),
    description=st.sampled_from(("", COMMON, PIECE, WHOLE, OTHER, f"{COMMON}\n{WHOLE}", f"{COMMON}\n{OTHER}")),
    salary=st.sampled_from((None, _paid(100_000), _paid(100_000, 150_000), _paid(None, 90_000))),
    skills=st.sampled_from(((), ("Python",))),
    first_seen_at=st.sampled_from((NOW, NOW - timedelta(days=3))),
)
FOUND = st.lists(VACANCIES, max_size=9, unique_by=lambda each: each.id)
LAW = settings(max_examples=150, deadline=None)


@LAW
@given(VACANCIES, VACANCIES)
def test_to_be_one_job_is_mutual(one: Vacancy, other: Vacancy) -> None:
    assert same_job(one, other, MEASURES) is same_job(other, one, MEASURES)
    assert same_job(one, one, MEASURES) is (one.company is not None)


@LAW
@given(FOUND.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_in_which_they_were_found_does_not_matter(orders: tuple[list[Vacancy], list[Vacancy]]) -> None:
    one, other = orders

    assert _jobs(*one) == _jobs(*other)


@LAW
@given(FOUND)
def test_every_vacancy_found_is_in_one_job(found: list[Vacancy]) -> None:
    assert sorted(each for job in _jobs(*found) for each in job.every_id) == sorted(each.id for each in found)


@LAW
@given(FOUND)
def test_the_jobs_found_are_the_jobs_found_among_them(found: list[Vacancy]) -> None:
    jobs = _jobs(*found)

    assert _jobs(*jobs) == jobs


@LAW
@given(FOUND, st.data())
def test_what_is_found_again_has_the_id_that_it_had(found: list[Vacancy], data: st.DataObject) -> None:
    first = _jobs(*found)
    standing: dict[str, str] = {each: job.id for job in first for each in job.every_id if each != job.id}
    known = {each.id: each for each in first}

    again = data.draw(st.lists(st.sampled_from(found), unique_by=lambda each: each.id) if found else st.just([]))
    jobs = _jobs(*again, known=known.values(), stands_for=standing)

    assert {job.id for job in jobs} <= known.keys()
    assert all(set(job.links) >= set(known[job.id].links) for job in jobs)
