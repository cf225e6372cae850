"""`erase-again`: who had been erased does not come back with a backup."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from adapters.bootstrap import open_platform
from domain.identifiers import TelegramId
from tests.entrypoints.cli.conftest import Run
from tests.entrypoints.installation import ANNA, BORIS, PROFILE

OLD_KEY, NEW_KEY = "operator-key-of-last-year", "operator-key-of-this-year"
FIELDS = {name: value for name, value in PROFILE.items() if name != "telegram_id"}


@pytest.fixture
def restored(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """Give a store in which Anna and Boris are, after a restore; return what stands for them in the logs."""
    monkeypatch.setenv("OPERATOR_KEYS", f"{NEW_KEY},{OLD_KEY}")
    run("migrate")
    platform = open_platform({**os.environ, "OPERATOR_KEYS": OLD_KEY, "DATA_DIR": str(tmp_path / "data")})
    for person in (ANNA, BORIS):
        platform.application.save_user(telegram_id=TelegramId(person), fields=FIELDS)
    (anna,), (boris,) = (platform.pseudonyms_of(TelegramId(person)) for person in (ANNA, BORIS))
    platform.close()
    return {ANNA: anna, BORIS: boris}


def a_log(folder: Path, *lines: dict[str, str]) -> Path:
    log = folder / "api.log"
    noise = 'api-1  | {"time": "2026-11-21T10:00:00.000Z", "event": "request", "person": "0123456789ab"}\nnot JSON\n'
    log.write_text(noise + "".join(f"api-1  | {json.dumps(line)}\n" for line in lines), "utf-8")
    return log


def erased(person: str, time: str) -> dict[str, str]:
    return {"time": time, "level": "info", "event": "erased", "person": person}


def people(tmp_path: Path) -> list[int]:
    platform = open_platform({**os.environ, "DATA_DIR": str(tmp_path / "data")})
    with platform.application.show_user.transaction() as tx:
        ids = list(tx.users.all_ids())
    platform.close()
    return [int(each) for each in ids]


def test_whoever_was_erased_since_the_backup_is_erased_again(
    run: Run, tmp_path: Path, restored: dict[int, str]
) -> None:
    log = a_log(
        tmp_path,
        erased(restored[ANNA], "2026-11-21T10:00:00.000Z"),
        erased(restored[BORIS], "2026-11-19T10:00:00.000Z"),
        erased("ffffffffffff", "2026-11-22T10:00:00.000Z"),
    )

    told = run("erase-again", "--since", "2026-11-20T03:00Z", log)
    before = people(tmp_path)
    done = run("erase-again", "--since", "2026-11-20T03:00Z", "--yes", log)
    again = run("erase-again", "--since", "2026-11-20T03:00Z", "--yes", log)

    assert (told.status, done.status, again.status) == (0, 0, 0)
    assert "Erased since then: 2. Of these in the store again: 1." in told.out
    assert "--yes" in told.out
    assert sorted(before) == sorted([ANNA, BORIS])
    assert people(tmp_path) == [BORIS]
    assert "in the store again: 0." in again.out


def test_a_line_that_was_cut_off_is_told_and_nobody_is_erased(
    run: Run, tmp_path: Path, restored: dict[int, str]
) -> None:
    log = a_log(tmp_path, erased(restored[ANNA], "yesterday"))

    ended = run("erase-again", "--since", "2026-11-20", "--yes", log)

    assert ended.status == 1
    assert "cannot be understood" in ended.err
    assert sorted(people(tmp_path)) == sorted([ANNA, BORIS])
