"""What happens when two do something to the same person, file or vacancies at the same moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Event, Lock
from time import sleep

from domain.errors import NotFound
from domain.identifiers import ResumeId, UploadId, VacancyId
from domain.resumes.upload import Upload
from domain.transactions import Transactions
from tests.builders import ANNA, NOW, a_resume, a_user, a_vacancy, an_upload
from tests.contracts.threads import at_once, together

UNTIL = NOW + timedelta(minutes=3)
LATER = NOW + timedelta(minutes=1)
UPLOAD = UploadId("upload-1")

A_MOMENT = 0.2
"""Seconds in which a thread that is not kept waiting would have gone on."""


def _claimed(store: Transactions, upload: Upload) -> Upload:
    with store() as tx:
        tx.uploads.add(upload)
        tx.files.put(upload.id, b"%PDF")
        claimed = tx.uploads.claim(upload.id, at=NOW, until=UNTIL)
    assert claimed is not None
    return claimed


def _nothing_left(store: Transactions) -> bool:
    with store() as tx:
        return (
            tx.users.find(ANNA) is None
            and tx.uploads.all_of(ANNA) == []
            and tx.files.get(UPLOAD) is None
            and tx.resumes.all_of(ANNA) == []
        )


def test_no_two_sweep_at_one_time(transaction: Transactions) -> None:
    alone = Lock()

    def sweep() -> bool:
        with transaction() as tx:
            if not tx.hold_sweep():
                return False
            assert alone.acquire(blocking=False)
            sleep(0.01)
            alone.release()
        return True

    assert any(at_once(8, sweep))


def test_a_person_can_be_erased_while_their_file_is_settled(with_anna: Transactions) -> None:
    parsed = _claimed(with_anna, an_upload()).parsed(at=LATER, resume_id=ResumeId("resume-1"))
    settling = Event()

    def settle() -> None:
        with with_anna() as tx:
            assert tx.uploads.submission_of(UPLOAD) == parsed.submission
            settling.set()
            sleep(A_MOMENT)
            assert tx.uploads.settle(parsed)
            tx.resumes.add(a_resume(upload_id=UPLOAD))

    def erase() -> None:
        settling.wait(timeout=30)
        with with_anna() as tx:
            tx.users.erase(ANNA)

    together(settle, erase)

    assert _nothing_left(with_anna)


def test_a_file_is_not_settled_once_its_person_is_being_erased(with_anna: Transactions) -> None:
    parsed = _claimed(with_anna, an_upload()).parsed(at=LATER, resume_id=ResumeId("resume-1"))
    erasing = Event()

    def erase() -> None:
        with with_anna() as tx:
            tx.users.erase(ANNA)
            erasing.set()
            sleep(A_MOMENT)

    def settle() -> None:
        erasing.wait(timeout=30)
        with with_anna() as tx:
            assert tx.uploads.submission_of(UPLOAD) is None
            assert tx.uploads.settle(parsed) is False

    together(erase, settle)

    assert _nothing_left(with_anna)


def test_erasing_and_settling_in_any_order_leave_nothing(with_anna: Transactions) -> None:
    parsed = _claimed(with_anna, an_upload()).parsed(at=LATER, resume_id=ResumeId("resume-1"))

    def settle() -> None:
        with with_anna() as tx:
            if tx.uploads.submission_of(UPLOAD) is not None and tx.uploads.settle(parsed):
                tx.resumes.add(a_resume(upload_id=UPLOAD))

    def submit_again() -> None:
        try:
            with with_anna() as tx:
                tx.users.hold(ANNA)
                tx.uploads.resubmit(UPLOAD, submission=tx.users.next_submission(ANNA))
        except NotFound:
            pass

    def erase() -> None:
        with with_anna() as tx:
            tx.users.erase(ANNA)

    together(settle, submit_again, erase)

    assert _nothing_left(with_anna)


def test_a_person_can_be_erased_while_old_files_are_dropped_and_work_is_taken_back(with_anna: Transactions) -> None:
    ids = [UploadId(f"upload-{number}") for number in range(1, 21)]
    with with_anna() as tx:
        for upload_id in ids:
            tx.uploads.add(an_upload(id=upload_id))
            tx.files.put(upload_id, b"%PDF")
    with with_anna() as tx:
        for upload_id in ids[:10]:
            claimed = tx.uploads.claim(upload_id, at=NOW, until=NOW)
            assert claimed is not None
            tx.uploads.settle(claimed.refused(at=NOW, reason="no_text"))
        for upload_id in ids[10:15]:
            assert tx.uploads.claim(upload_id, at=NOW, until=NOW) is not None

    def sweep() -> None:
        with with_anna() as tx:
            tx.files.drop_finished(before=LATER)
        with with_anna() as tx:
            for lost in tx.uploads.lost(before=LATER, limit=9):
                tx.uploads.settle(lost.interrupted(at=LATER))
        with with_anna() as tx:
            tx.uploads.to_send(at=LATER, sent_before=LATER, limit=9)

    def erase() -> None:
        with with_anna() as tx:
            tx.users.erase(ANNA)

    together(sweep, erase)

    with with_anna() as tx:
        assert tx.uploads.all_of(ANNA) == []
        assert [tx.files.get(upload_id) for upload_id in ids] == [None] * len(ids)


def test_two_workers_may_keep_the_same_vacancies_in_different_orders(transaction: Transactions) -> None:
    found = [a_vacancy(id=VacancyId(f"internal-{number}")) for number in range(300)]

    def keep(order: int) -> None:
        with transaction() as tx:
            tx.vacancies.save(found[::order])

    for _ in range(3):
        together(lambda: keep(1), lambda: keep(-1))

    with transaction() as tx:
        assert len(tx.vacancies.among(vacancy.id for vacancy in found)) == 300


def test_a_vacancy_held_is_not_written_by_another_who_would_hold_it_too(transaction: Transactions) -> None:
    ids = [VacancyId(f"internal-{number}") for number in (1, 2)]
    holding = Event()
    with transaction() as tx:
        tx.vacancies.save(a_vacancy(id=each, skills=()) for each in ids)

    def add_skill(skill: str) -> None:
        with transaction() as tx:
            held = tx.vacancies.held(ids if skill == "Python" else reversed(ids))
            holding.set()
            sleep(A_MOMENT)
            tx.vacancies.save(replace(each, skills=(*each.skills, skill)) for each in held.values())

    def second() -> None:
        holding.wait(timeout=30)
        add_skill("Go")

    together(lambda: add_skill("Python"), second)

    with transaction() as tx:
        assert {each.skills for each in tx.vacancies.among(ids).values()} == {("Python", "Go")}


def test_a_profile_made_twice_at_once_is_kept_once(transaction: Transactions) -> None:
    def save() -> None:
        with transaction() as tx:
            tx.users.save(a_user())

    at_once(8, save)

    with transaction() as tx:
        assert tx.users.get(ANNA) == a_user()
