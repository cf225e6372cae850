"""The folder of embedded mode belongs to one process and its keys to one owner."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.data_folder import AlreadyRunning, kept_keys, made_key, make, take
from adapters.settings import BadSetting

HOLDER = """
import sys
from pathlib import Path
from adapters.data_folder import take
held = take(Path(sys.argv[1]), alone=True)
print("taken", flush=True)
sys.stdin.read()
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_and_the_database_in_it_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"

    make(folder)
    make(folder)

    assert mode(folder) == 0o700
    assert {path.name: mode(path) for path in folder.iterdir()} == {"job-assistant.sqlite3": 0o600}


def test_a_folder_that_cannot_be_made_names_the_setting(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    for place in (file, file / "below"):
        with pytest.raises(BadSetting, match=r"^DATA_DIR: .*file"):
            make(place)


@pytest.mark.parametrize(("first", "second"), [(True, True), (True, False), (False, True)])
def test_who_wants_the_folder_alone_shares_it_with_nobody(tmp_path: Path, first: bool, second: bool) -> None:
    with take(tmp_path, alone=first), pytest.raises(AlreadyRunning, match=str(tmp_path)):
        take(tmp_path, alone=second)

    take(tmp_path, alone=second).close()


def test_those_who_are_not_alone_share_the_folder(tmp_path: Path) -> None:
    with take(tmp_path, alone=False), take(tmp_path, alone=False), pytest.raises(AlreadyRunning):
        take(tmp_path, alone=True)


def test_a_process_that_is_killed_lets_go_of_its_folder(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 — our own program
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"taken\n"
            with pytest.raises(AlreadyRunning):
                take(tmp_path, alone=False)
        finally:
            holder.kill()

    take(tmp_path, alone=True).close()


def test_keys_are_made_once_and_kept_for_their_owner_alone(tmp_path: Path) -> None:
    made = kept_keys(tmp_path, ("bot", "pipeline"))

    assert set(made) == {"bot", "pipeline"}
    assert made["bot"] != made["pipeline"]
    assert all(len(key) >= 32 for key in made.values())
    assert kept_keys(tmp_path, ("bot", "pipeline")) == made
    assert mode(tmp_path / "keys.json") == 0o600


def test_the_mode_of_new_files_of_this_process_does_not_loosen_that_of_the_keys(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        kept_keys(tmp_path, ("bot",))
    finally:
        os.umask(before)

    assert mode(tmp_path / "keys.json") == 0o600


def test_asking_for_one_kind_loses_no_other(tmp_path: Path) -> None:
    both = kept_keys(tmp_path, ("bot", "pipeline"))

    one = kept_keys(tmp_path, ("bot",))
    more = kept_keys(tmp_path, ("bot", "operator"))

    assert one == {"bot": both["bot"]}
    assert more["bot"] == both["bot"]
    assert json.loads((tmp_path / "keys.json").read_text("utf-8")) == {**both, **more}


def test_a_key_that_was_made_is_found_and_none_is_made_by_looking(tmp_path: Path) -> None:
    assert made_key(tmp_path, "bot") is None
    assert not (tmp_path / "keys.json").exists()

    made = kept_keys(tmp_path, ("bot",))

    assert (made_key(tmp_path, "bot"), made_key(tmp_path, "pipeline")) == (made["bot"], None)


@pytest.mark.parametrize("content", ['{"bot": ', "[]", "\xff", '"bot"'])
def test_a_damaged_file_of_keys_is_told_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    file = tmp_path / "keys.json"
    file.write_bytes(content.encode("latin-1"))

    with pytest.raises(BadSetting, match=r"keys\.json is damaged"):
        kept_keys(tmp_path, ("bot",))

    assert file.read_bytes() == content.encode("latin-1")
