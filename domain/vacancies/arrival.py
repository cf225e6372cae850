"""How what a source sends becomes a vacancy of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from urllib.parse import quote

from domain.errors import Invalid
from domain.identifiers import VacancyId
from domain.matching.lexicon import Skills
from domain.matching.requirements import requirements_in
from domain.resumes.content import WorkFormat
from domain.vacancies.vacancy import ExperienceAsked, SalaryPeriod, SalaryRange, Vacancy
from domain.vacancies.years import MOST_YEARS, years_asked_in

BUILT_IN_SOURCES = frozenset({"hh", "trudvsem"})
INTERNAL = "internal"
LONGEST_TITLE, LONGEST_LINE, LONGEST_TEXT, LONGEST_ID, MOST_TAGS = 300, 300, 50_000, 100, 100
LONGEST_ADDRESS = 2_000

_SOURCE = re.compile(r"[a-z][a-z0-9_]{0,30}")
_ID = re.compile(r"[\w.:\-]{1,100}")
# Without what no store takes, and what would end an address where it stands in a text or a page.
_WEB_ADDRESS = re.compile(r"""https?://[^\s\x00-\x20"<>\\\x7f-\x9f\ud800-\udfff]{3,}""")
_STANDS_IN_ADDRESSES = "!#$%&()*+,-./:;=?@[]_~"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NO_EXPERIENCE = re.compile(r"no_?experience|без опыта|не требуется|not required|no experience|entry", re.IGNORECASE)
_AT_MOST = re.compile(r"^\s*(?:до|up to|less than|менее|не более|не больше|at most|max)\b", re.IGNORECASE)
_WITH_UNIT = re.compile(
    r"(\d+(?:[.,]\d+)?)(?:\s*[-–—]\s*(\d+(?:[.,]\d+)?))?\s*\+?[\s-]*(мес(?:\.|яц)|month|год|лет\b|year)", re.IGNORECASE
)
_BAR = re.compile(r"\s*[-–—]\s*|and|до", re.IGNORECASE)


class Markup(Protocol):
    def plain(self, text: str) -> str:
        """Return clean text of HTML or of text with entities, without what a reader would not see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A vacancy as a source words it: texts may hold HTML, experience any usual wording.

    The source says whether this is an `outline`, with cut texts, or all it has to tell.
    """

    id: str
    title: str
    source: str = INTERNAL
    company: str | None = None
    area: str | None = None
    salary_from: Decimal | None = None
    salary_to: Decimal | None = None
    currency: str = "RUB"
    salary_gross: bool | None = None
    salary_period: SalaryPeriod = SalaryPeriod.MONTH
    work_format: WorkFormat | None = None
    experience: str | None = None
    skills: tuple[str, ...] = ()
    responsibilities: str = ""
    requirements: str = ""
    description: str = ""
    outline: bool = False
    url: str | None = None
    published_at: datetime | None = None
    closes_at: datetime | None = None


def web_address(told: str) -> str | None:
    """Return the address of a page, in printable ASCII (what else it holds is percent-encoded), `None` for no such."""
    address = quote(told, safe=_STANDS_IN_ADDRESSES) if _WEB_ADDRESS.fullmatch(told) else ""
    return address if 0 < len(address) <= LONGEST_ADDRESS else None


def vacancy_id(draft: Draft) -> VacancyId:
    """Return `<source>-<id>`, or raise `Invalid`: a built-in source's ids are not for others to give."""
    errors: dict[str, list[str]] = {}
    if not _SOURCE.fullmatch(draft.source):
        errors["source"] = ["bad_source"]
    elif draft.source in BUILT_IN_SOURCES:
        errors["source"] = ["built_in_source"]
    if not _ID.fullmatch(draft.id):
        errors["id"] = ["bad_id"]
    elif draft.id.split("-", 1)[0] in BUILT_IN_SOURCES and "-" in draft.id:
        errors["id"] = ["built_in_source"]
    if errors:
        raise Invalid(errors)
    prefix = f"{draft.source}-"
    return VacancyId(draft.id if draft.id.startswith(prefix) else prefix + draft.id)


@dataclass(frozen=True)
class Arrivals:
    """Makes vacancies of drafts: cleans the texts, finds what is asked."""

    markup: Markup
    skills: Skills

    def vacancy(self, draft: Draft, *, id: VacancyId, at: datetime) -> Vacancy:  # noqa: A002 — the field's own name
        """Return the vacancy as it arrives at that time, or raise `Invalid` with a code for each bad field."""
        title, company, area = (self._line(text) for text in (draft.title, draft.company, draft.area))
        texts = {
            name: self.markup.plain(getattr(draft, name))
            for name in ("responsibilities", "requirements", "description")
        }
        _check(draft, title or "", {"company": company, "area": area}, texts)
        tags = tuple(dict.fromkeys(filter(None, (self._line(tag) for tag in draft.skills))))
        return Vacancy(
            id=id,
            source=draft.source,
            title=title or "",
            company=company,
            salary=_salary(draft),
            area=area,
            work_format=draft.work_format,
            experience=experience_asked(draft.experience) or self._years_in(title or "", texts),
            skills=tags,
            asks=requirements_in(
                title=title or "",
                tags=tags,
                # Where no requirements are set apart, the whole text is read for them.
                requirements=texts["requirements"] or texts["description"],
                responsibilities=texts["responsibilities"],
                skills=self.skills,
            ),
            url=web_address(draft.url) if draft.url is not None else None,
            published_at=draft.published_at,
            closes_at=draft.closes_at,
            responsibilities=texts["responsibilities"],
            requirements=texts["requirements"],
            description=texts["description"],
            outline=draft.outline,
            first_seen_at=at,
            last_seen_at=at,
        )

    def _years_in(self, title: str, texts: Mapping[str, str]) -> ExperienceAsked | None:
        told = (title, texts["requirements"], texts["responsibilities"], texts["description"])
        return next(filter(None, (years_asked_in(text, self.skills) for text in told if text)), None)

    def _line(self, text: str | None) -> str | None:
        return " ".join(self.markup.plain(text).split()) or None if text else None


def experience_asked(words: str | None) -> ExperienceAsked | None:
    """Return the years that a source's wording asks for, or `None` where it gives none.

    Reads `no_experience`, `1-3`, `6+`, `от 3 лет`, `1–3 года`, hh.ru's `between1And3` and `moreThan6`, a bare number.
    """
    if not words or not words.strip():
        return None
    numbers = _years_named(words) or [_number(number) for number in _NUMBER.findall(words)]
    numbers = [number for number in numbers if number <= MOST_YEARS]
    if not numbers:
        return ExperienceAsked(least=0, most=0) if _NO_EXPERIENCE.search(words) else None
    if len(numbers) >= 2 and _BAR.search(words) and numbers[0] <= numbers[1]:
        return ExperienceAsked(least=numbers[0], most=numbers[1])
    if _AT_MOST.search(words):
        return ExperienceAsked(least=0, most=numbers[0])
    return ExperienceAsked(least=numbers[0])


def _years_named(words: str) -> list[float]:
    """Return the numbers that stand before a unit of time, as years."""
    found = []
    for first, second, unit in _WITH_UNIT.findall(words):
        months = unit.lower().startswith(("мес", "mon"))
        found += [round(_number(number) / 12, 2) if months else _number(number) for number in (first, second) if number]
    return found


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _salary(draft: Draft) -> SalaryRange | None:
    if draft.salary_from is None and draft.salary_to is None:
        return None
    return SalaryRange(
        from_=draft.salary_from,
        to=draft.salary_to,
        currency={"RUR": "RUB", "BYR": "BYN"}.get(draft.currency, draft.currency),
        gross=draft.salary_gross,
        period=draft.salary_period,
    )


def _check(draft: Draft, title: str, lines: dict[str, str | None], texts: dict[str, str]) -> None:
    errors: dict[str, list[str]] = {}
    if not 1 <= len(title) <= LONGEST_TITLE:
        errors["title"] = ["bad_length"]
    errors |= {name: ["too_long"] for name, line in lines.items() if line is not None and len(line) > LONGEST_LINE}
    errors |= {name: ["too_long"] for name, text in texts.items() if len(text) > LONGEST_TEXT}
    if len(draft.skills) > MOST_TAGS:
        errors["skills"] = ["too_many"]
    for name in ("salary_from", "salary_to"):
        amount = getattr(draft, name)
        if amount is not None and not 0 <= amount < 10**12:
            errors[name] = ["out_of_range"]
    if draft.salary_from is not None and draft.salary_to is not None and draft.salary_from > draft.salary_to:
        errors.setdefault("salary_to", ["below_salary_from"])
    if draft.url is not None and web_address(draft.url) is None:
        errors["url"] = ["not_a_web_address"]
    if errors:
        raise Invalid(errors)
