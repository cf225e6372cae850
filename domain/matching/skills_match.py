"""How much of what a vacancy asks a résumé holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain.matching.applicant import Applicant
from domain.matching.assessment import Aspect, Line, Reason, Verdict
from domain.matching.languages import reaches
from domain.matching.lexicon import Titles
from domain.matching.opening import Opening
from domain.matching.requirements import LONGEST_QUOTE, Requirement
from domain.matching.role import position_held
from domain.resumes.content import LanguageLevel
from domain.vacancies.vacancy import Vacancy

MUST, NICE = 1.0, 0.4
_RANKS = (Verdict.MET, Verdict.UNKNOWN, Verdict.UNMET)


class Answer(NamedTuple):
    """What the résumé says to one requirement, or to several alternatives: then one of them stands for all."""

    requirement: Requirement
    verdict: Verdict
    proof: str | None


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


def answers(applicant: Applicant, opening: Opening, vacancy: Vacancy, titles: Titles) -> list[Answer]:
    """Return an answer to each group, in the order in which they are asked.

    Skills that the résumé's skills imply count as held, and those of the vacancy's role by whoever has held it.
    """
    found: list[Answer] = []
    for group in opening.groups:
        if len(group) == 1:
            answer = _answer(applicant, vacancy.asks[group[0]])
        else:
            answer = _best([_answer(applicant, vacancy.asks[index]) for index in group])
        requirement, verdict, _ = answer
        if verdict is Verdict.UNMET and requirement.skill in opening.of_role:
            # Not a role that is as good as the same: who has driven trucks has driven no bus.
            held = applicant.held_roles.get(opening.title.role or "")
            answer = Answer(requirement, Verdict.MET, held) if held else answer
        elif verdict is Verdict.UNMET and requirement.must and requirement.skill in opening.licences:
            # Who has held the very role is not taken to lack a licence that it must have: nobody knows.
            held = None if _names_others(applicant, answer, opening) else position_held(applicant, opening, titles)
            answer = Answer(requirement, Verdict.UNKNOWN, held) if held else answer
        found.append(answer)
    return found


def _names_others(applicant: Applicant, answer: Answer, opening: Opening) -> bool:
    """Tell whether the résumé names licences of the kind asked, but not this one: categories, specialities."""
    return answer.proof is not None or not applicant.kinds.isdisjoint(opening.licences[answer.requirement.skill])


def skills_share(answers: Sequence[Answer]) -> float | None:
    """Return the weighted part of what is asked that the résumé has, `None` when nothing countable is asked."""
    asked = weight_asked(answers)
    met = weight_asked([answer for answer in answers if answer.verdict is Verdict.MET])
    return round(met / asked, 4) if asked else None


def weight_asked(answers: Sequence[Answer]) -> float:
    return sum([MUST if requirement.must else NICE for requirement, _, _ in answers])


def licences_missing(answers: Sequence[Answer], opening: Opening) -> list[str]:
    """Return the names of what the law asks for and the résumé lacks."""
    if not opening.licences:
        return []
    return [
        _named(requirement)
        for requirement, verdict, _ in answers
        if verdict is Verdict.UNMET and requirement.must and requirement.skill in opening.licences
    ]


def _best(answers: Sequence[Answer]) -> Answer:
    """Return the first alternative that is met, else one of unknown level, else the first."""
    return min(answers, key=lambda answer: _RANKS.index(answer.verdict))


def _answer(applicant: Applicant, requirement: Requirement) -> Answer:
    proof = applicant.skills.get(requirement.skill)
    if proof is None:
        return Answer(requirement, Verdict.UNMET, None)
    if requirement.of:
        told = applicant.specialities.get(requirement.skill)
        if not told:
            return Answer(requirement, Verdict.UNKNOWN, proof)
        met = any(each.casefold() in told for each in requirement.of)
        return Answer(requirement, Verdict.MET if met else Verdict.UNMET, proof)
    if requirement.level is None:
        return Answer(requirement, Verdict.MET, proof)
    held = applicant.levels.get(requirement.skill)
    if held is None:
        return Answer(requirement, Verdict.UNKNOWN, proof)
    return Answer(requirement, Verdict.MET if reaches(held, requirement.level) else Verdict.UNMET, proof)


def skills_match(applicant: Applicant, answers: Sequence[Answer], *, title: str) -> SkillsMatch:
    """Return the answers in words; `title` is the vacancy's."""
    matched: list[tuple[int, str]] = []
    missing: list[str] = []
    unknown: list[str] = []
    lines: list[Line] = []
    for requirement, verdict, proof in answers:
        name = _named(requirement)
        if verdict is Verdict.MET:
            matched.append((applicant.order.get(requirement.skill, len(applicant.order)), name))
        elif verdict is Verdict.UNMET:
            missing.append(name)
        else:
            unknown.append(name)
        lines.append(
            Line(
                aspect=Aspect.SKILLS,
                subject=name,
                verdict=verdict,
                must=requirement.must,
                asked=requirement.words,
                proof=proof,
                of_title=requirement.words == title[:LONGEST_QUOTE],
            )
        )
    in_order = [name for _, name in sorted(matched)]
    return SkillsMatch(
        matched=tuple(in_order),
        missing=tuple(missing),
        lines=tuple(lines),
        reasons=_reasons(in_order, missing, unknown),
    )


def _named(requirement: Requirement) -> str:
    if requirement.of:
        return f"{requirement.skill} ({' / '.join(requirement.of)})"
    level = requirement.level
    # "Native" is no code to put behind a name.
    return requirement.skill if level is None or level is LanguageLevel.NATIVE else f"{requirement.skill} {level.value}"


def _reasons(matched: list[str], missing: list[str], unknown: list[str]) -> tuple[Reason, ...]:
    """Return what is told of the very lines that the match is a share of."""
    total = len(matched) + len(missing) + len(unknown)
    reasons = []
    if matched:
        reasons.append(
            Reason(
                code="skills_matched",
                data={"count": len(matched), "total": total, "names": matched[:4]},
            )
        )
    if missing:
        reasons.append(Reason(code="skills_missing", data={"count": len(missing), "names": missing[:3]}))
    if unknown:
        reasons.append(Reason(code="skills_unknown", data={"count": len(unknown), "names": unknown[:3]}))
    return tuple(reasons)
