"""Databases of a PostgreSQL server, one for each test."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from sqlalchemy import make_url

_FROM_NOTHING = sql.SQL(
    "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C.UTF-8'"
)
_COPY = sql.SQL("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
_DROP = sql.SQL("DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def new_database(server: str, *, template: str | None = None) -> Iterator[str]:
    """Make a database, empty or as the one at the URL `template` is; yield its URL; drop it at the end of the block.

    Nobody may be connected to the template.
    """
    name = f"job_assistant_test_{secrets.token_hex(8)}"
    if template is None:
        _execute(server, _FROM_NOTHING, name=name)
    else:
        _execute(server, _COPY, name=name, template=str(make_url(template).database))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(server, _DROP, name=name)


def _execute(server: str, statement: sql.SQL, **names: str) -> None:
    # Whatever driver the given URL names.
    address = make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.format(**{key: sql.Identifier(name) for key, name in names.items()}))
