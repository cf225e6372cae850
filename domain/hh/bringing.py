"""What is brought from a person's account at hh.ru: a résumé, and what they applied to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Conflict, NotFound, Unavailable
from domain.hh.connection import HhConnection, SealedTokens
from domain.hh.ports import HhAccounts, HhApplication, HhResume
from domain.hh.tokens import TokensInHand
from domain.hh.troubles import ClosedByProvider
from domain.identifiers import ResumeId, TelegramId
from domain.outside import Clock, Ids
from domain.resumes.content import ResumeContent
from domain.resumes.resume import Resume, ResumeSource
from domain.search.applications import JobApplication, ToldBy
from domain.search.applying import note_applications
from domain.transactions import Transaction, Transactions


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """How many applications at hh.ru were not known yet; or `trouble`, why they could not be asked for."""

    noted: int = 0
    trouble: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The revision that a résumé at hh.ru became, `new` or as it stood.

    `hh_resume_id` is the one chosen of all `found`.
    """

    link: HhConnection
    resume: Resume
    new: bool
    hh_resume_id: str
    found: tuple[HhResume, ...]
    applied: Applied


@dataclass(frozen=True)
class BringFromHh:
    """Bring a person's fullest résumé, or the one asked for, and what they applied to, by a link that is held."""

    transaction: Transactions
    clock: Clock
    ids: Ids
    accounts: HhAccounts
    tokens: TokensInHand

    def __call__(self, link: HhConnection, *, resume_id: str | None) -> Brought:
        """Return what was brought; the link is let go of in any case.

        Raises `NotFound('hh_resume_not_found')`, `Conflict` with `no_resume_at_hh` or why hh.ru shows nothing,
        `Unavailable`.
        """

        def one_of_theirs(tokens: SealedTokens) -> tuple[Sequence[HhResume], HhResume]:
            found = self.accounts.resumes(tokens)
            return found, _chosen(found, resume_id)

        link, (found, chosen) = self.tokens.ask(link, one_of_theirs)
        link, applications = self.tokens.ask(link, self._applications)
        return self._keep(link, tuple(found), chosen, applications)

    def _applications(self, tokens: SealedTokens) -> Sequence[HhApplication] | str:
        try:
            return self.accounts.applications(tokens)
        except (ClosedByProvider, Unavailable) as trouble:
            # The résumé is worth having without them.
            return trouble.code

    def _keep(
        self,
        link: HhConnection,
        found: tuple[HhResume, ...],
        chosen: HhResume,
        applications: Sequence[HhApplication] | str,
    ) -> Brought:
        now = self.clock.now()
        synced = link.synced(at=now, resume_id=chosen.id).released()
        with self.transaction() as tx:
            tx.users.hold(link.telegram_id)
            if not tx.hh_connections.settle(synced):
                # Unlinked, or linked anew, meanwhile: what was brought is not wanted any more.
                raise Conflict("hh_busy")
            resume, new = self._revision(tx, link.telegram_id, chosen.content)
            if isinstance(applications, str):
                applied = Applied(trouble=applications)
            else:
                told = [_application(link.telegram_id, each) for each in applications]
                applied = Applied(noted=note_applications(tx, link.telegram_id, told, at=now))
        return Brought(link=synced, resume=resume, new=new, hh_resume_id=chosen.id, found=found, applied=applied)

    def _revision(self, tx: Transaction, telegram_id: TelegramId, content: ResumeContent) -> tuple[Resume, bool]:
        base = tx.resumes.last_base(telegram_id)
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
