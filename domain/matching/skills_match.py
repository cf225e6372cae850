"""How much of what a vacancy asks a résumé holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain.matching.applicant import Applicant
from domain.matching.assessment import Aspect, Line, Reason, Verdict
from domain.matching.languages import reaches
from domain.matching.lexicon import Titles
from domain.matching.opening import Opening
from domain.matching.requirements import Requirement
from domain.matching.role import position_held
from domain.resumes.content import LanguageLevel
from domain.vacancies.vacancy import Vacancy

MUST, NICE = 1.0, 0.4

ENOUGH_ASKED = 2.0
"""The weight of requirements from which on the match earns its points in full: one alone tells little of the work."""

_RANKS = (Verdict.MET, Verdict.UNKNOWN, Verdict.UNMET)


class Answer(NamedTuple):
    """What the résumé says to one requirement, or to several alternatives: then one of them stands for all."""

    requirement: Requirement
    verdict: Verdict
    proof: str | None


class SkillsShare(NamedTuple):
    """`share` is the weighted part of what is asked that the résumé has, `None` when nothing countable is asked.

    `telling` is how much the share says, 0 to 1: the less is asked, the nearer is it to silence.
    """

    share: float | None
    telling: float
    licence_missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsMatch:
    """The answers in words. `matched` is in the résumé's order, `missing` has must-haves first.

    Of alternatives the one held is named, or the first that is asked. A language is named with the level asked; where
    the résumé tells no level it earns nothing, and is neither matched nor missing.
    """

    matched: tuple[str, ...]
    missing: tuple[str, ...]
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]


def skills_share(applicant: Applicant, opening: Opening, vacancy: Vacancy, titles: Titles) -> SkillsShare:
    """Return how much of what is asked is held; skills that the résumé's skills imply count as held."""
    asked = earned = 0.0
    licence_missing = False
    for requirement, verdict, _ in _answers(applicant, opening, vacancy, titles):
        weight = MUST if requirement.must else NICE
        asked += weight
        if verdict is Verdict.MET:
            earned += weight
        elif verdict is Verdict.UNMET and requirement.must and requirement.skill in opening.licences:
            licence_missing = True
    return SkillsShare(round(earned / asked, 4) if asked else None, min(1.0, asked / ENOUGH_ASKED), licence_missing)


def _answers(applicant: Applicant, opening: Opening, vacancy: Vacancy, titles: Titles) -> Iterator[Answer]:
    """Yield an answer for each group, in the order in which they are asked."""
    for group in opening.groups:
        answer = _best([_answer(applicant, vacancy.asks[index]) for index in group])
        requirement, verdict, _ = answer
        if verdict is Verdict.UNMET and requirement.must and requirement.skill in opening.licences:
            # Who has held the very role is not taken to lack a licence that it must have: nobody knows.
            held = position_held(applicant, opening, titles)
            answer = Answer(requirement, Verdict.UNKNOWN, held) if held else answer
        yield answer


def _best(answers: Sequence[Answer]) -> Answer:
    """Return the first alternative that is met, else one of unknown level, else the first."""
    return answers[0] if len(answers) == 1 else min(answers, key=lambda answer: _RANKS.index(answer.verdict))


def _answer(applicant: Applicant, requirement: Requirement) -> Answer:
    proof = applicant.skills.get(requirement.skill)
    if proof is None:
        return Answer(requirement, Verdict.UNMET, None)
    if requirement.level is None:
        return Answer(requirement, Verdict.MET, proof)
    held = applicant.levels.get(requirement.skill)
    if held is None:
        return Answer(requirement, Verdict.UNKNOWN, proof)
    return Answer(requirement, Verdict.MET if reaches(held, requirement.level) else Verdict.UNMET, proof)


def skills_match(applicant: Applicant, opening: Opening, vacancy: Vacancy, titles: Titles) -> SkillsMatch:
    """Return the answers in words."""
    places = {name: place for place, name in enumerate(applicant.skills)}
    matched: list[tuple[int, str]] = []
    missing: list[str] = []
    lines: list[Line] = []
    for requirement, verdict, proof in _answers(applicant, opening, vacancy, titles):
        name = _named(requirement)
        if verdict is Verdict.MET:
            matched.append((places[requirement.skill], name))
        elif verdict is Verdict.UNMET:
            missing.append(name)
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
        matched=tuple(in_order),
        missing=tuple(missing),
        lines=tuple(lines),
        reasons=_reasons(in_order, missing),
    )


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
