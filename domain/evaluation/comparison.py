"""Our ranking measured on judged pairs, beside the rankings that anybody could make of the same vacancies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product

from domain.evaluation.baselines import Bm25, by_chance, by_embedding, fused, resume_text, vacancy_text
from domain.evaluation.bootstrap import SEED, Estimate, Resamples, difference, estimated, resamples
from domain.evaluation.chance import drawn
from domain.evaluation.metrics import DEEP, Figures, Grades, averaged, figures_of, in_order
from domain.evaluation.reading import Reading, Scored, readings_of
from domain.matching.scorer import SCORER_VERSION, best_first
from domain.matching.use_cases import RankVacancies
from domain.resumes.content import ResumeContent
from domain.vacancies.arrival import Draft
from domain.vacancies.vacancy import Vacancy


class Contender(str, Enum):
    """A way to rank. The embedding and the fusion of it with BM25 need a model."""

    OURS = "ours"
    RANDOM = "random"
    BM25 = "bm25"
    EMBEDDING = "embedding"
    FUSION = "bm25+embedding"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedResume:
    """A résumé for which vacancies were judged: `grades` by their ids. `group` is its group of professions, if told."""

    id: str
    language: str
    content: ResumeContent
    grades: Grades
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The means of nDCG@10, P@5 and MRR over résumés, or of the difference in them."""

    ndcg: Estimate
    precision: Estimate
    mrr: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One contender: its figures, the share of its first ten that was judged, how much ours is above it."""

    measured: Measured
    judged: float
    ours_above: Measured | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """All contenders over the same résumés and vacancies: all of them, or those of a pair of languages.

    `left_out` counts the résumés for which nothing here is worth anything. A contender without its model has no row.
    """

    languages: tuple[str, str] | None
    resumes: int
    vacancies: int
    left_out: int
    rows: Mapping[Contender, Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A vacancy and its place in our ranking, from 1; `grade` is `None` where nobody judged it."""

    place: int
    vacancy_id: str
    title: str
    grade: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one résumé got: figures of each contender, our first three, and the best graded that we put beyond ten."""

    resume_id: str
    position: str | None
    figures: Mapping[Contender, Figures]
    first: tuple[Placed, ...]
    missed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`answers` has the worst of ours first; `errors` maps the index of each bad draft to its fields' codes.

    `readings` tell what our scores mean: of all résumés, then of each group of professions.
    """

    scorer_version: str
    sections: tuple[Section, ...]
    answers: tuple[Answer, ...]
    readings: tuple[Reading, ...]
    errors: Mapping[int, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class CompareRankings:
    """Measure our ranking and the others on the same judged pairs."""

    rank: RankVacancies

    def __call__(
        self, *, resumes: Iterable[JudgedResume], drafts: Sequence[Draft], languages: Sequence[str], pairs: bool
    ) -> Comparison:
        """Return the comparison; `languages` has that of each draft, `pairs` asks for each pair of them as well."""
        arrived = self.rank(resume=ResumeContent(), drafts=drafts)
        # One order whatever order they came in.
        pool = sorted((vacancy for vacancy, _ in arrived.ranked), key=lambda vacancy: vacancy.id)
        spoken = {draft.id: language for draft, language in zip(drafts, languages, strict=True)}
        spoken = {vacancy.id: spoken[vacancy.id] for vacancy in pool}
        asked = list(self._ranked(resumes, pool, spoken))
        chosen: list[tuple[str, str] | None] = [None]
        if pairs:
            chosen += _pairs({each.resume.language for each in asked}, set(spoken.values()))
        titles: dict[str, str] = {vacancy.id: vacancy.title for vacancy in pool}
        answers = [_answer(each, titles) for each in asked if _is_measurable(each.resume.grades, titles)]
        return Comparison(
            scorer_version=SCORER_VERSION,
            sections=tuple(_section(asked, spoken, pair) for pair in chosen),
            answers=tuple(sorted(answers, key=lambda each: (each.figures[Contender.OURS].ndcg, each.resume_id))),
            readings=readings_of([each.scored for each in asked]),
            errors=arrived.errors,
        )

    def _ranked(
        self, resumes: Iterable[JudgedResume], pool: Sequence[Vacancy], spoken: Mapping[str, str]
    ) -> Iterable[_Asked]:
        measures = self.rank.scorer.measures
        lexical = Bm25({vacancy.id: measures.stems.stems(vacancy_text(vacancy)) for vacancy in pool})
        numbers = drawn(SEED)
        for resume in resumes:
            assessed = list(zip(pool, self.rank.scorer.assess(resume.content, pool), strict=True))
            words = lexical.scores(measures.stems.stems(resume_text(resume.content)))
            orders: dict[Contender, list[list[str]]] = {
                Contender.OURS: [[vacancy.id for vacancy, _ in best_first(assessed)]],
                Contender.RANDOM: by_chance([vacancy.id for vacancy in pool], numbers),
                Contender.BM25: [in_order(words)],
            }
            meaning = by_embedding(resume.content, pool, measures.similarity)
            if meaning is not None:
                orders[Contender.EMBEDDING] = [in_order(meaning)]
                orders[Contender.FUSION] = [in_order(fused(words, meaning, spoken))]
            yield _Asked(resume, orders, {vacancy.id: assessment.score for vacancy, assessment in assessed})


_Orders = Mapping[Contender, Sequence[Sequence[str]]]
"""The rankings of each contender: one, or several whose mean counts."""


@dataclass(frozen=True, slots=True)
class _Asked:
    resume: JudgedResume
    orders: _Orders
    scores: Mapping[str, int]

    @property
    def scored(self) -> Scored:
        return Scored(group=self.resume.group, grades=self.resume.grades, scores=self.scores)

    def figures(self, within: Mapping[str, object]) -> Mapping[Contender, Figures]:
        """Return each contender's figures where these vacancies are all there is."""
        grades = {name: grade for name, grade in self.resume.grades.items() if name in within}
        return {
            contender: averaged(
                [figures_of([name for name in ranking if name in within], grades) for ranking in rankings]
            )
            for contender, rankings in self.orders.items()
        }


def _pairs(asking: set[str], offered: set[str]) -> list[tuple[str, str]]:
    """Return the pairs of languages of résumé and vacancy, those within one language first."""
    return sorted(product(asking, offered), key=lambda pair: (pair[0] != pair[1], pair))


def _is_measurable(grades: Grades, within: Mapping[str, object]) -> bool:
    return any(grade > 0 for name, grade in grades.items() if name in within)


def _section(asked: Sequence[_Asked], spoken: Mapping[str, str], pair: tuple[str, str] | None) -> Section:
    within = {name: language for name, language in spoken.items() if pair is None or language == pair[1]}
    asking = [each for each in asked if pair is None or each.resume.language == pair[0]]
    measurable = [each.figures(within) for each in asking if _is_measurable(each.resume.grades, within)]
    return Section(
        languages=pair,
        resumes=len(measurable),
        vacancies=len(within),
        left_out=len(asking) - len(measurable),
        rows=_rows(measurable) if measurable else {},
    )


def _rows(measured: Sequence[Mapping[Contender, Figures]]) -> Mapping[Contender, Row]:
    samples = resamples(len(measured))
    # A contender that could not rank for everybody is compared for nobody.
    everywhere = [contender for contender in Contender if all(contender in each for each in measured)]
    by_contender = {contender: [each[contender] for each in measured] for contender in everywhere}
    ours = by_contender[Contender.OURS]
    return {
        contender: Row(
            measured=_measured(theirs, samples),
            judged=averaged(theirs).judged,
            ours_above=None if contender is Contender.OURS else _above(ours, theirs, samples),
        )
        for contender, theirs in by_contender.items()
    }


def _measured(figures: Sequence[Figures], samples: Resamples) -> Measured:
    return Measured(
        ndcg=estimated([each.ndcg for each in figures], samples),
        precision=estimated([each.precision for each in figures], samples),
        mrr=estimated([each.reciprocal_rank for each in figures], samples),
    )


def _above(ours: Sequence[Figures], theirs: Sequence[Figures], samples: Resamples) -> Measured:
    return Measured(
        ndcg=difference([each.ndcg for each in ours], [each.ndcg for each in theirs], samples),
        precision=difference([each.precision for each in ours], [each.precision for each in theirs], samples),
        mrr=difference([each.reciprocal_rank for each in ours], [each.reciprocal_rank for each in theirs], samples),
    )


def _answer(asked: _Asked, titles: Mapping[str, str]) -> Answer:
    grades = asked.resume.grades
    (ranking,) = asked.orders[Contender.OURS]
    placed = [
        Placed(place=place, vacancy_id=name, title=titles[name], grade=grades.get(name))
        for place, name in enumerate(ranking, start=1)
    ]
    best = max(grade for name, grade in grades.items() if name in titles)
    return Answer(
        resume_id=asked.resume.id,
        position=asked.resume.content.desired_position or asked.resume.content.current_position,
        figures=asked.figures(titles),
        first=tuple(placed[:3]),
        missed=tuple(each for each in placed[DEEP:] if each.grade == best),
    )
