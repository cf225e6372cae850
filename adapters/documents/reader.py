"""The résumé reader that works in warm child processes, so that no file can hurt the program."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import BinaryIO, cast

from adapters.documents.frames import Answer, decoded, receive, send
from adapters.documents.recognise import recognise
from domain.errors import Unavailable
from domain.resumes.reading import FileType, ReadResume

_START_SECONDS = 60.0
_END_SECONDS = 2.0
# Isolated (-I): no site of the user, no variables, no current folder; only the parent's own path.
_BOOT = (
    "import json, sys; path, settings = json.loads(sys.argv[1]); sys.path[:] = path; "
    "from adapters.documents.child import main; main(**settings)"
)
# No secrets among these: the child works on strangers' files.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "VIRTUAL_ENV")


class ChildProcessReader:
    """Reads files in up to `processes` child processes, which start when needed, or by `warm`, and stay.

    `understand` names the function `(text: str, layout: FileLayout) -> ResumeContent` as `package.module:function`;
    the child imports it. `timeout` is in seconds a file, `memory_mb` on top of what a warm child uses; after
    `uses_before_renewal` files a fresh child takes over. Threads share a reader: more callers than processes wait,
    up to `wait` seconds. `with_text` has the text of each file handed over, too. Besides the port's codes `read`
    raises `Unavailable`: `reader_busy` and `reader_closed`.
    """

    def __init__(
        self,
        understand: str,
        *,
        processes: int = 1,
        timeout: float = 20.0,
        memory_mb: int = 1024,
        uses_before_renewal: int = 200,
        wait: float = 60.0,
        with_text: bool = False,
    ) -> None:
        self._settings = {"understand": understand, "memory_mb": memory_mb, "seconds": timeout, "with_text": with_text}
        self._processes = processes
        self._timeout = timeout
        self._uses_before_renewal = uses_before_renewal
        self._wait = wait
        self._lock = threading.Lock()
        self._closed = False
        self._fill()

    def recognise(self, content: bytes) -> FileType:
        return recognise(content)

    def read(self, content: bytes) -> ReadResume:
        recognise(content)
        child = self._take()
        try:
            if child is not None and not child.is_alive():
                child.end()
                child = None
            if child is None:
                child = _Child(self._settings)
            answer = child.ask(content, self._timeout)
        except BaseException:
            # Also an interrupt of the caller: the child is in the middle of something.
            self._give_back(child, ended=True)
            raise
        self._give_back(child, ended=child.uses >= self._uses_before_renewal or answer.unavailable is not None)
        return answer.value()

    def warm(self) -> None:
        """Start the children that are not there yet, in the background."""
        threading.Thread(target=self._start_missing, name="reader-warm-up", daemon=True).start()

    def close(self) -> None:
        """End the children; one that is at work ends after its file."""
        with self._lock:
            self._closed = True
        while True:
            try:
                child = self._slots.get_nowait()
            except queue.Empty:
                return
            if child is not None:
                child.end()

    def __enter__(self) -> ChildProcessReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _fill(self) -> None:
        # Last in, first out: the child used last is the warmest one. `None` is a child not started yet.
        self._slots: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(self._processes):
            self._slots.put(None)
        self._owner = os.getpid()

    def _take(self) -> _Child | None:
        with self._lock:
            if self._closed:
                raise Unavailable("reader_closed")
            if self._owner != os.getpid():
                # We were forked: the children are our parent's.
                self._fill()
        try:
            return self._slots.get(timeout=self._wait)
        except queue.Empty:
            raise Unavailable("reader_busy") from None

    def _give_back(self, child: _Child | None, *, ended: bool = False) -> None:
        with self._lock:
            closed = self._closed
            if not closed:
                self._slots.put(None if ended else child)
        if child is not None and (ended or closed):
            child.end()
            if not closed:
                self.warm()

    def _start_missing(self) -> None:
        taken: list[_Child | None] = []
        with contextlib.suppress(queue.Empty):
            while True:
                taken.append(self._slots.get_nowait())
        for child in taken:
            fresh = child
            if fresh is None:
                # What hinders the start now, the next file's reader will see and say.
                with contextlib.suppress(Unavailable):
                    fresh = _Child(self._settings)
            self._give_back(fresh)


class _Child:
    """One child process, started and warm; raises `Unavailable` when it does not come up."""

    def __init__(self, settings: Mapping[str, object]) -> None:
        self.uses = 0
        self._expired = False
        path = [os.path.abspath(entry) for entry in sys.path]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-I", "-c", _BOOT, json.dumps([path, settings])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            # A session of its own: Ctrl-C at the terminal is the parent's to handle.
            start_new_session=True,
        )
        self._files = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        try:
            self._exchange(None, _START_SECONDS)
        except Unavailable:
            self.end()
            raise

    def is_alive(self) -> bool:
        return not self._expired and self._process.poll() is None

    def ask(self, content: bytes, seconds: float) -> Answer:
        """Return the child's answer; raise `Unavailable` if it dies (`reader_crashed`) or is too slow."""
        self.uses += 1
        frame = self._exchange(content, seconds)
        try:
            return decoded(frame)
        except ValueError as error:
            raise Unavailable("reader_crashed") from error

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self._files.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
            self._process.wait()
        self._answers.close()

    def _exchange(self, content: bytes | None, seconds: float) -> bytes:
        # A timer that kills, rather than waiting with a timeout: both pipes then come to their end on any system.
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            if content is not None:
                send(self._files, content)
            return receive(self._answers)
        except (OSError, EOFError, ValueError) as error:
            raise Unavailable("reader_timeout" if self._expired else "reader_crashed") from error
        finally:
            timer.cancel()
            # From here on nobody kills by a number that may have become another process's.
            timer.join()

    def _expire(self) -> None:
        self._expired = True
        self._kill()

    def _kill(self) -> None:
        if sys.platform == "win32":
            self._process.kill()
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
