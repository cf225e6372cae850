"""`python -m tests.n8n`: the stand-in for n8n as a program, for the same variables as our own."""

from __future__ import annotations

import argparse
import os
import signal
import threading

from tests.n8n.server import n8n
from tests.n8n.world import N8n


def main() -> None:
    parser = argparse.ArgumentParser(description=f"{__doc__} Serves on loopback until interrupted.")
    parser.add_argument("--port", type=int, default=0, help="0 (the default) for any that is free")
    parser.add_argument("--queue-mode", action="store_true", help="answer before a workflow begins")
    parser.add_argument("--silent", action="store_true", help="take work and lose it")
    given = parser.parse_args()
    world = N8n(
        token=os.environ["N8N_TOKEN"],
        callback_secret=os.environ["N8N_CALLBACK_SECRET"].split(",")[0],
        pipeline_key=os.environ["PIPELINE_KEYS"].split(",")[0],
        backend_url=os.environ["N8N_BACKEND_URL"],
        queue_mode=given.queue_mode,
        silent=given.silent,
    )
    ended = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: ended.set())
    with n8n(world, port=given.port):
        print(world.url, flush=True)  # noqa: T201 — whoever starts it must learn where it is
        ended.wait()


if __name__ == "__main__":
    main()
