"""The HTTP server of production: the API in several processes."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from adapters.bootstrap import Settings

# Its loggers pass everything on to ours.
_LOGGING: dict[str, Any] = {"loggers": {"_granian": {"handlers": [], "propagate": True}}}


def bindable(host: str, port: int) -> tuple[str, int]:
    """Return the address of the host, and the port or a free one for 0.

    Raises `OSError` when nobody can listen there, or somebody does.
    """
    family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, number) as probe:
        # As servers do, so that connections of an earlier one that are closing stand in nobody's way.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        return str(address[0]), int(probe.getsockname()[1])


def serve_in_processes(settings: Settings, address: tuple[str, int], *, started: Callable[[], object]) -> None:
    """Serve until SIGTERM or Ctrl+C; `started` is called when the processes are about to start.

    What is being answered then is finished first, within the grace period. A process that dies is replaced.
    """
    server = Granian(
        "entrypoints.api.wsgi:make_app",
        address=address[0],
        port=address[1],
        interface=Interfaces.WSGI,
        factory=True,
        workers=settings.api_processes,
        # Few: they share one interpreter lock, and more of them only add waiting for it.
        blocking_threads=settings.api_threads,
        backpressure=32 * settings.api_threads,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=settings.grace_seconds,
        log_level=LogLevels.warning,
        log_dictconfig=_LOGGING,
    )
    server.on_startup(started)
    server.serve()
