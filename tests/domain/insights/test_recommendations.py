"""What is recommended, and that nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import NotFound
from domain.insights.effects import FITTING, Effect
from domain.insights.held import Found, Whence
from domain.insights.recommendations import (
    MOST_RECOMMENDED,
    MOST_TRIED,
    Advised,
    Recommendations,
    Silence,
)
from domain.matching.lexicon import Skill
from domain.matching.scorer import Scorer
from domain.resumes.content import Experience, Language, LanguageLevel
from tests.builders import ANNA
from tests.domain.insights.marketing import a_developer, asking, offer, recommended, welcome
from tests.domain.instruments import CATALOGUE, MEASURES, SkillList
from tests.domain.product import Product


def test_a_skill_asked_for_and_not_held_is_counted_and_its_effect_is_the_scorers(product: Product) -> None:
    market = [asking(1, "Python", "Docker"), asking(2, "Docker"), asking(3, "Python", nice=("Docker",))]
    offer(product, *market)
    welcome(product, years_experience=2)

    found = recommended(product)

    scorer = Scorer(MEASURES)
    before = scorer.assess(a_developer(years_experience=2), market)
    after = scorer.assess(a_developer(years_experience=2, skills=("Python", "Docker")), market)
    gains = [now.score - then.score for then, now in zip(before, after, strict=True)]
    (docker,) = found.skills
    assert (docker.skill, docker.must, docker.nice, docker.advised) == ("Docker", 2, 1, Advised.ADD)
    assert docker.effect == Effect(
        total=sum(gains),
        mean=round(sum(gains) / 3, 2),
        newly_fitting=sum(then.score < FITTING <= now.score for then, now in zip(before, after, strict=True)),
    )
    assert docker.effect.newly_fitting > 0
    assert (found.market, found.of_role, found.silence) == (3, 3, None)


def test_the_most_gainful_comes_first(product: Product) -> None:
    offer(
        product,
        *(asking(each, "Docker") for each in range(1, 4)),
        asking(4, "Redis"),
        asking(5, "Python", nice=("Excel",)),
    )
    welcome(product)

    assert [each.skill for each in recommended(product).skills] == ["Docker", "Redis", "Excel"]


def test_what_is_held_or_implied_is_not_recommended(product: Product) -> None:
    offer(product, *(asking(each, "Python", "SQL", "PostgreSQL") for each in range(1, 4)))
    welcome(product, skills=("Python", "PostgreSQL"))

    found = recommended(product)

    assert found.skills == ()
    # SQL is told by PostgreSQL alone, and everybody asks for it.
    assert [(each.skill, each.percent, each.found) for each in found.keywords] == [
        ("SQL", 100, Found(whence=Whence.SKILL, words="PostgreSQL"))
    ]
    assert found.keywords[0].effect == Effect()


def test_general_things_are_not_recommended(product: Product) -> None:
    offer(product, *(asking(each, "ПК", "Something new") for each in range(1, 4)))
    welcome(product)

    assert recommended(product) == Recommendations(market=3, of_role=3, silence=Silence.NOTHING_MISSING)


def test_what_is_held_in_the_texts_is_a_keyword_where_the_role_usually_asks_for_it(product: Product) -> None:
    offer(product, *(asking(each, "Python", "Redis") for each in range(1, 4)), asking(4, "Kafka"), asking(5, "Docker"))
    job = Experience(position="Инженер", company="Вымысел", start="2020", description="Ставил Redis и Docker.")
    welcome(product, experience=(job,))

    found = recommended(product)

    (redis,) = found.keywords
    assert (redis.skill, redis.percent) == ("Redis", 60)
    assert redis.found == Found(whence=Whence.EXPERIENCE, words="Redis", job="Инженер (Вымысел)")
    assert redis.effect.total > 0
    # Docker is asked for too seldom to be one, and it is told of all the same.
    (docker,) = found.skills
    assert (docker.skill, docker.advised, docker.courses) == ("Docker", Advised.MENTION, ())
    assert docker.found == Found(whence=Whence.EXPERIENCE, words="Docker", job="Инженер (Вымысел)")


def test_too_few_vacancies_of_the_role_make_no_keyword(product: Product) -> None:
    offer(product, asking(1, "Redis"), asking(2, "Redis"))
    welcome(product, summary="Знаю Redis.")

    found = recommended(product)

    assert found.keywords == ()
    assert [(each.skill, each.advised) for each in found.skills] == [("Redis", Advised.MENTION)]


def test_what_the_person_denied_is_to_be_learnt_and_never_found_in_their_words(product: Product) -> None:
    offer(product, *(asking(each, "Redis", "SQL") for each in range(1, 4)))
    welcome(product, summary="Знаю Redis.", skills=("Python", "PostgreSQL"))
    product.edit(denied=["redis", "SQL"])

    found = recommended(product)

    assert [(each.skill, each.advised, each.found) for each in found.skills] == [("Redis", Advised.LEARN, None)]
    assert found.keywords == ()
    assert [each.provider for each in found.skills[0].courses] == ["School ru", "School en"]


def test_a_language_is_recommended_at_the_level_most_often_asked(product: Product) -> None:
    levels = (LanguageLevel.B1, LanguageLevel.B2, LanguageLevel.B2)
    offer(product, *(asking(each, "Английский язык", level=level) for each, level in enumerate(levels)))
    welcome(product, languages=(Language(name="English", level=LanguageLevel.A2),))

    (english,) = recommended(product).skills

    assert (english.advised, english.level, english.must) == (Advised.LEVEL, LanguageLevel.B2, 3)
    assert english.effect.total > 0


def test_a_language_without_a_level_is_held(product: Product) -> None:
    offer(product, *(asking(each, "Английский язык", level=LanguageLevel.B2) for each in range(3)))
    welcome(product, languages=(Language(name="English"),))

    assert recommended(product).skills == ()


def test_a_licence_is_learnt_in_no_course(product: Product) -> None:
    offer(product, *(asking(each, "Права категории C", title="Водитель") for each in range(3)))
    welcome(product, desired_position="Водитель")

    (licence,) = recommended(product).skills

    assert (licence.advised, licence.courses) == (Advised.LICENCE, ())


def test_courses_in_the_callers_language_come_first(product: Product) -> None:
    offer(product, *(asking(each, "Docker") for each in range(3)))
    welcome(product)

    (docker,) = recommended(product, "en").skills

    assert [each.language for each in docker.courses] == ["en", "ru"]


def test_no_more_is_tried_and_recommended_than_can_be_read(monkeypatch: pytest.MonkeyPatch, product: Product) -> None:
    # A catalogue of fifteen tools, each asked for by one vacancy more than the next.
    tools = [Skill(name=f"Tool{number:02}", category="tools") for number in range(15)]
    known = {each.name: each for each in (*CATALOGUE, *tools)}
    monkeypatch.setattr(SkillList, "skill", lambda _, name: known.get(name))
    monkeypatch.setattr(SkillList, "named", lambda _, name: name if name in known else None)
    names = [tool.name for tool in tools]
    offer(product, *(asking(number, *names[: number + 1]) for number in range(15)))
    welcome(product)

    found = recommended(product)

    assert len(found.skills) == MOST_RECOMMENDED
    assert {each.skill for each in found.skills} <= set(names[:MOST_TRIED])


def test_without_vacancies_it_says_so(product: Product) -> None:
    welcome(product)

    assert recommended(product) == Recommendations(silence=Silence.NO_VACANCIES)


def test_other_peoples_professions_are_no_market(product: Product) -> None:
    offer(product, *(asking(each, "Python", "Docker", title="Водитель") for each in range(3)))
    welcome(product)

    assert recommended(product) == Recommendations(silence=Silence.OTHER_PROFESSIONS)


def test_other_roles_of_the_profession_count_only_where_there_are_hardly_any_of_the_own(product: Product) -> None:
    offer(product, asking(1, "Python", "Redis", title="Тестировщик"), asking(2, "Docker"), asking(3, "Docker"))
    welcome(product)
    few = recommended(product)
    offer(product, asking(4, "Docker"))

    enough = recommended(product)

    assert (few.market, few.of_role) == (3, 2)
    assert {each.skill for each in few.skills} == {"Docker", "Redis"}
    assert (enough.market, enough.of_role) == (3, 3)
    assert {each.skill for each in enough.skills} == {"Docker"}


def test_the_same_question_has_the_same_answer(product: Product) -> None:
    offer(product, *(asking(each, "Docker", "Redis", nice=("Excel",)) for each in range(5)))
    welcome(product)

    assert recommended(product) == recommended(product)


def test_a_skill_once_added_is_not_recommended_again(product: Product) -> None:
    offer(product, *(asking(each, "Docker") for each in range(3)))
    welcome(product)
    product.edit(skills=("Python", "Docker"))

    assert recommended(product).silence is Silence.NOTHING_MISSING


def test_without_a_resume_nothing_is_recommended(product: Product) -> None:
    with pytest.raises(NotFound) as nobody:
        recommended(product)
    product.welcome()
    with pytest.raises(NotFound) as nothing:
        recommended(product)

    assert (nobody.value.code, nothing.value.code) == ("user_not_found", "resume_not_found")


def test_of_alternatives_none_is_missing_where_one_is_held(product: Product) -> None:
    either = tuple(replace(each, any_of=("Python", "Redis")) for each in asking(1, "Python", "Redis").asks)
    offer(product, *(asking(each, "Docker", asks=either) for each in range(3)))
    welcome(product)

    assert recommended(product).skills == ()


def test_each_alternative_is_recommended_where_none_is_held(product: Product) -> None:
    either = tuple(replace(each, any_of=("Docker", "Redis")) for each in asking(1, "Docker", "Redis").asks)
    offer(product, *(asking(each, asks=either) for each in range(3)))
    welcome(product)

    assert [each.skill for each in recommended(product).skills] == ["Docker", "Redis"]


def test_the_position_may_tell_of_a_skill_too(product: Product) -> None:
    offer(product, *(asking(each, "Redis") for each in range(3)))
    welcome(product, desired_position="Разработчик Redis")

    (redis,) = recommended(product).keywords

    assert redis.found == Found(whence=Whence.POSITION, words="Redis")


def test_a_skill_told_of_proves_what_it_implies(product: Product) -> None:
    offer(product, *(asking(each, "SQL") for each in range(3)))
    welcome(product, summary="Знаю PostgreSQL.")

    (sql,) = recommended(product).keywords

    assert sql.found == Found(whence=Whence.SUMMARY, words="PostgreSQL")


def test_nobody_is_asked_for_the_person_who_asks(product: Product) -> None:
    offer(product, *(asking(each, "Docker") for each in range(3)))
    welcome(product)

    with product.store() as tx:
        before = tx.matches.all_of(ANNA)
    recommended(product)
    with product.store() as tx:
        assert tx.matches.all_of(ANNA) == before
