"""The score of a pair: a pure function of one résumé, one vacancy and the lexicon shipped with this version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

from domain.matching import aspects
from domain.matching.applicant import Applicant, measured
from domain.matching.aspects import Nearness
from domain.matching.assessment import Aspect, Assessment, Finding, Limit, Part, Reason
from domain.matching.measures import Measures
from domain.matching.place import place
from domain.matching.skills_match import SkillsMatch, skills_match
from domain.matching.stories import told_in_vacancy
from domain.resumes.content import ResumeContent
from domain.vacancies.vacancy import Vacancy

SCORER_VERSION = "2"

POSSIBLE = {Aspect.ROLE: 40, Aspect.SKILLS: 30, Aspect.EXPERIENCE: 8, Aspect.PLACE: 12, Aspect.SALARY: 10}

SILENCE = 0.5
"""What an aspect earns about which somebody kept silent: less than agreement, more than a contradiction."""

CAPS = {
    "other_profession": 44,
    "licence_missing": 60,
    "experience_far_below": 70,
    "far_away": 70,
    "pay_far_below": 70,
    "seniority_gap": 80,
}
"""The most that a score can be under a limit. A limit scales the points: those under one keep their order."""

_LEVEL_COST, _LEAST_OF_LEVELS = 0.1, 0.6
_FAR_AWAY = 0.1
_FAR_BELOW_PAY = 0.4
_FAR_BELOW_EXPERIENCE = 0.5
_LEAST_OF_EXPERIENCE = 0.2
MOST_REASONS = 4


@dataclass(frozen=True)
class Scorer:
    """Scores vacancies for a résumé. The same input gives the same output, whoever asks and whenever."""

    measures: Measures

    def assess(self, resume: ResumeContent, vacancies: Sequence[Vacancy]) -> list[Assessment]:
        """Return an assessment for each vacancy, in the order given."""
        applicant = measured(resume, self.measures)
        texts = [told_in_vacancy(vacancy) for vacancy in vacancies]
        nearness = self._nearness(applicant, vacancies, texts)
        return [self._assess(applicant, *each) for each in zip(vacancies, texts, nearness, strict=True)]

    def _nearness(self, applicant: Applicant, vacancies: Sequence[Vacancy], texts: Sequence[str]) -> Sequence[Nearness]:
        """Ask the model of both stories, and of two titles where the catalogue does not know one of them."""
        between = self.measures.similarity.between
        of_texts = between(applicant.text, texts) if applicant.text else None
        if of_texts is None:
            return [Nearness()] * len(texts)
        title = applicant.title
        unknown = [
            index
            for index, vacancy in enumerate(vacancies)
            if title is not None and (title.role is None or self.measures.titles.read(vacancy.title).role is None)
        ]
        titles = between(applicant.wished_title or "", [vacancies[index].title for index in unknown]) if unknown else ()
        of_titles = dict(zip(unknown, titles or (), strict=True))
        return [Nearness(of_titles.get(index), share) for index, share in enumerate(of_texts)]

    def _assess(self, applicant: Applicant, vacancy: Vacancy, text: str, nearness: Nearness) -> Assessment:
        held = aspects.position_held(applicant, vacancy, self.measures.titles)
        match = skills_match(applicant, vacancy, self.measures.skills, position_held=held)
        findings = {
            Aspect.ROLE: aspects.role(applicant, vacancy, text, nearness, self.measures),
            Aspect.SKILLS: Finding(share=match.share),
            Aspect.EXPERIENCE: aspects.experience(applicant, vacancy),
            Aspect.PLACE: place(applicant, vacancy, self.measures),
            Aspect.SALARY: aspects.salary(applicant, vacancy, self.measures),
        }
        parts = tuple(
            Part(
                aspect=aspect,
                points=round(POSSIBLE[aspect] * (SILENCE if finding.share is None else finding.share), 2),
                possible=POSSIBLE[aspect],
                known=finding.share is not None,
            )
            for aspect, finding in findings.items()
        )
        levels = aspects.levels_above(applicant, vacancy, self.measures)
        caps = _caps(findings, match, levels)
        limits = _limits(findings, match, levels)
        points = _uncapped(parts) * prod(limit.times for limit in limits)
        return Assessment(
            score=min([round(points), *(CAPS[cap] for cap in caps)]),
            skills_match=None if match.share is None else round(100 * match.share),
            matched_skills=match.matched,
            missing_skills=match.missing,
            parts=parts,
            caps=caps,
            lines=(*match.lines, *(line for finding in findings.values() for line in finding.lines)),
            reasons=_reasons(findings, match, caps, levels),
            scorer_version=SCORER_VERSION,
            limits=limits,
        )


def _limits(findings: dict[Aspect, Finding], match: SkillsMatch, levels: float) -> tuple[Limit, ...]:
    """Return what the points are multiplied by: the role, the level, and the tightest of the other obstacles."""
    role, years = findings[Aspect.ROLE].share, findings[Aspect.EXPERIENCE].share
    obstacles = {cap: CAPS[cap] / 100 for cap in _obstacles(findings, match)}
    if years is not None:
        obstacles["experience"] = max(_LEAST_OF_EXPERIENCE, years) ** 0.5
    found = {
        "role": 1.0 if role is None else min(1.0, role / aspects.FITTING_ROLE),
        "level": max(_LEAST_OF_LEVELS, 1 - _LEVEL_COST * abs(levels)),
        **dict(sorted(obstacles.items(), key=lambda obstacle: obstacle[1])[:1]),
    }
    # As it is shown, so that whoever multiplies gets the score.
    rounded = {code: round(times, 3) for code, times in found.items()}
    return tuple(Limit(code=code, times=times) for code, times in rounded.items() if times < 1)


def _obstacles(findings: dict[Aspect, Finding], match: SkillsMatch) -> Sequence[str]:
    place_share, pay = findings[Aspect.PLACE].share, findings[Aspect.SALARY].share
    found = {
        "licence_missing": match.licence_missing,
        "far_away": place_share is not None and place_share <= _FAR_AWAY,
        "pay_far_below": pay is not None and pay < _FAR_BELOW_PAY,
    }
    return [cap for cap, holds in found.items() if holds]


def best_first(assessed: Sequence[tuple[Vacancy, Assessment]]) -> list[tuple[Vacancy, Assessment]]:
    """Return the pairs in the order in which they are offered.

    Ties of the score are broken by the points of the parts, which no limit has scaled, then by id.
    """
    return sorted(assessed, key=lambda pair: (-pair[1].score, -_uncapped(pair[1].parts), pair[0].id))


def _uncapped(parts: Sequence[Part]) -> float:
    # Rounded, so that the last bits of a sum decide nothing.
    return round(sum(part.points for part in parts), 2)


def without_lines(assessment: Assessment) -> Assessment:
    """Return the assessment as it is kept beyond the best of a run."""
    return replace(assessment, lines=())


def _caps(findings: dict[Aspect, Finding], match: SkillsMatch, levels: float) -> tuple[str, ...]:
    role, years = findings[Aspect.ROLE].share, findings[Aspect.EXPERIENCE].share
    caps = [*_obstacles(findings, match)]
    if role is not None and role < aspects.OTHER_PROFESSION:
        caps.append("other_profession")
    if years is not None and years < _FAR_BELOW_EXPERIENCE:
        caps.append("experience_far_below")
    if abs(levels) >= 2:
        caps.append("seniority_gap")
    return tuple(sorted(caps))


def _reasons(
    findings: dict[Aspect, Finding], match: SkillsMatch, caps: Sequence[str], levels: float
) -> tuple[Reason, ...]:
    """Return one to four reasons: limits, the role, the skills; what speaks against before what else speaks for."""
    ways = {"seniority_gap": {"way": "higher" if levels > 0 else "lower"}}
    # What stands in the way of pay, place or years is told by the aspect itself, with its figures.
    told = {"far_away": Aspect.PLACE, "pay_far_below": Aspect.SALARY, "experience_far_below": Aspect.EXPERIENCE}
    first = [reason for cap in caps if cap in told and (reason := findings[told[cap]].reason) is not None]
    untold = [cap for cap in caps if cap not in told or findings[told[cap]].reason is None]
    limits = [*(Reason(code=f"cap_{cap}", data=ways.get(cap, {})) for cap in untold), *first]
    others = [
        finding.reason
        for aspect, finding in findings.items()
        if aspect is not Aspect.SKILLS and finding.reason and finding.reason not in first
    ]
    good = [reason for reason in others if reason.code.endswith("_fits")]
    bad = [reason for reason in others if reason not in good]
    ordered = [*limits, *good[:1], *match.reasons[:1], *bad, *match.reasons[1:], *good[1:]]
    if len(ordered) < 2:
        unknown = [aspect.value for aspect, finding in findings.items() if finding.share is None]
        ordered.append(Reason(code="little_is_known", data={"aspects": unknown}))
    return tuple(ordered[:MOST_REASONS])
