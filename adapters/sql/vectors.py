"""Vectors of vacancies in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Select,
    bindparam,
    delete,
    except_,
    func,
    select,
    update,
)

from adapters.sql.columns import Timestamp
from adapters.sql.tables import OUR_OWN, vacancies, vacancy_vectors, vectors
from adapters.sql.vacancies import CHOOSES_AMONG, HELD, IS_OPEN, in_portions, vacancy_of
from adapters.sql.writing import upsert
from domain.identifiers import VacancyId
from domain.matching.vectors import Embedding
from domain.vacancies.vacancy import UNSEEN_MEANS_CLOSED, Vacancy

_THESE: BindParameter[Any] = bindparam("these", expanding=True)
_OF_MODEL: BindParameter[str] = bindparam("model")

_AMONG = select(vectors.c.key, vectors.c.vector).where(vectors.c.key.in_(_THESE))
_EMBEDDED_AMONG = select(vacancies.c.id).where(vacancies.c.id.in_(_THESE), vacancies.c.embedded == _OF_MODEL)

# Model by model, those open first, so that the index shows them without all the others: what is embedded, and what
# closed before it was.
_NEXT_MODEL = (
    select(vacancies.c.embedded)
    .where(OUR_OWN, vacancies.c.embedded > bindparam("behind"))
    .order_by(vacancies.c.embedded)
    .limit(1)
)
_HAVING = (OUR_OWN, vacancies.c.embedded == _OF_MODEL, *IS_OPEN)
# By chance among some, as what is not indexed is chosen.
_SOME = (
    select(vacancies.c.id)
    .where(*_HAVING)
    .order_by(vacancies.c.last_seen_at.desc())
    .limit(CHOOSES_AMONG * bindparam("most", type_=Integer))
    .subquery()
)
_UNEMBEDDED = select(vacancies).where(
    vacancies.c.id.in_(select(_SOME.c.id).order_by(func.random()).limit(bindparam("most", type_=Integer)))
)
_WAITING = select(func.count().label("count")).select_from(vacancies).where(*_HAVING)
_EMBEDDED = update(vacancies).where(vacancies.c.id.in_(_THESE))


def _stories(by_id: ColumnElement[str]) -> Select[Any]:
    return (
        select(vacancy_vectors.c.vacancy_id, vectors.c.vector)
        .join(vectors, vectors.c.key == vacancy_vectors.c.story_key)
        .join(vacancies, vacancies.c.id == vacancy_vectors.c.vacancy_id)
        .where(vacancy_vectors.c.model == _OF_MODEL, by_id > bindparam("after"), *IS_OPEN)
        .where(func.length(vectors.c.vector) > 0)
        .order_by(by_id)
        .limit(bindparam("most", type_=Integer))
    )


_STORIES = _stories(vacancy_vectors.c.vacancy_id)
# Few, that are found by their time: not in the order of the ids' index, which the planner would read from end to end.
_STORIES_SINCE = _stories(vacancy_vectors.c.vacancy_id + "").where(
    vacancy_vectors.c.embedded_at >= bindparam("since", type_=Timestamp)
)
_ORPHANS = except_(
    select(vectors.c.key).where(vectors.c.kept_at < bindparam("before", type_=Timestamp)),
    select(vacancy_vectors.c.story_key),
    select(vacancy_vectors.c.title_key),
).subquery()
# Held before they are dropped, and the time once more: somebody may be keeping one anew at this moment.
_HELD_ORPHANS = (
    select(vectors.c.key)
    .where(
        vectors.c.key.in_(select(_ORPHANS.c.key).limit(bindparam("most", type_=Integer))),
        vectors.c.kept_at < bindparam("before", type_=Timestamp),
    )
    .order_by(vectors.c.key)
    .with_for_update(skip_locked=True)
)
_DROP_ORPHANS = delete(vectors).where(vectors.c.key.in_(_THESE))


class SqlVectors:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def among(self, keys: Iterable[bytes]) -> Mapping[bytes, bytes]:
        return {
            bytes(row.key): bytes(row.vector)
            for these in in_portions(keys)
            for row in self._connection.execute(_AMONG, {"these": these})
        }

    def embedded(self, ids: Iterable[VacancyId], *, model: str) -> Set[VacancyId]:
        return {
            VacancyId(each)
            for these in in_portions(ids)
            for each in self._connection.scalars(_EMBEDDED_AMONG, {"these": these, "model": model})
        }

    def unembedded(self, *, model: str, at: datetime, limit: int) -> Sequence[Vacancy]:
        found: list[Vacancy] = []
        for other in self._other_models(model):
            asked = {"model": other, "most": limit - len(found), **_open_at(at)}
            found += (vacancy_of(row) for row in self._connection.execute(_UNEMBEDDED, asked))
            if len(found) == limit:
                break
        return found

    def embed_unchanged(self, embeddings: Sequence[tuple[Vacancy, Embedding]], *, model: str, at: datetime) -> int:
        read = {vacancy.id: (vacancy, embedding) for vacancy, embedding in embeddings}
        count = 0
        for these in in_portions(sorted(read)):
            rows = self._connection.execute(HELD, {"these": these}).all()
            held = [vacancy_of(row) for row in rows if row.embedded != model]
            same = {each.id: read[each.id][1] for each in held if each.says_the_same(read[each.id][0])}
            self._put(same, model, at)
            self._connection.execute(_EMBEDDED.values(embedded=model), {"these": sorted(same)})
            count += sum(embedding.whole for embedding in same.values())
        return count

    def stories(
        self, *, model: str, at: datetime, since: datetime | None, after: VacancyId | None, limit: int
    ) -> Sequence[tuple[VacancyId, bytes]]:
        asked = {"model": model, "after": after or "", "most": limit, **_open_at(at)}
        if since is not None:
            asked |= {"since": since}
        rows = self._connection.execute(_STORIES if since is None else _STORIES_SINCE, asked)
        return [(VacancyId(row.vacancy_id), bytes(row.vector)) for row in rows]

    def waiting(self, *, model: str, at: datetime) -> int:
        return sum(
            self._connection.scalar(_WAITING, {"model": other, **_open_at(at)}) or 0
            for other in self._other_models(model)
        )

    def drop_orphans(self, *, before: datetime, limit: int) -> int:
        orphans = self._connection.scalars(_HELD_ORPHANS, {"before": before, "most": limit}).all()
        for these in in_portions(orphans):
            self._connection.execute(_DROP_ORPHANS, {"these": these})
        return len(orphans)

    def _other_models(self, model: str) -> Iterator[str]:
        """Yield what vacancies are embedded under, but for that model; the first are embedded under none."""
        other: str | None = ""
        while other is not None:
            if other != model:
                yield other
            other = self._connection.scalar(_NEXT_MODEL, {"behind": other})

    def _put(self, embeddings: Mapping[VacancyId, Embedding], model: str, at: datetime) -> None:
        made = {each.story_key: each.story for each in embeddings.values()}
        made |= {each.title_key: each.title for each in embeddings.values()}
        if not made:
            return
        dialect = self._connection.dialect.name
        # In one order, so that two who keep the same vectors wait for each other and do not block each other. Those
        # that are there are written, too: their time keeps them from being dropped as nobody's.
        rows = [{"key": key, "vector": made[key], "kept_at": at} for key in sorted(made)]
        self._connection.execute(upsert(vectors, dialect), rows)
        keys = [
            {
                "vacancy_id": each,
                "model": model,
                "story_key": embedding.story_key,
                "title_key": embedding.title_key,
                "embedded_at": at,
            }
            for each, embedding in sorted(embeddings.items())
        ]
        self._connection.execute(upsert(vacancy_vectors, dialect), keys)


def _open_at(at: datetime) -> dict[str, Any]:
    return {"at": at, "last_seen_after": at - UNSEEN_MEANS_CLOSED}
