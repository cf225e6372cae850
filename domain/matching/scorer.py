"""The score of a pair: a pure function of one résumé, one vacancy and the lexicon shipped with this version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from domain.matching.applicant import Applicant, measured
from domain.matching.aspects import experience, salary
from domain.matching.assessment import Aspect, Assessment, Finding, Limit, Part, Reason
from domain.matching.measures import Measures
from domain.matching.opening import Opening
from domain.matching.openings import Openings
from domain.matching.place import place
from domain.matching.role import Nearness, role, told_gap
from domain.matching.skills_match import SkillsMatch, licences_missing, skills_match
from domain.matching.weighing import POSSIBLE, Weighed, uncapped, weigh
from domain.resumes.content import ResumeContent
from domain.vacancies.vacancy import Vacancy

SCORER_VERSION = "3"

MOST_REASONS = 4

_NOTHING: Mapping[str, object] = MappingProxyType({})

# What stands in the way of pay, place or years is told by the aspect itself, with its figures.
_TOLD_BY = {"far_away": Aspect.PLACE, "pay_far_below": Aspect.SALARY, "experience_far_below": Aspect.EXPERIENCE}
_TOLD_ALREADY = {"other_level": "seniority_gap"}


class Score(NamedTuple):
    """The score of a pair, and the points of its parts, which no limit has scaled."""

    score: int
    points: float


@dataclass(frozen=True)
class Scorer:
    """Scores vacancies for a résumé. The same input gives the same output, whoever asks and whenever.

    `openings` remember what was measured of the vacancies; scorers may share them that differ in similarity alone.
    """

    measures: Measures
    openings: Openings = field(default_factory=Openings, repr=False, compare=False)

    def scores(self, resume: ResumeContent, vacancies: Sequence[Vacancy]) -> list[Score]:
        """Return the bare numbers of the assessments that `assess` would return, for a fraction of their price."""
        return [Score(weighed.score, weighed.sum) for *_, weighed in self._weighed(resume, vacancies)]

    def assess(self, resume: ResumeContent, vacancies: Sequence[Vacancy]) -> list[Assessment]:
        """Return an assessment for each vacancy, in the order given."""
        return [_told(*each) for each in self._weighed(resume, vacancies)]

    def _weighed(self, resume: ResumeContent, vacancies: Sequence[Vacancy]) -> Iterator[_Pair]:
        applicant = measured(resume, self.measures)
        openings = self.openings.of(vacancies, self.measures)
        nearness = self._nearness(applicant, vacancies, openings)
        for opening, vacancy, near in zip(openings, vacancies, nearness, strict=True):
            yield applicant, opening, vacancy, weigh(applicant, opening, vacancy, near, self.measures)

    def _nearness(
        self, applicant: Applicant, vacancies: Sequence[Vacancy], openings: Sequence[Opening]
    ) -> Sequence[Nearness]:
        """Ask the model of both stories, and of two titles where the catalogue does not know one of them."""
        between = self.measures.similarity.between
        of_texts = between(applicant.text, [opening.text for opening in openings]) if applicant.text else None
        if of_texts is None:
            return [Nearness()] * len(openings)
        title = applicant.title
        unknown = [
            index
            for index, opening in enumerate(openings)
            if title is not None and (title.role is None or opening.title.role is None)
        ]
        titles = between(applicant.wished_title or "", [vacancies[index].title for index in unknown]) if unknown else ()
        of_titles = dict(zip(unknown, titles or (), strict=True))
        return [Nearness(of_titles.get(index), share) for index, share in enumerate(of_texts)]


_Pair = tuple[Applicant, Opening, Vacancy, Weighed]


def _told(applicant: Applicant, opening: Opening, vacancy: Vacancy, weighed: Weighed) -> Assessment:
    """Put the numbers of a pair into words."""
    of_limits = _data_of_limits(applicant, opening, weighed)
    skills = skills_match(applicant, weighed.answers, title=vacancy.title)
    findings = {
        Aspect.ROLE: role(applicant, opening, vacancy, weighed.role),
        Aspect.SKILLS: Finding(share=weighed.shares.skills),
        Aspect.EXPERIENCE: experience(applicant, vacancy),
        Aspect.PLACE: place(applicant, opening, vacancy),
        Aspect.SALARY: salary(applicant, opening),
    }
    return Assessment(
        score=weighed.score,
        skills_match=None if weighed.shares.skills is None else round(100 * weighed.shares.skills),
        matched_skills=skills.matched,
        missing_skills=skills.missing,
        parts=tuple(
            Part(aspect=aspect, points=points, possible=POSSIBLE[aspect], known=share is not None)
            for aspect, points, share in zip(POSSIBLE, weighed.points, weighed.shares, strict=True)
        ),
        caps=weighed.caps,
        lines=(*skills.lines, *(line for finding in findings.values() for line in finding.lines)),
        reasons=_reasons(findings, skills, weighed, of_limits),
        scorer_version=SCORER_VERSION,
        limits=tuple(
            Limit(code=code, times=times, data=of_limits.get(code, _NOTHING)) for code, times in weighed.limits
        ),
    )


def _data_of_limits(applicant: Applicant, opening: Opening, weighed: Weighed) -> Mapping[str, Mapping[str, object]]:
    way = "higher" if weighed.gap.levels > 0 else "lower"
    level = told_gap(applicant, opening) or {"way": way, "offered": "years", "own": "years"}
    return {
        "licence_missing": {"names": licences_missing(weighed.answers, opening)},
        "level": level,
        "seniority_gap": level,
    }


def best_first(assessed: Sequence[tuple[Vacancy, Assessment]]) -> list[tuple[Vacancy, Assessment]]:
    """Return the pairs in the order in which they are offered.

    Ties of the score are broken by the points of the parts, which no limit has scaled, then by id.
    """
    return sorted(assessed, key=lambda pair: (-pair[1].score, -_uncapped(pair[1]), pair[0].id))


def _uncapped(assessment: Assessment) -> float:
    return uncapped([part.points for part in assessment.parts])


def without_lines(assessment: Assessment) -> Assessment:
    """Return the assessment as it is kept beyond the best of a run."""
    return replace(assessment, lines=())


def _reasons(
    findings: Mapping[Aspect, Finding],
    skills: SkillsMatch,
    weighed: Weighed,
    of_limits: Mapping[str, Mapping[str, object]],
) -> tuple[Reason, ...]:
    """Return one to four reasons: limits, the role, the skills; what speaks against before what else speaks for."""
    of_caps = {cap: findings[_TOLD_BY[cap]].reason if cap in _TOLD_BY else None for cap in weighed.caps}
    first = [reason for reason in of_caps.values() if reason is not None]
    untold = [cap for cap, reason in of_caps.items() if reason is None]
    limits = [*(Reason(code=f"cap_{cap}", data=of_limits.get(cap, _NOTHING)) for cap in untold), *first]
    others = [
        finding.reason
        for aspect, finding in findings.items()
        if aspect is not Aspect.SKILLS
        and finding.reason
        and finding.reason not in first
        and _TOLD_ALREADY.get(finding.reason.code) not in weighed.caps
    ]
    good = [reason for reason in others if reason.code.endswith("_fits")]
    bad = [reason for reason in others if reason not in good]
    ordered = [*limits, *good[:1], *skills.reasons[:1], *bad, *skills.reasons[1:], *good[1:]]
    if len(ordered) < 2:
        unknown = [aspect.value for aspect, finding in findings.items() if finding.share is None]
        ordered.append(Reason(code="little_is_known", data={"aspects": unknown}))
    return tuple(ordered[:MOST_REASONS])
