"""By which words a text bears levels of education."""

from __future__ import annotations

import pytest

from domain.resumes.content import EducationLevel
from domain.resumes.evidence.text import Evidence
from tests.domain.instruments import MEASURES


def _evidence(text: str) -> Evidence:
    return Evidence(text, stems=MEASURES.stems, skills=MEASURES.skills)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("", ""),
        ("Среднее образование", "secondary"),
        ("Школа № 5, 11 классов", "secondary"),
        ("Средний английский, среднее время ответа", ""),
        ("Средне-специальное", ""),
        ("Среднее специальное", "vocational"),
        ("Политехнический колледж", "vocational"),
        ("Неоконченное высшее, МГУ", "incomplete_higher"),
        ("Студентка 3 курса института", "incomplete_higher"),
        ("Неоконченное высшее (МГУ). Высшее: юрист", "incomplete_higher higher"),
        ("Бакалавр", "bachelor"),
        ("B.Sc. in Physics", "bachelor"),
        ("Высшее образование", "higher"),
        ("Высшая категория", ""),
        ("Уральский политехнический институт", "higher"),
        ("СПбГУ, 2010", "higher"),
        ("Moscow State University", "higher"),
        ("могу, смогу, помогу", ""),
        ("Магистратура ВШЭ", "higher master"),
        ("Магистральные сети, Scrum Master", ""),
        ("Master's degree", "master"),
        ("MBA", "master"),
        ("Кандидат технических наук", "phd"),
        ("к.э.н.", "phd"),
        ("Ph.D.", "phd"),
        ("Подбор: кандидаты и заявки", ""),
    ],
)
def test_a_level_of_education_stands_by_a_word_for_it(text: str, levels: str) -> None:
    evidence = _evidence(text)

    assert " ".join(level.value for level in EducationLevel if evidence.bears_education(level)) == levels


@pytest.mark.parametrize(
    "text",
    [
        "Graph databases (Neo4j), photograph design",
        "Английский: выше среднего",
        "Английский — ниже среднего",
        "Secondary indexes in Postgres",
        "Отправил внука в лицей",
        "Неполное среднее",
        "Школа продаж",
        "Collegeboard",
        "Scrum Master of the team",
        "Без высшего образования",
        "Высшее качество, высшего класса",
        "Работал в НИИ: институт стали, сварщик",
        "Преподавал студентам 5 лет",
        "Taught at the university",
        "BA, Sberbank; MS Office",
    ],
)
def test_no_level_stands_by_words_for_something_else(text: str) -> None:
    evidence = _evidence(text)

    assert [level for level in EducationLevel if evidence.bears_education(level)] == []


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("King's College London, MSc", "master"),
        ("Образование: среднее", "secondary"),
        ("Средняя школа № 5", "secondary"),
        ("Среднее общее образование", "secondary"),
        ("Преподавал студентам. Образование: МГУ", "higher"),
        ("Высшее техническое", "higher"),
        ("Master degree", "master"),
        ("M.S. in CS", "master"),
        ("MA in History", "master"),
        ("Master of Science", "master"),
        ("B.S. in Maths", "bachelor"),
        ("BA in History", "bachelor"),
        ("Студентка\nМГУ", "incomplete_higher"),
    ],
)
def test_a_level_stands_in_its_usual_wordings(text: str, levels: str) -> None:
    evidence = _evidence(text)

    assert " ".join(level.value for level in EducationLevel if evidence.bears_education(level)) == levels
