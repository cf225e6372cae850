"""Vectors of vacancies in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    union_all,
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
_BEFORE, _BEHIND = vacancies.c.embedded < _OF_MODEL, vacancies.c.embedded > _OF_MODEL

_AMONG = select(vectors.c.key, vectors.c.vector).where(vectors.c.key.in_(_THESE))


def _some(of_another_model: Any) -> Select[Any]:
    chosen = (
        select(vacancies.c.id)
        .where(OUR_OWN, of_another_model)
        .order_by(vacancies.c.embedded, vacancies.c.last_seen_at.desc())
        .limit(CHOOSES_AMONG * bindparam("most", type_=Integer))
        .subquery()
    )
    return select(chosen.c.id)


# By chance among some, as what is not indexed is chosen. On either side of the model apart, so that the index shows
# them without those that need nothing.
_SOME = union_all(_some(_BEFORE), _some(_BEHIND)).subquery()
_UNEMBEDDED = select(vacancies).where(
    vacancies.c.id.in_(select(_SOME.c.id).order_by(func.random()).limit(bindparam("most", type_=Integer)))
)
_WAITING = (
    select(func.count().label("count")).select_from(vacancies).where(OUR_OWN, _BEFORE),
    select(func.count().label("count")).select_from(vacancies).where(OUR_OWN, _BEHIND),
)
_EMBEDDED = update(vacancies).where(vacancies.c.id.in_(_THESE))
_DROP = delete(vacancy_vectors).where(vacancy_vectors.c.vacancy_id.in_(_THESE))


def _stories(by_id: ColumnElement[str]) -> Select[Any]:
    return (
        select(vacancy_vectors.c.vacancy_id, vectors.c.vector)
        .join(vectors, vectors.c.key == vacancy_vectors.c.story_key)
        .join(vacancies, vacancies.c.id == vacancy_vectors.c.vacancy_id)
        .where(vacancy_vectors.c.model == _OF_MODEL, by_id > bindparam("after"), *IS_OPEN)
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
)
# The time once more: somebody may be keeping one anew at this moment.
_DROP_ORPHANS = delete(vectors).where(
    vectors.c.key.in_(_ORPHANS), vectors.c.kept_at < bindparam("before", type_=Timestamp)
)


class SqlVectors:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def among(self, keys: Iterable[bytes]) -> Mapping[bytes, bytes]:
        return {
            bytes(row.key): bytes(row.vector)
            for these in in_portions(keys)
            for row in self._connection.execute(_AMONG, {"these": these})
        }

    def unembedded(self, *, model: str, limit: int) -> Sequence[Vacancy]:
        rows = self._connection.execute(_UNEMBEDDED, {"model": model, "most": limit})
        return [vacancy_of(row) for row in rows]

    def embed_unchanged(
        self, embeddings: Sequence[tuple[Vacancy, Embedding | None]], *, model: str, at: datetime
    ) -> int:
        read = {vacancy.id: (vacancy, embedding) for vacancy, embedding in embeddings}
        count = 0
        for these in in_portions(sorted(read)):
            rows = self._connection.execute(HELD, {"these": these}).all()
            held = [vacancy_of(row) for row in rows if row.embedded != model]
            same = {each.id: read[each.id][1] for each in held if each.says_the_same(read[each.id][0])}
            whole = {each: embedding for each, embedding in same.items() if embedding is not None}
            self._connection.execute(_DROP, {"these": sorted(same.keys() - whole.keys())})
            self._put(whole, model, at)
            self._connection.execute(_EMBEDDED.values(embedded=model), {"these": sorted(same)})
            count += len(whole)
        return count

    def stories(
        self, *, model: str, at: datetime, since: datetime | None, after: VacancyId | None, limit: int
    ) -> Sequence[tuple[VacancyId, bytes]]:
        asked = {"model": model, "after": after or "", "most": limit, "at": at}
        asked |= {"last_seen_after": at - UNSEEN_MEANS_CLOSED}
        if since is not None:
            asked |= {"since": since}
        rows = self._connection.execute(_STORIES if since is None else _STORIES_SINCE, asked)
        return [(VacancyId(row.vacancy_id), bytes(row.vector)) for row in rows]

    def waiting(self, *, model: str) -> int:
        return sum(self._connection.scalar(each, {"model": model}) or 0 for each in _WAITING)

    def drop_orphans(self, *, before: datetime) -> int:
        return self._connection.execute(_DROP_ORPHANS, {"before": before}).rowcount

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
