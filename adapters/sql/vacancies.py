"""Vacancies in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Insert, Row, and_, bindparam, case, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.codec import enum_or_none, plain, structured, structured_or_none, value_or_none
from adapters.sql.columns import Timestamp
from adapters.sql.tables import OFFERED_SINCE, OUR_OWN
from adapters.sql.tables import vacancies as table
from adapters.sql.terms import full_text
from domain.errors import NotFound
from domain.identifiers import VacancyId
from domain.matching.requirements import Requirement
from domain.matching.retrieval import Query, Terms
from domain.resumes.content import WorkFormat
from domain.vacancies.vacancy import UNSEEN_MEANS_CLOSED, ExperienceAsked, SalaryRange, Vacancy

T = TypeVar("T")

_MOST_NAMED = 500
"""How many keys one statement names: databases bound the number of its parameters."""

_GET = select(table).where(table.c.id == bindparam("vacancy"))
_AMONG = select(table).where(table.c.id.in_(bindparam("these", expanding=True)))
_LAST_SEEN = select(table.c.id, table.c.last_seen_at).where(table.c.id.in_(bindparam("these", expanding=True)))
_SAME_JOB = (
    select(table.c.fingerprint, table.c.id)
    .where(table.c.fingerprint.in_(bindparam("these", expanding=True)))
    .order_by(table.c.first_seen_at, table.c.id)
)
_IS_OPEN = (
    or_(table.c.closes_at.is_(None), table.c.closes_at > bindparam("at", type_=Timestamp)),
    table.c.last_seen_at > bindparam("last_seen_after", type_=Timestamp),
)
_NEWEST = (
    select(table.c.id).where(OUR_OWN, *_IS_OPEN).order_by(OFFERED_SINCE.desc(), table.c.id).limit(bindparam("most"))
)
# Held, so that nobody rewords what is about to be indexed; what somebody holds is theirs to index.
_UNINDEXED = (
    select(table)
    .where(OUR_OWN, table.c.indexed < bindparam("version"))
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, key_share=True)
)
_LIFE = select(table.c.id, table.c.closes_at, table.c.last_seen_at).where(
    OUR_OWN, table.c.id.in_(bindparam("these", expanding=True))
)
_INDEXED = update(table).where(table.c.id.in_(bindparam("these", expanding=True)))


@cache
def _upsert(dialect: str) -> Insert:
    """Return the statement that inserts a vacancy or replaces what is known; one that is reworded is not indexed."""
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    values: dict[str, ColumnElement[Any]] = {
        column.name: insert.excluded[column.name] for column in table.c if column.name not in ("id", "indexed")
    }
    same_words = and_(*(insert.excluded[name] == table.c[name] for name in ("fingerprint", "skills", "asks")))
    values["indexed"] = case((same_words, table.c.indexed), else_=0)
    return insert.on_conflict_do_update(index_elements=["id"], set_=values)


class SqlVacancies:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._text = full_text(connection)

    def get(self, vacancy_id: VacancyId) -> Vacancy:
        row = self._connection.execute(_GET, {"vacancy": vacancy_id}).one_or_none()
        if row is None:
            raise NotFound("vacancy_not_found")
        return _vacancy(row)

    def among(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, Vacancy]:
        return {
            row.id: _vacancy(row)
            for these in _in_portions(ids)
            for row in self._connection.execute(_AMONG, {"these": these})
        }

    def last_seen(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, datetime]:
        return {
            row.id: row.last_seen_at
            for these in _in_portions(ids)
            for row in self._connection.execute(_LAST_SEEN, {"these": these})
        }

    def same_job(self, fingerprints: Iterable[str]) -> Mapping[str, Sequence[VacancyId]]:
        bearers: dict[str, list[VacancyId]] = {}
        for these in _in_portions(fingerprints):
            for row in self._connection.execute(_SAME_JOB, {"these": these}):
                bearers.setdefault(row.fingerprint, []).append(row.id)
        return bearers

    def save(self, vacancies: Iterable[Vacancy]) -> None:
        # In one order, so that two who save the same vacancies wait for each other and do not block each other.
        by_id = sorted({each.id: each for each in vacancies}.values(), key=lambda each: each.id)
        if by_id:
            rows = [_columns(vacancy) for vacancy in by_id]
            self._connection.execute(_upsert(self._connection.dialect.name), rows)
            self._text.keep_open({each.id: _open_until(each.closes_at, each.last_seen_at) for each in by_id})

    def index(self, terms: Mapping[VacancyId, Terms], *, version: int) -> None:
        for these in _in_portions(sorted(terms)):
            known = {
                row.id: _open_until(row.closes_at, row.last_seen_at)
                for row in self._connection.execute(_LIFE, {"these": these})
            }
            self._text.put(terms, known)
            self._connection.execute(_INDEXED.values(indexed=version), {"these": sorted(known)})

    def unindexed(self, *, version: int, limit: int) -> Sequence[Vacancy]:
        rows = self._connection.execute(_UNINDEXED, {"version": version, "most": limit})
        return [_vacancy(row) for row in rows]

    def candidates(self, query: Query, *, at: datetime, limit: int) -> Sequence[VacancyId]:
        return self._text.find(query, at=at, limit=limit) if query.wanted else []

    def newest(self, *, at: datetime, limit: int) -> Sequence[VacancyId]:
        asked = {"at": at, "last_seen_after": at - UNSEEN_MEANS_CLOSED, "most": limit}
        return [VacancyId(each) for each in self._connection.scalars(_NEWEST, asked)]


def _open_until(closes_at: datetime | None, last_seen_at: datetime) -> datetime:
    unseen = last_seen_at + UNSEEN_MEANS_CLOSED
    return unseen if closes_at is None else min(unseen, closes_at)


def _in_portions(keys: Iterable[T]) -> Iterator[list[T]]:
    each_once = iter(dict.fromkeys(keys))
    while portion := list(islice(each_once, _MOST_NAMED)):
        yield portion


def _columns(vacancy: Vacancy) -> dict[str, Any]:
    return {
        "id": vacancy.id,
        "source": vacancy.source,
        "title": vacancy.title,
        "company": vacancy.company,
        "salary": plain(vacancy.salary),
        "area": vacancy.area,
        "work_format": value_or_none(vacancy.work_format),
        "experience": plain(vacancy.experience),
        "responsibilities": vacancy.responsibilities,
        "requirements": vacancy.requirements,
        "description": vacancy.description,
        "skills": plain(vacancy.skills),
        "asks": plain(vacancy.asks),
        "url": vacancy.url,
        "published_at": vacancy.published_at,
        "closes_at": vacancy.closes_at,
        "first_seen_at": vacancy.first_seen_at,
        "last_seen_at": vacancy.last_seen_at,
        "fingerprint": vacancy.fingerprint,
    }


def _vacancy(row: Row[Any]) -> Vacancy:
    return Vacancy(
        id=row.id,
        source=row.source,
        title=row.title,
        company=row.company,
        salary=structured_or_none(row.salary, SalaryRange),
        area=row.area,
        work_format=enum_or_none(row.work_format, WorkFormat),
        experience=structured_or_none(row.experience, ExperienceAsked),
        responsibilities=row.responsibilities,
        requirements=row.requirements,
        description=row.description,
        skills=tuple(row.skills),
        asks=structured(row.asks, tuple[Requirement, ...]),
        url=row.url,
        published_at=row.published_at,
        closes_at=row.closes_at,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
    )
