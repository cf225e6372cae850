"""Which rows the store on PostgreSQL waits for, and which not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import Engine

from adapters.sql.store import SqlTransactions
from domain.errors import NotFound, Unavailable
from domain.identifiers import TelegramId, UploadId, VacancyId
from domain.matching.retrieval import Field, Terms
from tests.builders import ANNA, BORIS, NOW, a_run, a_user, a_vacancy, an_upload
from tests.contracts.threads import together

LATER = NOW + timedelta(minutes=1)
FIRST, SECOND = UploadId("upload-1"), UploadId("upload-2")


@pytest.fixture
def store(postgres_engine: Engine) -> SqlTransactions:
    """Return a store in which one person has a profile."""
    store = SqlTransactions(postgres_engine)
    with store() as tx:
        tx.users.save(a_user())
    return store


def test_of_two_sweeps_one_is_told_that_it_is_not_alone(store: SqlTransactions) -> None:
    with store() as first, store() as second:
        assert first.hold_sweep() is True
        assert second.hold_sweep() is False

    with store() as third:
        assert third.hold_sweep() is True


def test_a_renewal_waits_for_nobody(store: SqlTransactions) -> None:
    with store() as tx:
        tx.uploads.add(an_upload(id=FIRST))
        tx.search_runs.add(a_run())
        assert tx.uploads.claim(FIRST, at=NOW, until=NOW) is not None
        claimed = tx.search_runs.claim(a_run().id, at=NOW, until=NOW)
        assert claimed is not None

    with store() as worker, store() as renewing:
        worker.uploads.submission_of(FIRST)
        worker.search_runs.settle(claimed)
        assert renewing.uploads.renew(FIRST, attempt=1, until=LATER) is False
        assert renewing.search_runs.renew(claimed.id, attempt=1, until=LATER) is False

    with store() as renewing:
        assert renewing.uploads.renew(FIRST, attempt=1, until=LATER) is True
        assert renewing.search_runs.renew(claimed.id, attempt=1, until=LATER) is True


def test_what_somebody_is_changing_is_not_indexed_by_what_was_read_before(store: SqlTransactions) -> None:
    first, second = a_vacancy(), a_vacancy(id=VacancyId("internal-2"))
    terms: Terms = dict.fromkeys(Field, frozenset({"role:driver"}))
    with store() as tx:
        tx.vacancies.save([first, second])

    with store() as changing, store() as indexing:
        changing.vacancies.save([replace(first, title="Повар")])
        assert indexing.vacancies.index_unchanged([(first, terms), (second, terms)], version=1) == 1

    with store() as tx:
        assert tx.vacancies.unindexed(version=1, limit=9) == [replace(first, title="Повар")]


def test_two_who_index_much_at_once_seldom_read_the_same(store: SqlTransactions) -> None:
    with store() as tx:
        tx.vacancies.save(a_vacancy(id=VacancyId(f"internal-{number}")) for number in range(200))

    with store() as one, store() as other:
        read, as_well = ({each.id for each in tx.vacancies.unindexed(version=1, limit=20)} for tx in (one, other))

    assert (len(read), len(as_well)) == (20, 20)
    assert len(read & as_well) < 15


def test_a_sweep_passes_over_what_others_have_in_hand(store: SqlTransactions) -> None:
    with store() as tx:
        for upload_id in (FIRST, SECOND):
            tx.uploads.add(an_upload(id=upload_id))
            assert tx.uploads.claim(upload_id, at=NOW, until=NOW) is not None

    with store() as worker, store() as sweep:
        worker.uploads.submission_of(FIRST)
        assert [upload.id for upload in sweep.uploads.lost(before=LATER, limit=9)] == [SECOND]

    with store() as sweep:
        assert [upload.id for upload in sweep.uploads.lost(before=LATER, limit=9)] == [FIRST, SECOND]


def test_what_others_have_in_hand_is_not_sent(store: SqlTransactions) -> None:
    with store() as tx:
        tx.uploads.add(an_upload(id=FIRST))
        tx.uploads.add(an_upload(id=SECOND))

    with store() as worker, store() as sweep:
        assert worker.uploads.claim(FIRST, at=NOW, until=LATER) is not None
        assert sweep.uploads.to_send(at=LATER, sent_before=LATER, limit=9) == [SECOND]


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


def test_a_row_refused_for_want_of_its_person_leaves_the_store_usable(store: SqlTransactions) -> None:
    with pytest.raises(NotFound, match="user_not_found"), store() as tx:
        tx.uploads.add(an_upload(telegram_id=BORIS))

    with store() as tx:
        assert tx.uploads.all_of(BORIS) == []
