"""What a market asks for that an applicant does not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.matching.applicant import Applicant
from domain.matching.languages import reaches
from domain.matching.lexicon import Skill, Skills
from domain.matching.requirements import Requirement
from domain.resumes.content import LanguageLevel
from domain.vacancies.vacancy import Vacancy


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """How many vacancies ask for a skill, as a must-have or as nice to have.

    `level` is the one most of them ask of a language, the higher one of two asked equally often.
    """

    skill: Skill
    must: int
    nice: int
    level: LanguageLevel | None = None

    @property
    def asked(self) -> int:
        return self.must + self.nice


def asked(vacancies: Iterable[Vacancy], skills: Skills) -> list[Demand]:
    """Return what is asked, the skill asked most first."""
    return _demands((requirement for vacancy in vacancies for requirement in vacancy.asks), skills)


def unmet(vacancies: Iterable[Vacancy], applicant: Applicant, skills: Skills) -> list[Demand]:
    """Return what is asked and not held, the skill asked most first.

    Held is what the scorer takes for held: a skill implied, one of several alternatives, a language without a level.
    """
    requirements = (requirement for vacancy in vacancies for requirement in vacancy.asks)
    return _demands((each for each in requirements if not _met(each, applicant)), skills)


def _demands(requirements: Iterable[Requirement], skills: Skills) -> list[Demand]:
    asks: dict[str, list[Requirement]] = {}
    for requirement in requirements:
        asks.setdefault(requirement.skill, []).append(requirement)
    demands = [_demand(entry, these) for name, these in asks.items() if (entry := _countable(name, skills))]
    return sorted(demands, key=lambda each: (-each.asked, -each.must, each.skill.name))


def asked_by(vacancies: Sequence[Vacancy], skills: Skills) -> Mapping[str, int]:
    """Return how many of the vacancies ask for each countable skill."""
    counts: dict[str, int] = {}
    for vacancy in vacancies:
        for name in {each.skill for each in vacancy.asks}:
            counts[name] = counts.get(name, 0) + 1
    return {name: count for name, count in counts.items() if _countable(name, skills)}


def _countable(name: str, skills: Skills) -> Skill | None:
    """Return the catalogue's entry of a skill that counts in the match, else `None`."""
    entry = skills.skill(name)
    return None if entry is None or entry.generic else entry


def _met(requirement: Requirement, applicant: Applicant) -> bool:
    if any(name in applicant.skills for name in requirement.any_of if name != requirement.skill):
        return True
    if requirement.skill not in applicant.skills:
        return False
    held = applicant.levels.get(requirement.skill)
    # Where the résumé tells no level, that is what it lacks; the language it has.
    return requirement.level is None or held is None or reaches(held, requirement.level)


def _demand(skill: Skill, asks: Sequence[Requirement]) -> Demand:
    levels = [each.level for each in asks if each.level is not None]
    order = tuple(LanguageLevel)
    return Demand(
        skill=skill,
        must=sum(each.must for each in asks),
        nice=sum(not each.must for each in asks),
        level=max(levels, key=lambda level: (levels.count(level), order.index(level)), default=None),
    )
