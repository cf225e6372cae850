"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import JSON, DateTime, Dialect, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

# `none_as_null`: a missing part is SQL's NULL, never JSON's.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Timestamp(TypeDecorator[datetime]):
    """An aware time, kept in UTC.

    SQLite has no such type: there it is ISO 8601 text of one fixed width, so that text order is time order.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[str]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone cannot be kept")
        value = value.astimezone(timezone.utc)
        return value.isoformat(timespec="microseconds") if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 — SQLAlchemy calls it with both
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value.astimezone(timezone.utc) if value is not None else None
