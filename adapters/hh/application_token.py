"""The token by which hh.ru knows this application: asked for once, kept sealed, shared by all processes."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from adapters.boards.http import Answer, Client, NoAnswer, Unreached
from adapters.boards.reading import json_of
from adapters.hh.answers import TOO_EARLY_SECONDS, Kind, trouble_in
from adapters.hh.time_left import TimeLeft
from adapters.hh.trouble import HhTrouble, OutOfTime, remembered, told
from adapters.vault import CannotOpen, Vault
from domain.boards import Boards, BoardToken
from domain.outside import Clock
from domain.search.run import Outcome
from domain.transactions import Transactions

log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=TOO_EARLY_SECONDS)
"""No token is asked for again sooner, whoever asks."""

_ASKING_TAKES = 10.0
_GIVEN_UP_AFTER = timedelta(seconds=_ASKING_TAKES + 5)
_LOOKS_EVERY = 0.25
_WAIT_AGAIN = (0.5, 1.5)
_TOKEN = re.compile(r"[\x21-\x7e]{1,4000}")
_AT_ONCE = timedelta()


@dataclass(frozen=True, slots=True)
class Held:
    """The token, and the sealed form in which it is kept."""

    token: str = field(repr=False)
    sealed: str = field(repr=False)


@dataclass(frozen=True)
class ApplicationToken:
    """hh.ru gives an application a new token once in five minutes at most, and with it kills the one before.

    So whoever finds that another asks for it waits for what that one gets, and a refusal is remembered by all. `rest`
    is told what hh.ru refuses, and for how many seconds, where it says so: that may call for a rest from all asking.
    """

    transaction: Transactions
    clock: Clock
    vault: Vault
    client: Client
    client_id: str
    client_secret: str = field(repr=False)
    rest: Callable[[Kind, float | None], None]

    @property
    def board(self) -> str:
        """The name under which the token is kept: another application's token is another token."""
        return "hh:" + hashlib.sha256(self.client_id.encode()).hexdigest()[:16]

    def current(self, time_left: TimeLeft) -> Held:
        """Return the token there is, or a new one; raises `HhTrouble`."""
        waits_for_others = time_left.part(_ASKING_TAKES)
        while True:
            now = self.clock.now()
            with self.transaction() as tx:
                known = tx.boards.token(self.board)
                held = self._opened(known)
                if held is not None:
                    return held
                resting = tx.boards.take_turn(self.board, at=now, every=_AT_ONCE)
                claimed = resting.paused_for is None and tx.boards.claim_token(
                    self.board, at=now, not_since=now - PAUSE
                )
                # Read anew: whoever claimed it a moment ago is the one to wait for, or has it by now.
                known = tx.boards.token(self.board)
                held = self._opened(known)
            if held is not None:
                return held
            if resting.paused_for is not None:
                raise remembered(resting.paused_for, retry_after=(resting.at - now).total_seconds())
            if claimed:
                return self._asked_for(time_left, at=now)
            # Who holds a token that cannot be opened waits for nobody: it was asked for long ago, or by other keys.
            if known is None or known.sealed is not None or now - known.asked_at > _GIVEN_UP_AFTER:
                raise self._too_early(known, now)
            if time_left.seconds <= 0:
                raise OutOfTime
            if waits_for_others.seconds <= 0:
                raise HhTrouble(Outcome.TIMEOUT)
            waits_for_others.nap(_LOOKS_EVERY)

    def refused(self, held: Held, kind: Kind) -> None:
        """Forget a token that hh.ru does not take any more, unless it was replaced since."""
        with self.transaction() as tx:
            known = tx.boards.token(self.board)
            if known is None or known.sealed != held.sealed:
                return
            tx.boards.drop_token(self.board, sealed=held.sealed)
            self._remember(tx.boards, kind.value, until=known.asked_at + PAUSE)

    def _opened(self, known: BoardToken | None) -> Held | None:
        if known is None or known.sealed is None:
            return None
        try:
            return Held(self.vault.open(known.sealed), known.sealed)
        except CannotOpen:
            # Sealed under a key that is gone, it is as good as none.
            return None

    def _asked_for(self, time_left: TimeLeft, *, at: datetime) -> Held:
        try:
            answer = self._posted(time_left)
        except NoAnswer as error:
            outcome = Outcome.TIMEOUT if error.timed_out else Outcome.ERROR
            raise self._failed(HhTrouble(outcome), because=outcome.value, until=at + PAUSE) from None
        trouble = trouble_in(answer.status, answer.headers, answer.body, from_token_endpoint=True)
        if trouble is not None:
            self.rest(trouble.kind, trouble.retry_after)
            wait = timedelta(seconds=max(trouble.retry_after or 0.0, TOO_EARLY_SECONDS))
            raise self._failed(told(trouble), because=trouble.kind.value, until=self.clock.now() + wait)
        token = json_of(answer.body).get("access_token")
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            kind = Kind.UNREADABLE
            raise self._failed(HhTrouble(Outcome.ERROR, kind=kind), because=kind.value, until=at + PAUSE)
        sealed = self.vault.seal(token)
        with self.transaction() as tx:
            tx.boards.keep_token(self.board, sealed=sealed, asked_at=at)
        log.info("hh.ru gave the application a token")
        return Held(token, sealed)

    def _posted(self, time_left: TimeLeft, waits: Sequence[float] = _WAIT_AGAIN) -> Answer:
        """Ask for a token. Where nothing was sent that is done again; where something was, never."""
        form = [
            ("grant_type", "client_credentials"),
            ("client_id", self.client_id),
            ("client_secret", self.client_secret),
        ]
        try:
            # However little time the caller has: an answer cut off would cost everybody five minutes.
            return replace(self.client, call_seconds=_ASKING_TAKES).post_form("token", form)
        except Unreached as error:
            if not waits or error.timed_out or not time_left.wait(waits[0]):
                raise
        return self._posted(time_left, waits[1:])

    def _failed(self, trouble: HhTrouble, *, because: str, until: datetime) -> HhTrouble:
        with self.transaction() as tx:
            self._remember(tx.boards, because, until=until)
        log.warning("no token for the application: %s", str(trouble))
        return trouble

    def _remember(self, boards: Boards, because: str, *, until: datetime) -> None:
        # The name of the token serves as that of a board: what rests is the asking for it.
        if until > self.clock.now():
            boards.rest(self.board, until=until, because=because)

    def _too_early(self, known: BoardToken | None, now: datetime) -> HhTrouble:
        until = (known.asked_at if known is not None else now) + PAUSE
        wait = max((until - now).total_seconds(), 0.0)
        return HhTrouble(Outcome.RATE_LIMITED, kind=Kind.TOO_EARLY, retry_after=wait)
