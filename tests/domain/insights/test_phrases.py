"""Signs by which sentences are told apart, in both languages."""

from __future__ import annotations

import pytest

from domain.insights.phrases import figures_in, fillers_in, is_personal, outcomes_in, sentences_in, words_in
from tests.domain.instruments import MEASURES


def figures(sentence: str) -> int:
    return figures_in(sentence, MEASURES.skills.find(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Время ответа упало с 900 до 210 мс",
        "Экономия 1 200 000 рублей",
        "Оборот 480 млн рублей в год",
        "Ускорила выгрузку вдвое",
        "Обучил пятерых стажёров",
        "Вернула 6,2 млн рублей НДС",
        "За смену 40–60 человек",
        "Raised conversion by 11%",
        "Cut the bill by a third",
        "About 9k requests in the evening peak",
        "Bundle went from 2.4 MB to 900 KB",
        "A team of four",
        "$1,200,000 of extra bookings",
        "Kafka: 40 % меньше потерь",
    ],
)
def test_a_sentence_with_a_figure(sentence: str) -> None:
    assert figures(sentence) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Делала отчёты для отделов",
        "Работаю с 2019 года",
        "Опыт 5 лет",
        "Сварщик 6 разряда",
        "Учусь на 4 курсе",
        "Пишу на Python 3.12",
        "Python (версии 3)",
        "График 2/2",
        "Делала накладные в 1С",
        "Нужен один человек",
        "5 years of experience",
        "Ten years in sales",
        "B2B sales, ISO №9001",
        "Version of 12.03.2024",
        "",
    ],
)
def test_a_sentence_without_a_figure(sentence: str) -> None:
    assert figures(sentence) == 0


def test_each_clause_with_a_figure_counts_once() -> None:
    assert figures("Вернула 6,2 млн рублей НДС, уменьшила задолженность с 30 до 20 %") == 2
    assert figures("Built 4 services and cut costs by 30%") == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Сократил расходы",
        "Сократила расходы",
        "Мы перевели учёт на другую программу",
        "Расходы сократились",
        "Нашла ошибку",
        "Покрытие выросло",
        "Ввёл проверки",
        "Рост продаж магазина на 20 %",
        "Прошла 3 выездные налоговые проверки без доначислений",
        "900 000 км без аварий",
        "15 лет без единого ДТП",
        "Безаварийный стаж",
        "Сдано два объекта",
        "Внедрён электронный документооборот",
        "Выполнение плана продаж на 120 %",
        "Заняла первое место по продажам",
        "Обучил 5 человек",
        "Two years without a single accident",
        "Zero incidents in production",
        "Launched an online shop",
        "Set up the monitoring",
        "112% of target",
        "Reduction of 30%",
    ],
)
def test_a_sentence_with_an_outcome(sentence: str) -> None:
    assert outcomes_in(sentence) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Сокращаю расходы",
        "Веду учёт, делаю отчёты",
        "Обязанности: ведение переговоров",
        "Создание сайтов",
        "Responsible for reports",
        "Work with clients",
        "A cutter and a builder",
        "Работа без перерывов",
        "Рейсы без напарника",
        "Выполнение поручений директора",
        "No experience with Java",
    ],
)
def test_a_sentence_about_what_is_done_daily(sentence: str) -> None:
    assert outcomes_in(sentence) == 0


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Ответственный и стрессоустойчивый", ["Ответственный", "стрессоустойчивый"]),
        ("Целеустремлённая, легко обучаюсь", ["Целеустремлённая", "легко обучаюсь"]),
        ("Hard-working team player", ["Hard-working", "team player"]),
        ("Отвечал за склад", []),
        ("I answer for the warehouse", []),
    ],
)  # fmt: skip
def test_phrases_that_any_resume_might_hold(sentence: str, found: list[str]) -> None:
    assert fillers_in(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Женат, двое детей",
        "Женщина",
        "Мне 41",
        "34 года",
        "41, calm",
        "Married, two kids",
        "Citizenship: any",
        "Aged 30",
    ],
)
def test_sentences_about_age_sex_and_family_are_known(sentence: str) -> None:
    assert is_personal(sentence)


@pytest.mark.parametrize("sentence", ["Вёл проект", "Manage a team", "Опыт продаж 15 лет", "Managed a message queue"])
def test_sentences_about_work_are_not_personal(sentence: str) -> None:
    assert not is_personal(sentence)


def test_a_text_is_taken_apart_by_sentences_lines_and_bullets() -> None:
    text = "• Сэкономил 400 тыс. рублей. Обучил двух!\n— Писал отчёты; вёл склад\n***\nHired 3 people. Cut costs."

    assert sentences_in(text) == (
        "Сэкономил 400 тыс. рублей.", "Обучил двух!", "Писал отчёты", "вёл склад", "Hired 3 people.", "Cut costs.",
    )  # fmt: skip


def test_a_word_with_a_hyphen_or_an_apostrophe_is_one() -> None:
    assert words_in("I've a бизнес-план, 1С") == ["I've", "a", "бизнес-план", "1С"]
