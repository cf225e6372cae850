"""A PostgreSQL server that is killed or stopped is unavailable, and usable again as soon as it is back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from adapters.sql.engine import open_engine
from adapters.sql.migrate import migrate, pending
from adapters.sql.store import SqlTransaction, SqlTransactions
from domain.errors import Unavailable
from domain.identifiers import RunId
from tests.builders import ANNA, NOW, a_match, a_run, a_user
from tests.servers.databases import new_database
from tests.servers.postgres import PostgresServer

RUN = RunId("run-1")


@pytest.fixture
def store(mortal_postgres: PostgresServer) -> Iterator[SqlTransactions]:
    """Return a store whose server may be killed; it knows one person and one match that waits for them."""
    with new_database(mortal_postgres.url) as url:
        migrate(url)
        engine = open_engine(url)
        store = SqlTransactions(engine)
        with store() as tx:
            tx.users.save(a_user())
            tx.search_runs.add(a_run())
            tx.matches.add([a_match()])
        yield store
        engine.dispose()


def _unavailable(store: SqlTransactions, *steps: Callable[[SqlTransaction], object]) -> None:
    """Take the steps in one transaction, in which the store must be found unavailable."""

    def take_all() -> None:
        with store() as tx:
            for step in steps:
                step(tx)

    with pytest.raises(Unavailable, match="store_unavailable"):
        take_all()


def test_a_server_killed_inside_a_transaction_is_usable_again_at_once(
    mortal_postgres: PostgresServer, store: SqlTransactions
) -> None:
    with store() as one, store() as two:
        assert (one.users.get(ANNA), two.users.get(ANNA)) == (a_user(), a_user())

    _unavailable(
        store,
        lambda tx: tx.users.save(a_user(age=55)),
        lambda _: mortal_postgres.kill(),
        lambda tx: tx.users.get(ANNA),
    )
    _unavailable(store, lambda _: pytest.fail("a transaction was opened"))
    mortal_postgres.start()

    for _ in range(3):
        with store() as one, store() as two:
            assert (one.users.get(ANNA), two.users.get(ANNA)) == (a_user(), a_user())


def test_a_server_killed_before_the_end_of_a_transaction_has_kept_nothing(
    mortal_postgres: PostgresServer, store: SqlTransactions
) -> None:
    _unavailable(store, lambda tx: tx.users.save(a_user(age=55)), lambda _: mortal_postgres.kill())
    mortal_postgres.start()

    with store() as tx:
        assert tx.users.get(ANNA) == a_user()


def test_a_server_killed_while_a_match_is_taken_lets_it_be_taken_later(
    mortal_postgres: PostgresServer, store: SqlTransactions
) -> None:
    _unavailable(
        store,
        lambda tx: tx.users.hold(ANNA),
        lambda _: mortal_postgres.kill(),
        lambda tx: tx.matches.take_next(RUN, at=NOW, after=None),
    )
    mortal_postgres.start()

    with store() as tx:
        assert tx.matches.take_next(RUN, at=NOW, after=None) is not None


def test_what_was_committed_survives_a_kill(mortal_postgres: PostgresServer, store: SqlTransactions) -> None:
    with store() as tx:
        tx.users.save(a_user(age=55))
    mortal_postgres.kill()
    mortal_postgres.start()

    with store() as tx:
        assert tx.users.get(ANNA).age == 55


def test_a_server_that_shuts_down_cuts_transactions_off(
    mortal_postgres: PostgresServer, store: SqlTransactions
) -> None:
    _unavailable(
        store,
        lambda tx: tx.users.hold(ANNA),
        lambda _: mortal_postgres.stop(),
        lambda tx: tx.users.next_submission(ANNA),
    )
    for ask in (migrate, pending):
        with pytest.raises(Unavailable, match="store_unavailable"):
            ask(mortal_postgres.url)
    mortal_postgres.start()

    with store() as tx:
        assert tx.users.next_submission(ANNA) == 1
