"""A process of its own that asks the loopback hh.ru: `python -m … STORE_URL API_URL CLIENT_ID CLIENT_SECRET KEY`."""

from __future__ import annotations

import sys

from adapters.boards.http import Client
from adapters.hh.application_token import ApplicationToken
from adapters.hh.gateway import HhGateway
from adapters.hh.pace import Pace
from adapters.hh.time_left import TimeLeft
from adapters.sql.engine import open_engine
from adapters.sql.store import SqlTransactions
from adapters.system import SystemClock
from adapters.vault import Vault
from tests.adapters.hh.askers import NAME


def main(store_url: str, api_url: str, client_id: str, client_secret: str, key: str) -> None:
    engine = open_engine(store_url)
    store, clock = SqlTransactions(engine), SystemClock()
    client = Client(api_url, headers={"User-Agent": NAME}, call_seconds=10)
    pace = Pace(store, clock)
    token = ApplicationToken(store, clock, Vault([key]), client, client_id, client_secret, pace.rest_after)
    gateway = HhGateway(client, token, pace, store, clock)
    # Told, and waited for, so that all begin at once.
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(3):
        gateway.search([("text", "go")], time_left=TimeLeft(30))
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
