"""The terms by which vacancies are found, and those by which a résumé asks for them."""

from __future__ import annotations

from typing import Any

import pytest

from domain.matching.requirements import Requirement
from domain.matching.retrieval import MOST_STEMS, WEIGHTS, Field, Query, query_for, terms_of
from domain.resumes.content import Language, LanguageLevel, ResumeContent, WorkFormat
from tests.builders import a_vacancy
from tests.domain.instruments import MEASURES


def _terms(**changes: Any) -> dict[Field, frozenset[str]]:
    bare = {
        "company": None,
        "area": None,
        "work_format": None,
        "requirements": "",
        "responsibilities": "",
        "description": "",
        "skills": (),
        "asks": (),
    }
    return dict(terms_of(a_vacancy(**{**bare, **changes}), MEASURES))


def _query(text: str | None = None, **says: Any) -> Query:
    return query_for(ResumeContent(**says), text, MEASURES)


def test_a_role_is_the_same_term_in_russian_and_in_english() -> None:
    russian, english = _terms(title="Водитель"), _terms(title="Driver")

    assert russian[Field.ROLE] == english[Field.ROLE] == {"role:driver", "family:transport"}
    assert russian[Field.TITLE] == {"taken:driver", "водитель"}
    assert _query(desired_position="Водитель").wanted & english[Field.ROLE]
    assert _query(desired_position="Driver").wanted & russian[Field.ROLE]


def test_a_title_nobody_knows_is_found_by_its_words() -> None:
    terms = _terms(title="Смотритель маяка")

    assert terms[Field.ROLE] == frozenset()
    assert terms[Field.TITLE] == {"смотритель", "маяка"} == _query(desired_position="Смотритель маяка").wanted


def test_what_is_asked_weighs_more_than_what_would_be_nice_and_words() -> None:
    asks = (
        Requirement(skill="PostgreSQL", must=True, words=""),
        Requirement(skill="Redis", must=False, words=""),
        Requirement(skill="ПК", must=True, words=""),
        Requirement(skill="Нет такого", must=True, words=""),
    )

    terms = _terms(title="Driver", asks=asks, requirements="Redis")

    assert terms[Field.SKILLS] == {"skill:PostgreSQL"}
    assert terms[Field.TEXT] == {"skill:Redis", "redis"}
    assert list(WEIGHTS.values()) == sorted(WEIGHTS.values(), reverse=True)


def test_a_technology_of_the_title_stands_there_and_nowhere_else() -> None:
    asks = (Requirement(skill="Python", must=True, words=""),)

    terms = _terms(title="Разработчик Python", asks=asks, skills=("Python",), description="Python, разработчик")

    assert "skill:Python" in terms[Field.TITLE]
    assert terms[Field.SKILLS] == terms[Field.TEXT] == frozenset()


def test_every_text_of_a_vacancy_and_its_employer_can_be_searched() -> None:
    terms = _terms(
        title="Driver",
        company="Ромашка",
        skills=("гараж",),
        requirements="ряд",
        responsibilities="рейс",
        description="дом",
    )

    assert terms[Field.TEXT] == {"ромашка", "гараж", "ряд", "рейс", "дом"}


def test_a_long_text_is_found_by_its_most_telling_words_and_a_long_word_by_its_beginning() -> None:
    words = " ".join(f"w{number:03}" for number in range(200))

    assert _terms(title="Driver", description=words)[Field.TEXT] == {f"w{number:03}" for number in range(MOST_STEMS)}
    assert _terms(title="x" * 10_000)[Field.TITLE] == {"x" * 40}


def test_the_same_vacancy_and_the_same_resume_give_the_same_terms() -> None:
    assert _terms() == _terms()
    assert _query(desired_position="Бухгалтер") == _query(desired_position="Бухгалтер")


def test_a_resume_asks_for_its_role_and_its_skills_with_what_they_imply() -> None:
    query = _query(desired_position="Senior Python developer", skills=("Django", "постгрес", "ПК", "вязание"))

    assert query.wanted == query.ranking - {"place:anywhere"} == {
        "role:backend_developer", "taken:backend_developer", "family:software", "senior", "python", "developer",
        "skill:Python", "skill:Django", "skill:PostgreSQL", "skill:SQL",
    }  # fmt: skip


def test_where_no_position_is_desired_the_current_one_is_asked_for() -> None:
    assert "role:driver" in _query(current_position="Водитель").wanted
    assert "role:driver" not in _query(current_position="Водитель", desired_position="Бухгалтер").wanted


def test_a_language_speaks_for_a_vacancy_but_makes_no_candidate_of_it() -> None:
    query = _query(desired_position="Driver", languages=(Language(name="English", level=LanguageLevel.B2),))

    assert query.ranking - query.wanted == {"skill:Английский язык", "place:anywhere"}


def test_a_place_speaks_for_a_vacancy_but_makes_no_candidate_of_it() -> None:
    around = _terms(title="Driver", area="Подольск")[Field.ROLE]
    anywhere = _terms(title="Driver", area="Подольск", work_format=WorkFormat.REMOTE)[Field.ROLE]
    query = _query(desired_position="Бухгалтер", region="Химки")

    assert around - {"role:driver", "family:transport"} == {"place:Московская область"}
    assert anywhere - {"role:driver", "family:transport"} == {"place:anywhere"}
    assert query.ranking - query.wanted == {"place:Московская область", "place:anywhere"}


@pytest.mark.parametrize("area", [None, "Атлантида", "Беларусь"])
def test_who_is_nowhere_in_particular_is_near_nothing(area: str | None) -> None:
    assert _terms(title="Driver", area=area)[Field.ROLE] == {"role:driver", "family:transport"}
    assert _query(desired_position="Driver", region=area).ranking - _query(desired_position="Driver").wanted == {
        "place:anywhere"
    }


def test_who_holds_or_wishes_a_role_would_take_its_kin() -> None:
    developing = _terms(title="Developer / QA")

    assert {"taken:backend_developer", "taken:tester"} <= developing[Field.TITLE]
    assert {"taken:backend_developer", "taken:tester"} <= _terms(title="Тестировщик")[Field.TITLE]
    assert "taken:tester" in _query(desired_position="QA").wanted
    assert "taken:tester" in _query(desired_position="Developer / QA").wanted
    assert {"taken:driver", "taken:accountant"} <= _query(
        desired_position="Бухгалтер", current_position="Водитель"
    ).wanted
    assert "role:driver" not in _query(desired_position="Бухгалтер", current_position="Водитель").wanted


def test_a_resume_that_says_nothing_asks_for_nothing() -> None:
    assert _query() == Query()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("водитель", {"role:driver", "family:transport", "водитель"}),
        ("постгрес", {"skill:PostgreSQL", "постгрес"}),
        ("маяк", {"маяк"}),
        ("и", set()),
    ],
)
def test_a_text_typed_is_what_is_wanted_and_the_resume_only_ranks(text: str, wanted: set[str]) -> None:
    query = _query(text, desired_position="Бухгалтер", skills=("Excel",))

    assert query.wanted == wanted
    assert query.ranking == wanted | {
        "role:accountant", "taken:accountant", "family:finance", "бухгалтер", "skill:Excel", "place:anywhere",
    }  # fmt: skip
