"""Those who ask the loopback hh.ru through the gateway, and the time they do it in."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from adapters.boards.http import Client
from adapters.hh.application_token import ApplicationToken
from adapters.hh.gateway import HhGateway
from adapters.hh.pace import EVERY, Pace
from adapters.hh.time_left import TimeLeft
from adapters.memory.store import MemoryStore
from adapters.vault import Vault
from domain.outside import Clock
from domain.transactions import Transactions
from tests.boards.hh import HhRu

NAME = "JobAssistant/1.0 (ops@example.com)"
KEY, OLD_KEY = "a key of the operator's", "an older key of the operator's"
PATIENCE = 30.0


class Hours:
    """A clock that goes on only while somebody sleeps, or when a test lets it; `slept` is how long each did."""

    def __init__(self) -> None:
        self._passed = timedelta()
        # The loopback hh.ru has the real time, and ours must not lie behind what it says.
        self._began = datetime.now(timezone.utc)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._began + self._passed

    def monotonic(self) -> float:
        return self._passed.total_seconds()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._passed += timedelta(seconds=seconds)

    def forward(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0) -> None:
        self._passed += timedelta(seconds=seconds, minutes=minutes, hours=hours)

    def left(self, seconds: float = PATIENCE) -> TimeLeft:
        return TimeLeft(seconds, monotonic=self.monotonic, sleep=self.sleep)


def a_client(hh: HhRu, *, name: str = NAME, seconds: float = 5.0) -> Client:
    return Client(hh.api_url, headers={"User-Agent": name}, call_seconds=seconds)


def a_gateway(
    hh: HhRu,
    clock: Clock,
    store: Transactions | None = None,
    *,
    keys: tuple[str, ...] = (KEY,),
    client: Client | None = None,
    every: timedelta = EVERY,
    client_id: str | None = None,
    client_secret: str | None = None,
) -> HhGateway:
    store, client = store if store is not None else MemoryStore(), client or a_client(hh)
    pace = Pace(store, clock, every)
    token = ApplicationToken(
        store,
        clock,
        Vault(keys),
        client,
        client_id or hh.application.client_id,
        client_secret or hh.application.client_secret,
        pace.rest_after,
    )
    return HhGateway(client, token, pace, store, clock)


def token_requests(hh: HhRu) -> int:
    return len(hh.asked("/token", method="POST"))
