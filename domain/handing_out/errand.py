"""What an outside automation is told of the work it is given: nothing of whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.handing_out.anonymous import without_person
from domain.identifiers import RunId, UploadId
from domain.matching.measures import Measures
from domain.resumes.content import ResumeContent, WorkFormat
from domain.search.filters import Filters
from domain.users.user import User

MOST_SKILLS = 50

_LETTERS = re.compile(r"[^\W\d_]{4,}")
_BETWEEN_PARTS = re.compile(r"\s*[,;:|\n]\s*|\s+[-–—]\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for in places that only the automation knows; we search our own sources by the search's id.

    `salary_from` is RUB a month, net.
    """

    position: str | None = None
    skills: tuple[str, ...] = ()
    region: str | None = None
    salary_from: Decimal | None = None
    work_format: WorkFormat | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchErrand:
    """`sources` are those of ours to ask, `limit` is how many vacancies of each are wanted at most."""

    search_id: RunId
    deadline: datetime
    sources: tuple[str, ...]
    limit: int
    query: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class FileErrand:
    """A résumé file as it was sent, with the text that our reader found in it."""

    upload_id: UploadId
    deadline: datetime
    filename: str
    content: bytes
    text: str


def query_of(user: User, resume: ResumeContent, filters: Filters, measures: Measures) -> Query:
    """Return what a search looks for, without a word of the person's name or of how they are reached.

    Of a position only what names a profession is told, if anything does, and of a region the place alone.
    """
    contact = resume.contact
    names = (
        *(user.first_name, user.last_name, contact.first_name, contact.last_name, contact.middle_name),
        *(word for email in (user.email, contact.email) if email for word in _names_in(email, measures)),
    )
    skills = dict.fromkeys(without_person(skill, names) for skill in resume.skills)
    return Query(
        position=_profession(without_person(resume.desired_position or resume.current_position, names), measures),
        skills=tuple(skill for skill in skills if skill is not None)[:MOST_SKILLS],
        region=_place(filters.region or resume.region, measures),
        salary_from=filters.salary_from,
        work_format=filters.work_format,
        text=without_person(filters.text, names),
    )


def _names_in(email: str, measures: Measures) -> list[str]:
    """Return the words before the `@` that may be a person's: neither of work nor too short to tell anybody."""
    words = _LETTERS.findall(email.partition("@")[0])
    return [word for word in words if not (measures.skills.find(word) or measures.titles.read(word).role)]


def _profession(position: str | None, measures: Measures) -> str | None:
    if position is None:
        return None
    named = [part for part in _BETWEEN_PARTS.split(position) if measures.titles.read(part).role]
    return ", ".join(named) or position


def _place(region: str | None, measures: Measures) -> str | None:
    place = measures.places.find(region) if region else None
    return (place.city or place.region) if place is not None else None
