"""What the store on PostgreSQL guarantees by how its server is reached, and which rows it waits for."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import Engine, exc

from adapters.sql.engine import answering, database_address, open_engine
from adapters.sql.store import SqlTransactions
from domain.errors import NotFound, Unavailable
from domain.identifiers import TelegramId, UploadId
from tests.builders import ANNA, BORIS, NOW, a_user, an_upload
from tests.contracts.threads import together

LATER = NOW + timedelta(minutes=1)
FIRST, SECOND = UploadId("upload-1"), UploadId("upload-2")


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
            for name in ("application_name", "lock_timeout")
        }

    assert waits == {"application_name": "job-assistant", "lock_timeout": "30s"}
    assert settings["connect_timeout"] == "5"
    assert settings["tcp_user_timeout"] == "10000"
    assert settings["keepalives_idle"] == "10"


def test_what_the_url_says_of_the_connection_counts(url: str) -> None:
    engine = open_engine(f"{url}?application_name=nightly&connect_timeout=9")

    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        assert driver.info.get_parameters()["connect_timeout"] == "9"
        assert connection.exec_driver_sql("SHOW application_name").scalar_one() == "nightly"
    engine.dispose()


def test_of_two_sweeps_one_is_told_that_it_is_not_alone(store: SqlTransactions) -> None:
    with store() as first, store() as second:
        assert first.hold_sweep() is True
        assert second.hold_sweep() is False

    with store() as third:
        assert third.hold_sweep() is True


def test_a_sweep_passes_over_what_others_have_in_hand(store: SqlTransactions) -> None:
    with store() as tx:
        for upload_id in (FIRST, SECOND):
            tx.uploads.add(an_upload(id=upload_id))
            assert tx.uploads.claim(upload_id, at=NOW, until=NOW) is not None

    with store() as worker, store() as sweep:
        worker.uploads.submission_of(FIRST)
        assert [upload.id for upload in sweep.uploads.lost(before=LATER)] == [SECOND]

    with store() as sweep:
        assert [upload.id for upload in sweep.uploads.lost(before=LATER)] == [FIRST, SECOND]


def test_what_others_have_in_hand_is_not_sent(store: SqlTransactions) -> None:
    with store() as tx:
        tx.uploads.add(an_upload(id=FIRST))
        tx.uploads.add(an_upload(id=SECOND))

    with store() as worker, store() as sweep:
        assert worker.uploads.claim(FIRST, at=NOW, until=LATER) is not None
        assert sweep.uploads.to_send(at=LATER, sent_before=LATER) == [SECOND]


def test_bytes_that_go_with_an_erased_person_are_not_waited_for(store: SqlTransactions) -> None:
    with store() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
        for upload_id, person in ((FIRST, ANNA), (SECOND, BORIS)):
            tx.uploads.add(an_upload(id=upload_id, telegram_id=person, finished_at=NOW))
            tx.files.put(upload_id, b"%PDF")

    with store() as erasing, store() as dropping:
        erasing.users.erase(ANNA)
        assert dropping.files.drop_finished(before=LATER) == 1


def test_others_may_add_rows_of_a_person_who_is_held(store: SqlTransactions) -> None:
    with store() as holding, store() as adding:
        holding.users.hold(ANNA)
        adding.uploads.add(an_upload())

    with store() as tx:
        assert tx.uploads.all_of(ANNA) == [an_upload()]


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


def test_whoever_ends_a_deadlock_is_told_to_come_again(store: SqlTransactions) -> None:
    with store() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
    holding = {ANNA: Event(), BORIS: Event()}

    def hold(first: TelegramId, second: TelegramId) -> str:
        try:
            with store() as tx:
                tx.users.hold(first)
                holding[first].set()
                holding[second].wait(timeout=30)
                tx.users.hold(second)
        except Unavailable as unavailable:
            return unavailable.code
        return "done"

    ended = together(lambda: hold(ANNA, BORIS), lambda: hold(BORIS, ANNA))

    assert sorted(ended) == ["done", "store_unavailable"]


def test_without_its_tables_the_store_is_unavailable_and_the_log_says_why(
    empty_postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_engine(empty_postgres_url)

    with pytest.raises(Unavailable, match="store_unavailable"), SqlTransactions(engine)() as tx:
        tx.users.find(ANNA)

    assert caplog.record_tuples[-1][:2] == ("adapters.sql.engine", logging.ERROR)
    assert "migrations are missing" in caplog.text
    engine.dispose()


def test_a_statement_that_is_wrong_stays_an_error(postgres_engine: Engine) -> None:
    with pytest.raises(exc.ProgrammingError), answering(), postgres_engine.connect() as connection:
        connection.exec_driver_sql("SELECT no_such_column FROM users")


def test_a_row_refused_for_want_of_its_person_leaves_the_store_usable(store: SqlTransactions) -> None:
    with pytest.raises(NotFound, match="user_not_found"), store() as tx:
        tx.uploads.add(an_upload(telegram_id=BORIS))

    with store() as tx:
        assert tx.uploads.all_of(BORIS) == []
