"""Precision and recall of the skills found in vacancies."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from domain.evaluation.extraction import Extraction, Label, LabelledVacancy, MeasureExtraction, Named
from domain.vacancies.arrival import Arrivals, Draft
from tests.domain.instruments import SkillList


class PlainMarkup:
    def plain(self, text: str) -> str:
        return text


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 3, 1, 12, tzinfo=timezone.utc)


def a_label(skill: str, *, words: str = "", must: bool = True) -> Label:
    return Label(skill=skill, words=words or skill, must=must)


def labelled(number: str, requirements: str, *labels: Label, language: str = "en", **more: Any) -> LabelledVacancy:
    draft = Draft(**{"id": number, "title": "Work", "requirements": requirements, **more})
    return LabelledVacancy(draft=draft, language=language, labels=labels)


def measured(*vacancies: LabelledVacancy) -> Extraction:
    return MeasureExtraction(Noon(), Arrivals(PlainMarkup(), SkillList()), SkillList())(vacancies)


def test_precision_and_recall_are_shares_of_all_that_is_found_and_labelled() -> None:
    extraction = measured(
        labelled("1", "Python, SQL", a_label("Python"), a_label("Haskell")),
        labelled("2", "Docker, Redis", a_label("Docker"), a_label("Redis")),
    )

    (everything, _) = extraction.sections
    assert (everything.vacancies, everything.labels, everything.found) == (2, 4, 4)
    assert everything.precision.mean == everything.recall.mean == 3 / 4
    assert everything.f1.mean == pytest.approx(3 / 4)
    assert everything.must.mean == 1
    assert everything.precision.low <= 3 / 4 <= everything.precision.high


def test_what_was_missed_and_found_wrongly_is_told_the_worst_first() -> None:
    extraction = measured(
        labelled("1", "Python", a_label("Python")),
        labelled("2", "Kafka every day", a_label("Haskell", words="functional")),
    )

    worst, best = extraction.readings
    assert (worst.vacancy_id, best.vacancy_id) == ("2", "1")
    assert worst.missed == (Named(skill="Haskell", words="functional"),)
    assert worst.wrong == (Named(skill="Apache Kafka", words="Kafka every day"),)
    assert (best.missed, best.wrong) == ((), ())


@pytest.mark.parametrize(
    "label",
    [
        a_label("PostgreSQL"),
        a_label("постгрес"),
        a_label("Databases such as PostgreSQL", words="which we run"),
        a_label("Relational databases", words="постгрес"),
    ],
)
def test_a_label_is_met_by_its_name_or_by_what_its_words_name(label: Label) -> None:
    (reading,) = measured(labelled("1", "PostgreSQL", label)).readings

    assert (reading.met, reading.right, reading.found) == (1, 1, 1)


def test_whether_must_or_nice_is_told_truly_is_counted_of_the_labels_met() -> None:
    extraction = measured(
        labelled("1", "Python\nDocker is a plus", a_label("Python", must=False), a_label("Docker", must=False))
    )

    assert extraction.sections[0].must.mean == 1 / 2


def test_generic_skills_count_on_neither_side() -> None:
    (reading,) = measured(labelled("1", "ПК, Python", a_label("ПК"), a_label("Python"))).readings

    assert (reading.labels, reading.found) == (1, 1)


def test_each_language_has_figures_of_its_own() -> None:
    extraction = measured(
        labelled("1", "Python", a_label("Python"), language="ru"), labelled("2", "SQL", a_label("Docker"))
    )

    assert [(each.language, each.vacancies, each.recall.mean) for each in extraction.sections] == [
        (None, 2, 1 / 2),
        ("en", 1, 0),
        ("ru", 1, 1),
    ]


def test_a_share_of_nothing_is_0() -> None:
    (everything, _) = measured(labelled("1", "nothing that one knows")).sections

    assert (everything.precision.mean, everything.recall.mean, everything.f1.mean, everything.must.mean) == (0, 0, 0, 0)


def test_bad_vacancies_are_told_and_left_out() -> None:
    extraction = measured(labelled("1", "", title=""), labelled("2", "SQL", a_label("SQL")))

    assert extraction.errors == {0: {"title": ["bad_length"]}}
    assert extraction.sections[0].vacancies == 1


def test_without_vacancies_there_are_no_figures() -> None:
    assert measured() == Extraction(sections=(), readings=(), errors={})
