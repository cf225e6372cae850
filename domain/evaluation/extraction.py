"""How well the skills that a vacancy asks for are found, measured on labels that people gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.errors import Invalid
from domain.evaluation.bootstrap import Estimate, Resamples, estimated_over, resamples
from domain.identifiers import VacancyId
from domain.matching.lexicon import Skills
from domain.matching.requirements import Requirement
from domain.outside import Clock
from domain.vacancies.arrival import Arrivals, Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A skill that somebody read in a vacancy: its name, the vacancy's words, whether it is a must-have."""

    skill: str
    words: str
    must: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledVacancy:
    draft: Draft
    language: str
    labels: Sequence[Label]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A skill, and the words that name it."""

    skill: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found in one vacancy.

    Of `labels` so many were `met` by something found; of what was `found` so many were `right`, and of the labels met
    so many have their `must` told truly.
    """

    vacancy_id: str
    title: str
    language: str
    labels: int
    met: int
    found: int
    right: int
    told_truly: int
    missed: tuple[Named, ...]
    wrong: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionSection:
    """The figures over all labelled vacancies, or those of one language; a share of nothing is 0."""

    language: str | None
    vacancies: int
    labels: int
    found: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    must: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """`readings` has the worst first; `errors` maps the index of each bad draft to its fields' codes."""

    sections: tuple[ExtractionSection, ...]
    readings: tuple[Reading, ...]
    errors: Mapping[int, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class MeasureExtraction:
    """Compare the skills found in vacancies with those that people labelled.

    A label is met by a skill found that has its name by the catalogue, or that its words name. Generic skills, which no
    match counts, are left out on both sides.
    """

    clock: Clock
    arrivals: Arrivals
    skills: Skills

    def __call__(self, labelled: Sequence[LabelledVacancy]) -> Extraction:
        """Return the figures over all vacancies, then over each language."""
        now = self.clock.now()
        readings: list[Reading] = []
        errors: dict[int, dict[str, list[str]]] = {}
        for index, each in enumerate(labelled):
            try:
                vacancy = self.arrivals.vacancy(each.draft, id=VacancyId(each.draft.id), at=now)
            except Invalid as invalid:  # noqa: PERF203 — each draft is answered for itself
                errors[index] = invalid.errors
            else:
                readings.append(self._reading(each, vacancy.title, vacancy.asks))
        languages = sorted({each.language for each in readings}) if readings else []
        return Extraction(
            sections=tuple(_section(readings, language) for language in (None, *languages)) if readings else (),
            readings=tuple(sorted(readings, key=lambda each: (_f1([each]), each.vacancy_id))),
            errors=errors,
        )

    def _reading(self, each: LabelledVacancy, title: str, asks: Sequence[Requirement]) -> Reading:
        found = {ask.skill: ask for ask in asks if not self._is_generic(ask.skill)}
        right: set[str] = set()
        missed: list[Named] = []
        labels = told_truly = 0
        for label in each.labels:
            names = self._names(label)
            if names and all(map(self._is_generic, names)):
                continue
            labels += 1
            meeting = [name for name in found if name in names or name.casefold() == label.skill.casefold()]
            right.update(meeting)
            told_truly += any(found[name].must is label.must for name in meeting)
            if not meeting:
                missed.append(Named(skill=label.skill, words=label.words))
        return Reading(
            vacancy_id=each.draft.id,
            title=title,
            language=each.language,
            labels=labels,
            met=labels - len(missed),
            found=len(found),
            right=len(right),
            told_truly=told_truly,
            missed=tuple(missed),
            wrong=tuple(Named(skill=name, words=ask.words) for name, ask in found.items() if name not in right),
        )

    def _names(self, label: Label) -> set[str]:
        named = self.skills.named(label.skill)
        of_name = [named] if named else [mention.skill for mention in self.skills.find(label.skill)]
        return {*of_name, *(mention.skill for mention in self.skills.find(label.words))}

    def _is_generic(self, name: str) -> bool:
        entry = self.skills.skill(name)
        return entry is not None and entry.generic


def _section(readings: Sequence[Reading], language: str | None) -> ExtractionSection:
    within = [each for each in readings if language in (None, each.language)]
    samples = resamples(len(within))
    return ExtractionSection(
        language=language,
        vacancies=len(within),
        labels=sum(each.labels for each in within),
        found=sum(each.found for each in within),
        precision=_over(within, _precision, samples),
        recall=_over(within, _recall, samples),
        f1=_over(within, _f1, samples),
        must=_over(within, _must, samples),
    )


_Figure = Callable[[Sequence[Reading]], float]


def _over(readings: Sequence[Reading], figure: _Figure, samples: Resamples) -> Estimate:
    return estimated_over(lambda places: figure([readings[place] for place in places]), len(readings), samples)


def _precision(readings: Sequence[Reading]) -> float:
    return _share(sum(each.right for each in readings), sum(each.found for each in readings))


def _recall(readings: Sequence[Reading]) -> float:
    return _share(sum(each.met for each in readings), sum(each.labels for each in readings))


def _f1(readings: Sequence[Reading]) -> float:
    precision, recall = _precision(readings), _recall(readings)
    return _share(2 * precision * recall, precision + recall)


def _must(readings: Sequence[Reading]) -> float:
    return _share(sum(each.told_truly for each in readings), sum(each.met for each in readings))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
