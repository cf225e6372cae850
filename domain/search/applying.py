"""How it becomes known what a person applied to, and is never offered to them again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.identifiers import TelegramId, VacancyId
from domain.outside import Clock
from domain.search.applications import JobApplication, ToldBy
from domain.transactions import Transaction, Transactions

_ID = re.compile(r"[\w.:\-]{1,200}")
_PAGES = (
    (
        "hh",
        re.compile(
            r"https?://(?:[\w-]+\.)*(?:hh\.(?:ru|kz|uz)|headhunter\.(?:ge|kg)|rabota\.by|hh1\.az)/vacancy/(\d{1,20})(?:[/?#].*)?"
        ),
    ),
    ("trudvsem", re.compile(r"https?://(?:www\.)?trudvsem\.ru/vacancy/card/(?:\d+/)?([\w-]{1,60})(?:[/?#].*)?")),
)


def vacancy_named(told: str) -> VacancyId | None:
    """Return the vacancy that a person names by our id, or by its page at hh.ru or Работа России; `None`: neither."""
    told = told.strip()
    for source, page in _PAGES:
        if found := page.fullmatch(told):
            return VacancyId(f"{source}-{found.group(1)}")
    return VacancyId(told) if "-" in told and _ID.fullmatch(told) else None


def note_applications(
    tx: Transaction, telegram_id: TelegramId, applications: Sequence[JobApplication], *, at: datetime
) -> int:
    """Keep applications and see that none of their vacancies is offered again; return how many were not known."""
    known = tx.job_applications.vacancies(telegram_id)
    fresh = {each.vacancy_id: each for each in applications if each.vacancy_id not in known}
    count = tx.job_applications.add(fresh.values())
    stands_for = tx.vacancies.same_as(fresh)
    # Under its own id it may have been offered before it was known to be the same job.
    for vacancy_id in dict.fromkeys((*fresh, *stands_for.values())):
        match = tx.matches.find(telegram_id, vacancy_id)
        if match is not None:
            tx.matches.save(match.applied_elsewhere(at=at))
    # The same posting may wait under another id.
    tx.matches.withhold_applied(telegram_id, {each.posting for each in tx.vacancies.among(fresh).values()})
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """How many applications were new, how many known already; `errors`: which lines name no vacancy, and why."""

    new: int
    known: int
    errors: Mapping[int, str]


@dataclass(frozen=True)
class NoteApplications:
    """Take a person's own list of what they applied to. A line that names no vacancy harms none of the others."""

    transaction: Transactions
    clock: Clock

    def __call__(self, *, telegram_id: TelegramId, told: Mapping[int, tuple[str, datetime | None]]) -> Noted:
        """`told` gives by the number of its line what names a vacancy, and when the person applied, if they say so."""
        now = self.clock.now()
        named = {line: (vacancy_named(words), at) for line, (words, at) in told.items()}
        applications = [
            JobApplication(
                telegram_id=telegram_id, vacancy_id=vacancy_id, applied_at=min(at or now, now), told_by=ToldBy.LIST
            )
            for vacancy_id, at in named.values()
            if vacancy_id is not None
        ]
        with self.transaction() as tx:
            tx.users.hold(telegram_id)
            new = note_applications(tx, telegram_id, applications, at=now)
        distinct = len({each.vacancy_id for each in applications})
        errors = {line: "names_no_vacancy" for line, (vacancy_id, _) in named.items() if vacancy_id is None}
        return Noted(new=new, known=distinct - new, errors=errors)
