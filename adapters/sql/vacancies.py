"""Vacancies in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Integer, Row, Select, bindparam, delete, func, or_, select, update

from adapters.codec import enum_or_none, plain, structured, structured_or_none, value_or_none
from adapters.sql.columns import Timestamp
from adapters.sql.tables import OFFERED_SINCE, OUR_OWN
from adapters.sql.tables import vacancies as table
from adapters.sql.tables import vacancy_twins as twins
from adapters.sql.terms import full_text
from adapters.sql.writing import upsert
from domain.errors import NotFound
from domain.identifiers import VacancyId
from domain.matching.requirements import Requirement
from domain.matching.retrieval import Query, Terms
from domain.resumes.content import WorkFormat
from domain.vacancies.vacancy import UNSEEN_MEANS_CLOSED, ExperienceAsked, Link, SalaryRange, Vacancy

T = TypeVar("T")

CHOOSES_AMONG = 10
"""Out of how many times as many as are asked for what is not indexed is chosen."""

_MOST_NAMED = 500
"""How many keys one statement names: databases bound the number of its parameters."""

_GET = select(table).where(table.c.id == bindparam("vacancy"))
_AMONG = select(table).where(table.c.id.in_(bindparam("these", expanding=True)))
# In one order, so that two who want the same ones wait for each other and do not block each other.
_HELD = _AMONG.order_by(table.c.id).with_for_update(key_share=True)
_LAST_SEEN = select(table.c.id, table.c.last_seen_at).where(table.c.id.in_(bindparam("these", expanding=True)))
_SAME_JOB = (
    select(table.c.fingerprint, table.c.id)
    .where(table.c.fingerprint.in_(bindparam("these", expanding=True)))
    .order_by(table.c.first_seen_at, table.c.id)
)
IS_OPEN = (
    or_(table.c.closes_at.is_(None), table.c.closes_at > bindparam("at", type_=Timestamp)),
    table.c.last_seen_at > bindparam("last_seen_after", type_=Timestamp),
)
_NEWEST = (
    select(table.c.id).where(OUR_OWN, *IS_OPEN).order_by(OFFERED_SINCE.desc(), table.c.id).limit(bindparam("most"))
)
# By chance, so that of several who index at the same time each seldom does what another does. In the order of the
# index, which the planner would not always use for what it takes for half of the table.
_SOME_UNINDEXED = (
    select(table.c.id)
    .where(OUR_OWN, table.c.indexed < bindparam("version"))
    .order_by(table.c.indexed)
    .limit(CHOOSES_AMONG * bindparam("most", type_=Integer))
    .subquery()
)
_UNINDEXED = select(table).where(
    table.c.id.in_(select(_SOME_UNINDEXED.c.id).order_by(func.random()).limit(bindparam("most", type_=Integer)))
)
# Held, so that nobody rewords what is about to be indexed; what somebody holds is passed over.
HELD = (
    select(table)
    .where(OUR_OWN, table.c.id.in_(bindparam("these", expanding=True)))
    .order_by(table.c.id)
    .with_for_update(skip_locked=True, key_share=True)
)
_LIFE = select(table.c.id, table.c.closes_at, table.c.last_seen_at).where(
    OUR_OWN, table.c.id.in_(bindparam("these", expanding=True))
)
_SAME_AS = select(twins.c.vacancy_id, twins.c.same_as).where(twins.c.vacancy_id.in_(bindparam("these", expanding=True)))
_STANDS_ITSELF = delete(twins).where(twins.c.vacancy_id == bindparam("standing"))
_STANDS_FOR_THEIRS = update(twins).where(twins.c.same_as == bindparam("twin")).values(same_as=bindparam("standing"))
_INDEXED = update(table).where(table.c.id.in_(bindparam("these", expanding=True)))


class SqlVacancies:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._text = full_text(connection)

    def get(self, vacancy_id: VacancyId) -> Vacancy:
        row = self._connection.execute(_GET, {"vacancy": vacancy_id}).one_or_none()
        if row is None:
            raise NotFound("vacancy_not_found")
        return vacancy_of(row)

    def among(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, Vacancy]:
        return self._read(_AMONG, ids)

    def held(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, Vacancy]:
        return self._read(_HELD, sorted(ids))

    def _read(self, statement: Select[Any], ids: Iterable[VacancyId]) -> Mapping[VacancyId, Vacancy]:
        return {
            row.id: vacancy_of(row)
            for these in in_portions(ids)
            for row in self._connection.execute(statement, {"these": these})
        }

    def last_seen(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, datetime]:
        return {
            row.id: row.last_seen_at
            for these in in_portions(ids)
            for row in self._connection.execute(_LAST_SEEN, {"these": these})
        }

    def same_job(self, fingerprints: Iterable[str]) -> Mapping[str, Sequence[VacancyId]]:
        bearers: dict[str, list[VacancyId]] = {}
        for these in in_portions(fingerprints):
            for row in self._connection.execute(_SAME_JOB, {"these": these}):
                bearers.setdefault(row.fingerprint, []).append(row.id)
        return bearers

    def same_as(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, VacancyId]:
        return {
            row.vacancy_id: row.same_as
            for these in in_portions(ids)
            for row in self._connection.execute(_SAME_AS, {"these": these})
        }

    def save(self, vacancies: Iterable[Vacancy]) -> None:
        # In one order, so that two who save the same vacancies wait for each other and do not block each other.
        by_id = sorted({each.id: each for each in vacancies}.values(), key=lambda each: each.id)
        if by_id:
            rows = [_columns(vacancy) for vacancy in by_id]
            # That what is reworded is to be indexed anew, the database itself sees to.
            self._connection.execute(upsert(table, self._connection.dialect.name), rows)
            self._text.keep_open({each.id: _open_until(each.closes_at, each.last_seen_at) for each in by_id})
            self._let_stand([each for each in by_id if each.links])

    def _let_stand(self, linked: Sequence[Vacancy]) -> None:
        for vacancy in linked:
            others = sorted(vacancy.every_id - {vacancy.id})
            self._connection.execute(_STANDS_ITSELF, {"standing": vacancy.id})
            self._connection.execute(_STANDS_FOR_THEIRS, [{"twin": each, "standing": vacancy.id} for each in others])
            self._connection.execute(
                upsert(twins, self._connection.dialect.name),
                [{"vacancy_id": each, "same_as": vacancy.id} for each in others],
            )

    def index(self, terms: Mapping[VacancyId, Terms], *, version: int) -> None:
        for these in in_portions(sorted(terms)):
            known = {
                row.id: _open_until(row.closes_at, row.last_seen_at)
                for row in self._connection.execute(_LIFE, {"these": these})
            }
            self._put(terms, known, version)

    def index_unchanged(self, terms: Sequence[tuple[Vacancy, Terms]], *, version: int) -> int:
        read = {vacancy.id: (vacancy, made) for vacancy, made in terms}
        count = 0
        for these in in_portions(sorted(read)):
            rows = self._connection.execute(HELD, {"these": these}).all()
            unindexed = [vacancy_of(row) for row in rows if row.indexed < version]
            same = [each for each in unindexed if each.says_the_same(read[each.id][0])]
            open_until = {each.id: _open_until(each.closes_at, each.last_seen_at) for each in same}
            self._put({each: read[each][1] for each in open_until}, open_until, version)
            count += len(same)
        return count

    def unindexed(self, *, version: int, limit: int) -> Sequence[Vacancy]:
        rows = self._connection.execute(_UNINDEXED, {"version": version, "most": limit})
        return [vacancy_of(row) for row in rows]

    def _put(self, terms: Mapping[VacancyId, Terms], open_until: Mapping[VacancyId, datetime], version: int) -> None:
        self._text.put(terms, open_until)
        self._connection.execute(_INDEXED.values(indexed=version), {"these": sorted(open_until)})

    def candidates(self, query: Query, *, at: datetime, limit: int) -> Sequence[VacancyId]:
        return self._text.find(query, at=at, limit=limit) if query.wanted else []

    def newest(self, *, at: datetime, limit: int) -> Sequence[VacancyId]:
        asked = {"at": at, "last_seen_after": at - UNSEEN_MEANS_CLOSED, "most": limit}
        return [VacancyId(each) for each in self._connection.scalars(_NEWEST, asked)]


def _open_until(closes_at: datetime | None, last_seen_at: datetime) -> datetime:
    unseen = last_seen_at + UNSEEN_MEANS_CLOSED
    return unseen if closes_at is None else min(unseen, closes_at)


def in_portions(keys: Iterable[T]) -> Iterator[list[T]]:
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
        "links": plain(vacancy.links) or None,
        "outline": vacancy.outline,
    }


def _is_outline(row: Row[Any]) -> bool:
    if row.outline is not None:
        return bool(row.outline)
    # Only hh.ru's were ever kept in outline, and whole ones of hh.ru have a description and nothing else.
    return row.source == "hh" and not row.description


def vacancy_of(row: Row[Any]) -> Vacancy:
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
        outline=_is_outline(row),
        skills=tuple(row.skills),
        asks=structured(row.asks, tuple[Requirement, ...]),
        url=row.url,
        published_at=row.published_at,
        closes_at=row.closes_at,
        links=structured(row.links or [], tuple[Link, ...]),
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
    )
