"""How much of what a vacancy asks a résumé holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.matching.applicant import Applicant
from domain.matching.assessment import Aspect, Line, Reason, Verdict
from domain.matching.languages import reaches
from domain.matching.lexicon import Skills
from domain.matching.requirements import Requirement
from domain.resumes.content import LanguageLevel
from domain.vacancies.vacancy import Vacancy

MUST, NICE = 1.0, 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsMatch:
    """`share` is the weighted part of what is asked that the résumé has, `None` when nothing countable is asked.

    `matched` is in the résumé's order, `missing` has must-haves first. Of alternatives one is named: the one held, or
    the first that is asked. A language is named with the level asked; where the résumé tells no level it earns
    nothing, and is neither matched nor missing.
    """

    share: float | None
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    licence_missing: bool
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]


def skills_match(
    applicant: Applicant, vacancy: Vacancy, skills: Skills, *, position_held: str | None = None
) -> SkillsMatch:
    """Return the match; skills that the résumé's skills imply count as held.

    Who has held the very role is not taken to lack a licence that it must have: nobody knows.
    """
    asked = earned = 0.0
    matched: list[tuple[int, str]] = []
    missing: list[str] = []
    lines: list[Line] = []
    licence_missing = False
    places = {name: place for place, name in enumerate(applicant.skills)}
    for group in _groups(vacancy.asks, skills):
        requirement, verdict = _best(applicant, group)
        entry = skills.skill(requirement.skill)
        proof = applicant.skills.get(requirement.skill)
        if verdict is Verdict.UNMET and position_held and requirement.must and entry is not None and entry.licence:
            verdict, proof = Verdict.UNKNOWN, position_held
        weight = MUST if requirement.must else NICE
        asked += weight
        name = _named(requirement)
        if verdict is Verdict.MET:
            earned += weight
            matched.append((places[requirement.skill], name))
        elif verdict is Verdict.UNMET:
            missing.append(name)
            licence_missing = licence_missing or (entry is not None and entry.licence and requirement.must)
        lines.append(
            Line(
                aspect=Aspect.SKILLS,
                subject=name,
                verdict=verdict,
                must=requirement.must,
                asked=requirement.words,
                proof=proof,
            )
        )
    in_order = [name for _, name in sorted(matched)]
    return SkillsMatch(
        share=round(earned / asked, 4) if asked else None,
        matched=tuple(in_order),
        missing=tuple(missing),
        licence_missing=licence_missing,
        lines=tuple(lines),
        reasons=_reasons(in_order, missing),
    )


def _groups(asks: Sequence[Requirement], skills: Skills) -> Iterator[Sequence[Requirement]]:
    """Yield the countable requirements: each alone, alternatives together, in the order in which they are asked."""
    countable = [each for each in asks if (entry := skills.skill(each.skill)) is not None and not entry.generic]
    seen: set[tuple[str, ...]] = set()
    for each in countable:
        if not each.any_of:
            yield (each,)
        elif each.any_of not in seen:
            seen.add(each.any_of)
            group = [other for other in countable if other.any_of == each.any_of]
            yield sorted(group, key=lambda other: other.any_of.index(other.skill))


def _best(applicant: Applicant, group: Sequence[Requirement]) -> tuple[Requirement, Verdict]:
    """Return the first alternative that is met, else one of unknown level, else the first."""
    verdicts = [(requirement, _verdict(applicant, requirement)) for requirement in group]
    ranks = (Verdict.MET, Verdict.UNKNOWN, Verdict.UNMET)
    return min(verdicts, key=lambda pair: ranks.index(pair[1]))


def _verdict(applicant: Applicant, requirement: Requirement) -> Verdict:
    if requirement.skill not in applicant.skills:
        return Verdict.UNMET
    if requirement.level is None:
        return Verdict.MET
    held = applicant.levels.get(requirement.skill)
    if held is None:
        return Verdict.UNKNOWN
    return Verdict.MET if reaches(held, requirement.level) else Verdict.UNMET


def _named(requirement: Requirement) -> str:
    level = requirement.level
    # "Native" is no code to put behind a name.
    return requirement.skill if level is None or level is LanguageLevel.NATIVE else f"{requirement.skill} {level.value}"


def _reasons(matched: list[str], missing: list[str]) -> tuple[Reason, ...]:
    reasons = []
    if matched:
        reasons.append(
            Reason(
                code="skills_matched",
                data={"count": len(matched), "total": len(matched) + len(missing), "names": matched[:4]},
            )
        )
    if missing:
        reasons.append(Reason(code="skills_missing", data={"count": len(missing), "names": missing[:3]}))
    return tuple(reasons)
