"""Vectors of vacancies in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from heapq import nlargest
from itertools import islice

from adapters.memory.tables import KeptEmbedding, Tables
from domain.identifiers import VacancyId
from domain.matching.vectors import Embedding
from domain.vacancies.arrival import BUILT_IN_SOURCES
from domain.vacancies.vacancy import Vacancy


class MemoryVectors:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def among(self, keys: Iterable[bytes]) -> Mapping[bytes, bytes]:
        return {key: self._tables.vectors[key][0] for key in keys if key in self._tables.vectors}

    def embedded(self, ids: Iterable[VacancyId], *, model: str) -> Set[VacancyId]:
        return {each for each in ids if self._tables.embedded.get(each) == model}

    def unembedded(self, *, model: str, at: datetime, limit: int) -> Sequence[Vacancy]:
        is_open = (each for each in self._unembedded(model) if each.is_open(at=at))
        return nlargest(limit, is_open, key=lambda each: each.last_seen_at)

    def embed_unchanged(self, embeddings: Sequence[tuple[Vacancy, Embedding]], *, model: str, at: datetime) -> int:
        missing = {each.id: each for each in self._unembedded(model)}
        count = 0
        for read, made in embeddings:
            if read.id not in missing or not missing[read.id].says_the_same(read):
                continue
            self._tables.embedded[read.id] = model
            self._put(read.id, made, model, at)
            count += made.whole
        return count

    def stories(
        self, *, model: str, at: datetime, since: datetime | None, after: VacancyId | None, limit: int
    ) -> Sequence[tuple[VacancyId, bytes]]:
        found = [
            (vacancy_id, story)
            for vacancy_id, kept in sorted(self._tables.embeddings.items())
            if (story := self._tables.vectors[kept.story_key][0])
            and kept.model == model
            and vacancy_id > (after or "")
            and (since is None or kept.at >= since)
            and self._tables.vacancies[vacancy_id].is_open(at=at)
        ]
        return found[:limit]

    def waiting(self, *, model: str, at: datetime) -> int:
        return sum(each.is_open(at=at) for each in self._unembedded(model))

    def drop_orphans(self, *, before: datetime, limit: int) -> int:
        had = {key for kept in self._tables.embeddings.values() for key in (kept.story_key, kept.title_key)}
        every = (key for key, (_, at) in self._tables.vectors.items() if key not in had and at < before)
        orphans = list(islice(every, limit))
        for key in orphans:
            del self._tables.vectors[key]
        return len(orphans)

    def _put(self, vacancy_id: VacancyId, made: Embedding, model: str, at: datetime) -> None:
        self._tables.vectors[made.story_key] = (made.story, at)
        self._tables.vectors[made.title_key] = (made.title, at)
        self._tables.embeddings[vacancy_id] = KeptEmbedding(model, made.story_key, made.title_key, at)

    def _unembedded(self, model: str) -> Iterator[Vacancy]:
        for each in self._tables.vacancies.values():
            if each.source not in BUILT_IN_SOURCES and self._tables.embedded.get(each.id) != model:
                yield each
