"""Vacancies found by their terms, in every store."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from adapters.bootstrap import encoder, lexicon
from adapters.memory.outside import FixedClock
from adapters.similarity.matrix import StoryMatrix
from domain.identifiers import VacancyId
from domain.matching.retrieval import RETRIEVAL_VERSION, Field, Query, Terms, query_for, terms_of
from domain.matching.scorer import Scorer, best_first
from domain.resumes.content import ResumeContent
from domain.search.engine import Catalogue
from domain.search.filters import Filters
from domain.transactions import Transaction, Transactions
from domain.vacancies.embedding import EmbedVacancies
from domain.vacancies.indexing import IndexVacancies
from domain.vacancies.vacancy import UNSEEN_MEANS_CLOSED, Vacancy
from tests.builders import NOW, a_vacancy
from tests.contracts.sample_catalogue import PEOPLE, catalogue
from tests.contracts.threads import at_once

DAY = timedelta(days=1)
TITLE = a_vacancy().title


def _vacancy(name: str, **changes: object) -> Vacancy:
    return a_vacancy(id=VacancyId(f"internal-{name}"), **changes)


def _terms(**by_field: str) -> Terms:
    return {field: frozenset(by_field.get(field.value, "").split()) for field in Field}


def _for(*terms: str, ranking: Iterable[str] = ()) -> Query:
    return Query(wanted=frozenset(terms), ranking=frozenset(terms) | frozenset(ranking))


def _keep(store: Transactions, vacancies: dict[str, Terms], version: int = 1, **changes: Any) -> None:
    with store() as tx:
        tx.vacancies.save(_vacancy(name, **changes) for name in vacancies)
        tx.vacancies.index({VacancyId(f"internal-{name}"): terms for name, terms in vacancies.items()}, version=version)


def _found(store: Transactions, query: Query, *, limit: int = 100) -> list[str]:
    with store() as tx:
        return [each.removeprefix("internal-") for each in tx.vacancies.candidates(query, at=NOW, limit=limit)]


def _unindexed(store: Transactions, *, version: int = 1, limit: int = 100) -> set[str]:
    with store() as tx:
        return {each.id for each in tx.vacancies.unindexed(version=version, limit=limit)}


def test_only_what_shares_a_term_is_found(transaction: Transactions) -> None:
    _keep(transaction, {"a": _terms(role="role:driver"), "b": _terms(skills="skill:sql"), "c": _terms(text="rent")})

    assert set(_found(transaction, _for("role:driver", "skill:sql"))) == {"a", "b"}
    assert _found(transaction, _for("rent")) == ["c"]
    assert _found(transaction, _for("role:nurse")) == []


def test_an_empty_query_finds_nothing(transaction: Transactions) -> None:
    _keep(transaction, {"a": _terms(role="role:driver")})

    assert _found(transaction, Query()) == []
    assert _found(transaction, Query(ranking=frozenset({"role:driver"}))) == []


def test_what_only_ranks_finds_nothing_by_itself(transaction: Transactions) -> None:
    _keep(
        transaction,
        {"a": _terms(text="водител"), "b": _terms(text="водител", skills="skill:sql"), "c": _terms(skills="skill:sql")},
    )

    assert _found(transaction, _for("водител", ranking=["skill:sql"])) == ["b", "a"]


def test_a_shared_role_or_title_comes_before_a_skill_that_many_ask_for(transaction: Transactions) -> None:
    many = {f"many{number:02}": _terms(role="role:clerk", skills="skill:excel") for number in range(30)}
    _keep(
        transaction,
        {
            **many,
            "z-role": _terms(role="role:accountant", skills="skill:tax"),
            "z-title": _terms(title="бухгалтер", skills="skill:tax"),
        },
    )

    found = _found(transaction, _for("role:accountant", "бухгалтер", "skill:excel"))

    assert set(found[:2]) == {"z-role", "z-title"}
    assert found[2:] == sorted(many)


def test_more_in_common_comes_first(transaction: Transactions) -> None:
    _keep(
        transaction,
        {
            "a": _terms(role="role:tester", skills="skill:sql"),
            "b": _terms(role="role:tester", skills="skill:sql skill:jira"),
            "c": _terms(role="role:tester", skills="skill:docker"),
        },
    )

    assert _found(transaction, _for("role:tester", "skill:sql", "skill:jira")) == ["b", "a", "c"]


def test_the_best_so_many_are_returned_and_ties_go_by_id(transaction: Transactions) -> None:
    _keep(transaction, {name: _terms(role="role:driver") for name in "dbac"})

    assert _found(transaction, _for("role:driver"), limit=3) == ["a", "b", "c"]
    assert _found(transaction, _for("role:driver")) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "changes",
    [
        {"closes_at": NOW},
        {"closes_at": NOW - DAY},
        {"closes_at": NOW + timedelta(microseconds=1)},
        {"closes_at": None},
        {"closes_at": None, "last_seen_at": NOW - UNSEEN_MEANS_CLOSED},
        {"last_seen_at": NOW - UNSEEN_MEANS_CLOSED, "closes_at": NOW + DAY},
        {"last_seen_at": NOW - UNSEEN_MEANS_CLOSED + timedelta(seconds=1)},
    ],
)
def test_only_open_vacancies_are_found(transaction: Transactions, changes: dict[str, Any]) -> None:
    _keep(transaction, {"a": _terms(role="role:driver")}, **changes)

    assert _found(transaction, _for("role:driver")) == (["a"] if _vacancy("a", **changes).is_open(at=NOW) else [])


def test_a_vacancy_that_is_saved_again_is_found_as_long_as_it_is_open_by_then(transaction: Transactions) -> None:
    _keep(transaction, {"a": _terms(role="role:driver")}, closes_at=NOW - DAY)

    with transaction() as tx:
        tx.vacancies.save([_vacancy("a", closes_at=NOW + DAY)])
    reopened = _found(transaction, _for("role:driver"))
    with transaction() as tx:
        tx.vacancies.save([_vacancy("a", closes_at=NOW)])

    assert reopened == ["a"]
    assert _found(transaction, _for("role:driver")) == []


def test_vacancies_of_built_in_sources_are_not_ours_to_offer(transaction: Transactions) -> None:
    theirs = [a_vacancy(id=VacancyId(f"{source}-1"), source=source) for source in ("hh", "trudvsem")]
    partner = a_vacancy(id=VacancyId("partner-1"), source="partner")

    with transaction() as tx:
        tx.vacancies.save([*theirs, partner])
        unindexed = tx.vacancies.unindexed(version=1, limit=10)
        tx.vacancies.index({each.id: _terms(role="role:driver") for each in (*theirs, partner)}, version=1)

        assert unindexed == [partner]
        assert tx.vacancies.newest(at=NOW, limit=10) == [partner.id]
        assert tx.vacancies.candidates(_for("role:driver"), at=NOW, limit=10) == [partner.id]


def test_what_is_not_indexed_under_a_version_is_told(transaction: Transactions) -> None:
    _keep(transaction, {"a": _terms(), "b": _terms(role="role:driver")}, version=2)
    with transaction() as tx:
        tx.vacancies.save([_vacancy("c"), _vacancy("d")])

    assert _unindexed(transaction, version=1) == _unindexed(transaction, version=2) == {"internal-c", "internal-d"}
    assert len(_unindexed(transaction, version=3)) == 4
    assert len(_unindexed(transaction, version=3, limit=3)) == 3
    with transaction() as tx:
        assert tx.vacancies.unindexed(version=2, limit=1)[0] in (_vacancy("c"), _vacancy("d"))


def test_a_vacancy_reworded_is_unindexed_again_and_one_seen_again_is_not(transaction: Transactions) -> None:
    _keep(transaction, {name: _terms(role="role:driver") for name in "abcd"})

    with transaction() as tx:
        tx.vacancies.save(
            [
                _vacancy("a", last_seen_at=NOW + DAY, salary=None),
                _vacancy("b", description="Совсем другое."),
                _vacancy("c", skills=("Go",)),
                _vacancy("d", asks=()),
            ]
        )

    assert _unindexed(transaction) == {"internal-b", "internal-c", "internal-d"}
    assert _found(transaction, _for("role:driver")) == ["a", "b", "c", "d"]


def test_new_terms_replace_the_old_ones(transaction: Transactions) -> None:
    _keep(transaction, {"a": _terms(role="role:driver", text="груз")})
    _keep(transaction, {"a": _terms(role="role:cook")})

    assert _found(transaction, _for("role:driver", "груз")) == []
    assert _found(transaction, _for("role:cook")) == ["a"]


def test_terms_of_a_vacancy_nobody_knows_are_passed_over(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.vacancies.index({VacancyId("internal-x"): _terms(role="role:driver")}, version=1)
        tx.vacancies.index({}, version=1)

    assert _found(transaction, _for("role:driver")) == []


def _index_and_fail(tx: Transaction, vacancy_id: VacancyId) -> None:
    tx.vacancies.index({vacancy_id: _terms(role="role:driver")}, version=1)
    raise RuntimeError


def test_an_error_undoes_indexing_with_the_rest(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.vacancies.save([_vacancy("a")])

    with pytest.raises(RuntimeError), transaction() as tx:
        _index_and_fail(tx, VacancyId("internal-a"))

    assert _found(transaction, _for("role:driver")) == []
    assert _unindexed(transaction) == {"internal-a"}


ODD = (
    *("skill:C", "skill:C++", "skill:C#", "skill:.NET", "it's", 'a"b', "a\\b", "a&b|!c", "q", "q71q", "1с", "ёж", "😀"),
    *("a:*", "AND", "or", "NEAR", "a-b", "\x00", "%"),
)


def test_terms_of_any_signs_are_told_apart(transaction: Transactions) -> None:
    names = {term: f"{number:02}" for number, term in enumerate(ODD)}
    _keep(transaction, {name: {**_terms(), Field.SKILLS: frozenset({term})} for term, name in names.items()})

    found = {term: _found(transaction, _for(term)) for term in ODD}

    assert found == {term: [name] for term, name in names.items()}
    assert len(_found(transaction, _for(*ODD))) == len(ODD)


def test_many_vacancies_are_indexed_and_found_at_once(transaction: Transactions) -> None:
    _keep(transaction, {f"{number:04}": _terms(role="role:driver", text=f"w{number}") for number in range(1_200)})

    assert len(_found(transaction, _for("role:driver"), limit=5_000)) == 1_200
    assert _found(transaction, _for(*(f"w{number}" for number in range(0, 1_200, 4))), limit=5_000) == [
        f"{number:04}" for number in range(0, 1_200, 4)
    ]


def test_what_was_read_earlier_is_indexed_if_it_says_the_same(transaction: Transactions) -> None:
    same, seen_again, reworded, repriced, dropped = (_vacancy(name) for name in "abcde")
    with transaction() as tx:
        tx.vacancies.save([same, seen_again, reworded, repriced])
    with transaction() as tx:
        tx.vacancies.save(
            [
                replace(seen_again, last_seen_at=NOW + DAY),
                replace(reworded, description="Совсем другое."),
                replace(repriced, salary=None),
            ]
        )
    read = [(each, _terms(role="role:driver")) for each in (dropped, repriced, reworded, seen_again, same)]

    with transaction() as tx:
        assert tx.vacancies.index_unchanged(read, version=1) == 2

    assert _found(transaction, _for("role:driver")) == ["a", "b"]
    assert _unindexed(transaction) == {"internal-c", "internal-d"}


def test_what_somebody_indexed_meanwhile_is_left_as_it_is(transaction: Transactions) -> None:
    _keep(transaction, {"a": _terms(role="role:driver")}, version=2)
    _keep(transaction, {"b": _terms(role="role:driver")}, version=1)
    read = [(_vacancy(name), _terms(role="role:cook")) for name in "ab"]

    with transaction() as tx:
        assert tx.vacancies.index_unchanged(read, version=2) == 1
        assert tx.vacancies.index_unchanged([], version=2) == 0

    assert _found(transaction, _for("role:driver")) == ["a"]
    assert _found(transaction, _for("role:cook")) == ["b"]
    assert _unindexed(transaction, version=2) == set()


def test_what_is_not_ours_to_offer_is_not_indexed_after_all(transaction: Transactions) -> None:
    theirs = a_vacancy(id=VacancyId("hh-1"), source="hh")

    with transaction() as tx:
        tx.vacancies.save([theirs])
        assert tx.vacancies.index_unchanged([(theirs, _terms(role="role:driver"))], version=1) == 0

    assert _found(transaction, _for("role:driver")) == []


def test_workers_that_index_at_once_leave_nothing_and_count_each_vacancy_once(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.vacancies.save(_vacancy(f"{number}") for number in range(300))
    index = IndexVacancies(transaction, lexicon())

    indexed = at_once(2, index)

    while _unindexed(transaction, version=RETRIEVAL_VERSION):
        indexed.append(index())
    assert sum(each.count for each in indexed) == 300
    assert [each.passed_over for each in indexed if each.passed_over] == []
    assert len(_found(transaction, query_for(ResumeContent(desired_position=TITLE), None, lexicon()), limit=400)) == 300


@cache
def _scorer() -> Scorer:
    # One for all people, so that it measures each vacancy once.
    return Scorer(lexicon())


@cache
def _best_by_score(person: str, size: int, most: int) -> frozenset[str]:
    vacancies = catalogue(size)
    assessed = zip(vacancies, _scorer().assess(PEOPLE[person], vacancies), strict=True)
    return frozenset(vacancy.id for vacancy, _ in best_first(list(assessed))[:most])


@cache
def _terms_of_all(size: int) -> dict[VacancyId, Terms]:
    return {each.id: terms_of(each, lexicon()) for each in catalogue(size)}


def test_the_first_200_candidates_hold_the_50_vacancies_that_score_best(transaction: Transactions) -> None:
    vacancies = catalogue(1_500)
    with transaction() as tx:
        tx.vacancies.save(vacancies)
        tx.vacancies.index(_terms_of_all(1_500), version=RETRIEVAL_VERSION)
    clock, meanings = FixedClock(NOW), encoder("use")
    while EmbedVacancies(transaction, clock, meanings)().more:
        pass
    near = StoryMatrix(meanings, transaction, clock)
    search = Catalogue(transaction, clock, lexicon(), near, limit=200)

    recall = {}
    for person, resume in PEOPLE.items():
        found = {each.id for each in search.find(resume, Filters()).vacancies}
        recall[person] = len(found & _best_by_score(person, 1_500, 50)) / 50

    assert statistics.mean(recall.values()) >= 0.95, recall
    assert min(recall.values()) >= 0.8, recall
