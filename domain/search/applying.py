"""How it becomes known what a person applied to, and is never offered to them again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.identifiers import TelegramId, VacancyId
from domain.outside import Clock
from domain.search.applications import JobApplication, ToldBy
from domain.transactions import Transaction, Transactions
from domain.users.hh_urls import HH_DOMAINS
from domain.vacancies.arrival import BUILT_IN_SOURCES

_ID = re.compile(r"(?P<source>[a-z][a-z0-9_]{0,30})-[\w.:\-]{1,100}")
_IDS_AT = {"hh": re.compile(r"hh-[0-9]{1,20}"), "trudvsem": re.compile(r"trudvsem-[a-zA-Z0-9_\-]{1,60}")}
_HH = "|".join(re.escape(domain) for domain in sorted(HH_DOMAINS))
_PAGES = (
    ("hh", re.compile(rf"(?:https?://)?(?:[\w-]+\.)*(?:{_HH})/vacancy/([0-9]{{1,20}})(?:[/?#].*)?")),
    (
        "trudvsem",
        re.compile(r"(?:https?://)?(?:www\.)?trudvsem\.ru/vacancy/card/(?:[0-9]+/)?([a-zA-Z0-9_-]{1,60})(?:[/?#].*)?"),
    ),
)


def vacancy_named(told: str) -> VacancyId | None:
    """Return the vacancy that a person names by its page at hh.ru or Работа России, or by an id; `None`: neither.

    Words with a hyphen may look like an id of a source of our own, and be none.
    """
    told = told.strip()
    for source, page in _PAGES:
        if found := page.fullmatch(told):
            return VacancyId(f"{source}-{found.group(1)}")
    shaped = _ID.fullmatch(told)
    return VacancyId(told) if shaped and _IDS_AT.get(shaped["source"], _ID).fullmatch(told) else None


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

    def __call__(
        self, *, telegram_id: TelegramId, told: Mapping[int, tuple[tuple[str, ...], datetime | None]]
    ) -> Noted:
        """`told` gives by the number of its line what may name a vacancy, and when the person applied, if they say so.

        Of the words of a line the first count that do name one. Of our own vacancies these are the ones we know.
        """
        now = self.clock.now()
        named = {line: [*filter(None, map(vacancy_named, words))] for line, (words, _) in told.items()}
        with self.transaction() as tx:
            tx.users.hold(telegram_id)
            there_are = _existing(tx, (each for ids in named.values() for each in ids))
            meant = {line: next((each for each in ids if each in there_are), None) for line, ids in named.items()}
            applications = [
                JobApplication(
                    telegram_id=telegram_id,
                    vacancy_id=vacancy_id,
                    applied_at=min(told[line][1] or now, now),
                    told_by=ToldBy.LIST,
                )
                for line, vacancy_id in meant.items()
                if vacancy_id is not None
            ]
            new = note_applications(tx, telegram_id, applications, at=now)
        distinct = len({each.vacancy_id for each in applications})
        errors = {line: "names_no_vacancy" for line, vacancy_id in meant.items() if vacancy_id is None}
        return Noted(new=new, known=distinct - new, errors=errors)


def _existing(tx: Transaction, ids: Iterable[VacancyId]) -> frozenset[VacancyId]:
    """Return those of the ids that are not made up, as far as we can tell: boards have more than we know of."""
    of_boards: set[VacancyId] = set()
    ours: set[VacancyId] = set()
    for each in ids:
        (of_boards if each.split("-", 1)[0] in BUILT_IN_SOURCES else ours).add(each)
    return frozenset((*of_boards, *tx.vacancies.last_seen(ours), *tx.vacancies.same_as(ours)))
