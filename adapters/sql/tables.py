"""The tables. Whatever is kept about a person hangs on their row and goes with it."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    false,
    func,
)

from adapters.sql.columns import Json, Timestamp
from adapters.sql.structure import METADATA, of_person, work
from domain.vacancies.arrival import BUILT_IN_SOURCES

users = Table(
    "users",
    METADATA,
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False),
    Column("first_name", String(100), nullable=False),
    Column("last_name", String(100), nullable=False),
    Column("age", Integer, nullable=False),
    Column("city", String(100), nullable=False),
    Column("email", String(254), nullable=False),
    Column("phone", String(16), nullable=False),
    Column("hh_profile_url", Text),
    Column("consent_version", Text),
    Column("consent_at", Timestamp),
    Column("created_at", Timestamp, nullable=False),
    Column("updated_at", Timestamp, nullable=False),
    # How many things the person has submitted: the source of their order.
    Column("submissions", Integer, nullable=False, server_default="0"),
)

uploads = Table(
    "uploads",
    METADATA,
    Column("id", String(64), primary_key=True),
    of_person(),
    Column("filename", Text, nullable=False),
    Column("file_type", String(16), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("submission", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("reason", String(64)),
    Column("resume_id", String(64)),
    # Nothing where there is nothing to know of the file.
    Column("warnings", Json),
    *work(),
    Column("created_at", Timestamp, nullable=False),
    Column("finished_at", Timestamp),
    Index(None, "telegram_id", "sha256"),
    Index(None, "status", "due_at"),
    Index(None, "status", "lease_until"),
    Index(None, "finished_at"),
)

files = Table(
    "files",
    METADATA,
    Column("upload_id", String(64), ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

resumes = Table(
    "resumes",
    METADATA,
    Column("id", String(64), primary_key=True),
    of_person(),
    Column("source", String(16), nullable=False),
    Column("submission", Integer, nullable=False),
    Column("content", Json, nullable=False),
    Column("corrections", Json),
    # Nothing where nothing outside was asked, or found anything.
    Column("added", Json),
    # Unique, so that one upload makes at most one revision; many revisions come from no upload.
    Column("upload_id", String(64)),
    Column("created_at", Timestamp, nullable=False),
    UniqueConstraint("upload_id"),
    Index(None, "telegram_id", "submission"),
)

vacancies = Table(
    "vacancies",
    METADATA,
    Column("id", String(200), primary_key=True),
    Column("source", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("company", Text),
    Column("salary", Json),
    Column("area", Text),
    Column("work_format", String(16)),
    Column("experience", Json),
    Column("responsibilities", Text, nullable=False),
    Column("requirements", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("skills", Json, nullable=False),
    Column("asks", Json, nullable=False),
    Column("url", Text),
    Column("published_at", Timestamp),
    Column("closes_at", Timestamp),
    Column("first_seen_at", Timestamp, nullable=False),
    Column("last_seen_at", Timestamp, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    # Where else the same job is posted.
    Column("links", Json),
    # Whether the texts are cut; empty: kept by code that did not ask.
    Column("outline", Boolean),
    # The version of retrieval under which the vacancy was indexed in `vacancy_terms`; 0: not yet.
    Column("indexed", Integer, nullable=False, server_default="0"),
    # The model of meaning of which there are vectors of the vacancy as it is worded now; empty: of none.
    Column("embedded", String(100), nullable=False, server_default=""),
    Index(None, "fingerprint", "first_seen_at"),
    Index(None, "published_at"),
    Index(None, "last_seen_at", "closes_at"),
)

# Written out in statements and indexes alike: a database uses such an index only where it reads the same words.
OUR_OWN = vacancies.c.source.not_in(
    bindparam("built_in", sorted(BUILT_IN_SOURCES), expanding=True, literal_execute=True)
)
OFFERED_SINCE = func.coalesce(vacancies.c.published_at, vacancies.c.first_seen_at)
Index("ix_vacancies_indexed", vacancies.c.indexed, sqlite_where=OUR_OWN, postgresql_where=OUR_OWN)
Index(
    "ix_vacancies_embedded",
    vacancies.c.embedded,
    vacancies.c.last_seen_at.desc(),
    sqlite_where=OUR_OWN,
    postgresql_where=OUR_OWN,
)
Index("ix_vacancies_newest", OFFERED_SINCE.desc(), vacancies.c.id, sqlite_where=OUR_OWN, postgresql_where=OUR_OWN)

# Vectors of texts, each once under its key: titles repeat.
vectors = Table(
    "vectors",
    METADATA,
    Column("key", LargeBinary, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    Column("kept_at", Timestamp, nullable=False),
)

# Which vectors are those of a vacancy, as it was worded when it was embedded last.
vacancy_vectors = Table(
    "vacancy_vectors",
    METADATA,
    Column("vacancy_id", String(200), ForeignKey("vacancies.id", ondelete="CASCADE"), primary_key=True),
    Column("model", String(100), nullable=False),
    Column("story_key", LargeBinary, nullable=False),
    Column("title_key", LargeBinary, nullable=False),
    Column("embedded_at", Timestamp, nullable=False),
    Index(None, "embedded_at"),
)

FULL_TEXT = "vacancy_terms"
"""How the tables of full text begin: each database has its own, so that they are no part of what is in common."""


def in_common(name: str | None, kind: str, _parents: object) -> bool:
    """Tell Alembic whether a thing that it found in a database is to be compared with what stands here."""
    return kind != "table" or name is None or not name.startswith(FULL_TEXT)


search_runs = Table(
    "search_runs",
    METADATA,
    Column("id", String(64), primary_key=True),
    of_person(),
    Column("number", Integer, nullable=False),
    Column("filters", Json, nullable=False),
    Column("status", String(16), nullable=False),
    Column("engine", String(32)),
    Column("resume_id", String(64)),
    Column("sources", Json, nullable=False),
    Column("counts", Json, nullable=False),
    # The model of meaning that compared; nothing where words alone did.
    Column("similarity", String(100)),
    Column("reason", String(64)),
    # Until when an outside engine has time; nothing where none has the run.
    Column("deadline", Timestamp),
    *work(),
    Column("created_at", Timestamp, nullable=False),
    Column("finished_at", Timestamp),
    UniqueConstraint("telegram_id", "number"),
    Index(None, "status", "due_at"),
    Index(None, "status", "lease_until"),
    Index(None, "finished_at"),
)

# Search runs and uploads handed out to an outside automation, under their own ids.
hand_outs = Table(
    "hand_outs",
    METADATA,
    Column("id", String(64), primary_key=True),
    of_person(),
    Column("kind", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("execution_id", String(100)),
    Column("pages", Integer),
    Column("reason", String(64)),
    Column("deadline", Timestamp, nullable=False),
    *work(),
    Column("created_at", Timestamp, nullable=False),
    Column("finished_at", Timestamp),
    Index(None, "telegram_id"),
    Index(None, "execution_id"),
    Index(None, "status", "due_at"),
    Index(None, "status", "lease_until"),
    Index(None, "finished_at"),
)

# Apart from the hand-outs, which are read far more often than what a file said is asked for.
handed_texts = Table(
    "handed_texts",
    METADATA,
    Column("hand_out_id", String(64), ForeignKey("hand_outs.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("kept_until", Timestamp, nullable=False),
)

delivered_pages = Table(
    "delivered_pages",
    METADATA,
    Column("hand_out_id", String(64), ForeignKey("hand_outs.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("vacancy_ids", Json, nullable=False),
    Column("sources", Json, nullable=False),
    Column("used", Boolean, nullable=False),
)

matches = Table(
    "matches",
    METADATA,
    Column("run_id", String(64), ForeignKey("search_runs.id", ondelete="CASCADE"), primary_key=True),
    # No foreign key: a match says what it needs of its vacancy, and a vacancy may leave the catalogue.
    Column("vacancy_id", String(200), primary_key=True),
    of_person(),
    Column("posting", String(64), nullable=False),
    Column("employer", Text),
    Column("state", String(16), nullable=False),
    Column("filter_reason", String(32)),
    Column("place", Integer),
    Column("score", Integer, nullable=False),
    Column("assessment", Json, nullable=False),
    # How the person's taste moved it in the queue; nothing where it did not.
    Column("shift", Json),
    Column("served_after", String(200)),
    Column("verdicts", Json, nullable=False),
    Column("forgotten", Boolean, server_default=false(), nullable=False),
    # How many of the verdicts were forgotten before the later ones were given.
    Column("forgotten_before", Integer, server_default="0", nullable=False),
    Column("found_at", Timestamp, nullable=False),
    Column("shown_at", Timestamp),
    Column("judged_at", Timestamp),
    Index(None, "run_id", "state", "place"),
    Index(None, "run_id", "served_after"),
    Index(None, "telegram_id", "vacancy_id"),
    Index(None, "telegram_id", "state", "employer"),
    Index(None, "telegram_id", "shown_at"),
)

# The structure itself forbids showing one posting to one person twice, whatever the statements do.
Index(
    "uq_matches_shown_posting",
    matches.c.telegram_id,
    matches.c.posting,
    unique=True,
    sqlite_where=matches.c.shown_at.is_not(None),
    postgresql_where=matches.c.shown_at.is_not(None),
)

# Ids under which other sources post a job that we know, and the vacancy that stands for it.
vacancy_twins = Table(
    "vacancy_twins",
    METADATA,
    Column("vacancy_id", String(200), primary_key=True),
    Column("same_as", String(200), ForeignKey("vacancies.id", ondelete="CASCADE"), nullable=False),
    Index(None, "same_as"),
)

job_applications = Table(
    "job_applications",
    METADATA,
    Column("telegram_id", BigInteger, ForeignKey("users.telegram_id", ondelete="CASCADE"), primary_key=True),
    # No foreign key: a person may have applied to what we never saw.
    Column("vacancy_id", String(200), primary_key=True),
    Column("applied_at", Timestamp, nullable=False),
    Column("told_by", String(16), nullable=False),
)
