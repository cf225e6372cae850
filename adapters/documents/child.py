"""The child process: reads one file after another within its limits, and ends with its parent."""

from __future__ import annotations

import contextlib
import importlib
import os
import queue
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pypdfium2

from adapters.documents.extraction import extract_text
from adapters.documents.frames import Answer, encoded, read_answer, receive, send
from domain.errors import Refused, Unavailable
from domain.resumes.content import ResumeContent
from domain.resumes.reading import FileLayout

Understand = Callable[[str, FileLayout], ResumeContent]

_FILE_AT_MOST = 1_000_000_000  # bytes; how large a file may be is the caller's matter
_OPEN_FILES_AT_MOST = 64
# The parent ends a slow child. Should the parent be gone too, the system does it this many seconds later.
_ALARM_AFTER = 5.0


def answer(content: bytes, understand: Understand, *, with_text: bool = False) -> Answer:
    """Return what became of the file, with its text where that is asked for; never raises an `Exception`."""
    try:
        read = extract_text(content)
        text = read.text if with_text else None
        return read_answer(understand(read.text, read.layout), read.layout, read.warnings, text)
    except MemoryError:
        return Answer(unavailable="reader_out_of_memory")
    except Refused as refused:
        return Answer(refused=refused.code, data=_plain(refused.data))
    except Unavailable as unavailable:
        return Answer(unavailable=unavailable.code, data=_plain(unavailable.data))
    except Exception:
        # Extracting turns everything into a refusal, so this is the understanding, and our mistake.
        return Answer(unavailable="reader_crashed")


def main(understand: str, memory_mb: int, seconds: float, with_text: bool) -> None:
    """Read files from standard input until it ends, and answer each on what was standard output.

    `understand` is `package.module:function`; `memory_mb` comes on top of what the warm process uses; `seconds` is
    the time the parent allows a file; `with_text` has each file's text answered, too.
    """
    answers = os.fdopen(os.dup(1), "wb")
    # A library that prints must not do so into our frames.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    warnings.simplefilter("ignore")
    files: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    # A thread of its own sees at once that the parent has gone, also in the middle of a file. The system's "signal
    # when the parent dies" would not do: it comes when the *thread* that started us ends.
    threading.Thread(target=_take_in, args=(sys.stdin.buffer, files), daemon=True).start()
    function = _imported(understand)
    _warm_up(function)
    _limit(memory_mb)
    send(answers, b"ready")
    while True:
        content = files.get()
        _alarm(seconds + _ALARM_AFTER)
        reply = _encoded(answer(content, function, with_text=with_text))
        _alarm(0)
        send(answers, reply)


def _take_in(stream: BinaryIO, files: queue.SimpleQueue[bytes]) -> None:
    try:
        while True:
            files.put(receive(stream, at_most=_FILE_AT_MOST))
    finally:
        os._exit(0)


def _imported(path: str) -> Understand:
    module, _, name = path.partition(":")
    function: Understand = getattr(importlib.import_module(module), name)
    return function


def _warm_up(understand: Understand) -> None:
    """Load what the first file would have to wait for."""
    pypdfium2.PdfDocument.new().close()
    with contextlib.suppress(Exception):
        understand("", FileLayout.FREE)


def _encoded(reply: Answer) -> bytes:
    try:
        return encoded(reply)
    except MemoryError:
        return encoded(Answer(unavailable="reader_out_of_memory"))


def _plain(data: dict[str, object]) -> dict[str, str | int]:
    return {name: value if isinstance(value, int) else str(value) for name, value in data.items()}


def _alarm(seconds: float) -> None:
    if sys.platform != "win32":
        # Without a handler the signal ends the process, whatever it is doing.
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit(memory_mb: int) -> None:
    """Limit memory, open files, and forbid written files and core dumps, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    sys.dont_write_bytecode = True
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: _OPEN_FILES_AT_MOST,
    }
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text().split()[0])
        limits[resource.RLIMIT_AS] = pages * resource.getpagesize() + memory_mb * 1024 * 1024
    for kind, limit in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))
