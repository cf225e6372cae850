"""Vacancies in memory."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from adapters.memory.tables import Tables
from domain.errors import NotFound
from domain.identifiers import VacancyId
from domain.matching.retrieval import WEIGHTS, Field, Query, Terms
from domain.vacancies.arrival import BUILT_IN_SOURCES
from domain.vacancies.vacancy import Vacancy


class MemoryVacancies:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, vacancy_id: VacancyId) -> Vacancy:
        vacancy = self._tables.vacancies.get(vacancy_id)
        if vacancy is None:
            raise NotFound("vacancy_not_found")
        return vacancy

    def among(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, Vacancy]:
        return {each: self._tables.vacancies[each] for each in ids if each in self._tables.vacancies}

    def held(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, Vacancy]:
        # One transaction at a time writes here.
        return self.among(ids)

    def last_seen(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, datetime]:
        return {each: vacancy.last_seen_at for each, vacancy in self.among(ids).items()}

    def same_job(self, fingerprints: Iterable[str]) -> Mapping[str, Sequence[VacancyId]]:
        wanted = set(fingerprints)
        first_seen_first = sorted(self._tables.vacancies.values(), key=lambda each: (each.first_seen_at, each.id))
        bearers: dict[str, list[VacancyId]] = {}
        for vacancy in first_seen_first:
            if (fingerprint := vacancy.fingerprint) in wanted:
                bearers.setdefault(fingerprint, []).append(vacancy.id)
        return bearers

    def same_as(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, VacancyId]:
        return {each: self._tables.twins[each] for each in ids if each in self._tables.twins}

    def save(self, vacancies: Iterable[Vacancy]) -> None:
        for vacancy in vacancies:
            before = self._tables.vacancies.get(vacancy.id)
            if before is not None and _words(before) != _words(vacancy):
                self._tables.indexed[vacancy.id] = 0
            if before is not None and _texts(before) != _texts(vacancy):
                self._tables.embedded.pop(vacancy.id, None)
            self._tables.vacancies[vacancy.id] = vacancy
            if vacancy.links:
                self._let_stand(vacancy)

    def _let_stand(self, vacancy: Vacancy) -> None:
        others = vacancy.every_id - {vacancy.id}
        self._tables.twins.pop(vacancy.id, None)
        stood_for = {each for each, standing in self._tables.twins.items() if standing in others}
        self._tables.twins.update(dict.fromkeys(others | stood_for, vacancy.id))

    def index(self, terms: Mapping[VacancyId, Terms], *, version: int) -> None:
        known = {each: terms[each] for each in terms if self._is_our_own(each)}
        self._tables.terms.update(known)
        self._tables.indexed.update(dict.fromkeys(known, version))

    def index_unchanged(self, terms: Sequence[tuple[Vacancy, Terms]], *, version: int) -> int:
        missing = {each.id: each for each in self._unindexed(version)}
        same = {read.id: made for read, made in terms if read.id in missing and missing[read.id].says_the_same(read)}
        self.index(same, version=version)
        return len(same)

    def unindexed(self, *, version: int, limit: int) -> Sequence[Vacancy]:
        return list(islice(self._unindexed(version), limit))

    def _unindexed(self, version: int) -> Iterator[Vacancy]:
        for each in self._tables.vacancies.values():
            if self._is_our_own(each.id) and self._tables.indexed.get(each.id, 0) < version:
                yield each

    def candidates(self, query: Query, *, at: datetime, limit: int) -> Sequence[VacancyId]:
        found = {
            each.id: terms
            for each in self._open(at)
            if (terms := self._tables.terms.get(each.id)) is not None
            and any(query.wanted & terms[field] for field in Field)
        }
        telling = self._telling(query.wanted | query.ranking)
        ranks = {each: _rank(terms, telling) for each, terms in found.items()}
        return sorted(ranks, key=lambda each: (-ranks[each], each))[:limit]

    def newest(self, *, at: datetime, limit: int) -> Sequence[VacancyId]:
        by_id = sorted(self._open(at), key=lambda each: each.id)
        newest_first = sorted(by_id, key=lambda each: each.published_at or each.first_seen_at, reverse=True)
        return [each.id for each in newest_first[:limit]]

    def _open(self, at: datetime) -> list[Vacancy]:
        """Return our own vacancies that are open."""
        return [each for each in self._tables.vacancies.values() if each.is_open(at=at) and self._is_our_own(each.id)]

    def _is_our_own(self, vacancy_id: VacancyId) -> bool:
        vacancy = self._tables.vacancies.get(vacancy_id)
        return vacancy is not None and vacancy.source not in BUILT_IN_SOURCES

    def _telling(self, asked: frozenset[str]) -> dict[str, float]:
        """Return how telling each term asked for is: the inverse of how many vacancies have it."""
        every = self._tables.terms.values()
        bearers = Counter(term for terms in every for field in Field for term in terms[field] & asked)
        return {term: math.log(1 + len(every) / count) for term, count in bearers.items()}


def _words(vacancy: Vacancy) -> tuple[object, ...]:
    return vacancy.fingerprint, vacancy.skills, vacancy.asks


def _texts(vacancy: Vacancy) -> tuple[object, ...]:
    return vacancy.title, vacancy.skills, vacancy.responsibilities, vacancy.requirements, vacancy.description


def _rank(terms: Terms, telling: Mapping[str, float]) -> float:
    # Sorted: a sum of floats depends on its order, and the order of a set on the process.
    return sum(WEIGHTS[field] * telling[term] for field in Field for term in sorted(terms[field] & telling.keys()))
