"""The HTTP server that carries the API in this very process."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask

from adapters.bootstrap import Platform
from entrypoints.api.app import largest_body
from entrypoints.api.problems import of_unread
from entrypoints.api.wsgi import api_of

_CONNECTIONS = 1_000
_GRACE_SECONDS = 5


def listening(platform: Platform) -> Any:
    """Return a server bound to the configured address. Raises `OSError` when that cannot be."""
    settings = platform.settings
    app = api_of(platform)
    try:
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.api_threads,
            connection_limit=_CONNECTIONS,
            # Somewhat above our own limit, up to which a body is read before it is refused; beyond it none is.
            max_request_body_size=2 * largest_body(platform.settings.max_upload_mb * 2**20),
            ident=None,
        )
    except ValueError:
        # What waitress makes of a host name that is not known.
        raise OSError(errno.EADDRNOTAVAIL, "no such address") from None
    answer_unread(server, app)
    return server


def answer_unread(server: Any, app: Flask) -> None:
    """Let the app word what the server answers to requests that it cannot read, or will not."""
    channel = type("Channel", (HTTPChannel,), {"error_task_class": partial(_Unread, app), "parser_class": _Parser})
    # Several sockets, as for a name with several addresses, are servers of their own.
    for each in (server, *getattr(server, "map", {}).values()):
        if isinstance(each, BaseWSGIServer):
            each.channel_class = channel


class _Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress tells no types
    """Takes a length of thousands of digits for one that it cannot read, too."""

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError:
            raise ParsingError("Content-Length is invalid") from None


class _Unread(ErrorTask):  # type: ignore[misc]  # waitress tells no types
    """Answers a request that the server could not read, or would not, in the API's own way."""

    def __init__(self, app: Flask, channel: HTTPChannel, request: Any) -> None:
        super().__init__(channel, request)
        self._app = app

    def execute(self) -> None:
        # Of a request that is broken much may be missing; names are as WSGI has them.
        told = {f"HTTP_{name}": value for name, value in self.request.headers.items()}
        answer = of_unread(self._app, self.request.error.code, method=getattr(self.request, "command", ""), told=told)
        body = answer.get_data()
        self.status = answer.status
        self.response_headers.extend(answer.headers)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def address(server: Any, host: str) -> str:
    """Return where the server listens, as a URL."""
    return url_of(host, getattr(server, "effective_port", None) or server.effective_listen[0][1])


def url_of(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


@contextmanager
def serving(server: Any) -> Iterator[None]:
    """Serve in a thread of its own until the block ends; what is being answered then is finished first."""
    thread = threading.Thread(target=server.run, name="server", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop(server)
        thread.join(_GRACE_SECONDS)


def stop(server: Any) -> None:
    """Let the requests under way end, then close the sockets."""
    server.task_dispatcher.shutdown(cancel_pending=False, timeout=_GRACE_SECONDS)
    trigger = getattr(server, "trigger", None)
    if trigger is None:
        # Several sockets, as for a name with several addresses, have no trigger in common.
        server.close()
        return

    def close() -> None:
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.close()

    # In the thread that waits on the sockets: closed under its feet they would be an error there.
    trigger.pull_trigger(close)


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl+C does."""

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 — the signal module's signature
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, before)
