"""What a person does with their résumé."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from domain.errors import Invalid, NotFound, Stale
from domain.identifiers import ResumeId, TelegramId
from domain.outcomes import Page, Saved
from domain.outside import Clock, Ids
from domain.resumes.content import Contact, Money, ResumeContent
from domain.resumes.resume import (
    Corrections,
    CurrentResume,
    Resume,
    ResumeSource,
    corrections_after_a_form,
    current_resume,
    each_once,
    skill_key,
)
from domain.search.current_employers import heed_current_employers
from domain.transactions import Transaction, Transactions


def current_of(tx: Transaction, telegram_id: TelegramId) -> CurrentResume | None:
    """Return the person's résumé that counts, or `None`."""
    return current_resume(
        base=tx.resumes.last_base(telegram_id),
        statement=tx.resumes.last_statement(telegram_id),
    )


def must_have_one(tx: Transaction, telegram_id: TelegramId) -> CurrentResume:
    """Return the person's résumé that counts, or raise `NotFound`."""
    tx.users.get(telegram_id)
    current = current_of(tx, telegram_id)
    if current is None:
        raise NotFound("resume_not_found")
    return current


@dataclass(frozen=True)
class SubmitResume:
    """Keep a résumé from the form as a new revision; the same content as the current one makes none."""

    transaction: Transactions
    clock: Clock
    ids: Ids

    def __call__(self, *, telegram_id: TelegramId, content: ResumeContent) -> Saved[CurrentResume]:
        content = replace(content, skills=each_once(content.skills))
        with self.transaction() as tx:
            tx.users.hold(telegram_id)
            current = current_of(tx, telegram_id)
            # While a file is under way the form must be counted anew, or the file would overtake it.
            waiting = any(upload.under_way for upload in tx.uploads.all_of(telegram_id))
            if current is not None and current.content == content and not waiting:
                return Saved(current, new=False)
            before = current.corrections if current is not None else Corrections()
            revision = Resume(
                id=ResumeId(self.ids.new()),
                telegram_id=telegram_id,
                source=ResumeSource.MANUAL,
                submission=tx.users.next_submission(telegram_id),
                content=content,
                corrections=corrections_after_a_form(before, content),
                created_at=self.clock.now(),
            )
            tx.resumes.add(revision)
            return Saved(_now_counting(tx, telegram_id), new=True)


@dataclass(frozen=True)
class ShowResume:
    transaction: Transactions

    def __call__(self, *, telegram_id: TelegramId) -> CurrentResume:
        with self.transaction() as tx:
            return must_have_one(tx, telegram_id)


@dataclass(frozen=True)
class EditResume:
    """Lay a person's corrections over their résumé, as a JSON merge patch (RFC 7396) says them.

    `patch` holds values of `ResumeContent` (`None` clears; `contact` and `salary` may be partial mappings).
    """

    transaction: Transactions
    clock: Clock
    ids: Ids

    def __call__(
        self,
        *,
        telegram_id: TelegramId,
        version: str,
        patch: Mapping[str, Any],
        confirmed_skills: Sequence[str] | None = None,
        denied_skills: Sequence[str] | None = None,
    ) -> CurrentResume:
        """Return the résumé as it is now; a patch that changes nothing makes no revision.

        The lists of confirmed and denied skills replace those before; `None` leaves them as they are. Raises `Stale`
        when `version` is not the current one, `Invalid` when one skill is both confirmed and denied.
        """
        if {skill_key(name) for name in confirmed_skills or ()} & {skill_key(name) for name in denied_skills or ()}:
            raise Invalid({"denied_skills": ["confirmed_too"]})
        with self.transaction() as tx:
            tx.users.hold(telegram_id)
            current = must_have_one(tx, telegram_id)
            if version != current.version:
                raise Stale("stale_resume")
            fields = _patched(current.content, patch)
            corrections = current.corrections
            if "skills" in fields:
                corrections = corrections.with_skill_list(fields["skills"], instead_of=current.content.skills)
            corrections = corrections.with_fields(fields)
            if confirmed_skills is not None:
                corrections = corrections.with_confirmed(confirmed_skills)
            if denied_skills is not None:
                corrections = corrections.with_denied(denied_skills)
            if corrections == current.corrections:
                return current
            tx.resumes.add(
                Resume(
                    id=ResumeId(self.ids.new()),
                    telegram_id=telegram_id,
                    source=ResumeSource.EDITED,
                    submission=tx.users.next_submission(telegram_id),
                    content=current.base.corrected_by(corrections),
                    corrections=corrections,
                    created_at=self.clock.now(),
                )
            )
            return _now_counting(tx, telegram_id)


def _now_counting(tx: Transaction, telegram_id: TelegramId) -> CurrentResume:
    current = must_have_one(tx, telegram_id)
    heed_current_employers(tx, telegram_id, current.content)
    return current


def _patched(content: ResumeContent, patch: Mapping[str, Any]) -> dict[str, Any]:
    """Return the corrected values by field, the contact block part by part."""
    corrected: dict[str, Any] = {}
    for name, value in patch.items():
        if name == "contact":
            parts = asdict(Contact()) if value is None else value
            corrected |= {f"contact.{part}": told for part, told in parts.items()}
        elif value is None:
            corrected[name] = getattr(ResumeContent(), name)
        elif name == "salary":
            corrected[name] = _patched_salary(content.salary, value)
        else:
            corrected[name] = value
    return corrected


def _patched_salary(before: Money | None, value: Mapping[str, Any]) -> Money | None:
    amount = value.get("amount", before.amount if before is not None else None)
    currency = value.get("currency", before.currency if before is not None else None)
    if amount is None and currency is None:
        return None
    if amount is None or currency is None:
        raise Invalid({f"salary.{'amount' if amount is None else 'currency'}": ["required"]})
    return Money(amount=amount, currency=currency)


@dataclass(frozen=True)
class ListRevisions:
    transaction: Transactions

    def __call__(self, *, telegram_id: TelegramId, limit: int, offset: int) -> Page[Resume]:
        with self.transaction() as tx:
            tx.users.get(telegram_id)
            items, total = tx.resumes.page(telegram_id, limit=limit, offset=offset)
            return Page(items, total)
