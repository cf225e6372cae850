"""How good a résumé is, 0 to 100 by the published rubric, and what would make it better."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from domain.identifiers import TelegramId
from domain.insights import facts, writing
from domain.insights.dates import dates
from domain.insights.rubric import POSSIBLE, QUALITY_VERSION, Criterion, Shortcoming
from domain.insights.told import Told, told_by
from domain.matching.measures import Measures
from domain.outside import Clock
from domain.resumes.content import ResumeContent
from domain.resumes.use_cases import must_have_one
from domain.transactions import Transactions

Judge = Callable[[Told], "Sequence[Shortcoming] | None"]

JUDGES: Mapping[Criterion, Judge] = MappingProxyType(
    {
        Criterion.CONTACTS: facts.contacts,
        Criterion.TARGET: facts.target,
        Criterion.CONDITIONS: facts.conditions,
        Criterion.EXPERIENCE: facts.experience,
        Criterion.RESULTS: writing.results,
        Criterion.SKILLS: writing.skills,
        Criterion.PROOF: writing.proof,
        Criterion.DATES: dates,
        Criterion.LENGTH: writing.length,
        Criterion.LANGUAGES: facts.languages,
        Criterion.EDUCATION: facts.education,
        Criterion.READABILITY: writing.readability,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do, worded at the edge from its code and data; `gain` is what the score would rise by, in points."""

    code: str
    gain: float
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityLine:
    """One criterion: `points` of `possible`; one that does not apply has none of either in the score."""

    criterion: Criterion
    points: float
    possible: int
    applicable: bool
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """`score` is 0–100: the points won of those possible, scaled."""

    score: int
    lines: tuple[QualityLine, ...]
    version: str


def quality_of(content: ResumeContent, *, reachable: bool, today: date, measures: Measures) -> Quality:
    """Return the quality of a résumé; `reachable` tells whether a way to its owner is known from elsewhere.

    A pure function: the same résumé on the same day gives the same answer.
    """
    told = told_by(
        content,
        reachable=reachable or bool(content.contact.email or content.contact.phone),
        today=today,
        positions=facts.positions_in(content.desired_position),
        measures=measures,
    )
    judged = {criterion: judge(told) for criterion, judge in JUDGES.items()}
    possible = sum(POSSIBLE[criterion] for criterion, found in judged.items() if found is not None)
    lines = tuple(_line(criterion, found, possible) for criterion, found in judged.items())
    won = round(sum(line.points for line in lines if line.applicable), 2)
    return Quality(score=round(100 * won / possible), lines=lines, version=QUALITY_VERSION)


def _line(criterion: Criterion, found: Sequence[Shortcoming] | None, possible: int) -> QualityLine:
    most = POSSIBLE[criterion]
    if found is None:
        return QualityLine(criterion=criterion, points=0, possible=most, applicable=False)
    advice = [
        Advice(code=each.code, gain=round(100 * most * each.costs / possible, 1), data=each.data) for each in found
    ]
    return QualityLine(
        criterion=criterion,
        points=round(most * (1 - sum(each.costs for each in found)), 2),
        possible=most,
        applicable=True,
        # What would bring less than can be shown is not worth a person's time.
        advice=tuple(sorted((each for each in advice if each.gain), key=lambda each: -each.gain)),
    )


@dataclass(frozen=True)
class ShowQuality:
    """Judge the résumé that counts, and say what would make it better."""

    transaction: Transactions
    clock: Clock
    measures: Measures

    def __call__(self, *, telegram_id: TelegramId) -> Quality:
        """Return the quality of the person's current résumé, or raise `NotFound`."""
        with self.transaction() as tx:
            user = tx.users.get(telegram_id)
            content = must_have_one(tx, telegram_id).content
        return quality_of(
            content,
            reachable=bool(user.email or user.phone),
            today=self.clock.now().date(),
            measures=self.measures,
        )
