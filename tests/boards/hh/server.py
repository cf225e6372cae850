"""The loopback hh.ru's two HTTP servers, for api.hh.ru and for hh.ru."""

from __future__ import annotations

import gzip
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.boards.hh.exchange import Answer, Host, Request
from tests.boards.hh.faults import Fault
from tests.boards.hh.routes import handle
from tests.boards.hh.world import HhRu

_LARGE = 1_000
"""Answers of more bytes are compressed for those who read gzip."""
_DROPS = 20


@contextmanager
def hh_ru(hh: HhRu | None = None, *, port: int = 0, site_port: int = 0) -> Iterator[HhRu]:
    """Run a loopback hh.ru until the block ends; then raise what broke in it, if anything did."""
    hh = hh or HhRu()
    with _Server(hh, "api", port) as api, _Server(hh, "site", site_port) as site:
        hh.api_url, hh.site_url = api.url, site.url
        threads = [Thread(target=server.serve_forever, args=(0.01,)) for server in (api, site)]
        for thread in threads:
            thread.start()
        try:
            yield hh
        finally:
            for server in (api, site):
                server.end()
            for thread in threads:
                thread.join()
    for broken in (*api.broken, *site.broken):
        raise broken


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    # Connections wait here while others are taken; the default of 5 is few for tests of many at once.
    request_queue_size = 128

    def __init__(self, hh: HhRu, host: Host, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.hh = hh
        self.host: Host = host
        self.broken: list[BaseException] = []
        self.closing = Event()
        self._open: set[socket.socket] = set()
        self._lock = Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 — the base class calls it so
        error = sys.exc_info()[1]
        # A client that went away is its own affair.
        if error is not None and not isinstance(error, OSError):
            self.broken.append(error)

    def end(self) -> None:
        """Stop, let every slow answer go and close what clients keep open."""
        self.closing.set()
        self.shutdown()
        with self._lock:
            for connection in self._open:
                # The client may have closed it by itself.
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _serve(self) -> None:
        request = self._request()
        self.server.hh.requests.append(request)
        fault = self.server.hh.faults.take(request) or Fault()
        answer = fault.answer(request) if fault.answer else handle(self.server.hh, request)
        self.server.closing.wait(fault.wait)
        if fault.ends == "lost":
            self.close_connection = True
        else:
            self._send(request, answer, fault)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _serve  # noqa: N815 — so http.server calls them

    def _request(self) -> Request:
        address = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        is_form = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        return Request(
            host=self.server.host,
            method=self.command,
            path=address.path,
            query=parse_qs(address.query, keep_blank_values=True),
            headers=headers,
            form=dict(parse_qsl(body.decode(), keep_blank_values=True)) if is_form else {},
            id=f"{int(time.time() * 1000)}{secrets.token_hex(9)}",
            at=time.monotonic(),
        )

    def _send(self, request: Request, answer: Answer, fault: Fault) -> None:
        body, headers = answer.body, {**answer.headers, "X-Request-ID": request.id}
        if len(body) > _LARGE and "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body, compresslevel=1), "gzip"
        has_body = bool(body) or answer.status not in (204, 304)
        if has_body:
            # As hh.ru's answers have it: chunked, and no Content-Length.
            headers["Transfer-Encoding"] = "chunked"
        self.send_response_only(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if not has_body or self.command == "HEAD":
            return
        for piece in _pieces(body, fault):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            self.server.closing.wait(fault.drip / _DROPS)
        if fault.ends == "cut":
            self.close_connection = True
        else:
            self.wfile.write(b"0\r\n\r\n")


def _pieces(body: bytes, fault: Fault) -> list[bytes]:
    """Return the chunks to send, none of them empty; an empty one would be the end."""
    if fault.ends == "cut":
        body = body[: len(body) // 2]
    size = max(1, -(-len(body) // _DROPS)) if fault.drip else max(1, len(body))
    return [body[start : start + size] for start in range(0, len(body), size)]
