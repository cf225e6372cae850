"""A server's process: started without rights, stopped or killed, and never left behind."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PATIENCE = 30
"""Seconds a server may take to start or to stop."""

_ROOM = range(20_000, 32_000)
"""Ports below those the system gives to clients: while a server is down, no client may take its port by chance."""

# A run of tests that is killed cleans nothing up. Then its end of the pipe closes, and this ends the server instead.
_WATCH = 'read -r _; kill -s INT "$1"; while kill -s 0 "$1"; do sleep 0.1; done; rm -rf "$2"'


class NoServer(Exception):
    """There is neither a server to start nor the address of one that runs."""


def installed(package: str, *, inside: str, otherwise: str) -> Path:
    """Return the folder of that name in the package, or raise `NoServer`; `otherwise` names the variable to set."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise NoServer(f"Install the extra `test` (package {package}), or set {otherwise} to the URL of a server.")
    return Path(spec.origin).parent / inside


def free_port() -> int:
    for _ in range(100):
        port = _ROOM[secrets.randbelow(len(_ROOM))]
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise NoServer("no free port was found")


def own_folder() -> Path:
    """Make a temporary folder that belongs to whoever will run the server."""
    folder = Path(tempfile.mkdtemp(prefix="job-assistant-"))
    _give_away(folder)
    return folder


def executable(folder: Path, program: str, *, copy_to: Path) -> Path:
    """Return the path of the program in the folder, or in a copy of it where the server's account may run it."""
    file = folder / program
    try:
        run_to_end([file, "--version"])
    except PermissionError:
        # Python's packages lie in a home that is closed to others.
        shutil.copytree(folder, copy_to, dirs_exist_ok=True)
        for path in (copy_to, *copy_to.rglob("*")):
            _give_away(path)
        file = copy_to / program
    return file


def run_to_end(command: Sequence[str | Path]) -> None:
    """Run the command; raise `NoServer` with what it printed when it fails."""
    ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, **_as_the_account())  # noqa: S603 — our own arguments
    if ran.returncode != 0:
        raise NoServer(f"{command[0]} failed:\n{ran.stdout}{ran.stderr}")


class ServerProcess:
    """A running server. Its output goes to the file `log` in its folder, which is removed if the tests are killed."""

    def __init__(self, command: Sequence[str | Path], *, folder: Path, is_ready: Callable[[int], bool]) -> None:
        log = folder / "log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 — our own arguments
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **_as_the_account()
            )
        self._watch = subprocess.Popen(  # noqa: S603 — our own arguments
            ["/bin/sh", "-c", _WATCH, "sh", str(self._process.pid), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **_as_the_account(),
        )
        try:
            self._wait_until(is_ready, log)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill the process and all its children at once, as a loss of power would."""
        if self._process.poll() is None:
            # Stopped first, so that it starts no more children meanwhile.
            self._process.send_signal(signal.SIGSTOP)
            for child in _children(self._process.pid):
                os.kill(child, signal.SIGKILL)
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Let it stand still: it takes connections and answers nothing."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def _wait_until(self, is_ready: Callable[[int], bool], log: Path) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_ready(self._process.pid):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise NoServer(f"{self._process.args!r} did not start:\n{log.read_text(errors='replace')[-2_000:]}")
            time.sleep(0.01)

    def _end(self, number: signal.Signals) -> None:
        self._watch.kill()
        self._watch.communicate()
        self._process.send_signal(number)
        try:
            self._process.wait(timeout=PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()


def _children(pid: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name stands in brackets and may contain anything; after it come the state and the parent.
            parent = status.read_text().rpartition(")")[2].split()[1]
        except OSError:
            # It has just ended.
            continue
        if int(parent) == pid:
            yield int(status.parent.name)


def _account() -> pwd.struct_passwd | None:
    """Return whom a server runs as: PostgreSQL refuses to run as root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _give_away(path: Path) -> None:
    account = _account()
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def _as_the_account() -> dict[str, Any]:
    account = _account()
    # Variables such as PGPORT would reach the server; an interrupt from the keyboard would end it before the tests.
    settings: dict[str, Any] = {"env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}, "cwd": "/", "start_new_session": True}
    if account is not None:
        settings.update(user=account.pw_uid, group=account.pw_gid, extra_groups=[])
    return settings
