"""A server on loopback that says, byte by byte, what a test tells it to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_HANDSHAKE = b"\x16\x03"
"""How TLS begins, which is no request."""

Say = Callable[[socket.socket], None]


@dataclass
class Spoken:
    """Where the server is, and the requests it has read, whole."""

    url: str
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def speaking(say: Say) -> Iterator[Spoken]:
    """Serve each connection, one after another, by reading a request and calling `say` with the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        spoken = Spoken(f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=_serve, args=(listener, spoken, say), daemon=True)
        thread.start()
        try:
            yield spoken
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def _serve(listener: socket.socket, spoken: Spoken, say: Say) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, suppress(OSError):
            connection.settimeout(10)
            spoken.requests.append(_request(connection))
            say(connection)


def _request(connection: socket.socket) -> bytes:
    read = b""
    while b"\r\n\r\n" not in read:
        if not (more := connection.recv(65536)):
            return read
        read += more
        if read.startswith(_HANDSHAKE):
            return read
    head, _, body = read.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
