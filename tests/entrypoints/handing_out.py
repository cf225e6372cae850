"""Work handed out to n8n, as the tests of its callbacks find it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from adapters.sql.store import SqlTransactions
from adapters.system import SystemClock
from domain.handing_out.hand_out import HandOut, HandOutKind, HandOutStatus, Page
from domain.identifiers import RunId, TelegramId, UploadId
from tests.entrypoints.installation import ANNA, Installation, told

PATIENCE = timedelta(minutes=2)
TEXT = "Пишу на Terraform и Kafka. Знаю коми. Подчинялась директору."
"""What a file says, as far as our reader is asked for its text."""


def handed_out(api: Installation, execution_id: str | None = "17", **filters: Any) -> str:
    """Start a search for Anna and hand it out; return its id."""
    search_id = RunId(told(api.bot.post(f"/search/start/{ANNA}", filters))["search_id"])
    api.tasks.runs.remove(search_id)
    now = SystemClock().now()
    with SqlTransactions(api.engine)() as tx:
        tx.users.hold(TelegramId(ANNA))
        given = HandOut.given(
            id=search_id, kind=HandOutKind.SEARCH, telegram_id=TelegramId(ANNA), deadline=now + PATIENCE, at=now
        )
        tx.hand_outs.add(given.accepted(execution_id))
        run = tx.search_runs.claim(search_id, at=now + PATIENCE, until=now + PATIENCE)
        assert run is not None
        assert tx.search_runs.settle(run.handed_out(engine="n8n", until=now + PATIENCE))
    return search_id


def file_handed_out(api: Installation, upload_id: str, execution_id: str | None = "18") -> None:
    """Hand out a file of Anna's that was read."""
    now = SystemClock().now()
    with SqlTransactions(api.engine)() as tx:
        tx.users.hold(TelegramId(ANNA))
        given = HandOut.given(
            id=UploadId(upload_id),
            kind=HandOutKind.FILE,
            telegram_id=TelegramId(ANNA),
            deadline=now + PATIENCE,
            at=now,
        )
        tx.hand_outs.add(given.accepted(execution_id))
        tx.hand_outs.put_text(upload_id, TEXT, until=now + PATIENCE)


def status_of(api: Installation, handed_out: str) -> HandOutStatus:
    with SqlTransactions(api.engine)() as tx:
        found = tx.hand_outs.find(handed_out)
    assert found is not None
    return found.status


def pages_of(api: Installation, search_id: str) -> Sequence[Page]:
    with SqlTransactions(api.engine)() as tx:
        return tx.hand_outs.pages(search_id)
