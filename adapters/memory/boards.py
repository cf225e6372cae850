"""What is shared about job boards, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from adapters.memory.tables import BoardState, Tables
from domain.boards import BoardToken, KeptAnswer, Turn


class MemoryBoards:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def take_turn(self, board: str, *, at: datetime, every: timedelta) -> Turn:
        known = self._state(board)
        if known.rests_until is not None and known.rests_until > at:
            return Turn(at=known.rests_until, paused_for=known.rests_because)
        turn = at if known.next_at is None else max(at, known.next_at)
        self._tables.boards[board] = replace(known, next_at=turn + every)
        return Turn(at=turn)

    def rest(self, board: str, *, until: datetime, because: str) -> None:
        known = self._state(board)
        if known.rests_until is None or known.rests_until < until:
            self._tables.boards[board] = replace(known, rests_until=until, rests_because=because)

    def rests_until(self, board: str) -> datetime | None:
        return self._state(board).rests_until

    def token(self, board: str) -> BoardToken | None:
        return self._state(board).token

    def claim_token(self, board: str, *, at: datetime, not_since: datetime) -> bool:
        known = self._state(board)
        if known.token is not None and known.token.asked_at > not_since:
            return False
        self._tables.boards[board] = replace(known, token=BoardToken(sealed=None, asked_at=at))
        return True

    def keep_token(self, board: str, *, sealed: str, asked_at: datetime) -> None:
        known = self._state(board)
        if known.token is not None and known.token.asked_at == asked_at:
            self._tables.boards[board] = replace(known, token=replace(known.token, sealed=sealed))

    def drop_token(self, board: str, *, sealed: str) -> None:
        known = self._state(board)
        if known.token is not None and known.token.sealed == sealed:
            self._tables.boards[board] = replace(known, token=replace(known.token, sealed=None))

    def tokens(self) -> dict[str, str]:
        tokens = {name: state.token for name, state in sorted(self._tables.boards.items())}
        return {name: token.sealed for name, token in tokens.items() if token is not None and token.sealed is not None}

    def reseal_token(self, board: str, *, was: str, now: str) -> bool:
        known = self._state(board)
        if known.token is None or known.token.sealed != was:
            return False
        self._tables.boards[board] = replace(known, token=replace(known.token, sealed=now))
        return True

    def answer(self, key: str) -> KeptAnswer | None:
        return self._tables.board_answers.get(key)

    def keep_answer(self, key: str, answer: KeptAnswer) -> None:
        self._tables.board_answers[key] = answer

    def drop_answers(self, *, stale_since: datetime, limit: int) -> int:
        answers = self._tables.board_answers
        by_age = sorted(answers, key=lambda key: answers[key].fresh_until)
        stale = [key for key in by_age if answers[key].fresh_until < stale_since][:limit]
        for key in stale:
            del answers[key]
        return len(stale)

    def _state(self, board: str) -> BoardState:
        return self._tables.boards.get(board, BoardState())
