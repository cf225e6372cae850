"""What a person does with their account at hh.ru."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import Conflict, DomainError, NotFound, Unavailable
from domain.hh.bringing import BringFromHh, Brought
from domain.hh.connection import HhConnection, HhState
from domain.hh.ports import HhAccounts
from domain.hh.sign_in import LIFETIME, SignIn
from domain.hh.tokens import LONGEST_HOLD, TokensInHand
from domain.hh.troubles import NotReached
from domain.identifiers import TelegramId
from domain.outside import Clock
from domain.transactions import Transaction, Transactions
from domain.users.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthLink:
    """Where the person signs in, and until when that can be done."""

    url: str
    expires_at: datetime


@dataclass(frozen=True)
class LinkHh:
    """Begin a person's sign-in at hh.ru; an earlier one that is still pending is void."""

    transaction: Transactions
    clock: Clock
    accounts: HhAccounts

    def __call__(self, *, telegram_id: TelegramId) -> AuthLink:
        """Raise `NotFound`, or `Conflict('hh_not_configured')`."""
        begun, expires_at = self.accounts.begin(), self.clock.now() + LIFETIME
        sign_in = SignIn(telegram_id=telegram_id, state=begun.state, verifier=begun.verifier, expires_at=expires_at)
        with self.transaction() as tx:
            tx.users.hold(telegram_id)
            tx.sign_ins.put(sign_in)
        return AuthLink(url=begun.url, expires_at=expires_at)


@dataclass(frozen=True)
class ShowSignIn:
    """Tell whose sign-in a browser came back from, before anything is done with it."""

    transaction: Transactions
    clock: Clock
    accounts: HhAccounts

    def __call__(self, *, state: str) -> User:
        """Return the person to whom the résumé will go.

        Raises `NotFound('sign_in_not_found')`, `Conflict('sign_in_over')`.
        """
        with self.transaction() as tx:
            sign_in = _of_state(tx, self.accounts.digest(state))
            if not sign_in.pending(at=self.clock.now()):
                raise Conflict("sign_in_over")
            return tx.users.get(sign_in.telegram_id)


@dataclass(frozen=True)
class RefuseSignIn:
    """Note that whoever opened the link did not let us in at hh.ru: the sign-in is over."""

    transaction: Transactions
    clock: Clock
    accounts: HhAccounts

    def __call__(self, *, state: str) -> None:
        """Raise `NotFound('sign_in_not_found')`, `Conflict('sign_in_over')`."""
        with self.transaction() as tx:
            sign_in = _of_state(tx, self.accounts.digest(state))
            if not tx.sign_ins.refuse(sign_in.state, at=self.clock.now()):
                raise Conflict("sign_in_over")


@dataclass(frozen=True)
class ImportFromHh:
    """Exchange the code that hh.ru handed out, once, and bring what the person has there."""

    transaction: Transactions
    clock: Clock
    accounts: HhAccounts
    bring: BringFromHh

    def __call__(
        self, *, code: str, state: str | None, telegram_id: TelegramId | None = None, resume_id: str | None = None
    ) -> Brought:
        """Return what was brought.

        Without a `state` the person's pending sign-in is meant. Raises `NotFound('sign_in_not_found')`, `Conflict` with
        `no_pending_sign_in`, `sign_in_over`, `import_running`, or why hh.ru gives nothing; `Unavailable`.
        """
        with self.transaction() as tx:
            known = self._meant(tx, state, telegram_id)
            sign_in = tx.sign_ins.take(known.state, at=self.clock.now())
            if sign_in is None:
                # Read anew: somebody may have taken it since.
                raise _over(_of_state(tx, known.state), self.clock.now())
        link = self._linked(sign_in, code)
        try:
            brought = self.bring(link, resume_id=resume_id)
        except DomainError as trouble:
            # What may heal leaves the person linked: the code is spent, a sync brings the rest.
            heals = isinstance(trouble, Unavailable)
            self._settle(sign_in.failed("hh_linked_sync" if heals else trouble.code))
            raise
        self._settle(sign_in.done(resume_id=brought.resume.id))
        return brought

    def _meant(self, tx: Transaction, state: str | None, telegram_id: TelegramId | None) -> SignIn:
        if state is not None:
            sign_in = _of_state(tx, self.accounts.digest(state))
            if telegram_id not in (None, sign_in.telegram_id):
                raise NotFound("sign_in_not_found")
            return sign_in
        pending = tx.sign_ins.of(telegram_id) if telegram_id is not None else None
        if pending is None:
            raise Conflict("no_pending_sign_in")
        return pending

    def _linked(self, sign_in: SignIn, code: str) -> HhConnection:
        """Return the person's new link, held."""
        try:
            tokens = self.accounts.exchange(code=code, verifier=sign_in.verifier, at=self.clock.now())
        except NotReached:
            # The code still is good: the same call may be made again.
            self._settle(replace(sign_in, taken_at=None))
            raise
        except DomainError as trouble:
            self._settle(sign_in.failed(trouble.code))
            raise
        now = self.clock.now()
        link = HhConnection(
            telegram_id=sign_in.telegram_id,
            state=HhState.CONNECTED,
            tokens=tokens,
            linked_at=now,
            held_until=now + LONGEST_HOLD,
        )
        try:
            with self.transaction() as tx:
                # Whoever works with the tokens of an earlier link finds that it was replaced.
                earlier = tx.hh_connections.remove(sign_in.telegram_id)
                tx.hh_connections.put(link)
        except DomainError:
            # Erased meanwhile, or not kept: nobody else knows of these tokens.
            self.accounts.revoke(tokens)
            self._settle(sign_in.failed("hh_code_used"))
            raise
        self.bring.tokens.revoke(earlier)
        return link

    def _settle(self, sign_in: SignIn) -> None:
        with self.transaction() as tx:
            tx.sign_ins.settle(sign_in)


@dataclass(frozen=True)
class SyncHh:
    """Bring what the person has at hh.ru once more."""

    bring: BringFromHh

    def __call__(self, *, telegram_id: TelegramId, resume_id: str | None = None) -> Brought:
        """Return what was brought.

        Raises `Conflict` with `hh_not_configured`, `hh_not_linked`, `hh_busy`, or why hh.ru gives nothing; `NotFound`;
        `Unavailable`.
        """
        if not self.bring.accounts.configured:
            raise Conflict("hh_not_configured")
        return self.bring(self.bring.tokens.claim(telegram_id), resume_id=resume_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class HhStatus:
    """`state` is the link's, else `pending` while a sign-in is, `none`, or `not_configured`."""

    state: str
    link: HhConnection | None = None


@dataclass(frozen=True)
class ShowHh:
    """Return how things stand between a person and hh.ru."""

    transaction: Transactions
    clock: Clock
    accounts: HhAccounts

    def __call__(self, *, telegram_id: TelegramId) -> HhStatus:
        with self.transaction() as tx:
            tx.users.get(telegram_id)
            link, sign_in = tx.hh_connections.find(telegram_id), tx.sign_ins.of(telegram_id)
        if link is not None:
            return HhStatus(state=link.state.value, link=link)
        if not self.accounts.configured:
            return HhStatus(state="not_configured")
        pending = sign_in is not None and sign_in.pending(at=self.clock.now())
        return HhStatus(state="pending" if pending else "none")


@dataclass(frozen=True)
class UnlinkHh:
    """Forget a person's tokens, and make them worthless at hh.ru if it can be reached."""

    transaction: Transactions
    tokens: TokensInHand

    def __call__(self, *, telegram_id: TelegramId) -> None:
        """Raise `NotFound` where there is no such person, or no link."""
        with self.transaction() as tx:
            tx.users.get(telegram_id)
            link = tx.hh_connections.remove(telegram_id)
        if link is None:
            raise NotFound("hh_not_linked")
        self.tokens.revoke(link)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedAnew:
    """How many tokens were sealed anew; how many were in use or replaced meanwhile; how many no key opens any more.

    But for the first all stay as they are.
    """

    done: int
    busy: int
    lost: int


@dataclass(frozen=True)
class SealAnew:
    """Seal every token that is kept with the key that seals now, so that an older one is needed no longer."""

    transaction: Transactions
    clock: Clock
    seal_anew: Callable[[str], str | None]

    def __call__(self) -> SealedAnew:
        with self.transaction() as tx:
            of_boards, of_people = tx.boards.tokens(), tx.hh_connections.sealed()
        became = Counter(self._of_board(board, was) for board, was in of_boards.items())
        became += Counter(self._of_person(telegram_id, was) for telegram_id, was in of_people.items())
        return SealedAnew(done=became[True], busy=became[False], lost=became[None])

    def _of_board(self, board: str, was: str) -> bool | None:
        """Return whether it was sealed anew; `None`: no key opens it."""
        now = self.seal_anew(was)
        if now is None:
            return None
        with self.transaction() as tx:
            return tx.boards.reseal_token(board, was=was, now=now)

    def _of_person(self, telegram_id: TelegramId, was: str) -> bool | None:
        now = self.seal_anew(was)
        if now is None:
            return None
        with self.transaction() as tx:
            return tx.hh_connections.reseal(telegram_id, was=was, now=now, at=self.clock.now())


def _of_state(tx: Transaction, digest: str | None) -> SignIn:
    sign_in = tx.sign_ins.by_state(digest) if digest is not None else None
    if sign_in is None:
        raise NotFound("sign_in_not_found")
    return sign_in


def _over(sign_in: SignIn, at: datetime) -> Conflict:
    """Return why a sign-in that is not pending any more cannot be gone on with."""
    if sign_in.failure is not None:
        return Conflict(sign_in.failure if sign_in.taken_at is not None else "sign_in_over")
    if sign_in.resume_id is not None:
        return Conflict("already_imported")
    # Whoever took it longer ago has died with it.
    running = sign_in.taken_at is not None and at < sign_in.taken_at + LONGEST_HOLD
    return Conflict("import_running" if running else "sign_in_over")
