"""What tables have in common: how their constraints are called, and columns that many of them have."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData

from adapters.sql.columns import Timestamp

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def of_person() -> Column[int]:
    """Return the column that tells whose a row is: it goes with them."""
    return Column("telegram_id", BigInteger, ForeignKey("users.telegram_id", ondelete="CASCADE"), nullable=False)


def work() -> tuple[Column[object], ...]:
    """Return the columns of `domain.work.Work`."""
    return (
        Column("due_at", Timestamp, nullable=False),
        Column("sent_at", Timestamp),
        Column("lease_until", Timestamp),
        Column("attempt", Integer, nullable=False),
        Column("interruptions", Integer, nullable=False),
        Column("failures", Integer, nullable=False),
    )
