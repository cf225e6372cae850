"""What all processes share about a job board outside: its pace, the token it gave us, what it answered lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When the next call of a board may be made. `paused_for` says why not sooner, where the board was given a rest."""

    at: datetime
    paused_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardToken:
    """The token by which a board knows this application, sealed; `None` while somebody is asking for one."""

    sealed: str | None
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """What a board answered: its body, the tag to ask by whether that still holds, until when it does unasked."""

    body: bytes
    etag: str | None
    fresh_until: datetime


class Boards(Protocol):
    """What is kept about boards. Nothing of it is about a person."""

    def take_turn(self, board: str, *, at: datetime, every: timedelta) -> Turn:
        """Return when the caller may call the board, not before `at`; whoever comes next is told `every` later.

        While the board rests nobody gets a turn: what is returned says until when, and why.
        """

    def rest(self, board: str, *, until: datetime, because: str) -> None:
        """Let nobody call the board until then; a longer rest stands."""

    def rests_until(self, board: str) -> datetime | None:
        """Return until when the board is, or was last, given a rest; `None`: never."""

    def token(self, board: str) -> BoardToken | None:
        """Return the board's token, or `None` where none was ever asked for."""

    def claim_token(self, board: str, *, at: datetime, not_since: datetime) -> bool:
        """Note that a token is being asked for, in place of what there was; of all who try at once one gets True.

        False, and nothing changes, where one was asked for since then.
        """

    def keep_token(self, board: str, *, sealed: str, asked_at: datetime) -> None:
        """Keep the token that was asked for at that time, unless another was asked for since."""

    def drop_token(self, board: str, *, sealed: str) -> None:
        """Forget the token, if it still is this one; when it was asked for stays known."""

    def tokens(self) -> dict[str, str]:
        """Return every token there is, sealed, by board."""

    def reseal_token(self, board: str, *, was: str, now: str) -> bool:
        """Replace a sealed token, if it still is this one; else return False."""

    def answer(self, key: str) -> KeptAnswer | None:
        """Return what is kept under the key, or `None`."""

    def keep_answer(self, key: str, answer: KeptAnswer) -> None:
        """Keep the answer in place of an earlier one."""

    def drop_answers(self, *, stale_since: datetime, limit: int) -> int:
        """Drop answers that were fresh until before then, no more than `limit`; return how many."""
