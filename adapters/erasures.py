"""The file that remembers who was erased, by pseudonyms alone: a restored backup of the store would bring them back."""

from __future__ import annotations

import errno
import fcntl
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.errors import Unavailable
from domain.identifiers import TelegramId
from domain.outside import Clock

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 5.0
STDIN = Path("-")
_LONGEST_LINE = 512
# What a process that died while it wrote leaves of a line.
_BEGUN = '{"time": "'


class BadErasures(Exception):
    """A file of erasures cannot be relied on; the text says why, in a clause or two."""


class FileErasures:
    """Appends a JSON line for each erasure; any number of processes of one machine may share the file (mode 600).

    Its first line, made with the file, says since when it is kept. A line is on the disk before anybody is erased, so
    whoever's line was torn by a crash was not erased. `person` gives the pseudonym.
    """

    def __init__(self, path: Path, *, person: Callable[[TelegramId], str], clock: Clock) -> None:
        self._path = path
        self._person = person
        self._clock = clock

    def begin(self) -> None:
        """Make the file where there is none. Raises `OSError`."""
        with self._held() as file:
            self._append(file)

    def note(self, telegram_id: TelegramId) -> None:
        try:
            with self._held() as file:
                self._append(file, {"person": self._person(telegram_id)})
        except OSError as error:
            log.warning("an erasure cannot be noted, so nobody is erased: %s", error)
            raise Unavailable("erasures_unavailable") from error

    @contextmanager
    def _held(self) -> Iterator[int]:
        """Open the file, or make it, and keep others from appending to it meanwhile."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not _locked(file):
                # Who holds it that long stands still, and would let every request wait.
                if time.monotonic() > deadline:
                    raise TimeoutError(errno.ETIMEDOUT, "another process holds it")
                time.sleep(0.01)
            yield file
        finally:
            os.close(file)

    def _append(self, file: int, *lines: Mapping[str, object]) -> None:
        beginning, size = os.pread(file, _LONGEST_LINE, 0), os.fstat(file).st_size
        torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
        if torn:
            log.warning("the file of erasures ended in the middle of a line, which is completed now")
        begins = b"\n" not in beginning
        first: list[Mapping[str, object]] = [{"kept_since": True}] if begins else []
        now = self._clock.now().isoformat().replace("+00:00", "Z")
        text = "\n" * torn + "".join(f"{json.dumps({'time': now, **line})}\n" for line in (*first, *lines))
        if os.write(file, text.encode()) < len(text):
            raise OSError(errno.ENOSPC, "not all of it was written")
        os.fsync(file)
        if begins:
            # The file's name has to be there after a loss of power, too.
            folder = os.open(self._path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


@dataclass(frozen=True, kw_only=True)
class KeptErasures:
    """What a file of erasures holds: since when it is kept, who was erased when, and how many lines were torn."""

    since: datetime
    erased: tuple[tuple[str, datetime], ...]
    torn: int


def kept_erasures(path: Path) -> KeptErasures:
    """Read a file that `FileErasures` wrote, `-` for standard input.

    Raises `BadErasures` when not every line of it can be understood.
    """
    try:
        text = (sys.stdin.buffer.read() if path == STDIN else path.read_bytes()).decode()
    except FileNotFoundError:
        raise BadErasures("is not there") from None
    except (OSError, ValueError) as error:
        raise BadErasures(f"cannot be read ({getattr(error, 'strerror', None) or 'it is not UTF-8'})") from None
    if not text.endswith("\n"):
        raise BadErasures("ends in the middle of a line: is it a whole copy?" if text else "is empty")
    since, erased, torn = None, [], 0
    for number, line in enumerate(text.splitlines(), 1):
        # A crash left this; a line made up of whole words that lacks its end was never followed by an erasure.
        if line.startswith(_BEGUN[: len(line)]) and "}" not in line:
            torn += 1
            continue
        try:
            told = json.loads(line)
            at = datetime.fromisoformat(told["time"].replace("Z", "+00:00"))
            if at.tzinfo is None:
                raise ValueError(told["time"])
            if told.get("kept_since") is True:
                since = since or at
            else:
                erased.append((str(told["person"]), at))
        except (AttributeError, KeyError, TypeError, ValueError):
            raise BadErasures(f"has a line that cannot be understood (line {number})") from None
        if since is None:
            raise BadErasures("does not say in its first line since when it is kept")
    if since is None:
        raise BadErasures("does not say in its first line since when it is kept")
    return KeptErasures(since=since, erased=tuple(erased), torn=torn)


def _locked(file: int) -> bool:
    try:
        # The kernel lets go of it when the process ends, even by SIGKILL.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
