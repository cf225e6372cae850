"""The tables of what is kept for job boards."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from adapters.sql.columns import Timestamp
from adapters.sql.structure import METADATA

# What all processes share about a job board: when the next call may be made; the token by which it knows us, sealed.
boards = Table(
    "boards",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("next_at", Timestamp),
    Column("rests_until", Timestamp),
    Column("rests_because", String(32)),
    Column("token", Text),
    Column("token_asked_at", Timestamp),
)

board_answers = Table(
    "board_answers",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("etag", Text),
    Column("body", LargeBinary, nullable=False),
    Column("fresh_until", Timestamp, nullable=False),
    Index(None, "fresh_until"),
)

hh_connections = Table(
    "hh_connections",
    METADATA,
    Column("telegram_id", BigInteger, ForeignKey("users.telegram_id", ondelete="CASCADE"), primary_key=True),
    Column("state", String(32), nullable=False),
    # Sealed: nobody reads a token here.
    Column("tokens", Text),
    Column("expires_at", Timestamp),
    Column("resume_id", String(64)),
    Column("unanswered", Integer, nullable=False),
    Column("linked_at", Timestamp, nullable=False),
    Column("synced_at", Timestamp),
    Column("attempt", Integer, nullable=False),
    Column("held_until", Timestamp),
)

hh_sign_ins = Table(
    "hh_sign_ins",
    METADATA,
    Column("telegram_id", BigInteger, ForeignKey("users.telegram_id", ondelete="CASCADE"), primary_key=True),
    # A digest: who reads it cannot go on with the sign-in.
    Column("state", String(64), nullable=False),
    Column("verifier", Text),
    Column("expires_at", Timestamp, nullable=False),
    Column("taken_at", Timestamp),
    Column("resume_id", String(64)),
    Column("failure", String(64)),
    UniqueConstraint("state"),
)
