"""Where vacancies are kept, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime
from typing import Protocol

from domain.identifiers import VacancyId
from domain.matching.retrieval import Query, Terms
from domain.matching.vectors import Embedding
from domain.vacancies.vacancy import Vacancy


class Vacancies(Protocol):
    """Every vacancy we know of. *Our own* are those not of built-in sources, which alone may offer theirs."""

    def get(self, vacancy_id: VacancyId) -> Vacancy:
        """Return the vacancy, or raise `NotFound('vacancy_not_found')`."""

    def among(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, Vacancy]:
        """Return those of the vacancies that are known."""

    def held(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, Vacancy]:
        """Return the same, and let nobody else write these vacancies before the transaction ends."""

    def last_seen(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, datetime]:
        """Return when those of the vacancies that are known were last seen; cheaper than the vacancies themselves."""

    def same_job(self, fingerprints: Iterable[str]) -> Mapping[str, Sequence[VacancyId]]:
        """Return, by fingerprint, the ids of the vacancies that bear it, the first seen first."""

    def same_as(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, VacancyId]:
        """Return, for those of the ids under which a known vacancy has its job posted too, which one it is.

        None of the vacancies returned is itself such an id.
        """

    def save(self, vacancies: Iterable[Vacancy]) -> None:
        """Insert the vacancies, or replace what is known of them; one that is reworded is unindexed again.

        One with links stands for their other ids from then on, and for all that those stood for.
        """

    def index(self, terms: Mapping[VacancyId, Terms], *, version: int) -> None:
        """Keep the terms by which our own vacancies are found, made under that version; replaces earlier ones.

        Others' vacancies, and ids nobody knows, are passed over.
        """

    def index_unchanged(self, terms: Sequence[tuple[Vacancy, Terms]], *, version: int) -> int:
        """Do the same for vacancies read in an earlier transaction, with the terms of each; return for how many.

        One that says something else by now, that somebody is changing at this moment, or that is indexed under that
        version or a later one, is passed over, too.
        """

    def unindexed(self, *, version: int, limit: int) -> Sequence[Vacancy]:
        """Return our own vacancies that are not indexed under that version or a later one, in no particular order.

        Those who ask at the same moment are seldom given the same ones where there are many.
        """

    def candidates(self, query: Query, *, at: datetime, limit: int) -> Sequence[VacancyId]:
        """Return our own vacancies open at that time that have a term that is wanted, the best first, ties by id.

        One that shares the role or the title comes before one that shares but a skill that many ask for. Beyond that
        each store has an order of its own, always the same one. One that was reworded is found by its old terms until
        it is indexed again.
        """

    def newest(self, *, at: datetime, limit: int) -> Sequence[VacancyId]:
        """Return our own vacancies open at that time, the last published (else: first seen) first, ties by id."""


class Vectors(Protocol):
    """Vectors of what our own vacancies say, each once under its key, whatever number of them says it.

    A person's words are never kept here.
    """

    def among(self, keys: Iterable[bytes]) -> Mapping[bytes, bytes]:
        """Return those of the vectors that are kept; an empty one is of a text at which the model fails."""

    def embedded(self, ids: Iterable[VacancyId], *, model: str) -> Set[VacancyId]:
        """Return those of the vacancies that have vectors of that model, empty ones included."""

    def unembedded(self, *, model: str, at: datetime, limit: int) -> Sequence[Vacancy]:
        """Return our own vacancies open at that time that have no vectors of that model, or were reworded since.

        Those seen last come first. Those who ask at the same moment are seldom given the same ones where there are
        many.
        """

    def embed_unchanged(self, embeddings: Sequence[tuple[Vacancy, Embedding]], *, model: str, at: datetime) -> int:
        """Keep the vectors of vacancies read in an earlier transaction; return of how many both are whole.

        One that is not our own, that says something else by now, that somebody is changing at this moment, or that has
        vectors of that model, is passed over.
        """

    def stories(
        self, *, model: str, at: datetime, since: datetime | None, after: VacancyId | None, limit: int
    ) -> Sequence[tuple[VacancyId, bytes]]:
        """Return the stories' vectors of our own vacancies open at that time, by id, those behind the id `after`.

        Empty ones are left out, and by `since` those embedded before. One that was reworded has its old vector until it
        is embedded again.
        """

    def waiting(self, *, model: str, at: datetime) -> int:
        """Return how many vacancies `unembedded` would return without a limit."""

    def drop_orphans(self, *, before: datetime, limit: int) -> int:
        """Drop so many vectors that no vacancy has any more and that were kept before then; return how many."""
