"""Retrieval: the terms by which a vacancy is found, and those by which a résumé asks for vacancies.

It fetches candidates for the scorer and decides nothing else. A role and a skill are terms of their catalogues, the
same in Russian and in English; a stem is a term of one language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from domain.matching.applicant import Applicant, measured
from domain.matching.languages import is_language
from domain.matching.lexicon import Place, Title
from domain.matching.measures import Measures
from domain.resumes.content import ResumeContent, WorkFormat
from domain.vacancies.vacancy import Vacancy

RETRIEVAL_VERSION = 2
"""Kept with every vacancy indexed; whoever changes what follows raises it, and the vacancies are indexed anew."""

MOST_STEMS = 80
"""How many stems of its texts a vacancy is found by, the most telling ones."""

_LONGEST_STEM = 40
_LEAST_TELLING = 0.25

_ANYWHERE = "place:anywhere"

_LEAST_KIN = 0.45
"""How near a role must be to be asked for as well: nearer than any other of its family."""


class Field(str, Enum):
    """Where a term stands in a vacancy.

    The role and the place; the words and technologies of the title, and those who would take it; what is asked; the
    rest.
    """

    ROLE = "role"
    TITLE = "title"
    SKILLS = "skills"
    TEXT = "text"


WEIGHTS: Mapping[Field, float] = {Field.ROLE: 1.0, Field.TITLE: 0.5, Field.SKILLS: 0.2, Field.TEXT: 0.05}
"""What a term shared with the query counts for, by where it stands in the vacancy."""

Terms = Mapping[Field, frozenset[str]]
"""The terms of a vacancy. Each stands in one field, the weightiest of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked for: a candidate has one or more of the terms `wanted`; all of `ranking` decide on the order.

    `ranking` holds what is wanted, too. An empty query finds nothing.
    """

    wanted: frozenset[str] = frozenset()
    ranking: frozenset[str] = frozenset()


def terms_of(vacancy: Vacancy, measures: Measures) -> Terms:
    """Return the terms by which a vacancy is found."""
    title = measures.titles.read(vacancy.title)
    must = {each.skill for each in vacancy.asks if each.must}
    nice = {each.skill for each in vacancy.asks if not each.must}
    told = (*vacancy.skills, vacancy.requirements, vacancy.responsibilities, vacancy.description, vacancy.company or "")
    by_field = {
        Field.ROLE: _roles(title) | _places(vacancy, measures),
        Field.TITLE: (
            _taken_by(title, measures) | _stems(measures, vacancy.title) | _skills(measures, title.technologies)
        ),
        Field.SKILLS: _skills(measures, must),
        Field.TEXT: _skills(measures, nice) | _most_telling(_stems(measures, "\n".join(told)), measures),
    }
    terms: dict[Field, frozenset[str]] = {}
    placed: frozenset[str] = frozenset()
    for field in Field:
        terms[field] = by_field[field] - placed
        placed |= by_field[field]
    return terms


def query_for(resume: ResumeContent, text: str | None, measures: Measures) -> Query:
    """Return what to ask for on behalf of a résumé; where the person typed a text, what they typed is wanted."""
    applicant = measured(resume, measures)
    # A language alone makes nobody a candidate, nor does a place, though they speak for one.
    languages = _skills(measures, filter(is_language, applicant.skills))
    speaking = languages | _around(applicant.place) | {_ANYWHERE}
    asked = _skills(measures, applicant.skills) - languages
    asked |= {f"taken:{role}" for role in _roles_of(applicant)}
    if applicant.title is not None:
        asked |= _roles(applicant.title) | _skills(measures, applicant.title.technologies)
        asked |= {_stem(stem) for stem in applicant.title_stems if _tells(stem, measures)}
    if text is None:
        return Query(wanted=asked, ranking=asked | speaking) if asked else Query()
    named = {mention.skill for mention in measures.skills.find(text)}
    typed = _roles(measures.titles.read(text)) | _skills(measures, named) | _stems(measures, text)
    return Query(wanted=typed, ranking=asked | speaking | typed)


def _roles(title: Title) -> frozenset[str]:
    role = {f"role:{title.role}"} if title.role is not None else set()
    return frozenset(role | ({f"family:{title.family}"} if title.family is not None else set()))


def _taken_by(title: Title, measures: Measures) -> frozenset[str]:
    """Return terms of those who would take the vacancy: people of its roles, and of roles kin to them."""
    roles = {title.role, *title.others} if title.role is not None else set()
    near = {other for role in roles for other, kinship in measures.titles.kin(role).items() if kinship >= _LEAST_KIN}
    return frozenset(f"taken:{role}" for role in roles | near)


def _roles_of(applicant: Applicant) -> frozenset[str]:
    """Return the roles wished and held."""
    title = applicant.title
    wished = {title.role, *title.others} if title is not None and title.role is not None else set()
    return frozenset(wished | applicant.held_roles.keys())


def _places(vacancy: Vacancy, measures: Measures) -> frozenset[str]:
    """Return terms of where the work is done: anywhere, or around a city."""
    if vacancy.work_format is WorkFormat.REMOTE:
        return frozenset({_ANYWHERE})
    return _around(measures.places.find(vacancy.area) if vacancy.area else None)


def _around(place: Place | None) -> frozenset[str]:
    return frozenset({f"place:{place.region}"}) if place is not None and place.region is not None else frozenset()


def _skills(measures: Measures, names: Iterable[str]) -> frozenset[str]:
    """Return the terms of skills; a generic one finds everybody."""
    entries = (measures.skills.skill(name) for name in names)
    return frozenset(f"skill:{entry.name}" for entry in entries if entry is not None and not entry.generic)


def _stems(measures: Measures, text: str) -> frozenset[str]:
    return frozenset(_stem(stem) for stem in measures.stems.stems(text))


def _stem(stem: str) -> str:
    return stem[:_LONGEST_STEM]


def _tells(stem: str, measures: Measures) -> bool:
    return measures.weights.weight(stem) >= _LEAST_TELLING


def _most_telling(stems: frozenset[str], measures: Measures) -> frozenset[str]:
    ranked = sorted(stems, key=lambda stem: (-measures.weights.weight(stem), stem))
    return frozenset(ranked[:MOST_STEMS])
