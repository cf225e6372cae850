"""The score of a pair: a pure function of one résumé, one vacancy and the lexicon shipped with this version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.matching import aspects
from domain.matching.applicant import Applicant, measured
from domain.matching.assessment import Aspect, Assessment, Finding, Part, Reason
from domain.matching.measures import Measures
from domain.matching.place import place
from domain.matching.skills_match import SkillsMatch, skills_match
from domain.resumes.content import ResumeContent
from domain.vacancies.vacancy import Vacancy

SCORER_VERSION = "1"

POSSIBLE = {Aspect.ROLE: 40, Aspect.SKILLS: 30, Aspect.EXPERIENCE: 12, Aspect.PLACE: 10, Aspect.SALARY: 8}

SILENCE = 0.4
"""What an aspect earns about which somebody kept silent: less than agreement, more than a contradiction."""

CAPS = {"licence_missing": 40, "other_profession": 35, "seniority_gap": 55}
MOST_REASONS = 4


@dataclass(frozen=True)
class Scorer:
    """Scores vacancies for a résumé. The same input gives the same output, whoever asks and whenever."""

    measures: Measures

    def assess(self, resume: ResumeContent, vacancies: Sequence[Vacancy]) -> list[Assessment]:
        """Return an assessment for each vacancy, in the order given."""
        applicant = measured(resume, self.measures)
        texts = [f"{vacancy.title}\n{vacancy.responsibilities or vacancy.description}" for vacancy in vacancies]
        nearness = self.measures.similarity.between(applicant.text, texts) if applicant.text else None
        return [
            self._assess(applicant, vacancy, text, None if nearness is None else nearness[index])
            for index, (vacancy, text) in enumerate(zip(vacancies, texts, strict=True))
        ]

    def _assess(self, applicant: Applicant, vacancy: Vacancy, text: str, nearness: float | None) -> Assessment:
        match = skills_match(applicant, vacancy, self.measures.skills)
        role = aspects.role(applicant, vacancy, text, nearness, self.measures)
        findings = {
            Aspect.ROLE: role,
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
        caps = tuple(sorted(_caps(role, match, levels)))
        score = min([round(sum(part.points for part in parts)), *(CAPS[cap] for cap in caps)])
        return Assessment(
            score=score,
            skills_match=None if match.share is None else round(100 * match.share),
            matched_skills=match.matched,
            missing_skills=match.missing,
            parts=parts,
            caps=caps,
            lines=(*match.lines, *(line for finding in findings.values() for line in finding.lines)),
            reasons=_reasons(findings, match, caps, levels),
            scorer_version=SCORER_VERSION,
        )


def best_first(assessed: Sequence[tuple[Vacancy, Assessment]]) -> list[tuple[Vacancy, Assessment]]:
    """Return the pairs in the order in which they are offered.

    Ties of the score are broken by the points of the parts, which no limit has cut, then by id.
    """
    return sorted(assessed, key=lambda pair: (-pair[1].score, -_uncapped(pair[1]), pair[0].id))


def _uncapped(assessment: Assessment) -> float:
    # Rounded, so that the last bits of a sum decide nothing.
    return round(sum(part.points for part in assessment.parts), 2)


def without_lines(assessment: Assessment) -> Assessment:
    """Return the assessment as it is kept beyond the best of a run."""
    return replace(assessment, lines=())


def _caps(role: Finding, match: SkillsMatch, levels: int) -> Sequence[str]:
    caps = []
    if match.licence_missing:
        caps.append("licence_missing")
    if role.share is not None and role.share < aspects.OTHER_PROFESSION:
        caps.append("other_profession")
    if abs(levels) >= 2:
        caps.append("seniority_gap")
    return caps


def _reasons(
    findings: dict[Aspect, Finding], match: SkillsMatch, caps: Sequence[str], levels: int
) -> tuple[Reason, ...]:
    """Return one to four reasons: limits, the role, the skills; what speaks against before what else speaks for."""
    ways = {"seniority_gap": {"way": "higher" if levels > 0 else "lower"}}
    limits = [Reason(code=f"cap_{cap}", data=ways.get(cap, {})) for cap in caps]
    others = [finding.reason for aspect, finding in findings.items() if aspect is not Aspect.SKILLS and finding.reason]
    good = [reason for reason in others if reason.code.endswith("_fits")]
    bad = [reason for reason in others if reason not in good]
    ordered = [*limits, *good[:1], *match.reasons[:1], *bad, *match.reasons[1:], *good[1:]]
    if len(ordered) < 2:
        unknown = [aspect.value for aspect, finding in findings.items() if finding.share is None]
        ordered.append(Reason(code="little_is_known", data={"aspects": unknown}))
    return tuple(ordered[:MOST_REASONS])
