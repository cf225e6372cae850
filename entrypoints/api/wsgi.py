"""The WSGI application of an installation, for whatever server carries it."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

from adapters.bootstrap import Platform, configure_logs, open_platform, read_settings
from entrypoints.api.app import create_app

_LOOK_SECONDS = 1.0


def api_of(platform: Platform) -> Any:
    """Return the WSGI application of a started installation. Raises `BadSetting`."""
    platform.remember_erasures()
    return create_app(
        platform.application,
        keys=platform.keys,
        parts=platform.parts,
        largest_upload=platform.settings.max_upload_mb * 2**20,
        telemetry=platform.telemetry,
        callback_secrets=platform.settings.n8n_callback_secret,
        clock=platform.clock,
        threads=platform.settings.api_threads,
    )


def make_app() -> Any:
    """Return the application of one of several processes that a parent has started; it ends with that parent."""
    configure_logs(read_settings(os.environ))
    platform = open_platform(os.environ, works=False)
    platform.clock.follow()
    threading.Thread(target=platform.warm, name="warm", daemon=True).start()
    threading.Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
    return api_of(platform)


def _end_with(parent: int) -> None:
    # Else it would go on answering after a parent that was killed, beside the processes of the next one.
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
