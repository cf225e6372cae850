"""What lies between n8n and the others: the road to our API, on which calls may be held up, and what operators add."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlsplit

import requests

_HELD_SECONDS = 120.0
_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "host", "content-length", "content-encoding"})


@dataclass(frozen=True)
class Passed:
    """A call of n8n's and how it was answered."""

    method: str
    path: str
    body: bytes = field(repr=False)
    status: int
    answer: bytes = field(repr=False)

    @property
    def told(self) -> Any:
        return json.loads(self.body)

    @property
    def answered(self) -> Any:
        return json.loads(self.answer)


@dataclass
class Road:
    """n8n calls us by it: it hands every call on, byte for byte, to where `leads_to` says, or gives 502.

    `held` says which calls are held up until `opened` is set; these never arrive, and later ones go unhindered.
    """

    leads_to: str | None = None
    held: Callable[[str, Any], bool] = lambda _path, _told: False
    waiting: Event = field(default_factory=Event)
    opened: Event = field(default_factory=Event)
    passed: list[Passed] = field(default_factory=list)
    url: str = ""

    def clear(self, *, leads_to: str | None) -> None:
        """Let it lead there from now on, unhindered, and forget who passed."""
        self.held = lambda _path, _told: False
        self.waiting, self.opened, self.leads_to = Event(), Event(), leads_to
        self.passed.clear()

    def hold(self, held: Callable[[str, Any], bool]) -> None:
        """Hold up the calls of which this is true of their path and their body."""
        self.held = held

    def calls(self, path: str) -> list[Passed]:
        """Return the calls so far whose path begins so, in the order in which they were answered."""
        return [each for each in list(self.passed) if each.path.startswith(path)]

    @property
    def failures(self) -> list[Passed]:
        """Return the calls that told of a failure: a probe asks there, too, and says nothing."""
        return [each for each in self.calls("/n8n/failures") if each.told]

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        to, waiting, opened = self.leads_to, self.waiting, self.opened
        if not opened.is_set() and self.held(path, json.loads(body) if body else None):
            waiting.set()
            opened.wait(_HELD_SECONDS)
            # Whoever asked was killed meanwhile, and could ask no more; if not, n8n asks again.
            return 502, b"{}"
        status, answer = 502, b"{}"
        if to is not None:
            kept = {name: value for name, value in headers.items() if name.lower() not in _HOP}
            try:
                with requests.Session() as calls:
                    calls.trust_env = False
                    told = calls.request(method, to + path, headers=kept, data=body, timeout=100)
                status, answer = told.status_code, told.content
            except requests.RequestException:
                pass
        self.passed.append(Passed(method, path, body, status, answer))
        return status, answer


@dataclass
class Additions:
    """A job board and a language model of the operator's own, which n8n asks by itself."""

    jobs: Any = field(default_factory=list)
    tells: Any = field(default_factory=dict)
    """What the model finds in whatever it is shown; a text is its very words."""
    bare: bool = False
    """The board answers with its list alone, and not with an object that holds it."""
    asked: list[tuple[str, Any]] = field(default_factory=list)
    when_asked: Callable[[], None] = lambda: None
    url: str = ""

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        del method, headers
        told = json.loads(body) if body else None
        self.asked.append((path, told))
        if urlsplit(path).path == "/jobs":
            return 200, json.dumps(self.jobs if self.bare else {"items": self.jobs}).encode()
        self.when_asked()
        content = self.tells if isinstance(self.tells, str) else json.dumps(self.tells, ensure_ascii=False)
        return 200, json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


Answering = Callable[[str, str, dict[str, str], bytes], tuple[int, bytes]]


@contextmanager
def serving(answer: Answering) -> Iterator[str]:
    """Answer on loopback until the block ends; yield the URL."""
    server = _Server(answer)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, answer: Answering) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answering = answer
        self.lock = Lock()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that was killed."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._do("GET")

    def do_POST(self) -> None:
        self._do("POST")

    def log_message(self, *_: Any) -> None:
        """Say nothing: tests look at what passed."""

    def _do(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, answer = self.server.answering(method, self.path, dict(self.headers.items()), body)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
