"""What a store holds, as a whole."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect, text

from tests.entrypoints.installation import Installation


def everything_in(api: Installation) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    with api.engine.connect() as connection:
        return {
            table: sorted((tuple(row) for row in connection.execute(text(f'SELECT * FROM "{table}"'))), key=repr)  # noqa: S608 — the store's own names
            for table in inspect(api.engine).get_table_names()
        }
