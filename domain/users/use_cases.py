"""What is done with profiles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.errors import Invalid, NotFound
from domain.handing_out.hand_out import HandOut, Page
from domain.hh.connection import HhConnection
from domain.hh.sign_in import SignIn
from domain.hh.tokens import TokensInHand
from domain.identifiers import TelegramId
from domain.outcomes import Saved
from domain.outside import Clock
from domain.resumes.resume import Resume
from domain.resumes.upload import Upload
from domain.search.applications import JobApplication
from domain.search.match import Match
from domain.search.ports import VacancyQueues
from domain.search.run import SearchRun
from domain.transactions import Transactions
from domain.users.ports import Erasures, Remembered, Users
from domain.users.user import Consent, User, phone_number

REQUIRED = ("first_name", "last_name", "age", "city", "email", "phone")


@dataclass(frozen=True)
class SaveUser:
    """Create a profile, or update the fields sent. `consent_required` names the terms a new person must agree to."""

    transaction: Transactions
    clock: Clock
    consent_required: str | None = None

    def __call__(
        self, *, telegram_id: TelegramId, fields: Mapping[str, Any], consent_version: str | None = None
    ) -> Saved[User]:
        """Keep the profile; raise `Invalid` with a code for each bad or missing field."""
        now = self.clock.now()
        fields = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
        if "phone" in fields:
            fields["phone"] = phone_number(fields["phone"])
        if consent_version is not None:
            fields["consent"] = Consent(version=consent_version, at=now)
        with self.transaction() as tx:
            known = tx.users.find(telegram_id)
            if known is None:
                self._must_be_whole(fields)
                user = User(telegram_id=telegram_id, created_at=now, updated_at=now, **fields)
            else:
                # Held, so that an erasure meanwhile is not undone.
                user = replace(tx.users.hold(telegram_id), updated_at=now, **fields)
            tx.users.save(user)
        return Saved(user, new=known is None)

    def _must_be_whole(self, fields: Mapping[str, Any]) -> None:
        errors = {name: ["required"] for name in REQUIRED if name not in fields}
        consent = fields.get("consent")
        if self.consent_required is not None and (consent is None or consent.version != self.consent_required):
            errors["consent_version"] = ["consent_required"]
        if errors:
            raise Invalid(errors)


@dataclass(frozen=True)
class ShowUser:
    transaction: Transactions

    def __call__(self, *, telegram_id: TelegramId) -> User:
        with self.transaction() as tx:
            return tx.users.get(telegram_id)


@dataclass(frozen=True)
class EraseUser:
    """Remove a person and everything kept about them; what is under way for them finds its row gone."""

    transaction: Transactions
    queues: VacancyQueues
    erasures: Erasures
    remembered: Remembered
    tokens: TokensInHand

    def __call__(self, *, telegram_id: TelegramId) -> None:
        """Raise `NotFound`, or `Unavailable` and erase nobody when it cannot be noted for a restore to come."""
        with self.transaction() as tx:
            tx.users.get(telegram_id)
        # Before: an erasure that nobody remembers would be undone by the next restore, one too many harms nobody.
        self.erasures.note(telegram_id)
        with self.transaction() as tx:
            # Taken here, for a refresh may have replaced the tokens a moment ago.
            link = tx.hh_connections.remove(telegram_id)
            tx.users.erase(telegram_id)
        self.queues.forget(telegram_id)
        self.remembered.forget_people()
        self.tokens.revoke(link)


@dataclass(frozen=True)
class EraseAgain:
    """Erase those who are in the store again because an old backup was restored.

    Of them only pseudonyms are known, since nothing else may be kept of an erased person.
    """

    transaction: Transactions
    erase_user: EraseUser

    def __call__(
        self,
        *,
        erased: Mapping[str, datetime],
        pseudonyms_of: Callable[[TelegramId], Collection[str]],
        pretend: bool = False,
    ) -> int:
        """Erase whoever bears one of the pseudonyms and was there when it was erased; return how many.

        `erased` gives each pseudonym's last erasure: who was created after it has registered anew. `pseudonyms_of`
        gives those that a person may have been noted by. `pretend` only counts.
        """
        with self.transaction() as tx:
            back = [each for each in tx.users.all_ids() if _is_back(tx.users, each, erased, pseudonyms_of(each))]
        return len(back) if pretend else sum(map(self._erased, back))

    def _erased(self, telegram_id: TelegramId) -> bool:
        try:
            self.erase_user(telegram_id=telegram_id)
        except NotFound:
            # Somebody else was quicker.
            return False
        return True


def _is_back(
    users: Users, telegram_id: TelegramId, erased: Mapping[str, datetime], pseudonyms: Collection[str]
) -> bool:
    times = [erased[each] for each in pseudonyms if each in erased]
    user = users.find(telegram_id) if times else None
    return user is not None and user.created_at <= max(times)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Everything held about a person. `files` gives each upload's bytes as long as they are kept.

    `delivered` gives by the id of each hand-out what has come of it.
    Of the link to hh.ru, and of the sign-in, what is secret is not for anybody to read.
    """

    user: User
    resumes: Sequence[Resume]
    uploads: Sequence[Upload]
    files: Mapping[str, bytes]
    search_runs: Sequence[SearchRun]
    matches: Sequence[Match]
    hand_outs: Sequence[HandOut]
    delivered: Mapping[str, Sequence[Page]]
    job_applications: Sequence[JobApplication]
    hh: HhConnection | None
    sign_in: SignIn | None


@dataclass(frozen=True)
class ExportUser:
    transaction: Transactions

    def __call__(self, *, telegram_id: TelegramId) -> Export:
        with self.transaction() as tx:
            user = tx.users.get(telegram_id)
            uploads = tx.uploads.all_of(telegram_id)
            files = {upload.id: tx.files.get(upload.id) for upload in uploads}
            hand_outs = tx.hand_outs.all_of(telegram_id)
            return Export(
                user=user,
                resumes=tx.resumes.all_of(telegram_id),
                uploads=uploads,
                files={name: content for name, content in files.items() if content is not None},
                search_runs=tx.search_runs.all_of(telegram_id),
                matches=tx.matches.all_of(telegram_id),
                hand_outs=hand_outs,
                delivered={each.id: tx.hand_outs.pages(each.id) for each in hand_outs},
                job_applications=tx.job_applications.all_of(telegram_id),
                hh=tx.hh_connections.find(telegram_id),
                sign_in=tx.sign_ins.of(telegram_id),
            )
