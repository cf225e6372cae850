"""`erase-again`: who had been erased does not come back with a backup."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from adapters.bootstrap import open_platform
from domain.identifiers import TelegramId
from tests.entrypoints.cli.conftest import Run
from tests.entrypoints.installation import ANNA, BORIS, PROFILE

OLD_KEY, NEW_KEY = "operator-key-of-last-year", "operator-key-of-this-year"
FIELDS = {name: value for name, value in PROFILE.items() if name != "telegram_id"}
REGISTERED = datetime(2026, 11, 19, 8, tzinfo=timezone.utc)


@pytest.fixture
def restored(run: Run, monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """Give a store in which Anna and Boris are, after a restore; return what stood for them before a change of keys."""
    monkeypatch.setenv("OPERATOR_KEYS", f"{NEW_KEY},{OLD_KEY}")
    run("migrate")
    with closing(open_platform({**os.environ, "OPERATOR_KEYS": OLD_KEY})) as platform:
        for person in (ANNA, BORIS):
            user = platform.application.save_user(telegram_id=TelegramId(person), fields=FIELDS).value
            with platform.application.show_user.transaction() as tx:
                tx.users.erase(user.telegram_id)
                tx.users.save(replace(user, created_at=REGISTERED))
        return {
            person: pseudonym for person in (ANNA, BORIS) for pseudonym in platform.pseudonyms_of(TelegramId(person))
        }


def kept(file: Path, *erased: tuple[str, str], since: str = "2026-11-01T00:00:00.5Z") -> Path:
    """Write a file of erasures, of each the person and the time."""
    file.parent.mkdir(exist_ok=True)
    lines: list[dict[str, object]] = [{"time": since, "kept_since": True}]
    lines += [{"time": time, "person": person} for person, time in erased]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return file


def own_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "erasures.jsonl"


def people() -> list[int]:
    with closing(open_platform(os.environ)) as platform, platform.application.show_user.transaction() as tx:
        return [int(each) for each in tx.users.all_ids()]


def test_whoever_was_erased_since_the_backup_is_erased_again(
    run: Run, tmp_path: Path, restored: dict[int, str]
) -> None:
    kept(
        own_file(tmp_path),
        (restored[BORIS], "2026-11-19T10:00:00Z"),
        (restored[ANNA], "2026-11-21T10:00:00.000001Z"),
        ("ffffffffffff", "2026-11-22T10:00:00Z"),
    )

    told = run("erase-again", "--since", "2026-11-20T03:00Z")
    before = people()
    done = run("erase-again", "--since", "2026-11-20T03:00Z", "--yes")
    again = run("erase-again", "--since", "2026-11-20T03:00Z", "--yes")

    assert (told.status, done.status, again.status) == (0, 0, 0)
    assert "Erased since then: 2. Of these in the store again: 1." in told.out
    assert "--yes" in told.out
    assert before == [ANNA, BORIS]
    assert people() == [BORIS]
    assert "in the store again: 0." in again.out


def test_whoever_registered_anew_after_the_erasure_stays(run: Run, tmp_path: Path, restored: dict[int, str]) -> None:
    kept(own_file(tmp_path), (restored[ANNA], "2026-11-19T07:59:59Z"), (restored[BORIS], "2026-11-19T08:00:01Z"))

    run("erase-again", "--since", "2026-11-10", "--yes")

    assert people() == [ANNA]


def test_what_was_erased_after_a_given_time_can_be_left_out(run: Run, tmp_path: Path, restored: dict[int, str]) -> None:
    kept(own_file(tmp_path), (restored[ANNA], "2026-11-21T10:00:00Z"), (restored[BORIS], "2026-11-21T12:00:00Z"))

    run("erase-again", "--since", "2026-11-20", "--until", "2026-11-21T11:00Z", "--yes")

    assert people() == [BORIS]


def test_files_of_several_machines_are_read_together(run: Run, tmp_path: Path, restored: dict[int, str]) -> None:
    one = kept(tmp_path / "one.jsonl", (restored[ANNA], "2026-11-21T10:00:00Z"))
    other = kept(tmp_path / "other.jsonl", (restored[BORIS], "2026-11-21T10:00:00Z"))

    done = run("erase-again", "--since", "2026-11-20", "--yes", one, other)

    assert done.status == 0
    assert people() == []


def test_a_copy_may_come_by_standard_input(
    run: Run, tmp_path: Path, restored: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = kept(tmp_path / "copy.jsonl", (restored[ANNA], "2026-11-21T10:00:00Z"))

    with copy.open(encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        done = run("erase-again", "--since", "2026-11-20", "--yes", "-")

    assert done.status == 0
    assert people() == [BORIS]


def test_an_erasure_by_this_installation_is_found_after_a_restore(
    run: Run, tmp_path: Path, restored: dict[int, str]
) -> None:
    kept(own_file(tmp_path))
    with closing(open_platform(os.environ)) as platform:
        anna = platform.application.show_user(telegram_id=TelegramId(ANNA))
        platform.application.erase_user(telegram_id=anna.telegram_id)
        with platform.application.show_user.transaction() as tx:
            tx.users.save(anna)

    run("erase-again", "--since", "2026-11-20", "--yes")

    assert ANNA in restored
    assert people() == [BORIS]


def test_a_file_that_is_younger_than_the_backup_is_refused_and_can_be_read_from_its_beginning(
    run: Run, tmp_path: Path, restored: dict[int, str]
) -> None:
    erasures = kept(own_file(tmp_path), (restored[ANNA], "2026-11-21T10:00:00Z"), since="2026-11-20T17:30:00.999999Z")

    refused = run("erase-again", "--since", "2026-11-20T17:29:59Z", "--yes")
    before = people()
    done = run("erase-again", "--since", "2026-11-20T17:30:00Z", "--yes")

    assert refused.status == 1
    assert f"{erasures} begins on 2026-11-20T17:30:00Z, the backup is older" in refused.err
    assert before == [ANNA, BORIS]
    assert done.status == 0
    assert people() == [BORIS]


def test_without_its_file_nobody_can_tell_who_was_erased(run: Run, tmp_path: Path, restored: dict[int, str]) -> None:
    refused = run("erase-again", "--since", "2026-11-20", "--yes")

    assert refused.status == 1
    assert f"{own_file(tmp_path)} is not there; nobody is erased" in refused.err
    assert people() == list(restored)


def test_a_line_that_cannot_be_understood_is_told_and_nobody_is_erased(
    run: Run, tmp_path: Path, restored: dict[int, str]
) -> None:
    kept(own_file(tmp_path), (restored[ANNA], "2026-11-21T10:00:00Z"), (restored[BORIS], "yesterday"))

    refused = run("erase-again", "--since", "2026-11-20", "--yes")

    assert refused.status == 1
    assert "a line that cannot be understood (line 3); nobody is erased" in refused.err
    assert people() == [ANNA, BORIS]


def test_a_line_that_a_crash_tore_is_told_and_passed_over(run: Run, tmp_path: Path, restored: dict[int, str]) -> None:
    erasures = kept(own_file(tmp_path), (restored[ANNA], "2026-11-21T10:00:00Z"))
    with erasures.open("a", encoding="utf-8") as file:
        file.write('{"time": "2026-11-21T10:\n')

    done = run("erase-again", "--since", "2026-11-20", "--yes")

    assert done.status == 0
    assert "1 line(s) torn by a crash" in done.err
    assert people() == [BORIS]
