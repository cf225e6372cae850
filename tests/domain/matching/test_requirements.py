"""What a vacancy is understood to ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from domain.matching.lexicon import Mention, Skill
from domain.matching.requirements import LONGEST_QUOTE, MOST_IN_CLAUSE, Requirement, requirements_in
from domain.resumes.content import LanguageLevel
from tests.domain.instruments import SkillList


def _asked(requirements: str = "", *, title: str = "", tags: tuple[str, ...] = ()) -> dict[str, bool]:
    """Return whether each skill asked for is a must."""
    found = requirements_in(title=title, tags=tags, requirements=requirements, skills=SkillList())
    assert len({each.skill for each in found}) == len(found)
    return {each.skill: each.must for each in found}


def test_a_skill_named_plainly_is_a_must() -> None:
    assert _asked("Знание Python и SQL.") == {"Python": True, "SQL": True}


def test_a_text_that_names_no_skill_asks_for_nothing() -> None:
    assert _asked("Любовь к людям.\n\nОтветственность.") == {}


@pytest.mark.parametrize(
    "heading",
    [
        "Будет плюсом:",
        "БУДЕТ ПЛЮСОМ",
        "Будет большим плюсом:",
        "Желательно:",
        "Приветствуется:",
        "Nice to have:",
        "Nice-to-have:",
        "Will be a plus:",
        "Bonus:",
        "Преимуществом будет:",
        "Необязательно:",
        "  Как плюс:  ",
    ],
)
def test_what_stands_under_a_nice_heading_is_nice_to_have(heading: str) -> None:
    assert _asked(f"Требования:\n- Python\n{heading}\n- Docker\n- Redis") == {
        "Python": True,
        "Docker": False,
        "Redis": False,
    }


def test_what_the_employer_offers_is_not_asked_for() -> None:
    assert _asked("Требования:\nPython\nМы предлагаем:\nКурсы Docker") == {"Python": True}


def test_a_nice_heading_ends_at_the_next_heading() -> None:
    assert _asked("Будет плюсом:\nDocker\nОбязательно нужно:\nPython") == {"Docker": False, "Python": True}


def test_a_nice_heading_ends_at_an_empty_line() -> None:
    assert _asked("Будет плюсом:\nDocker\n  \nPython") == {"Docker": False, "Python": True}


def test_a_heading_that_names_a_skill_asks_for_it() -> None:
    assert _asked("PYTHON, SQL:\nопыт от года") == {"Python": True, "SQL": True}


@pytest.mark.parametrize(
    "clause",
    [
        "Kafka (желательно)",
        "Kafka будет плюсом",
        "Kafka будет вашим преимуществом",
        "Приветствуется опыт с Kafka",
        "Kafka is a plus",
        "Kafka preferred",
        "experience with Kafka is desirable",
        "Ideally, Kafka",
        "Kafka (optional)",
    ],
)
def test_a_clause_may_say_itself_that_it_is_nice_to_have(clause: str) -> None:
    assert _asked(f"Python; {clause}; Redis") == {"Python": True, "Apache Kafka": False, "Redis": True}


def test_a_sentence_is_a_clause_of_its_own() -> None:
    assert _asked("Нужен Python. Kafka будет плюсом. Нужен SQL!") == {
        "Python": True,
        "Apache Kafka": False,
        "SQL": True,
    }


def test_an_inline_list_of_nice_things_goes_on_to_the_end_of_its_line() -> None:
    assert _asked("Python; SQL\nNice to have: Kafka; Redis") == {
        "Python": True,
        "SQL": True,
        "Apache Kafka": False,
        "Redis": False,
    }


def test_an_inline_list_of_nice_things_ends_with_its_line() -> None:
    assert _asked("Nice to have: Kafka; Redis\nRequired: Python") == {
        "Apache Kafka": False,
        "Redis": False,
        "Python": True,
    }


def test_a_skill_asked_both_ways_is_a_must() -> None:
    assert _asked("Желательно Docker\nDocker") == {"Docker": True}
    assert _asked("Docker\nЖелательно Docker") == {"Docker": True}


def test_skills_of_the_title_and_the_tags_are_musts() -> None:
    assert _asked(title="Разработчик Python", tags=("Redis",)) == {"Python": True, "Redis": True}


def test_the_text_may_call_a_tag_nice_to_have() -> None:
    assert _asked("Redis будет плюсом", tags=("Redis",)) == {"Redis": False}


def test_a_skill_of_the_title_stays_a_must_whatever_the_text_says() -> None:
    assert _asked("Python будет плюсом", title="Разработчик Python") == {"Python": True}


def test_a_tag_of_several_skills_asks_for_each() -> None:
    assert _asked(tags=("Docker / Redis", "  постгрес ", "дружелюбие")) == {
        "Docker": True,
        "PostgreSQL": True,
        "Redis": True,
    }


def test_each_requirement_quotes_the_words_that_ask_for_it() -> None:
    found = requirements_in(
        title="Разработчик Python",
        tags=("постгрес",),
        requirements="Пишем на Django; гоняем Kafka.\nRedis будет плюсом",
        skills=SkillList(),
    )

    assert found == (
        Requirement(skill="Apache Kafka", must=True, words="гоняем Kafka."),
        Requirement(skill="Django", must=True, words="Пишем на Django"),
        Requirement(skill="PostgreSQL", must=True, words="постгрес"),
        Requirement(skill="Python", must=True, words="Разработчик Python"),
        Requirement(skill="Redis", must=False, words="Redis будет плюсом"),
    )


def test_a_must_in_the_text_replaces_the_quote_of_the_nice_one() -> None:
    found = requirements_in(
        title="", tags=(), requirements="Docker желательно\nDocker нужен каждый день", skills=SkillList()
    )

    assert found == (Requirement(skill="Docker", must=True, words="Docker нужен каждый день"),)


def test_a_quote_is_cut_short() -> None:
    words = "Python " + "очень " * 100
    found = requirements_in(title=words, tags=(f"Redis {words}",), requirements=f"Docker {words}", skills=SkillList())

    assert {each.skill for each in found} == {"Python", "Redis", "Docker"}
    assert {len(each.words) for each in found} == {LONGEST_QUOTE}


@pytest.mark.parametrize(
    "clause",
    [
        "Плюсом станет Kafka",
        "Плюс: Kafka",
        "Плюсы: Kafka",
        "Kafka — плюс",
        "Kafka желательна",
        "Опыт с Kafka желателен",
        "Знание Kafka не обязательно",
        "Kafka не обязательна",
        "Опыт с Kafka — преимущество",
        "Nice: Kafka",
        "Kafka is welcome",
    ],
)
def test_there_are_many_ways_to_call_a_skill_nice_to_have(clause: str) -> None:
    assert _asked(f"Python; {clause}") == {"Python": True, "Apache Kafka": False}


def test_a_word_inside_a_clause_speaks_of_what_it_stands_by() -> None:
    assert _asked("Python, желательно Redis") == {"Python": True, "Redis": False}
    assert _asked("Kafka (желательно), Redis") == {"Apache Kafka": False, "Redis": True}
    assert _asked("Python приветствуется и Redis") == {"Python": False, "Redis": False}


@pytest.mark.parametrize(
    "clause",
    [
        "Kafka не нужна",
        "Знание Kafka не требуется",
        "Kafka и Redis не нужны",
        "Не требуется знание Kafka",
        "Не требуется опыт с Kafka, Redis и SQL",
        "Мы не используем Kafka",
        "No Kafka required",
        "No Kafka experience needed",
        "Kafka is not required",
        "Kafka isn't needed",
        "We don't use Kafka",
        "No need to know Kafka",
    ],
)
def test_what_is_not_needed_is_not_asked_for(clause: str) -> None:
    assert _asked(f"Python; {clause}", tags=("kafka",)) == {"Python": True}


def test_what_is_not_needed_leaves_the_rest_of_its_clause() -> None:
    assert _asked("Redis, Kafka не нужна") == {"Redis": True}
    assert _asked("Нужен Python, а Kafka не нужна") == {"Python": True}


def _groups(requirements: str, *, title: str = "", tags: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    found = requirements_in(title=title, tags=tags, requirements=requirements, skills=SkillList())
    return {each.skill: each.any_of for each in found}


@pytest.mark.parametrize(
    ("clause", "group"),
    [
        ("Python или SQL", ("Python", "SQL")),
        ("Python либо опыт работы с SQL", ("Python", "SQL")),
        ("Python or SQL", ("Python", "SQL")),
        ("Python (или SQL)", ("Python", "SQL")),
        ("PostgreSQL/Redis или Python", ("PostgreSQL", "Redis", "Python")),
        ("PostgreSQL/Redis (одно из)", ("PostgreSQL", "Redis")),
        ("Одна из СУБД: PostgreSQL, Redis", ("PostgreSQL", "Redis")),
        ("one of Python, SQL and Docker", ("Python", "SQL", "Docker")),
        ("Хотя бы один из: Python, SQL", ("Python", "SQL")),
    ],
)
def test_alternatives_are_a_group_of_which_one_is_enough(clause: str, group: tuple[str, ...]) -> None:
    assert _groups(clause) == dict.fromkeys(group, group)


@pytest.mark.parametrize(
    "clause",
    [
        "Python/SQL",
        "Python и SQL",
        "Python, SQL",
        "одна из крупнейших компаний на рынке давно и надёжно пишет на Python, SQL",
        "Python — один из наших языков",
        "one of our engineers",
        "Python or python",
    ],
)
def test_a_list_without_a_word_of_choice_is_no_choice(clause: str) -> None:
    assert set(_groups(clause).values()) <= {()}


_KINDS = {
    name.casefold(): Skill(name=name, category=category, licence=category == "licences", implies=frozenset(implies))
    for name, category, implies in (
        ("Broker", "backend", ()),
        ("Kafka", "backend", ("Broker",)),
        ("NATS", "backend", ("Broker",)),
        ("Flask", "backend", ("Python",)),
        ("FastAPI", "backend", ("Python",)),
        ("pandas", "data", ("Python",)),
        ("NumPy", "data", ("Python",)),
        ("Python", "programming languages", ()),
        ("Go", "programming languages", ()),
        ("Bash", "programming languages", ()),
        ("React", "frontend", ()),
        ("Redux", "frontend", ("React",)),
        ("HTML", "frontend", ()),
        ("CSS", "frontend", ()),
        ("Licence", "licences", ()),
        ("LicenceB", "licences", ("Licence",)),
        ("LicenceC", "licences", ("Licence",)),
    )
}


class _Kinds(SkillList):
    """Knows kinds of things besides: brokers, frameworks, libraries of one language, and what needs another."""

    def find(self, text: str) -> tuple[Mention, ...]:
        named = re.finditer(rf"\b(?:{'|'.join(_KINDS)})\b", text, re.IGNORECASE)
        return tuple(
            Mention(skill=_KINDS[one[0].casefold()].name, start=one.start(), end=one.end(), words=one[0])
            for one in named
        )

    def skill(self, name: str) -> Skill | None:
        return _KINDS.get(name.casefold())

    def implied(self, names: Iterable[str]) -> frozenset[str]:
        held = set(names)
        return frozenset(held.union(*(entry.implies for name in held if (entry := self.skill(name)))))


def _choices(requirements: str, title: str = "") -> set[tuple[str, ...]]:
    """Return the groups of alternatives."""
    found = requirements_in(title=title, tags=(), requirements=requirements, skills=_Kinds())
    return {each.any_of for each in found if each.any_of}


@pytest.mark.parametrize(
    ("clause", "group"),
    [
        ("Опыт с Flask/FastAPI", ("Flask", "FastAPI")),
        ("Kafka / NATS", ("Kafka", "NATS")),
        ("Python/Go", ("Python", "Go")),
        ("Любой брокер (Kafka, NATS)", ("Kafka", "NATS")),
        ("Любой broker (Kafka, NATS)", ("Kafka", "NATS")),
        ("any broker: Kafka, NATS", ("Kafka", "NATS")),
        ("Any broker (e.g. Kafka, NATS)", ("Kafka", "NATS")),
        ("brokers such as Kafka, NATS", ("Kafka", "NATS")),
        ("брокеры, например Kafka, NATS", ("Kafka", "NATS")),
        ("HTML, Kafka/NATS", ("Kafka", "NATS")),
        ("Flask, Kafka/NATS", ("Kafka", "NATS")),
    ],
)
def test_a_slash_between_kinds_of_one_thing_and_a_list_of_examples_give_a_choice(
    clause: str, group: tuple[str, ...]
) -> None:
    assert _choices(clause) == {group}


@pytest.mark.parametrize(
    "clause",
    [
        "HTML/CSS",
        "React/Redux",
        "pandas/NumPy",
        "Python/Bash",
        "Python/HTML",
        "LicenceB/LicenceC",
        "Kafka/kafka",
        "Любой опыт с Kafka, NATS",
        "any experience with Kafka, NATS",
    ],
)
def test_what_goes_together_is_no_choice(clause: str) -> None:
    assert _choices(clause) == set()


def test_what_a_title_calls_a_plus_in_brackets_is_nice_to_have() -> None:
    assert _asked(title="Разработчик Python (Docker — плюс)") == {"Python": True, "Docker": False}
    assert _asked("Python (Docker, Redis будут плюсом), SQL") == {
        "Python": True,
        "SQL": True,
        "Docker": False,
        "Redis": False,
    }


def test_what_the_text_asks_is_told_in_its_words_before_those_of_the_title() -> None:
    found = requirements_in(
        title="Разработчик Python", tags=(), requirements="Опыт с Python от 3 лет", skills=SkillList()
    )

    assert [each.words for each in found] == ["Опыт с Python от 3 лет"]


def test_over_a_comma_only_things_of_one_kind_are_alternatives() -> None:
    assert _groups("Docker, PostgreSQL или Redis") == {
        "Docker": (),
        "PostgreSQL": ("PostgreSQL", "Redis"),
        "Redis": ("PostgreSQL", "Redis"),
    }


def test_alternatives_ask_for_nothing_more_where_one_of_them_is_a_must() -> None:
    assert _groups("Python или SQL", title="Разработчик Python") == {"Python": ()}
    assert _groups("Python или SQL\nЗнание SQL") == {"SQL": ()}


def test_tags_do_not_undo_the_choice_that_the_text_gives() -> None:
    group = ("Python", "SQL")

    assert _groups("Python или SQL", tags=("Python", "SQL")) == {"Python": group, "SQL": group}


@pytest.mark.parametrize(
    ("clause", "level"),
    [
        ("English B2", LanguageLevel.B2),
        ("English (B2+)", LanguageLevel.B2),
        ("английский язык не ниже В2", LanguageLevel.B2),
        ("Английский язык: С1", LanguageLevel.C1),
        ("English (upper-intermediate)", LanguageLevel.B2),
        ("английский язык, средне-продвинутый", None),
        ("английский язык — средне-продвинутый", LanguageLevel.B2),
        ("Pre-intermediate English", LanguageLevel.A2),
        ("Свободный английский язык", LanguageLevel.C1),
        ("native English", LanguageLevel.NATIVE),
        ("English, B1", LanguageLevel.B1),
        ("английский язык, среднее образование", None),
        ("базовый Excel, английский язык", None),
        ("English", None),
    ],
)
def test_the_level_asked_of_a_language_is_read(clause: str, level: LanguageLevel | None) -> None:
    (found,) = (
        each
        for each in requirements_in(title="", tags=(), requirements=clause, skills=SkillList())
        if each.skill == "Английский язык"
    )

    assert found.level == level


def test_of_two_levels_asked_the_higher_counts() -> None:
    (found,) = requirements_in(
        title="", tags=("English B1",), requirements="English A2\nEnglish C1", skills=SkillList()
    )

    assert found.level is LanguageLevel.C1


def test_a_tag_may_tell_the_level_of_a_language() -> None:
    (found,) = requirements_in(title="", tags=("English B1",), requirements="", skills=SkillList())

    assert found == Requirement(skill="Английский язык", must=True, words="English B1", level=LanguageLevel.B1)


def test_the_dot_of_an_abbreviation_ends_no_clause() -> None:
    assert _asked("Kafka желательно, мин. Python") == _asked("Kafka желательно, Python")


def test_a_tag_is_read_as_a_whole_name_with_its_typing_slips() -> None:
    class Forgiving(SkillList):
        def named(self, name: str) -> str | None:
            return "Python" if name == "Pyton" else super().named(name)

    found = requirements_in(title="", tags=("Pyton",), requirements="", skills=Forgiving())

    assert found == (Requirement(skill="Python", must=True, words="Pyton"),)


def test_of_an_endless_list_the_first_names_are_read() -> None:
    listed = ", ".join(["Python"] * MOST_IN_CLAUSE)

    assert _asked(f"{listed}, Docker").keys() == {"Python"}
    assert _asked(f"{listed}; Docker").keys() == {"Python", "Docker"}
