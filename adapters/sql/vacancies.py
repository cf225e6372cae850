"""Vacancies in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, bindparam, func, or_, select

from adapters.sql.codec import enum_or_none, plain, structured, structured_or_none, value_or_none
from adapters.sql.columns import Timestamp
from adapters.sql.tables import vacancies as table
from adapters.sql.writing import upsert
from domain.errors import NotFound
from domain.identifiers import VacancyId
from domain.matching.requirements import Requirement
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
_OPEN = (
    select(table)
    .where(*_IS_OPEN)
    .order_by(func.coalesce(table.c.published_at, table.c.first_seen_at).desc(), table.c.id)
    .limit(bindparam("most"))
)
_COUNT_OPEN = select(func.count()).select_from(table).where(*_IS_OPEN)


class SqlVacancies:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
        rows = [_columns(vacancy) for vacancy in vacancies]
        if rows:
            self._connection.execute(upsert(table, self._connection.dialect.name), rows)

    def open(self, *, at: datetime, limit: int) -> Sequence[Vacancy]:
        rows = self._connection.execute(_OPEN, {"at": at, "last_seen_after": at - UNSEEN_MEANS_CLOSED, "most": limit})
        return [_vacancy(row) for row in rows]

    def count_open(self, *, at: datetime) -> int:
        return self._connection.scalar(_COUNT_OPEN, {"at": at, "last_seen_after": at - UNSEEN_MEANS_CLOSED}) or 0


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
