"""Работа России on loopback, as its clients describe it; also `python -m tests.boards.trudvsem --port 0`."""

from __future__ import annotations

import argparse
import json
import re
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.boards.trudvsem_vacancies import invented_vacancies

BASE = "/api/v1"
OFFSETS = ("pages", "items")
_PATH = re.compile(rf"{BASE}/vacancies(?:/region/(?P<region>\d+)|/company/ogrn/(?P<ogrn>\d+))?")
_WORD = re.compile(r"[\w+#]+")
_STEM = 5
_BLOCKED = b"<!DOCTYPE html><html><body>\xd0\x94\xd0\xbe\xd1\x81\xd1\x82\xd1\x83\xd0\xbf</body></html>"


@dataclass(frozen=True)
class Trouble:
    """What happens instead of an answer: a status, a body, a wait, a connection that is cut in the middle."""

    status: int = 200
    body: bytes = b'{"status": "500", "message": "Internal error"}'
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    cut: bool = False
    answers: bool = False
    """Whether the usual answer follows, late or cut."""


TROUBLES = {
    "429": Trouble(429),
    "429-told": Trouble(429, headers={"Retry-After": "1"}),
    "500": Trouble(500),
    "502": Trouble(502, b"<html><h1>502 Bad Gateway</h1></html>", "text/html"),
    "503": Trouble(503, b"", "text/plain"),
    "400": Trouble(400),
    "404": Trouble(404),
    "403": Trouble(403, _BLOCKED, "text/html"),
    "451": Trouble(451, _BLOCKED, "text/html"),
    "302": Trouble(302, b"", "text/html", {"Location": "https://trudvsem.ru/"}),
    "html": Trouble(200, _BLOCKED, "text/html"),
    "broken-json": Trouble(200, b'{"status": "200", "results": {"vacancies": [{'),
    "text": Trouble(200, b'"\xd0\xa1\xd0\xb5\xd1\x80\xd0\xb2\xd0\xb8\xd1\x81"'),
    "results-text": Trouble(200, b'{"status": "200", "results": "\xd0\x9d\xd0\xb5\xd1\x82"}'),
    "status-500": Trouble(200, b'{"status": "500", "meta": {}, "results": {}}'),
    "status-429": Trouble(200, b'{"status": "429", "results": null}'),
    "slow": Trouble(wait=30.0, answers=True),
    "late": Trouble(wait=0.3, answers=True),
    "cut": Trouble(cut=True, answers=True),
    "hang-up": Trouble(cut=True),
}


@dataclass
class Board:
    """What it holds and how it answers. `asked` notes each request's path and parameters.

    `offset` counts pages or items; `empty` is what stands for nothing found; `troubles` befall the next requests one
    by one, and `always` all others.
    """

    vacancies: Sequence[Any] = field(default_factory=invented_vacancies)
    offset: str = "pages"
    empty: Any = field(default_factory=dict)
    status: str = "200"
    tells_total: bool = True
    largest_page: int = 100
    troubles: deque[Trouble] = field(default_factory=deque)
    always: Trouble | None = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    user_agents: set[str] = field(default_factory=set)
    url: str = ""

    def trouble(self, *names: str) -> None:
        """Let these befall the next requests."""
        self.troubles += [TROUBLES[name] for name in names]

    def answer(self, path: str, params: Mapping[str, str]) -> tuple[int, Any]:
        """Return the status and what it answers."""
        found = _PATH.fullmatch(path)
        if found is None:
            return 404, {"status": "404", "message": "Not found"}
        limit = max(0, min(int(params.get("limit", "20")), self.largest_page))
        hits = [each for each in self.vacancies if _hit(each, found["region"], found["ogrn"], params.get("text", ""))]
        offset = int(params.get("offset", "0"))
        start = offset * limit if self.offset == "pages" else offset
        page = hits[start : start + limit]
        return 200, {
            "status": self.status,
            "request": {"api": "v1"},
            "meta": {"total": len(hits), "limit": limit} if self.tells_total else {"limit": limit},
            "results": {"vacancies": [{"vacancy": each} for each in page]} if page else self.empty,
        }


@contextmanager
def running_board(board: Board, *, port: int = 0) -> Iterator[Board]:
    """Serve the board, whose `url` is then its base, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            params = dict(parse_qsl(parts.query))
            board.asked.append((parts.path.removeprefix(BASE), params))
            board.user_agents.add(self.headers.get("User-Agent", ""))
            trouble = board.troubles.popleft() if board.troubles else board.always
            if trouble is not None:
                stopped.wait(trouble.wait)
            if trouble is None or trouble.answers:
                status, told = board.answer(parts.path, params)
                body, kind = json.dumps(told, ensure_ascii=False).encode(), "application/json;charset=UTF-8"
                headers: Mapping[str, str] = {}
            else:
                status, body, kind, headers = trouble.status, trouble.body, trouble.content_type, trouble.headers
            cut = trouble is not None and trouble.cut
            with suppress(OSError):
                self._say(status, body, kind, headers, cut=cut, at_once=cut and not (trouble and trouble.answers))

        def _say(
            self, status: int, body: bytes, kind: str, headers: Mapping[str, str], *, cut: bool, at_once: bool
        ) -> None:
            self.close_connection = True
            if at_once:
                return
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the library's own name
            """Say nothing."""

    stopped = threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        server.daemon_threads = True
        board.url = f"http://127.0.0.1:{server.server_address[1]}{BASE}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield board
        finally:
            stopped.set()
            server.shutdown()
            thread.join(10)


def _hit(vacancy: Any, region: str | None, ogrn: str | None, text: str) -> bool:
    """Whether a vacancy lies in the region (2 or 13 digits), is the company's, and has every word of the text."""
    of_region, of_company = vacancy.get("region"), vacancy.get("company")
    code = of_region.get("region_code", "") if isinstance(of_region, dict) else ""
    number = of_company.get("ogrn") if isinstance(of_company, dict) else None
    if (region is not None and code[:2] != region[:2]) or (ogrn is not None and number != ogrn):
        return False
    asked = vacancy.get("requirement")
    told = (vacancy.get("job-name"), vacancy.get("duty"), asked.get("qualification") if isinstance(asked, dict) else "")
    words = {_stem(word) for word in _WORD.findall(" ".join(map(str, told)))}
    return all(_stem(word) in words for word in _WORD.findall(text))


def _stem(word: str) -> str:
    return word.casefold().replace("ё", "е")[:_STEM]


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve an invented Работа России on loopback until interrupted.")
    parser.add_argument("--port", type=int, default=0, help="0 (the default) for any that is free")
    parser.add_argument("--offset", choices=OFFSETS, default="pages", help="what `offset` counts")
    parser.add_argument("--trouble", choices=sorted(TROUBLES), help="what befalls every request")
    told = parser.parse_args()
    board = Board(offset=told.offset, always=TROUBLES[told.trouble] if told.trouble else None)
    with running_board(board, port=told.port), suppress(KeyboardInterrupt):
        print(board.url, flush=True)  # noqa: T201 — whoever starts it must learn where it is
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
