"""When a vacancy is open, and what makes two of them one job."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.vacancies.vacancy import UNSEEN_MEANS_CLOSED, employer_key
from tests.builders import NOW, a_vacancy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ООО «Вымысел»", "Вымысел"),
        ("ООО «Вымысел»", '"ВЫМЫСЕЛ" (ООО)'),
        ("АО Ёлки-палки", "Елки палки ПАО"),
        ("Example LLC", "example, inc."),
        ("ИП Вымышленный", "Вымышленный"),
        ('ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ВЫМЫСЕЛ"', "ООО «Вымысел»"),
        ("Публичное акционерное общество «Ёлки-палки»", "Елки палки ПАО"),
        ("Индивидуальный предприниматель Вымышленный", "Вымышленный"),
        ("ООО «За городом», г. Химки", "ООО «За городом»"),
        ('ООО "За городом", Химки', "За городом"),
        ("За городом, город Химки", "За городом"),
        ("За городом, Московская обл., г. Химки ", "За городом"),
        ("За городом, пос. Красный, Химкинский район", "За городом"),
    ],
)
def test_two_spellings_of_one_employer_share_a_key(one: str, other: str) -> None:
    assert employer_key(one) == employer_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Вымысел", "Вымысел Плюс"),
        ("ООО Ромашка", "ООО Василёк"),
        ("Ипсилон", "силон"),
        ("Вымысел, Ромашка и партнёры", "Вымысел"),
        ("«Вымысел», «Ромашка»", "«Вымысел»"),
        ("Город мастеров", "Мастера"),
    ],
)
def test_two_employers_have_two_keys(one: str, other: str) -> None:
    assert employer_key(one) != employer_key(other)


@pytest.mark.parametrize("company", [None, "", "  ", "«»", "ООО"])
def test_an_employer_without_a_name_has_no_key(company: str | None) -> None:
    assert employer_key(company) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "trudvsem-9", "source": "trudvsem"},
        {"company": "Вымысел"},
        {"company": 'ЗАО "ВЫМЫСЕЛ"'},
        {"title": "разработчик  Python!"},
        {"area": "казань"},
        {"description": "Мы делаем — вымышленные сервисы"},
        {"salary": None, "url": None, "published_at": None, "skills": ()},
    ],
)
def test_the_same_job_is_recognised_wherever_it_is_posted(changes: dict[str, Any]) -> None:
    assert a_vacancy(**changes).fingerprint == a_vacancy().fingerprint
    assert a_vacancy(**changes).posting == a_vacancy().posting


def test_yo_and_ye_are_one_letter() -> None:
    assert a_vacancy(title="Стажёр", area="Орёл").fingerprint == a_vacancy(title="стажер", area="орел").fingerprint


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Разработчик Java"},
        {"company": "Другой вымысел"},
        {"company": None},
        {"description": "Мы делаем другое."},
        {"requirements": "SQL"},
        {"responsibilities": "Читать."},
    ],
)
def test_another_title_company_or_text_is_another_posting(changes: dict[str, Any]) -> None:
    assert a_vacancy(**changes).posting != a_vacancy().posting
    assert a_vacancy(**changes).fingerprint != a_vacancy().fingerprint


def test_one_posting_in_two_cities_is_one_posting_and_two_jobs() -> None:
    kazan, moscow, nowhere = a_vacancy(area="Казань"), a_vacancy(area="Москва"), a_vacancy(area=None)

    assert kazan.posting == moscow.posting == nowhere.posting
    assert len({kazan.fingerprint, moscow.fingerprint, nowhere.fingerprint}) == 3


@pytest.mark.parametrize(("one", "other"), [("C++", "C#"), ("C++", "C"), ("C#", "C")])
def test_languages_that_differ_by_a_sign_make_different_postings(one: str, other: str) -> None:
    assert a_vacancy(title=f"Программист {one}").posting != a_vacancy(title=f"Программист {other}").posting


def test_words_that_move_between_fields_make_another_posting() -> None:
    one = a_vacancy(title="Разработчик Вымысел", company=None)
    other = a_vacancy(title="Разработчик", company="Вымысел")

    assert one.posting != other.posting


def test_a_vacancy_closes_on_its_day() -> None:
    vacancy = a_vacancy(closes_at=NOW + timedelta(days=2))

    assert vacancy.is_open(at=NOW + timedelta(days=2, seconds=-1))
    assert not vacancy.is_open(at=NOW + timedelta(days=2))


def test_a_vacancy_not_seen_for_long_counts_as_closed() -> None:
    vacancy = a_vacancy(closes_at=None, last_seen_at=NOW)

    assert vacancy.is_open(at=NOW + UNSEEN_MEANS_CLOSED - timedelta(seconds=1))
    assert not vacancy.is_open(at=NOW + UNSEEN_MEANS_CLOSED)
    assert timedelta(days=30) == UNSEEN_MEANS_CLOSED


def test_a_vacancy_with_a_far_closing_day_still_must_be_seen() -> None:
    vacancy = a_vacancy(closes_at=NOW + timedelta(days=365), last_seen_at=NOW)

    assert not vacancy.is_open(at=NOW + timedelta(days=31))


def test_the_times_of_sighting_say_nothing() -> None:
    earlier = a_vacancy(first_seen_at=NOW - timedelta(days=9), last_seen_at=NOW - timedelta(days=2))

    assert a_vacancy().says_the_same(earlier)
    assert not a_vacancy(salary=None).says_the_same(earlier)
    assert not a_vacancy(closes_at=None).says_the_same(earlier)


def test_a_bare_title_is_too_little_to_tell_that_two_vacancies_are_one() -> None:
    bare: dict[str, Any] = {"company": None, "responsibilities": "", "requirements": " ", "description": ""}

    one, other = a_vacancy(id="internal-1", **bare), a_vacancy(id="internal-2", **bare)

    assert one.posting != other.posting
    assert one.posting == a_vacancy(id="internal-1", **bare, area="Москва").posting


def test_a_title_and_an_employer_are_enough_to_tell_that_two_vacancies_are_one() -> None:
    bare: dict[str, Any] = {"company": "Вымысел", "responsibilities": "", "requirements": "", "description": ""}

    assert a_vacancy(id="internal-1", **bare).posting == a_vacancy(id="internal-2", **bare).posting
