"""How PostgreSQL is reached, and what the store makes of a server, or of one of its clients, that fails."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, exc, make_url

from adapters.sql.engine import answering, database_address, open_engine
from adapters.sql.store import SqlTransactions
from domain.errors import Unavailable
from tests.builders import ANNA, a_user, a_vacancy
from tests.workers.workshop import until


@pytest.fixture
def url(postgres_engine: Engine) -> str:
    return postgres_engine.url.render_as_string(hide_password=False)


@pytest.fixture
def store(postgres_engine: Engine) -> SqlTransactions:
    """Return a store in which one person has a profile."""
    store = SqlTransactions(postgres_engine)
    with store() as tx:
        tx.users.save(a_user())
    return store


def _with_options(url: str, options: str) -> str:
    return make_url(url).update_query_dict({"options": options}).render_as_string(hide_password=False)


def _can_sweep(store: SqlTransactions) -> bool:
    with store() as tx:
        return tx.hold_sweep()


@pytest.mark.parametrize("url", ["postgres://example.org/assistant", "postgresql://example.org/assistant"])
def test_postgresql_is_reached_by_our_driver(url: str) -> None:
    assert database_address(url).drivername == "postgresql+psycopg"


def test_a_vanished_server_is_noticed_soon(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        settings = driver.info.get_parameters()
        waits = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("application_name", "lock_timeout", "idle_in_transaction_session_timeout")
        }

    assert waits == {
        "application_name": "job-assistant",
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "30s",
    }
    assert settings["connect_timeout"] == "5"
    assert settings["tcp_user_timeout"] == "10000"
    assert settings["keepalives_idle"] == "10"


def test_a_vanished_client_is_noticed_soon(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        settings = [
            connection.exec_driver_sql(f"SHOW tcp_keepalives_{name}").scalar_one()
            for name in ("idle", "interval", "count")
        ]

    assert settings == ["10", "5", "3"]


def test_what_the_url_says_of_the_server_counts_and_the_rest_stays(url: str) -> None:
    engine = open_engine(_with_options(url, "-c lock_timeout=5s -c statement_timeout=7s"))

    with engine.connect() as connection:
        settings = [
            connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
        ]

    assert settings == ["5s", "7s", "30s"]
    engine.dispose()


def test_what_the_url_says_of_the_connection_counts(url: str) -> None:
    engine = open_engine(f"{url}?application_name=nightly&connect_timeout=9")

    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        assert driver.info.get_parameters()["connect_timeout"] == "9"
        assert connection.exec_driver_sql("SHOW application_name").scalar_one() == "nightly"
    engine.dispose()


def test_whoever_stands_still_inside_a_transaction_gives_the_sweep_back(store: SqlTransactions, url: str) -> None:
    program = f"""
from adapters.sql.engine import open_engine
from adapters.sql.store import SqlTransactions
from domain.errors import Unavailable

store = SqlTransactions(open_engine({_with_options(url, "-c idle_in_transaction_session_timeout=500ms")!r}))
try:
    with store() as tx:
        print(tx.hold_sweep(), flush=True)
        input()
        tx.uploads.find("upload-1")
except Unavailable as unavailable:
    print(unavailable.code)
with store() as tx:
    print(tx.hold_sweep())
"""
    with subprocess.Popen(  # noqa: S603 — our own arguments
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as frozen:
        assert frozen.stdout is not None
        assert frozen.stdout.readline() == "True\n"
        frozen.send_signal(signal.SIGSTOP)

        until(lambda: _can_sweep(store), "the lock is kept")
        frozen.send_signal(signal.SIGCONT)
        said, _ = frozen.communicate("\n", timeout=30)

    assert said.split() == ["store_unavailable", "True"]


def test_a_server_that_only_reads_is_unavailable(store: SqlTransactions, url: str) -> None:
    engine = open_engine(_with_options(url, "-c default_transaction_read_only=on"))

    for _ in range(2):
        with pytest.raises(Unavailable, match="store_unavailable"), SqlTransactions(engine)() as tx:
            tx.users.save(a_user(age=55))

    engine.dispose()
    with store() as tx:
        assert tx.users.get(ANNA) == a_user()


def test_whoever_waits_too_long_for_a_person_is_told_so(store: SqlTransactions, url: str) -> None:
    hasty = open_engine(url, patience=0.05)

    with store() as tx:
        tx.users.hold(ANNA)
        with pytest.raises(Unavailable, match="store_unavailable"), SqlTransactions(hasty)() as other:
            other.users.hold(ANNA)
    hasty.dispose()


def test_whoever_waits_too_long_for_a_connection_is_told_so(url: str) -> None:
    engine = open_engine(url, connections=1, patience=0.05)
    store = SqlTransactions(engine)

    with store() as tx:
        assert tx.users.find(ANNA) is None
        with pytest.raises(Unavailable, match="store_unavailable"), store():
            pytest.fail("two connections at once")

    with store() as tx:
        assert tx.users.find(ANNA) is None
    engine.dispose()


def test_without_its_tables_the_store_is_unavailable_and_the_log_says_why(
    empty_postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_engine(empty_postgres_url)

    with pytest.raises(Unavailable, match="store_unavailable"), SqlTransactions(engine)() as tx:
        tx.users.find(ANNA)

    assert caplog.record_tuples[-1][:2] == ("adapters.sql.engine", logging.ERROR)
    assert "migrations are missing" in caplog.text
    engine.dispose()


def test_without_a_column_the_store_is_unavailable_and_the_log_says_why(
    postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_engine(postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE vacancies DROP COLUMN indexed")

    with pytest.raises(Unavailable, match="store_unavailable"), SqlTransactions(engine)() as tx:
        tx.vacancies.among([a_vacancy().id])

    assert "migrations are missing" in caplog.text
    engine.dispose()


def test_a_statement_that_is_wrong_stays_an_error(postgres_engine: Engine) -> None:
    with pytest.raises(exc.ProgrammingError), answering(), postgres_engine.connect() as connection:
        connection.exec_driver_sql("SELECT lower(age) FROM users")
