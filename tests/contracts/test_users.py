"""Where profiles are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from threading import Event, Thread

import pytest

from domain.errors import NotFound
from domain.identifiers import LARGEST_TELEGRAM_ID, RunId, TelegramId, UploadId
from domain.transactions import Transactions
from domain.users.user import Consent
from tests.builders import ANNA, BORIS, NOW, a_match, a_resume, a_run, a_user, an_upload
from tests.contracts.threads import at_once


def test_a_person_comes_back_as_saved(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.users.save(a_user())

    with transaction() as tx:
        assert tx.users.get(ANNA) == a_user()
        assert tx.users.find(ANNA) == a_user()


def test_a_person_without_what_is_optional_comes_back_as_saved(transaction: Transactions) -> None:
    bare = a_user(telegram_id=TelegramId(LARGEST_TELEGRAM_ID), hh_profile_url=None, consent=None)

    with transaction() as tx:
        tx.users.save(bare)

    with transaction() as tx:
        assert tx.users.get(bare.telegram_id) == bare


def test_times_come_back_in_utc_to_the_microsecond(transaction: Transactions) -> None:
    in_moscow = datetime(2026, 1, 1, 1, 2, 3, 456789, tzinfo=timezone(timedelta(hours=3)))

    with transaction() as tx:
        tx.users.save(a_user(consent=Consent(version="1", at=in_moscow)))

    with transaction() as tx:
        consent = tx.users.get(ANNA).consent
        assert consent is not None
        assert consent.at == in_moscow


def test_nobody_knows_a_stranger(with_anna: Transactions) -> None:
    with with_anna() as tx:
        assert tx.users.find(BORIS) is None
        with pytest.raises(NotFound, match="user_not_found"):
            tx.users.get(BORIS)
        with pytest.raises(NotFound, match="user_not_found"):
            tx.users.hold(BORIS)
        with pytest.raises(NotFound, match="user_not_found"):
            tx.users.next_submission(BORIS)
        with pytest.raises(NotFound, match="user_not_found"):
            tx.users.erase(BORIS)


def test_a_second_save_replaces_the_profile_and_nothing_else(with_anna: Transactions) -> None:
    older = a_user(age=30, city="Москва", hh_profile_url=None)
    with with_anna() as tx:
        tx.users.next_submission(ANNA)
        tx.resumes.add(a_resume())

    with with_anna() as tx:
        tx.users.save(older)

    with with_anna() as tx:
        assert tx.users.get(ANNA) == older
        assert tx.users.next_submission(ANNA) == 2
        assert tx.resumes.all_of(ANNA) == [a_resume()]


def test_submissions_are_counted_from_one_for_each_person(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
        assert [tx.users.next_submission(ANNA) for _ in range(3)] == [1, 2, 3]

    with with_anna() as tx:
        assert tx.users.next_submission(ANNA) == 4
        assert tx.users.next_submission(BORIS) == 1


def test_no_two_submissions_get_one_number(with_anna: Transactions) -> None:
    def submit() -> int:
        with with_anna() as tx:
            return tx.users.next_submission(ANNA)

    assert sorted(at_once(16, submit)) == list(range(1, 17))


def test_holding_gives_the_person(with_anna: Transactions) -> None:
    with with_anna() as tx:
        assert tx.users.hold(ANNA) == a_user()


def test_whoever_holds_a_person_keeps_others_waiting(with_anna: Transactions) -> None:
    held, seen = Event(), []

    def second() -> None:
        held.wait(timeout=30)
        with with_anna() as tx:
            seen.append(tx.users.hold(ANNA).age)

    waiting = Thread(target=second)
    waiting.start()
    with with_anna() as tx:
        person = tx.users.hold(ANNA)
        held.set()
        waiting.join(timeout=0.2)
        assert seen == []
        tx.users.save(replace(person, age=person.age + 1))
    waiting.join(timeout=30)

    assert seen == [a_user().age + 1]


def test_who_reads_and_writes_a_held_person_loses_nothing(with_anna: Transactions) -> None:
    def grow_older() -> None:
        with with_anna() as tx:
            person = tx.users.hold(ANNA)
            tx.users.save(replace(person, age=person.age + 1))

    at_once(16, grow_older)

    with with_anna() as tx:
        assert tx.users.get(ANNA).age == a_user().age + 16


def test_erasing_a_person_leaves_nothing_of_them(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.users.next_submission(ANNA)
        tx.uploads.add(an_upload())
        tx.files.put(UploadId("upload-1"), b"%PDF")
        tx.resumes.add(a_resume(upload_id=UploadId("upload-1")))
        tx.search_runs.add(a_run())
        tx.matches.add([a_match()])

    with with_anna() as tx:
        tx.users.erase(ANNA)

    with with_anna() as tx:
        assert tx.users.find(ANNA) is None
        assert tx.uploads.all_of(ANNA) == []
        assert tx.uploads.submission_of(UploadId("upload-1")) is None
        assert tx.files.get(UploadId("upload-1")) is None
        assert tx.resumes.all_of(ANNA) == []
        assert tx.resumes.made_of(UploadId("upload-1")) is None
        assert tx.search_runs.all_of(ANNA) == []
        assert tx.search_runs.claim(RunId("run-1"), at=NOW, until=NOW) is None
        assert tx.matches.all_of(ANNA) == []
        assert tx.matches.waiting(RunId("run-1")) == 0


def test_who_comes_back_after_an_erasure_starts_from_nothing(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.users.next_submission(ANNA)
        tx.resumes.add(a_resume())
        tx.users.erase(ANNA)

    with with_anna() as tx:
        tx.users.save(a_user())
        assert tx.users.next_submission(ANNA) == 1
        assert tx.resumes.all_of(ANNA) == []


def test_erasing_one_person_leaves_the_others_alone(with_anna: Transactions) -> None:
    hers, his = an_upload(), an_upload(id=UploadId("upload-2"), telegram_id=BORIS)
    run, match = a_run(id=RunId("run-2"), telegram_id=BORIS), a_match(run_id=RunId("run-2"), telegram_id=BORIS)
    with with_anna() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
        tx.uploads.add(hers)
        tx.uploads.add(his)
        tx.files.put(his.id, b"his")
        tx.resumes.add(a_resume(telegram_id=BORIS))
        tx.search_runs.add(run)
        tx.matches.add([match])

    with with_anna() as tx:
        tx.users.erase(ANNA)

    with with_anna() as tx:
        assert tx.users.get(BORIS) == a_user(telegram_id=BORIS)
        assert tx.uploads.all_of(BORIS) == [his]
        assert tx.files.get(his.id) == b"his"
        assert tx.resumes.all_of(BORIS) == [a_resume(telegram_id=BORIS)]
        assert tx.search_runs.all_of(BORIS) == [run]
        assert tx.matches.all_of(BORIS) == [match]


def test_everybody_is_told_in_order(transaction: Transactions) -> None:
    with transaction() as tx:
        assert tx.users.all_ids() == []
        tx.users.save(a_user(telegram_id=BORIS))
        tx.users.save(a_user(telegram_id=ANNA))

    with transaction() as tx:
        assert tx.users.all_ids() == sorted([ANNA, BORIS])
