"""What is brought from a person's account at hh.ru: a résumé, and what they applied to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from domain.errors import Conflict, NotFound, Unavailable
from domain.hh.connection import HhConnection, SealedTokens
from domain.hh.ports import HhAccounts, HhApplication, HhResume
from domain.hh.sign_in import SignIn
from domain.hh.tokens import MOMENT_SECONDS, TokensInHand
from domain.hh.troubles import Blocked, ClosedByProvider
from domain.identifiers import ResumeId, TelegramId
from domain.outside import Clock, Ids
from domain.resumes.content import ResumeContent
from domain.resumes.resume import Resume, ResumeSource
from domain.resumes.use_cases import must_have_one
from domain.search.applications import JobApplication, ToldBy
from domain.search.applying import note_applications
from domain.search.current_employers import heed_current_employers
from domain.transactions import Transaction, Transactions


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """How many applications at hh.ru were not known yet; or `trouble`, why they could not be asked for."""

    noted: int = 0
    trouble: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The revision that a résumé at hh.ru became, `new` or as it stood.

    `hh_resume_id` is the one chosen of all `found`; of these a repeated call, which asks hh.ru for nothing, tells none.
    """

    link: HhConnection
    resume: Resume
    new: bool
    hh_resume_id: str
    found: tuple[HhResume, ...]
    applied: Applied


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What became of asking for applications alone, and by which link."""

    link: HhConnection
    applied: Applied


@dataclass(frozen=True)
class BringFromHh:
    """Bring a person's fullest résumé, or the one asked for, and what they applied to, by a link that is held."""

    transaction: Transactions
    clock: Clock
    ids: Ids
    accounts: HhAccounts
    tokens: TokensInHand

    def __call__(
        self,
        link: HhConnection,
        *,
        resume_id: str | None,
        known: Sequence[HhResume] | None = None,
        again: bool = False,
    ) -> Brought:
        """Return what was brought; the link is let go of in any case.

        `known`: the résumés, where they were asked for. `again`: the résumé brought last is meant, while it is there,
        and as long as it has not changed it is not laid over what the person gave since.

        Raises `NotFound('hh_resume_not_found')`, `Conflict` with `no_resume_at_hh` or why hh.ru shows nothing,
        `Unavailable`.
        """

        def one_of_theirs(tokens: SealedTokens) -> tuple[Sequence[HhResume], HhResume]:
            found = self.accounts.resumes(tokens) if known is None else known
            return found, _of_last_time(found, link.resume_id if again else None) or _chosen(found, resume_id)

        link, (found, chosen) = self.tokens.ask(link, one_of_theirs)
        link, applications = self.tokens.ask(link, self._applications)
        return self._keep(link, tuple(found), chosen, applications, again=again)

    def applications(self, link: HhConnection) -> Noted:
        """Note what the person applied to and bring nothing else; the link is let go of in any case.

        Raises `Conflict('hh_relogin_needed')`, `Conflict('hh_busy')`, `Unavailable`; whatever else hh.ru has against
        it is told as a `trouble`.
        """
        link, applications = self.tokens.ask(link, self._applications)
        kept = link.released()
        with self._settled(kept) as tx:
            applied = self._noted(tx, kept.telegram_id, applications, at=self.clock.now())
        return Noted(link=kept, applied=applied)

    def _applications(self, tokens: SealedTokens) -> Sequence[HhApplication] | str:
        try:
            return self.accounts.applications(tokens)
        except (ClosedByProvider, Blocked, Unavailable) as trouble:
            # The résumé is worth having without them.
            return trouble.code

    def _keep(
        self,
        link: HhConnection,
        found: tuple[HhResume, ...],
        chosen: HhResume,
        applications: Sequence[HhApplication] | str,
        *,
        again: bool,
    ) -> Brought:
        now = self.clock.now()
        synced = link.synced(at=now, resume_id=chosen.id).released()
        with self._settled(synced) as tx:
            # One that was chosen instead of another is laid over whatever there is.
            resume, new = self._revision(tx, link.telegram_id, chosen.content, again and chosen.id == link.resume_id)
            heed_current_employers(tx, link.telegram_id, must_have_one(tx, link.telegram_id).content)
            applied = self._noted(tx, link.telegram_id, applications, at=now)
        return Brought(link=synced, resume=resume, new=new, hh_resume_id=chosen.id, found=found, applied=applied)

    @contextmanager
    def _settled(self, link: HhConnection) -> Iterator[Transaction]:
        """Yield a transaction in which the link is written, if it still is held."""
        with self.transaction() as tx:
            tx.users.hold(link.telegram_id)
            if not tx.hh_connections.settle(link):
                # Unlinked, or linked anew, meanwhile: what was brought is not wanted any more.
                raise Conflict("hh_busy", retry_after=MOMENT_SECONDS)
            yield tx

    @staticmethod
    def _noted(
        tx: Transaction, telegram_id: TelegramId, applications: Sequence[HhApplication] | str, *, at: datetime
    ) -> Applied:
        if isinstance(applications, str):
            return Applied(trouble=applications)
        told = [_application(telegram_id, each) for each in applications]
        return Applied(noted=note_applications(tx, telegram_id, told, at=at))

    def _revision(
        self, tx: Transaction, telegram_id: TelegramId, content: ResumeContent, unless_known: bool
    ) -> tuple[Resume, bool]:
        """Return the revision of that content, and whether it is a new one.

        `unless_known`: the one brought last counts also where the person gave another résumé since.
        """
        base = tx.resumes.last_base(telegram_id)
        if unless_known:
            brought = [each for each in tx.resumes.all_of(telegram_id) if each.source is ResumeSource.HH]
            base = brought[-1] if brought else None
        if base is not None and base.source is ResumeSource.HH and base.content == content:
            return base, False
        revision = Resume(
            id=ResumeId(self.ids.new()),
            telegram_id=telegram_id,
            source=ResumeSource.HH,
            submission=tx.users.next_submission(telegram_id),
            content=content,
            created_at=self.clock.now(),
        )
        tx.resumes.add(revision)
        return revision, True


def brought_by(tx: Transaction, sign_in: SignIn, *, resume_id: str | None) -> Brought | None:
    """Return what the sign-in brought, for a call made twice; `None` where it brought nothing, or not what is asked.

    Nor is there anything to tell once the person unlinked.
    """
    link = tx.hh_connections.find(sign_in.telegram_id)
    made = [each for each in tx.resumes.all_of(sign_in.telegram_id) if each.id == sign_in.resume_id]
    if not made or link is None or link.resume_id is None or resume_id not in (None, link.resume_id):
        return None
    return Brought(link=link, resume=made[0], new=False, hh_resume_id=link.resume_id, found=(), applied=Applied())


def _of_last_time(found: Sequence[HhResume], resume_id: str | None) -> HhResume | None:
    return next((each for each in found if each.id == resume_id), None)


def _chosen(found: Sequence[HhResume], resume_id: str | None) -> HhResume:
    if not found:
        raise Conflict("no_resume_at_hh")
    if resume_id is None:
        return max(found, key=lambda each: (each.fullness, each.updated_at is not None, each.updated_at, each.id))
    for each in found:
        if each.id == resume_id:
            return each
    raise NotFound("hh_resume_not_found")


def _application(telegram_id: TelegramId, application: HhApplication) -> JobApplication:
    return JobApplication(
        telegram_id=telegram_id,
        vacancy_id=application.vacancy_id,
        applied_at=application.applied_at,
        told_by=ToldBy.HH,
    )
