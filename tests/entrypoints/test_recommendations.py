"""Recommendations over HTTP: computed for the person's own market, worded in their language, never asking to lie."""

from __future__ import annotations

import re
from typing import Any

import pytest

from domain.insights.effects import Effect
from domain.insights.held import Found, Whence
from domain.insights.recommendations import Advised, Keyword, Silence, SkillToAdd
from domain.resumes.content import LanguageLevel
from entrypoints.messages.words import LANGUAGES, words
from tests.entrypoints.installation import ANNA, BORIS, PROFILE, Installation, a_job, code_of, told

IF_TRUE = {"ru": "правд", "en": "true"}
JOB = {
    "position": "Разработчик",
    "company": "Кафе «Вымысел»",
    "start": "2022-05",
    "current": True,
    "description": "Настраивала Redis.",
}


def a_market(*, ask: str = "Docker, Redis") -> list[dict[str, Any]]:
    return [a_job(f"{number}", requirements=f"Python, SQL, {ask}") for number in range(1, 5)]


def test_what_the_market_asks_for(api: Installation) -> None:
    api.welcome(experience=[JOB])
    api.offer(*a_market())

    answer = api.bot.get(f"/resume/{ANNA}/recommendations")

    found = told(answer)
    assert answer.status_code == 200
    assert (found["market"], found["of_role"], found["reason"], found["text"]) == (4, 4, None, None)
    (docker,) = found["skills"]
    assert {name: docker[name] for name in ("skill", "code", "level", "must", "nice", "found")} == {
        "skill": "Docker",
        "code": "add",
        "level": None,
        "must": 4,
        "nice": 0,
        "found": None,
    }
    assert docker["mean_gain"] > 0
    assert docker["text"].startswith("«Docker»: спрашивают в 4 из 4 вакансий, обязательно — в 4. Если это правда")
    assert {"provider": "Stepik", "language": "ru", "url": "https://stepik.org/catalog/search?q=Docker"} in docker[
        "courses"
    ]
    redis, sql = found["keywords"]
    assert (redis["skill"], redis["percent"]) == ("Redis", 100)
    assert redis["found"] == {"where": "experience", "words": "Redis", "job": "Разработчик (Кафе «Вымысел»)"}
    assert "У вас в опыте, «Разработчик (Кафе „Вымысел“)», есть «Redis», а в списке навыков нет" in redis["text"]
    assert (sql["skill"], sql["found"]) == ("SQL", {"where": "skill", "words": "PostgreSQL", "job": None})
    assert sql["mean_gain"] == 0


def test_an_english_caller_is_told_in_english_and_shown_english_courses_first(api: Installation) -> None:
    api.welcome()
    api.offer(*a_market(ask="Docker"))

    found = told(api.bot.get(f"/resume/{ANNA}/recommendations", headers={"Accept-Language": "en"}))

    (docker,) = found["skills"]
    assert docker["text"].startswith("“Docker”: asked by 4 of 4 vacancies, as a must by 4. If it is true that")
    assert docker["courses"][0]["language"] == "en"


def test_a_search_is_no_condition_and_its_matches_count(api: Installation) -> None:
    api.welcome()
    api.offer(*a_market())
    before = told(api.bot.get(f"/resume/{ANNA}/recommendations"))
    api.search()

    assert told(api.bot.get(f"/resume/{ANNA}/recommendations")) == before


def test_without_a_market_the_lists_are_empty_and_it_says_why(with_anna: Installation) -> None:
    nothing = told(with_anna.bot.get(f"/resume/{ANNA}/recommendations"))
    with_anna.offer(a_job("1", title="Водитель", skills=[], requirements="Права категории C", responsibilities="Рейсы"))
    with_anna.search()
    strangers = told(with_anna.bot.get(f"/resume/{ANNA}/recommendations"))

    assert (nothing["skills"], nothing["keywords"], nothing["reason"]) == ([], [], "no_vacancies")
    assert nothing["text"].startswith("Пока нет вакансий")
    assert (strangers["skills"], strangers["reason"]) == ([], "other_professions")


def test_without_a_resume_there_is_nothing_to_recommend(api: Installation) -> None:
    api.bot.post("/users/", PROFILE)

    answers = [api.bot.get(f"/resume/{each}/recommendations") for each in (ANNA, BORIS)]

    assert [(answer.status_code, code_of(answer)) for answer in answers] == [
        (404, "resume_not_found"),
        (404, "user_not_found"),
    ]


def test_a_strangers_question_is_refused(with_anna: Installation) -> None:
    assert with_anna.stranger.get(f"/resume/{ANNA}/recommendations").status_code == 401


def to_add(advised: Advised, **changes: Any) -> SkillToAdd:
    return SkillToAdd(
        **{
            "skill": "Redis",
            "advised": advised,
            "level": None,
            "must": 1,
            "nice": 2,
            "effect": Effect(total=6, mean=1.5, newly_fitting=3),
            "found": Found(whence=Whence.SUMMARY, words="Redis"),
            "courses": (),
            **changes,
        }
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_recommendation_has_its_words_and_asks_whether_it_is_true(language: str) -> None:
    said = words(language)

    texts = [said.recommendation(to_add(each), market=9) for each in Advised]
    texts += [
        said.keyword(
            Keyword(skill="SQL", percent=40, found=Found(whence=each, words="Слово", job="Дело"), effect=Effect())
        )
        for each in Whence
    ]

    for text in texts:
        assert IF_TRUE[language] in text
        assert not re.search(r"recommend|keyword|found|[{}$]|—\s*\.", text)
    assert all(said.silence(each) != each.value for each in Silence)


@pytest.mark.parametrize(
    ("count", "ending"),
    [
        (0, "Это в среднем +1,5 к оценке."),
        (1, "к оценке, и ещё 1 вакансия наберёт 60."),
        (2, "к оценке, и ещё 2 вакансии наберут 60."),
        (5, "к оценке, и ещё 5 вакансий наберут 60."),
    ],
)
def test_russian_plurals_of_vacancies(count: int, ending: str) -> None:
    skill = to_add(Advised.ADD, effect=Effect(total=6, mean=1.5, newly_fitting=count))

    assert words("ru").recommendation(skill, market=4).endswith(ending)


@pytest.mark.parametrize(
    ("level", "said"), [(LanguageLevel.B2, "“English B2”: asked"), (LanguageLevel.NATIVE, "“English (native)”: asked")]
)
def test_a_language_is_named_with_its_level(level: LanguageLevel, said: str) -> None:
    skill = to_add(Advised.LEVEL, skill="English", level=level)

    assert words("en").recommendation(skill, market=4).startswith(said)
