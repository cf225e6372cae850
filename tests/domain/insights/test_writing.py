"""Results, skills and their proof, length, readability: good and bad examples in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.insights.rubric import Criterion
from domain.insights.told import LONGEST_TEXT, told_by
from domain.insights.writing import LONGEST_STORY, MOST_SKILLS, skills
from domain.matching.lexicon import Skill
from domain.resumes.content import Experience, ResumeContent
from tests.domain.insights.judging import TODAY, a_good_resume, a_job, advised, line
from tests.domain.instruments import MEASURES, SkillList

DUTIES_RU = "Веду учёт и делаю отчёты для руководства"
DUTIES_EN = "Responsible for accounting and reports"
RESULTS_RU = "Сократила срок отчёта на 30 %.\nВнедрила 2 проверки."
RESULTS_EN = "Reduced the time of a report by 30%.\nLaunched 2 checks."


def with_texts(*texts: str | None) -> ResumeContent:
    return a_good_resume(
        experience=tuple(a_job(text, position=f"Работа {number}") for number, text in enumerate(texts, 1))
    )


@pytest.mark.parametrize("results", [RESULTS_RU, RESULTS_EN, RESULTS_RU.replace("ла ", "л ")])
def test_two_figures_and_two_outcomes_make_a_job_whole(results: str) -> None:
    assert line(Criterion.RESULTS, with_texts(results)).points == 22


@pytest.mark.parametrize("duties", [DUTIES_RU, DUTIES_EN, None])
def test_duties_alone_are_no_results(duties: str | None) -> None:
    content = with_texts(duties)

    assert line(Criterion.RESULTS, content).points == 0
    assert advised(Criterion.RESULTS, content) == {"results_missing": ["Работа 1 (ООО «Вымысел»)"]}


def test_figures_and_outcomes_are_asked_for_apart() -> None:
    content = with_texts("Обслуживаю 40 столов и 2 зала.", "Сократил простои.\nВнедрил проверки.", RESULTS_EN)

    assert advised(Criterion.RESULTS, content) == {
        "figures_missing": ["Работа 2 (ООО «Вымысел»)"],
        "outcomes_missing": ["Работа 1 (ООО «Вымысел»)"],
    }
    assert line(Criterion.RESULTS, content).points == round(22 * (0.6 + 0.4 + 1) / 3, 2)


def test_where_there_is_one_another_is_asked_for() -> None:
    driver = "Междугородние перевозки, полуприцеп-рефрижератор. 900 000 км без аварий."
    accountant = "Вела учёт, оборот 600 млн руб. Прошла 3 выездные проверки без доначислений."

    assert advised(Criterion.RESULTS, with_texts(driver, accountant)) == {
        "figures_few": ["Работа 1 (ООО «Вымысел»)"],
        "outcomes_few": ["Работа 2 (ООО «Вымысел»)", "Работа 1 (ООО «Вымысел»)"],
    }
    assert line(Criterion.RESULTS, with_texts(driver)).points == 11


def test_three_jobs_told_by_results_are_enough() -> None:
    assert line(Criterion.RESULTS, with_texts(None, RESULTS_RU, DUTIES_RU, RESULTS_EN, RESULTS_RU)).points == 22


def test_results_of_jobs_that_are_not_listed_are_missing() -> None:
    assert advised(Criterion.RESULTS, with_texts()) == {"results_untold": None}


def test_a_version_is_no_result() -> None:
    assert line(Criterion.RESULTS, with_texts("Внедрил Python 3.12.\nЗапустил PostgreSQL 16.")).points == 8.8


@pytest.mark.parametrize(
    ("listed", "codes"),
    [
        (("Python", "Django", "PostgreSQL", "Redis", "Docker"), []),
        ((), ["skills_few"]),
        (("Python", "Docker"), ["skills_few"]),
        (("Python", "питон-фреймворки", "латте-арт", "вязание", "баян"), ["skills_unrecognised"]),
        (("Python", "Python", "  python"), ["skills_few"]),
        (("ПК",), ["skills_few"]),
        (("English", "Python", "Django", "PostgreSQL", "Redis", "Docker"), []),
    ],
)
def test_skills_are_several_concrete_and_recognised(listed: tuple[str, ...], codes: list[str]) -> None:
    assert list(advised(Criterion.SKILLS, a_good_resume(skills=listed))) == codes


def test_an_empty_list_of_skills_earns_nothing() -> None:
    assert line(Criterion.SKILLS, a_good_resume(skills=())).points == 0
    assert line(Criterion.SKILLS, a_good_resume(skills=("ПК",))).points == 0


def test_a_skill_written_among_other_words_is_recognised() -> None:
    known = ("Python (немного)", "Django и Redis", "SQL", "Docker", "Excel")

    assert line(Criterion.SKILLS, a_good_resume(skills=known)).points == 10


def test_a_long_list_is_a_fault_as_far_as_nothing_bears_it_out() -> None:
    invented = tuple(f"умение{number}" for number in range(MOST_SKILLS + 2))
    listed = a_good_resume(skills=("Python", "Django", "PostgreSQL", "Redis", "Docker", *invented))
    borne_out = a_good_resume(skills=listed.skills, summary=" ".join(invented))

    assert advised(Criterion.SKILLS, listed) == {"skills_many": ["умение25", "умение26"]}
    assert line(Criterion.SKILLS, listed).points == 9
    assert line(Criterion.SKILLS, borne_out).points == 10


class VirtuesAlone(SkillList):
    """Takes every word for a virtue that everybody has."""

    def named(self, name: str) -> str | None:
        return name

    def skill(self, name: str) -> Skill | None:
        return Skill(name=name, category="qualities", generic=True)


@pytest.mark.parametrize(("count", "points"), [(3, 10), (5, 9), (9, 8)])
def test_more_than_a_few_general_virtues_are_a_fault(count: int, points: float) -> None:
    virtues = tuple(f"Доблесть {number}" for number in range(count))
    concrete = ("Python", "Django", "PostgreSQL", "Redis", "Docker")
    told = told_by(
        a_good_resume(skills=virtues),
        reachable=True,
        today=TODAY,
        positions=(),
        measures=replace(MEASURES, skills=VirtuesAlone()),
    )
    beside = told_by(a_good_resume(skills=concrete), reachable=True, today=TODAY, positions=(), measures=MEASURES)

    lost = sum(each.costs for each in skills(replace(beside, skills=(*beside.skills, *told.skills))))

    assert round(10 * (1 - lost), 2) == points


def test_virtues_alone_cost_no_more_than_there_is_to_lose() -> None:
    told = told_by(
        a_good_resume(skills=("а", "б", "в", "г")),
        reachable=True,
        today=TODAY,
        positions=(),
        measures=replace(MEASURES, skills=VirtuesAlone()),
    )

    assert [(each.code, each.costs) for each in skills(told)] == [("skills_few", 1)]


@pytest.mark.parametrize(
    ("listed", "points"),
    [
        (("Python", "Django", "PostgreSQL", "Redis", "Docker"), 10),
        (("SQL", "Постгрес"), 10),
        (("Python", "Excel", "Apache Kafka"), round(10 / 3 / 0.6, 2)),
        (("Excel", "Apache Kafka"), 0),
        (("курьеры", "python сервисы"), round(10 / 2 / 0.6, 2)),
    ],
)
def test_skills_are_proven_by_the_texts(listed: tuple[str, ...], points: float) -> None:
    assert line(Criterion.PROOF, a_good_resume(skills=listed)).points == points


def test_the_skills_that_nothing_proves_are_named() -> None:
    content = a_good_resume(skills=("Excel", "Redis", "кафка", "Kafka", "бег", "лыжи", "шахматы"))

    (advice,) = line(Criterion.PROOF, content).advice

    assert advice.data == {"names": ["Excel", "кафка", "Kafka", "бег"], "count": 6}


@pytest.mark.parametrize("listed", [(), ("ПК",), ("English",), ("Права категории C",)])
def test_where_no_skill_can_be_proven_by_work_one_is_asked_for(listed: tuple[str, ...]) -> None:
    assert advised(Criterion.PROOF, a_good_resume(skills=listed)) == {"nothing_to_prove": None}


def test_a_licence_is_not_proven_by_words() -> None:
    assert line(Criterion.PROOF, a_good_resume(skills=("Python", "Права категории C"))).points == 10


def test_a_position_and_the_summary_prove_skills_too() -> None:
    proven = ResumeContent(
        experience=(Experience(position="Разработчик Django"),), summary="Знаю Redis.", skills=("Django", "Redis")
    )

    assert line(Criterion.PROOF, proven).points == 10


def test_texts_are_neither_telegrams_nor_walls() -> None:
    content = with_texts(None, "Касса.", "Носил мебель. " * (LONGEST_STORY // 10))

    assert advised(Criterion.LENGTH, content) == {
        "text_missing": ["Работа 1 (ООО «Вымысел»)"],
        "text_short": ["Работа 2 (ООО «Вымысел»)"],
        "text_long": ["Работа 3 (ООО «Вымысел»)"],
    }
    assert line(Criterion.LENGTH, content).points == round(6 * (0.06 + 0.5) / 3, 2)


def test_results_never_make_a_wall() -> None:
    assert line(Criterion.LENGTH, with_texts("Перевёз 40 шкафов.\n" * (LONGEST_STORY // 10))).points == 6


def test_texts_of_jobs_that_are_not_listed_are_missing() -> None:
    assert advised(Criterion.LENGTH, with_texts()) == {"texts_missing": None}


def test_a_text_is_read_up_to_a_limit() -> None:
    beyond = "Носил мебель. " * (LONGEST_TEXT // 10) + RESULTS_RU

    assert line(Criterion.RESULTS, with_texts(beyond)).points == 0


def test_one_endless_sentence_is_a_wall() -> None:
    assert list(advised(Criterion.LENGTH, with_texts("слово " * LONGEST_TEXT))) == ["text_long"]


@pytest.mark.parametrize(
    "text",
    [
        "Пишу сервисы для курьеров. Веду двух стажёров.",
        "I write services for couriers, and two interns learn from what is done there day by day.",
        "Работал с ЕГАИС, ФНС, 1С, CRM",
        "Стек: PostgreSQL",
    ],
)
def test_a_text_that_reads_well(text: str) -> None:
    assert line(Criterion.READABILITY, with_texts(text)).points == 8


@pytest.mark.parametrize(
    ("text", "advice", "points"),
    [
        ("слово " * 36, {"sentences_long": ["слово слово слово слово слово слово слово слово слово слово…"]}, 6),
        ("word " * 36, {"sentences_long": ["word word word word word word word word word word word word…"]}, 6),
        (" ".join(["а"] * 36), {"sentences_long": [" ".join(["а"] * 30) + "…"]}, 6),
        ("РАБОТАЛА В МАГАЗИНЕ", {"capitals": ["РАБОТАЛА", "МАГАЗИНЕ"]}, 6),
        ("WORKED WITH CLIENTS", {"capitals": ["WORKED", "CLIENTS"]}, 6),
        ("Я работаю. Мой отдел растёт.", {"first_person": None}, 6),
        ("I work. I've a team of my own.", {"first_person": None}, 6),
        ("Ответственный. Пунктуальный, ответственный.", {"fillers": ["Ответственный", "Пунктуальный"]}, 6.67),
        ("Team player, hard-working and punctual", {"fillers": ["Team player", "hard-working", "punctual"]}, 6),
    ],
)
def test_a_text_that_reads_badly(text: str, advice: dict[str, object], points: float) -> None:
    content = with_texts(text)

    assert advised(Criterion.READABILITY, content) == advice
    assert line(Criterion.READABILITY, content).points == points


def test_a_virtue_with_its_proof_is_no_empty_phrase() -> None:
    assert line(Criterion.READABILITY, with_texts("Ответственный: 12 лет сдаю 4 отчёта в срок")).points == 8


def test_without_a_text_there_is_nothing_to_read() -> None:
    assert not line(Criterion.READABILITY, with_texts(None)).applicable
    assert not line(Criterion.READABILITY, a_good_resume(experience=(), summary="Женат, 41 год.")).applicable
