"""What was submitted last is current, whatever is finished last; who leaves in the middle is gone."""

from __future__ import annotations

from tests.e2e.callers import Caller
from tests.e2e.programs import Machine, until
from tests.e2e.samples import slow_file, variation


def test_a_form_sent_after_many_files_stays_current_when_they_are_read(caller: Caller, person: int) -> None:
    # The two readers are busy with the slow ones for a while, so that the rest has to wait.
    files = [*(("slow.rtf", slow_file(number)) for number in range(2)), *map(variation, range(6))]
    uploads = [caller.send(person, name, content)["upload_id"] for name, content in files]
    caller.submit(person, desired_position="Смотритель маяка")

    pending = [caller.upload(person, upload)["status"] for upload in uploads]
    at_once = caller.get(f"/resume/{person}")
    ended = [caller.parsed(person, upload)["status"] for upload in uploads]
    later = caller.get(f"/resume/{person}")

    assert {"queued", "parsing"} & set(pending)
    assert at_once["desired_position"] == "Смотритель маяка"
    assert ended == ["parsed"] * 8
    assert later == at_once
    assert len(caller.history("resume", person)) == 9


def test_a_file_sent_after_a_form_becomes_current_when_it_is_read(caller: Caller, person: int) -> None:
    caller.submit(person, desired_position="Смотритель маяка")
    upload = caller.send(person, *variation(1))["upload_id"]

    before = caller.get(f"/resume/{person}")
    caller.parsed(person, upload)
    after = caller.get(f"/resume/{person}")

    assert before["desired_position"] == "Смотритель маяка"
    assert after["upload_id"] == upload
    assert "Водитель" in after["desired_position"]


def test_a_file_read_late_does_not_overtake_one_sent_after_it(shared: Machine, caller: Caller, person: int) -> None:
    slow = caller.send(person, "slow.rtf", slow_file())["upload_id"]
    quick = caller.send(person, *variation(1))["upload_id"]

    ended = [caller.parsed(person, upload)["status"] for upload in (quick, slow)]
    with shared.opened() as connection:
        order = connection.execute("SELECT id FROM uploads WHERE telegram_id = ? ORDER BY finished_at", (person,))
        finished = [upload for (upload,) in order]

    assert ended == ["parsed", "parsed"]
    assert finished == [quick, slow]
    assert caller.get(f"/resume/{person}")["upload_id"] == quick
    assert [each["upload_id"] for each in caller.history("resume", person)] == [quick, slow]


def test_who_is_erased_while_their_file_is_read_stays_erased(shared: Machine, caller: Caller, person: int) -> None:
    upload = caller.send(person, "slow.rtf", slow_file())["upload_id"]
    until(lambda: caller.upload(person, upload)["status"] == "parsing", "a worker has the file", pause=0.002)

    caller.erase(person)
    caller.welcome(person)
    # The same file takes as long again: when it is read, the first one is done with for sure.
    again = caller.send(person, "slow.rtf", slow_file())["upload_id"]
    caller.parsed(person, again)

    assert caller.ask("GET", f"/resume/file/{person}/{upload}").status_code == 404
    assert [each["upload_id"] for each in caller.history("resume", person)] == [again]
    assert shared.count("SELECT count(*) FROM resumes WHERE upload_id = ?", upload) == 0
    assert shared.count("SELECT count(*) FROM files WHERE upload_id = ?", upload) == 0
