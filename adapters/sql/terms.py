"""Terms of vacancies in full-text indexes: a `tsvector` in PostgreSQL, FTS5 in SQLite, neither with a dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import Connection, TextClause, bindparam, text

from adapters.sql.columns import Timestamp
from domain.identifiers import VacancyId
from domain.matching.retrieval import WEIGHTS, Field, Query, Terms

_UNSAFE = re.compile(r"[^a-pr-z0-9а-я]")
_LETTERS = {Field.ROLE: "A", Field.TITLE: "B", Field.SKILLS: "C", Field.TEXT: "D"}


class FullText(Protocol):
    """The index of one database, by the ids of vacancies."""

    def put(self, terms: Mapping[VacancyId, Terms], open_until: Mapping[VacancyId, datetime]) -> None:
        """Keep the terms of vacancies that are known, and until when they are open unless something new is learnt."""

    def keep_open(self, open_until: Mapping[VacancyId, datetime]) -> None:
        """Note until when vacancies are open; one that is not indexed is passed over."""

    def find(self, query: Query, *, at: datetime, limit: int) -> Sequence[VacancyId]:
        """Return vacancies open at that time that have what is wanted, the best first, ties by id."""


def full_text(connection: Connection) -> FullText:
    return PostgresqlText(connection) if connection.dialect.name == "postgresql" else SqliteText(connection)


@lru_cache(maxsize=65_536)
def encoded(term: str) -> str:
    """Return the term in letters and digits alone, whatever signs stand in it; other terms are encoded otherwise.

    Every other sign, and the letter q, is its code point between two q.
    """
    return _UNSAFE.sub(lambda sign: f"q{ord(sign.group()):x}q", term)


def _words(terms: Iterable[str]) -> list[str]:
    return sorted(encoded(term) for term in terms)


def _timed(statement: str) -> TextClause:
    names = [name for name in ("at", "open_until") if f":{name}" in statement]
    return text(statement).bindparams(*(bindparam(name, type_=Timestamp) for name in names))


_KEEP_OPEN = _timed("UPDATE vacancy_terms SET open_until = :open_until WHERE vacancy_id = :vacancy")


class PostgresqlText:
    """A `tsvector` whose weights A to D are the fields."""

    # `ts_rank` wants the weights from D to A.
    _WEIGHTS = "{" + ", ".join(str(WEIGHTS[field]) for field in reversed(Field)) + "}"
    _PUT = _timed(
        "INSERT INTO vacancy_terms (vacancy_id, open_until, terms)"
        " VALUES (:vacancy, :open_until, CAST(:terms AS tsvector)) ON CONFLICT (vacancy_id)"
        " DO UPDATE SET open_until = excluded.open_until, terms = excluded.terms"
    )
    _FIND = _timed(
        "SELECT vacancy_id FROM vacancy_terms WHERE terms @@ CAST(:wanted AS tsquery) AND open_until > :at"
        " ORDER BY ts_rank(CAST(:weights AS real[]), terms, CAST(:ranking AS tsquery)) DESC, vacancy_id LIMIT :most"
    )

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, terms: Mapping[VacancyId, Terms], open_until: Mapping[VacancyId, datetime]) -> None:
        rows = [
            {"vacancy": each, "open_until": open_until[each], "terms": self._vector(terms[each])}
            for each in sorted(open_until)
        ]
        if rows:
            self._connection.execute(self._PUT, rows)

    def keep_open(self, open_until: Mapping[VacancyId, datetime]) -> None:
        _keep_open(self._connection, open_until)

    def find(self, query: Query, *, at: datetime, limit: int) -> Sequence[VacancyId]:
        # The planner does not know what it costs to compare the terms of every row, and would read them all for what a
        # fifth of them shares.
        self._connection.execute(text("SET LOCAL enable_seqscan = off"))
        found = self._connection.scalars(
            self._FIND,
            {
                "wanted": " | ".join(_words(query.wanted)),
                "ranking": " | ".join(_words(query.wanted | query.ranking)),
                "weights": self._WEIGHTS,
                "at": at,
                "most": limit,
            },
        ).all()
        self._connection.execute(text("SET LOCAL enable_seqscan TO DEFAULT"))
        return [VacancyId(each) for each in found]

    def _vector(self, terms: Terms) -> str:
        # A weight needs a position to stand at; ranking does not look at which.
        return " ".join(f"{word}:1{_LETTERS[field]}" for field in Field for word in _words(terms[field]))


class SqliteText:
    """An FTS5 table with a column for each field; `vacancy_terms` tells which of its rows is which vacancy."""

    # BM25 levels off: the larger all the weights are, the less it matters how far apart they lie.
    _WEIGHTS: Mapping[str, float] = {f"{field.value}_weight": 3 * WEIGHTS[field] for field in Field}
    _NUMBER = _timed(
        "INSERT INTO vacancy_terms (vacancy_id, open_until) VALUES (:vacancy, :open_until)"
        " ON CONFLICT (vacancy_id) DO UPDATE SET open_until = excluded.open_until"
    )
    _PUT = text(
        "INSERT OR REPLACE INTO vacancy_terms_words (rowid, role, title, skills, text)"
        " SELECT number, :role, :title, :skills, :text FROM vacancy_terms WHERE vacancy_id = :vacancy"
    )
    _FIND = _timed(
        "SELECT vacancy_id FROM vacancy_terms_words CROSS JOIN vacancy_terms ON number = vacancy_terms_words.rowid"
        " WHERE vacancy_terms_words MATCH :asked AND open_until > :at"
        " ORDER BY bm25(vacancy_terms_words, :role_weight, :title_weight, :skills_weight, :text_weight), vacancy_id"
        " LIMIT :most"
    )

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, terms: Mapping[VacancyId, Terms], open_until: Mapping[VacancyId, datetime]) -> None:
        ids = sorted(open_until)
        if ids:
            self._connection.execute(self._NUMBER, [{"vacancy": each, "open_until": open_until[each]} for each in ids])
            self._connection.execute(self._PUT, [self._row(each, terms[each]) for each in ids])

    def keep_open(self, open_until: Mapping[VacancyId, datetime]) -> None:
        _keep_open(self._connection, open_until)

    def find(self, query: Query, *, at: datetime, limit: int) -> Sequence[VacancyId]:
        wanted, ranking = _words(query.wanted), _words(query.ranking - query.wanted)
        asked = _any_of(wanted)
        if ranking:
            asked = f"({asked}) AND ({_any_of(wanted)} OR {_any_of(ranking)})"
        found = self._connection.scalars(self._FIND, {"asked": asked, "at": at, "most": limit, **self._WEIGHTS})
        return [VacancyId(each) for each in found]

    def _row(self, vacancy_id: VacancyId, terms: Terms) -> dict[str, Any]:
        return {"vacancy": vacancy_id, **{field.value: " ".join(_words(terms[field])) for field in Field}}


def _any_of(words: Sequence[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)


def _keep_open(connection: Connection, open_until: Mapping[VacancyId, datetime]) -> None:
    rows = [{"vacancy": each, "open_until": open_until[each]} for each in sorted(open_until)]
    if rows:
        connection.execute(_KEEP_OPEN, rows)
