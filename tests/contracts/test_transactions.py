"""A transaction holds together or is undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from adapters.memory.store import MemoryStore
from adapters.sql.engine import open_engine
from adapters.sql.migrate import migrate
from adapters.sql.store import SqlTransactions
from domain.errors import NotFound, Unavailable
from domain.identifiers import RunId, UploadId, VacancyId
from domain.transactions import Transaction, Transactions
from tests.builders import ANNA, a_match, a_resume, a_run, a_user, a_vacancy, an_upload


@contextmanager
def _failing(store: Transactions) -> Iterator[Transaction]:
    """Open a transaction that fails at its end."""
    with suppress(RuntimeError), store() as tx:
        yield tx
        raise RuntimeError


def test_what_a_transaction_wrote_is_seen_by_the_next(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.users.save(a_user())

    with transaction() as tx:
        assert tx.users.get(ANNA) == a_user()


def test_a_transaction_sees_what_it_wrote_itself(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.users.save(a_user(age=30))

        assert tx.users.get(ANNA).age == 30


def test_an_error_undoes_the_whole_transaction(with_anna: Transactions) -> None:
    with _failing(with_anna) as tx:
        tx.users.save(a_user(age=55))
        tx.users.next_submission(ANNA)
        tx.resumes.add(a_resume())
        tx.uploads.add(an_upload())
        tx.files.put(UploadId("upload-1"), b"%PDF")
        tx.vacancies.save([a_vacancy()])
        tx.search_runs.add(a_run())
        tx.matches.add([a_match()])

    with with_anna() as tx:
        assert tx.users.get(ANNA) == a_user()
        assert tx.users.next_submission(ANNA) == 1
        assert tx.resumes.all_of(ANNA) == []
        assert tx.uploads.all_of(ANNA) == []
        assert tx.files.get(UploadId("upload-1")) is None
        assert tx.vacancies.among([VacancyId("internal-1")]) == {}
        assert tx.search_runs.all_of(ANNA) == []
        assert tx.matches.all_of(ANNA) == []


def test_an_error_undoes_changes_of_what_was_there(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.search_runs.add(a_run())
        tx.matches.add([a_match()])

    with _failing(with_anna) as tx:
        assert tx.matches.take_next(RunId("run-1"), at=a_run().created_at, after=None) is not None

    with with_anna() as tx:
        assert tx.matches.all_of(ANNA) == [a_match()]


def test_an_error_undoes_an_erasure(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.resumes.add(a_resume())

    with _failing(with_anna) as tx:
        tx.users.erase(ANNA)

    with with_anna() as tx:
        assert tx.users.get(ANNA) == a_user()
        assert tx.resumes.all_of(ANNA) == [a_resume()]


def test_an_error_leaves_the_transaction_as_it_was_raised(transaction: Transactions) -> None:
    with pytest.raises(NotFound, match="user_not_found"), transaction() as tx:
        tx.users.get(ANNA)


def test_whoever_sweeps_alone_gets_the_lock_each_time(transaction: Transactions) -> None:
    for _ in range(2):
        with transaction() as tx:
            assert tx.hold_sweep() is True


def test_in_memory_a_transaction_inside_another_undoes_only_itself() -> None:
    store = MemoryStore()

    with store() as outer:
        outer.users.save(a_user())
        with _failing(store) as inner:
            inner.users.erase(ANNA)
        assert outer.users.get(ANNA) == a_user()

    with store() as tx:
        assert tx.users.get(ANNA) == a_user()


def test_a_store_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    nowhere = open_engine(f"sqlite:///{tmp_path / 'no such folder' / 'store.db'}")

    with pytest.raises(Unavailable, match="store_unavailable"), SqlTransactions(nowhere)():
        pytest.fail("a transaction was opened")


def test_a_store_that_cannot_be_migrated_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="store_unavailable"):
        migrate(f"sqlite:///{tmp_path / 'no such folder' / 'store.db'}")


def test_a_store_that_breaks_inside_a_transaction_is_unavailable(tmp_path: Path) -> None:
    not_migrated = open_engine(f"sqlite:///{tmp_path / 'store.db'}")

    with pytest.raises(Unavailable, match="store_unavailable"), SqlTransactions(not_migrated)() as tx:
        tx.users.find(ANNA)
    not_migrated.dispose()
