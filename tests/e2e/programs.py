"""The program in processes of its own, on a folder of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection, connect
from typing import Any, TypeVar

from tests.e2e.callers import Caller

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds after which a test gives up waiting; ten times what a busy machine needs."""

BY_WORDS = {"SIMILARITY": "none"}
"""For programs of which something else is asked than scores: loading models takes longer than anything else they do."""

T = TypeVar("T")


def until(found: Callable[[], T | None], what: str, *, seconds: float = PATIENCE, pause: float = 0.02) -> T:
    """Return what `found` returns as soon as that is something; fail after so many seconds."""
    limit = time.monotonic() + seconds
    while (value := found()) is None or value is False:
        assert time.monotonic() < limit, f"{what}: not within {seconds} s"
        time.sleep(pause)
    return value


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def objects(self) -> list[Any]:
        """The JSON of each line of the output."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Program:
    """A command that runs until it is told to end."""

    process: subprocess.Popen[bytes]
    out: Path
    err: Path
    started_at: float

    def wait_for(self, words: str) -> float:
        """Wait until the program says these words; return the seconds since its start."""
        return until(lambda: self._said(words), f"{words!r}; it said {self.err.read_text()!r}")

    def kill(self) -> None:
        """End it, and the processes it answers with, as a loss of power would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def freeze(self) -> None:
        """Let it and its processes stand still."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.killpg(self.process.pid, signal.SIGCONT)

    def terminate(self) -> int:
        """Ask it to end; return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def _said(self, words: str) -> float | None:
        if words in self.out.read_text():
            return time.monotonic() - self.started_at
        assert self.process.poll() is None, f"it ended: {self.err.read_text()}"
        return None


@dataclass
class Server(Program):
    """A command that serves the API."""

    @property
    def url(self) -> str:
        return self._told(r"is up: (\S+)")

    def key(self, kind: str) -> str:
        return self._told(rf"X-{kind.upper()}-KEY\s+(\S+)")

    def caller(self) -> Caller:
        """Return one who holds the keys; callers are not shared among threads."""
        return Caller(self.url, {"X-BOT-KEY": self.key("bot"), "X-PIPELINE-KEY": self.key("pipeline")})

    def _told(self, pattern: str) -> str:
        found = re.search(pattern, self.out.read_text())
        assert found, self.out.read_text()
        return found[1]


P = TypeVar("P", bound=Program)


class Machine:
    """A folder with the data of one installation, and the means to run commands on it."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.marker = str(folder / "marker")
        self._settings = settings
        self._logs = 0

    @property
    def store(self) -> Path:
        return self.data / "job-assistant.sqlite3"

    def run(self, *arguments: str | Path, **settings: str) -> Ended:
        """Run a command to its end."""
        done = subprocess.run(  # noqa: S603 — our own program
            self._command(arguments), capture_output=True, timeout=PATIENCE, cwd=ROOT, env=self._environ(settings)
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    @contextmanager
    def up(self, command: str = "up", **settings: str) -> Iterator[Server]:
        """Serve until the block ends, if nobody ended it before."""
        with self._started(Server, command, settings) as server:
            server.wait_for("Stop with Ctrl+C.")
            yield server

    @contextmanager
    def working(self) -> Iterator[Program]:
        with self.started("worker") as worker:
            worker.wait_for("Working.")
            yield worker

    @contextmanager
    def started(self, command: str, **settings: str) -> Iterator[Program]:
        """Run a command until the block ends, if nobody ended it before."""
        with self._started(Program, command, settings) as program:
            yield program

    def readers(self) -> list[int]:
        """Return the processes that read files for this machine's programs, by number."""
        return [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and self.marker in _command_line(entry)
        ]

    @contextmanager
    def opened(self) -> Iterator[Connection]:
        """Open the SQLite file beside the programs, or after them."""
        with closing(connect(self.store, timeout=PATIENCE, isolation_level=None)) as connection:
            yield connection

    def count(self, query: str, *values: object) -> int:
        with self.opened() as connection:
            return int(connection.execute(query, values).fetchone()[0])

    @contextmanager
    def _started(self, kind: type[P], command: str, settings: dict[str, str]) -> Iterator[P]:
        self._logs += 1
        out, err = (self.folder / f"{name}-{self._logs}.txt" for name in ("out", "err"))
        with out.open("wb") as output, err.open("wb") as errors:
            process = subprocess.Popen(  # noqa: S603 — our own program
                self._command([command]),
                stdout=output,
                stderr=errors,
                cwd=ROOT,
                env=self._environ(settings),
                # A group of its own, so that it can be killed with its processes.
                start_new_session=True,
            )
            program = kind(process, out, err, time.monotonic())
        try:
            yield program
        finally:
            program.kill()

    def _command(self, arguments: Any) -> list[str]:
        return [sys.executable, "-m", "entrypoints.cli", *map(str, arguments)]

    def _environ(self, settings: dict[str, str]) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
            "DATA_DIR": str(self.data),
            "PORT": "0",
            "TRUDVSEM_URL": "none",
            # The readers are given the path of their parent, so that this tells whose they are.
            "PYTHONPATH": self.marker,
            **self._settings,
            **settings,
        }


def _command_line(entry: Path) -> str:
    try:
        command = (entry / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
    return command
