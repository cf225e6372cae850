"""One HTTP exchange on a connection of its own, which is cut when its time is up."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import ClassVar, cast

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool


class Deadline:
    """Cuts the connection that it watches after so many seconds, whatever the other side is doing.

    Timeouts of sockets do not do that: they begin anew with every byte.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self.connected = False
        self._watched: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        with self._lock:
            if self._watched is not None:
                self._watched.close()

    def watch(self, connection: socket.socket) -> None:
        with self._lock:
            # A descriptor of its own: TLS takes the first one away from the socket.
            self._watched = connection.dup()
            if self.passed:
                self._cut()

    def _pass(self) -> None:
        with self._lock:
            self.passed = True
            self._cut()

    def _cut(self) -> None:
        if self._watched is not None:
            with suppress(OSError):
                self._watched.shutdown(socket.SHUT_RDWR)


class WatchedTransport(HTTPAdapter):
    """Sends one request on a new connection, watched by the deadline.

    It uses no session: no cookie, proxy or password of the environment gets into a request, no redirect is followed,
    and no connection is used twice, so that what fails before `connected` was never sent.
    """

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        self._deadline = deadline

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,
        verify: bool | str | None,
        proxies: object = None,  # noqa: ARG002 — a proxy is never used
        cert: object = None,  # noqa: ARG002 — nor a certificate of ours
    ) -> HTTPConnectionPool:
        # The stubs know no more of it than what every pool has.
        pool = cast(HTTPConnectionPool, super().get_connection_with_tls_context(request, verify))
        kind = _Secure if pool.scheme == "https" else _Watched
        pool.ConnectionCls = type(kind.__name__, (kind,), {"deadline": self._deadline})
        return pool


class _Watched(HTTPConnection):
    deadline: ClassVar[Deadline]

    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        self.deadline.watch(connection)
        return connection

    def connect(self) -> None:
        super().connect()
        self.deadline.connected = True


class _Secure(_Watched, HTTPSConnection):
    pass
