"""What a person does with their account at hh.ru."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import Conflict, DomainError, NotFound, Unavailable
from domain.hh.bringing import BringFromHh, Brought, Noted, brought_by
from domain.hh.connection import HhConnection, HhState, SealedTokens
from domain.hh.ports import HhAccounts, HhResume
from domain.hh.sign_in import LIFETIME, SignIn
from domain.hh.tokens import LONGEST_HOLD, MOMENT_SECONDS, TokensInHand
from domain.hh.troubles import AccessExpired, ClosedByProvider, LinkedAlready, NotReached, TokensDead
from domain.identifiers import TelegramId
from domain.outside import Clock
from domain.transactions import Transaction, Transactions


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthLink:
    """Where the person signs in, and until when that can be done.

    The page that they come back to shows the `confirmation_code`, too.
    """

    url: str
    confirmation_code: str
    expires_at: datetime


@dataclass(frozen=True)
class LinkHh:
    """Begin a person's sign-in at hh.ru; an earlier one that is still pending is void.

    Who came back with the wrong account is asked by hh.ru for another: it would lead them straight back with that one.
    """

    transaction: Transactions
    clock: Clock
    accounts: HhAccounts

    def __call__(self, *, telegram_id: TelegramId) -> AuthLink:
        """Raise `NotFound`, or `Conflict('hh_not_configured')`."""
        expires_at = self.clock.now() + LIFETIME
        with self.transaction() as tx:
            tx.users.hold(telegram_id)
            earlier = tx.sign_ins.of(telegram_id)
            begun = self.accounts.begin(asks_who=earlier is not None and earlier.wrong_account)
            sign_in = SignIn(telegram_id=telegram_id, state=begun.state, verifier=begun.verifier, expires_at=expires_at)
            tx.sign_ins.put(sign_in)
        return AuthLink(url=begun.url, confirmation_code=sign_in.confirmation_code, expires_at=expires_at)


@dataclass(frozen=True)
class ShowSignIn:
    """Tell whose sign-in a browser came back from, before anything is done with it."""

    transaction: Transactions
    clock: Clock
    accounts: HhAccounts

    def __call__(self, *, state: str) -> SignIn:
        """Return the sign-in, which tells to whom the résumé will go.

        Raises `NotFound('sign_in_not_found')`; once it is over, what importing it again would: `Conflict` with
        `sign_in_over`, `import_running`, `already_imported`, or why hh.ru gave nothing.
        """
        with self.transaction() as tx:
            sign_in = _of_state(tx, self.accounts.digest(state))
            if not sign_in.pending(at=self.clock.now()):
                raise _over(sign_in, self.clock.now())
            return sign_in


@dataclass(frozen=True)
class RefuseSignIn:
    """Note that whoever opened the link did not let us in at hh.ru: the sign-in is over."""

    transaction: Transactions
    clock: Clock
    accounts: HhAccounts

    def __call__(self, *, state: str | None, telegram_id: TelegramId | None = None) -> None:
        """Raise `NotFound('sign_in_not_found')`, `Conflict` with `no_pending_sign_in` or `sign_in_over`.

        Without a `state` the person's own sign-in is meant.
        """
        with self.transaction() as tx:
            sign_in = _meant(tx, self.accounts, state, telegram_id)
            if not tx.sign_ins.refuse(sign_in.state, at=self.clock.now()):
                raise Conflict("sign_in_over")


@dataclass(frozen=True)
class ImportFromHh:
    """Exchange the code that hh.ru handed out, once, and bring what the person has there.

    A link that works gives way only to tokens that open as much.
    """

    transaction: Transactions
    clock: Clock
    accounts: HhAccounts
    bring: BringFromHh

    def __call__(
        self, *, code: str, state: str | None, telegram_id: TelegramId | None = None, resume_id: str | None = None
    ) -> Brought:
        """Return what was brought; made twice, the call brings nothing more and returns what the first one did.

        Without a `state` the person's own sign-in is meant. Raises `NotFound('sign_in_not_found')`, `Conflict` with
        `hh_not_configured`, `no_pending_sign_in`, `sign_in_over`, `import_running`, `already_imported`, or why hh.ru
        gives nothing; `Unavailable`, and `LinkedAlready` where a sync will bring the rest.
        """
        with self.transaction() as tx:
            meant = _meant(tx, self.accounts, state, telegram_id)
            sign_in = tx.sign_ins.take(meant.state, at=self.clock.now())
            if sign_in is None:
                # Read anew: somebody may have taken it since.
                over = _of_state(tx, meant.state)
                earlier = brought_by(tx, over, resume_id=resume_id)
                if earlier is not None:
                    return earlier
                raise _over(over, self.clock.now())
        link, known = self._linked(sign_in, code)
        try:
            brought = self.bring(link, resume_id=resume_id, known=known)
        except Unavailable as trouble:
            # The person is linked all the same: the code is spent, a sync brings the rest.
            self._settle(sign_in.failed("hh_linked_sync"))
            raise LinkedAlready(trouble.code, retry_after=trouble.retry_after) from None
        except DomainError as trouble:
            self._settle(sign_in.failed(trouble.code))
            raise
        self._settle(sign_in.done(resume_id=brought.resume.id))
        return brought

    def _linked(self, sign_in: SignIn, code: str) -> tuple[HhConnection, Sequence[HhResume] | None]:
        """Return the person's new link, held, and the résumés, where they were asked for already."""
        try:
            tokens = self.accounts.exchange(code=code, verifier=sign_in.verifier, at=self.clock.now())
        except NotReached:
            # The code still is good: the same call may be made again.
            self._settle(replace(sign_in, taken_at=None))
            raise
        except DomainError as trouble:
            self._settle(sign_in.failed(trouble.code))
            raise
        known = self._tried(sign_in, tokens)
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
        return link, known

    def _tried(self, sign_in: SignIn, tokens: SealedTokens) -> Sequence[HhResume] | None:
        """Return the résumés that the tokens open, where a link that works would be lost to tokens that open none."""
        with self.transaction() as tx:
            earlier = tx.hh_connections.find(sign_in.telegram_id)
        if earlier is None or not earlier.works:
            return None
        try:
            return self.accounts.resumes(tokens)
        except AccessExpired:
            # Whoever has the link refreshes them.
            return None
        except DomainError as trouble:
            self.accounts.revoke(tokens)
            self._settle(sign_in.failed("hh_code_used" if isinstance(trouble, Unavailable) else trouble.code))
            if isinstance(trouble, (ClosedByProvider, TokensDead)):
                raise Conflict(trouble.code) from None
            raise

    def _settle(self, sign_in: SignIn) -> None:
        with self.transaction() as tx:
            tx.sign_ins.settle(sign_in)


@dataclass(frozen=True)
class SyncHh:
    """Bring what the person has at hh.ru once more."""

    bring: BringFromHh

    def __call__(self, *, telegram_id: TelegramId, resume_id: str | None = None) -> Brought:
        """Return what was brought. Without a `resume_id` it is the résumé brought last, if it has changed there.

        Raises `Conflict` with `hh_not_configured`, `hh_busy`, or why hh.ru gives nothing; `NotFound`, also with
        `hh_not_linked`; `Unavailable`.
        """
        link = _claimed(self.bring, telegram_id)
        return self.bring(link, resume_id=resume_id, again=resume_id is None)


@dataclass(frozen=True)
class SyncApplications:
    """Note what the person applied to at hh.ru since, and leave their résumé alone."""

    bring: BringFromHh

    def __call__(self, *, telegram_id: TelegramId) -> Noted:
        """Raise as `SyncHh` does; why hh.ru shows no applications is told, not raised."""
        return self.bring.applications(_claimed(self.bring, telegram_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class HhStatus:
    """`state` is `not_configured`, the link's, else `pending` while a sign-in is, or `none`."""

    state: str
    link: HhConnection | None = None

    @property
    def advised(self) -> str:
        """What the person's next step follows from: the state, or `not_brought` where a sync is still to come."""
        unbrought = self.link is not None and self.link.works and self.link.resume_id is None
        return "not_brought" if unbrought and self.state == HhState.CONNECTED.value else self.state


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
        if not self.accounts.configured:
            return HhStatus(state="not_configured", link=link)
        if link is not None:
            return HhStatus(state=link.state.value, link=link)
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


def _claimed(bring: BringFromHh, telegram_id: TelegramId) -> HhConnection:
    if not bring.accounts.configured:
        raise Conflict("hh_not_configured")
    return bring.tokens.claim(telegram_id)


def _meant(tx: Transaction, accounts: HhAccounts, state: str | None, telegram_id: TelegramId | None) -> SignIn:
    """Return the sign-in of the state, which must be the person's, if one is named; without a state, the person's."""
    if not accounts.configured:
        raise Conflict("hh_not_configured")
    if state is not None:
        sign_in = _of_state(tx, accounts.digest(state))
        if telegram_id not in (None, sign_in.telegram_id):
            raise NotFound("sign_in_not_found")
        return sign_in
    pending = tx.sign_ins.of(telegram_id) if telegram_id is not None else None
    if pending is None:
        raise Conflict("no_pending_sign_in")
    return pending


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
    return Conflict("import_running", retry_after=MOMENT_SECONDS) if running else Conflict("sign_in_over")
