"""The file of erasures: whole, for its owner alone, whoever appends to it and whatever crashes."""

from __future__ import annotations

import fcntl
import json
import resource
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from adapters import erasures
from adapters.erasures import BadErasures, FileErasures, kept_erasures
from adapters.memory.outside import FixedClock
from domain.errors import Unavailable
from domain.identifiers import TelegramId
from tests.builders import ANNA, BORIS, NOW
from tests.log_lines import lines_of, logged

ROOT = Path(__file__).parents[2]
SINCE = '{"time": "2026-03-02T09:30:00Z", "kept_since": true}\n'
APPENDER = """
import sys
from pathlib import Path
from adapters.erasures import FileErasures
from adapters.system import SystemClock
kept = FileErasures(Path(sys.argv[1]), person=lambda number: f"{sys.argv[2]}-{number}", clock=SystemClock())
print("ready", flush=True)
sys.stdin.readline()
for number in range(100):
    kept.note(number)
"""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "erasures.jsonl"


@pytest.fixture
def kept(path: Path, clock: FixedClock) -> FileErasures:
    """Return what notes erasures in a file that has begun."""
    made = FileErasures(path, person=lambda telegram_id: f"person-{telegram_id}", clock=clock)
    made.begin()
    return made


def test_the_file_says_since_when_it_is_kept_and_who_was_erased_when(
    kept: FileErasures, path: Path, clock: FixedClock
) -> None:
    clock.forward(timedelta(hours=1, microseconds=7))
    kept.note(ANNA)

    assert path.read_text("utf-8") == (
        SINCE + '{"time": "2026-03-02T10:30:00.000007Z", "person": "person-700000001"}\n'
    )
    assert kept_erasures(path).since == NOW
    assert kept_erasures(path).erased == ((f"person-{ANNA}", clock.time),)


def test_it_is_for_its_owner_alone(kept: FileErasures, path: Path) -> None:
    kept.note(ANNA)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_begins_once(kept: FileErasures, path: Path, clock: FixedClock) -> None:
    clock.forward(timedelta(days=1))

    kept.begin()

    assert path.read_text("utf-8") == SINCE


def test_a_file_that_was_taken_away_begins_anew_with_the_next_erasure(
    kept: FileErasures, path: Path, clock: FixedClock
) -> None:
    path.unlink()
    clock.forward(timedelta(days=1))

    kept.note(ANNA)

    assert kept_erasures(path).since == clock.time
    assert len(kept_erasures(path).erased) == 1


def test_many_processes_and_threads_append_whole_lines(path: Path) -> None:
    with ExitStack() as processes:
        writers = [processes.enter_context(_appending(path, name)) for name in ("a", "b", "c")]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.close()
        own = FileErasures(path, person=lambda telegram_id: f"d-{telegram_id}", clock=FixedClock(NOW))
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(own.note, map(TelegramId, range(100))))

    assert [writer.returncode for writer in writers] == [0, 0, 0]
    found = [person for person, _ in kept_erasures(path).erased]
    assert sorted(found) == sorted(f"{name}-{number}" for name in "abcd" for number in range(100))
    assert path.read_text("utf-8").count("kept_since") == 1


def _appending(path: Path, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 — our own arguments
        [sys.executable, "-c", APPENDER, str(path), name],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("torn", ["{", '{"time": "2026-03-0', '{"time": "2026-03-02T09:30:00Z", "person": "per'])
def test_a_line_torn_by_a_crash_is_completed_and_told(kept: FileErasures, path: Path, torn: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(torn)

    with logged() as log:
        kept.note(ANNA)
        kept.note(BORIS)

    assert [line["level"] for line in lines_of(log)] == ["warning"]
    assert path.read_text("utf-8").startswith(f'{SINCE}{torn}\n{{"time"')
    found = kept_erasures(path)
    assert [person for person, _ in found.erased] == [f"person-{ANNA}", f"person-{BORIS}"]
    assert found.torn == 1


def test_a_beginning_torn_by_a_crash_is_made_again(kept: FileErasures, path: Path, clock: FixedClock) -> None:
    path.write_text(SINCE[:20], "utf-8")
    clock.forward(timedelta(days=1))

    kept.begin()

    assert kept_erasures(path).since == clock.time
    assert kept_erasures(path).torn == 1


def _in_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("a file where a folder should be", "utf-8")


def _a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("spoil", [_in_a_file, _a_folder])
def test_what_cannot_be_kept_is_unavailable(kept: FileErasures, path: Path, spoil: Callable[[Path], None]) -> None:
    path.unlink()
    spoil(path)

    with logged() as log, pytest.raises(Unavailable, match="erasures_unavailable"):
        kept.note(ANNA)

    assert str(ANNA) not in log.getvalue()
    with pytest.raises(OSError, match=r"."):
        kept.begin()


def test_half_a_line_on_a_full_disk_is_not_taken_for_a_kept_erasure(kept: FileErasures, path: Path) -> None:
    with _room_for(len(SINCE) + 10), logged(), pytest.raises(Unavailable, match="erasures_unavailable"):
        kept.note(ANNA)

    assert path.stat().st_size == len(SINCE) + 10
    kept.note(BORIS)
    assert [person for person, _ in kept_erasures(path).erased] == [f"person-{BORIS}"]


@contextmanager
def _room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes until the block ends."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_who_holds_the_file_for_long_makes_nobody_wait_for_ever(
    kept: FileErasures, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasures, "PATIENCE_SECONDS", 0.1)

    with path.open("a", encoding="utf-8") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        with pytest.raises(Unavailable, match="erasures_unavailable"):
            kept.note(ANNA)

    kept.note(ANNA)
    assert len(kept_erasures(path).erased) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "is not there"),
        ("", "is empty"),
        (SINCE + '{"time": "2026-', "ends in the middle of a line"),
        (SINCE + "a letter\n", r"has a line that cannot be understood \(line 2\)"),
        (SINCE + '{"time": "yesterday", "person": "x"}\n', "cannot be understood"),
        (SINCE + '{"time": "2026-03-02T09:30:00", "person": "x"}\n', "cannot be understood"),
        (SINCE + '{"time": "2026-03-02T09:30:00Z"}\n', "cannot be understood"),
        (SINCE + '{"time": 7, "person": "x"}\n', "cannot be understood"),
        (SINCE + "[]\n", "cannot be understood"),
        ('{"time": "2026-03-02T09:30:00Z", "person": "x"}\n', "does not say in its first line"),
        ('{"time": "2026-03-02T\n', "does not say in its first line"),
        ("\udcff\n", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_relied_on_says_why(tmp_path: Path, text: str | None, why: str) -> None:
    file = tmp_path / "erasures.jsonl"
    if text is not None:
        file.write_text(text, "utf-8", errors="surrogateescape")

    with pytest.raises(BadErasures, match=why):
        kept_erasures(file)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadErasures, match=r"cannot be read \(Is a directory\)"):
        kept_erasures(tmp_path)


def test_every_line_is_an_object_of_its_own(kept: FileErasures, path: Path) -> None:
    kept.note(ANNA)

    assert [sorted(json.loads(line)) for line in path.read_text("utf-8").splitlines()] == [
        ["kept_since", "time"],
        ["person", "time"],
    ]
