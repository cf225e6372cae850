"""What is shared about job boards, in SQL."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, Row, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql.board_tables import board_answers, boards
from adapters.sql.columns import Timestamp
from adapters.sql.writing import upsert
from domain.boards import BoardToken, KeptAnswer, Turn

_IS_THE_BOARD = boards.c.name == bindparam("board")
_FIND = select(boards).where(_IS_THE_BOARD)
_HOLD = _FIND.with_for_update()
_UPDATE = update(boards).where(_IS_THE_BOARD)
_DROP_TOKEN = _UPDATE.where(boards.c.token == bindparam("sealed")).values(token=None)
_RESEAL = _UPDATE.where(boards.c.token == bindparam("sealed")).values(token=bindparam("anew"))
_TOKENS = select(boards.c.name, boards.c.token).where(boards.c.token.is_not(None)).order_by(boards.c.name)
_ANSWER = select(board_answers).where(board_answers.c.key == bindparam("kept_under"))
_STALE = (
    select(board_answers.c.key)
    .where(board_answers.c.fresh_until < bindparam("before", type_=Timestamp))
    .order_by(board_answers.c.fresh_until)
    .limit(bindparam("most", type_=Integer))
)
_DROP_STALE = delete(board_answers).where(board_answers.c.key.in_(_STALE))


class SqlBoards:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take_turn(self, board: str, *, at: datetime, every: timedelta) -> Turn:
        row = self._held(board)
        if row.rests_until is not None and row.rests_until > at:
            return Turn(at=row.rests_until, paused_for=row.rests_because)
        turn = at if row.next_at is None else max(at, row.next_at)
        self._put(board, next_at=turn + every)
        return Turn(at=turn)

    def rest(self, board: str, *, until: datetime, because: str) -> None:
        row = self._held(board)
        if row.rests_until is None or row.rests_until < until:
            self._put(board, rests_until=until, rests_because=because)

    def rests_until(self, board: str) -> datetime | None:
        row = self._connection.execute(_FIND, {"board": board}).one_or_none()
        return row.rests_until if row is not None else None

    def token(self, board: str) -> BoardToken | None:
        row = self._connection.execute(_FIND, {"board": board}).one_or_none()
        if row is None or row.token_asked_at is None:
            return None
        return BoardToken(sealed=row.token, asked_at=row.token_asked_at)

    def claim_token(self, board: str, *, at: datetime, not_since: datetime) -> bool:
        row = self._held(board)
        if row.token_asked_at is not None and row.token_asked_at > not_since:
            return False
        self._put(board, token=None, token_asked_at=at)
        return True

    def keep_token(self, board: str, *, sealed: str, asked_at: datetime) -> None:
        if self._held(board).token_asked_at == asked_at:
            self._put(board, token=sealed)

    def drop_token(self, board: str, *, sealed: str) -> None:
        self._connection.execute(_DROP_TOKEN, {"board": board, "sealed": sealed})

    def tokens(self) -> dict[str, str]:
        return {row.name: row.token for row in self._connection.execute(_TOKENS)}

    def reseal_token(self, board: str, *, was: str, now: str) -> bool:
        return self._connection.execute(_RESEAL, {"board": board, "sealed": was, "anew": now}).rowcount == 1

    def answer(self, key: str) -> KeptAnswer | None:
        row = self._connection.execute(_ANSWER, {"kept_under": key}).one_or_none()
        if row is None:
            return None
        return KeptAnswer(body=bytes(row.body), etag=row.etag, fresh_until=row.fresh_until)

    def keep_answer(self, key: str, answer: KeptAnswer) -> None:
        kept = {"key": key, "etag": answer.etag, "body": answer.body, "fresh_until": answer.fresh_until}
        self._connection.execute(upsert(board_answers, self._connection.dialect.name), kept)

    def drop_answers(self, *, stale_since: datetime, limit: int) -> int:
        return self._connection.execute(_DROP_STALE, {"before": stale_since, "most": limit}).rowcount

    def _held(self, board: str) -> Row[Any]:
        """Return the board's row, made if need be, and let nobody else have it until the transaction ends."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        self._connection.execute(dialect.insert(boards).on_conflict_do_nothing(), {"name": board})
        return self._connection.execute(_HOLD, {"board": board}).one()

    def _put(self, board: str, **values: object) -> None:
        self._connection.execute(_UPDATE.values(values), {"board": board})
