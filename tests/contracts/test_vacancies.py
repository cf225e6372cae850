"""Where vacancies are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.errors import NotFound
from domain.identifiers import VacancyId
from domain.resumes.content import WorkFormat
from domain.transactions import Transactions
from domain.vacancies.vacancy import UNSEEN_MEANS_CLOSED, ExperienceAsked, Link, SalaryPeriod, SalaryRange, Vacancy
from tests.builders import NOW, a_vacancy

SECOND = timedelta(seconds=1)


def _named(name: str, **changes: object) -> Vacancy:
    return a_vacancy(id=VacancyId(f"internal-{name}"), **changes)


def _save(store: Transactions, *vacancies: Vacancy) -> None:
    with store() as tx:
        tx.vacancies.save(vacancies)


@pytest.mark.parametrize(
    "vacancy",
    [
        a_vacancy(),
        Vacancy(id=VacancyId("trudvsem-00-11"), source="trudvsem", title="Швея", first_seen_at=NOW, last_seen_at=NOW),
        a_vacancy(
            salary=SalaryRange(to=Decimal("12.50"), currency="USD", gross=False, period=SalaryPeriod.HOUR),
            experience=ExperienceAsked(least=0.5),
            work_format=WorkFormat.FIELD,
            description="Строка\nс «кавычками», 'апострофом', % и \\ и 😀",
        ),
        a_vacancy(
            links=(
                Link(source="internal", vacancy_id=VacancyId("internal-1"), url="https://example.com/vacancies/1"),
                Link(source="hh", vacancy_id=VacancyId("hh-1"), told=("salary", "texts")),
            )
        ),
        a_vacancy(id=VacancyId("hh-1"), source="hh", description="", outline=True),
        a_vacancy(id=VacancyId("hh-1"), source="hh", description=""),
        a_vacancy(id=VacancyId("hh-1"), source="hh", outline=True),
    ],
    ids=["full", "minimal", "open bounds", "linked", "outline", "without description", "outline with description"],
)
def test_a_vacancy_comes_back_as_saved(transaction: Transactions, vacancy: Vacancy) -> None:
    _save(transaction, vacancy)

    with transaction() as tx:
        assert tx.vacancies.get(vacancy.id) == vacancy
        assert tx.vacancies.get(vacancy.id).fingerprint == vacancy.fingerprint


def test_a_vacancy_nobody_saved_is_not_found(transaction: Transactions) -> None:
    with transaction() as tx, pytest.raises(NotFound, match="vacancy_not_found"):
        tx.vacancies.get(VacancyId("internal-1"))


def test_a_second_save_replaces_what_is_known(transaction: Transactions) -> None:
    newer = a_vacancy(title="Старший разработчик", salary=None, closes_at=None, last_seen_at=NOW + SECOND)
    _save(transaction, a_vacancy(), _named("2"))

    _save(transaction, newer, _named("3"))

    with transaction() as tx:
        assert tx.vacancies.get(newer.id) == newer
        assert tx.vacancies.get(VacancyId("internal-2")) == _named("2")
        assert tx.vacancies.get(VacancyId("internal-3")) == _named("3")
        assert tx.vacancies.same_job([newer.fingerprint]) == {newer.fingerprint: [newer.id]}


def test_saving_no_vacancies_changes_nothing(transaction: Transactions) -> None:
    _save(transaction)

    with transaction() as tx:
        assert tx.vacancies.newest(at=NOW, limit=1) == []


def test_of_many_vacancies_those_known_are_returned(transaction: Transactions) -> None:
    known = {vacancy.id: vacancy for vacancy in (_named(f"{number}") for number in range(1_200))}
    _save(transaction, *known.values())

    with transaction() as tx:
        assert tx.vacancies.among([*known, VacancyId("internal-x"), VacancyId("internal-7")]) == known
        assert tx.vacancies.held([*known, VacancyId("internal-x"), VacancyId("internal-7")]) == known
        assert tx.vacancies.among(iter([VacancyId("internal-x")])) == {}
        assert tx.vacancies.among([]) == {}


def test_the_same_job_is_known_by_its_fingerprint_the_first_seen_first(transaction: Transactions) -> None:
    late = _named("a", first_seen_at=NOW + SECOND)
    tied, early = _named("c"), _named("b")
    other = _named("d", area="Москва")
    _save(transaction, late, tied, early, other)

    with transaction() as tx:
        twins = tx.vacancies.same_job([late.fingerprint, other.fingerprint, late.fingerprint, "unknown"])
        assert twins == {late.fingerprint: [early.id, tied.id, late.id], other.fingerprint: [other.id]}
        assert tx.vacancies.same_job(iter([])) == {}


def test_open_vacancies_come_the_last_published_first_and_ties_by_id(transaction: Transactions) -> None:
    day = timedelta(days=1)
    _save(
        transaction,
        _named("undated b", published_at=None, first_seen_at=NOW - 2 * day),
        _named("undated a", published_at=None, first_seen_at=NOW - 2 * day),
        _named("fresh", published_at=None, first_seen_at=NOW + day),
        _named("old", published_at=NOW - day),
        _named("new b", published_at=NOW),
        _named("new c", published_at=NOW),
        _named("new a", published_at=NOW),
    )

    with transaction() as tx:
        names = [each.removeprefix("internal-") for each in tx.vacancies.newest(at=NOW, limit=10)]
        first = tx.vacancies.newest(at=NOW, limit=2)
        assert names == ["fresh", "new a", "new b", "new c", "old", "undated a", "undated b"]
        assert first == ["internal-fresh", "internal-new a"]


@pytest.mark.parametrize(
    "vacancy",
    [
        a_vacancy(closes_at=NOW),
        a_vacancy(closes_at=NOW + SECOND),
        a_vacancy(closes_at=NOW - SECOND),
        a_vacancy(closes_at=None),
        a_vacancy(closes_at=None, last_seen_at=NOW - UNSEEN_MEANS_CLOSED),
        a_vacancy(closes_at=None, last_seen_at=NOW - UNSEEN_MEANS_CLOSED + SECOND),
        a_vacancy(last_seen_at=NOW - 2 * UNSEEN_MEANS_CLOSED),
    ],
    ids=["closes now", "closes soon", "closed", "no end", "just unseen", "just seen", "long unseen"],
)
def test_the_store_and_the_vacancy_agree_on_what_is_open(transaction: Transactions, vacancy: Vacancy) -> None:
    _save(transaction, vacancy)

    with transaction() as tx:
        assert tx.vacancies.newest(at=NOW, limit=10) == ([vacancy.id] if vacancy.is_open(at=NOW) else [])


def test_a_vacancy_seen_again_is_open_again(transaction: Transactions) -> None:
    unseen = a_vacancy(last_seen_at=NOW - UNSEEN_MEANS_CLOSED)
    _save(transaction, unseen)

    _save(transaction, replace(unseen, last_seen_at=NOW))

    with transaction() as tx:
        assert tx.vacancies.newest(at=NOW, limit=10) == [unseen.id]


def test_when_vacancies_were_last_seen_is_told_of_those_known(transaction: Transactions) -> None:
    _save(transaction, _named("a", last_seen_at=NOW), _named("b", last_seen_at=NOW + timedelta(days=1)))

    with transaction() as tx:
        seen = tx.vacancies.last_seen(VacancyId(f"internal-{name}") for name in "abc")
        assert seen == {"internal-a": NOW, "internal-b": NOW + timedelta(days=1)}


def _linked(name: str, *others: str) -> Vacancy:
    ids = [VacancyId(f"internal-{each}") for each in (name, *others)]
    return _named(name, links=tuple(Link(source="internal", vacancy_id=each) for each in ids))


def _same_as(store: Transactions, *names: str) -> dict[str, str]:
    with store() as tx:
        found = tx.vacancies.same_as(VacancyId(f"internal-{name}") for name in names)
        return {one.removeprefix("internal-"): other.removeprefix("internal-") for one, other in found.items()}


def test_a_vacancy_with_links_stands_for_their_ids(transaction: Transactions) -> None:
    _save(transaction, _named("c"), _linked("a", "b", "c"), _named("d"))

    assert _same_as(transaction, "a", "b", "c", "d", "x") == {"b": "a", "c": "a"}
    assert _same_as(transaction) == {}


def test_what_stands_for_another_stands_for_all_that_it_stood_for(transaction: Transactions) -> None:
    _save(transaction, _linked("b", "c"), _linked("d", "e"))

    _save(transaction, _linked("a", "b", "d"))

    assert _same_as(transaction, *"abcde") == {"b": "a", "c": "a", "d": "a", "e": "a"}


def test_of_two_that_stand_for_each_other_the_one_saved_last_stands(transaction: Transactions) -> None:
    _save(transaction, _linked("a", "b"))

    _save(transaction, _linked("b", "a"))

    assert _same_as(transaction, "a", "b") == {"a": "b"}


def test_what_another_stands_for_may_be_saved_for_itself(transaction: Transactions) -> None:
    _save(transaction, _linked("a", "b"))

    _save(transaction, _named("b"), _linked("a", "b"))

    assert _same_as(transaction, "a", "b") == {"b": "a"}
    with transaction() as tx:
        assert tx.vacancies.get(VacancyId("internal-b")) == _named("b")


def test_what_many_stand_for_is_asked_at_once(transaction: Transactions) -> None:
    _save(transaction, *(_linked(f"{number}", f"{number}x") for number in range(600)))

    assert len(_same_as(transaction, *(f"{number}x" for number in range(600)))) == 600
