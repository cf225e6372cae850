"""Whether the text of a file bears words, skills and languages that somebody else found in it."""

from __future__ import annotations

import pytest

from domain.matching.lexicon import Mention
from domain.resumes.content import Language, LanguageLevel
from domain.resumes.evidence.text import Evidence
from tests.domain.instruments import MEASURES, SkillList


def _evidence(text: str) -> Evidence:
    return Evidence(text, stems=MEASURES.stems, skills=MEASURES.skills)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ищу работу: ведущий аналитик данных, Пермь", "Ведущий аналитик данных"),
        ("Аналитик данных (ведущий)", "Ведущий аналитик данных"),
        ("Ведущий\nаналитик", "Ведущий аналитик"),
        ("Живу в Ростове-\nна-Дону", "ростове-на-дону"),
        ("Директор, отдел продаж | Москва", "Директор, отдел продаж"),
        ("Слесарь 5 разряда", "Слесарь 5 разряда"),
        ("Издательство «На»", "на"),
    ],
)
def test_a_line_stands_whose_words_stand_together(text: str, line: str) -> None:
    assert _evidence(text).bears_line(line)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "Аналитик"),
        ("Ведущий рубрики", "Ведущий аналитик"),
        ("ООО «Галактика», директор", "Директор галактика"),
        ("Директор\nГалактика", "Директор галактика"),
        ("Директор очень большой новой фирмы галактика", "Директор галактика"),
        ("Слесарь разряда", "Слесарь 5 разряда"),
        ("Директор, Казань", "Директор, отдел продаж"),
        ("Издательство «Дон»", "на"),
        ("Казань не рассматриваю. Живу в Перми", "Казань"),
        ("Готова на всё, кроме Казань", "Казань"),
        ("кот " * 26, "кот " * 26),
    ],
)
def test_a_line_does_not_stand_whose_words_are_missing_or_far_apart(text: str, line: str) -> None:
    assert not _evidence(text).bears_line(line)


@pytest.mark.parametrize(
    "summary",
    [
        "Десять слов тут стоят вместе, чтобы их было достаточно.",
        "Десять слов тут стоят вместе, чтобы всегда было достаточно ровно.",
        "Десять слов тут стоят вместе, чтобы их было достаточно ровно: 1250000.",
    ],
)
def test_a_summary_stands_with_nearly_all_its_words(summary: str) -> None:
    text = "Десять слов тут стоят вместе\nчтобы их было достаточно ровно. Вырастил продажи на 1 250 000 и 40 %"

    assert _evidence(text).bears_summary(summary)


@pytest.mark.parametrize(
    "summary",
    [
        "Десять слов тут стоят вместе, чтобы всегда было довольно ровно.",
        "Десять слов тут стоят вместе, чтобы их было достаточно: 41.",
        "Правил галактикой",
        "Десять слов тут не стоят вместе чтобы их было достаточно",
        "…",
    ],
)
def test_a_summary_does_not_stand_with_words_or_numbers_of_its_own(summary: str) -> None:
    text = "Десять слов тут стоят вместе\nчтобы их было достаточно ровно. Вырастил продажи на 1 250 000 и 40 %"

    assert not _evidence(text).bears_summary(summary)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Поднимал постгрес", "PostgreSQL"),
        ("PostgreSQL", "постгрес"),
        ("Кадровый  учёт", "кадровый учет"),
        ("кадровый\nучет", "Кадровый учёт"),
        ("PowerBI", "Power BI"),
        ("Знаю Q#", "q#"),
        ("Ведение учёта, расчёт и зарплаты", "расчёт зарплаты"),
        ("Зарплаты: их полный расчёт", "расчёт полный"),
        ("зарплаты новый расчёт", "расчёт зарплаты"),
        ("I know R and Python", "Python"),
        ("Знаю не только Python", "Python"),
    ],
)
def test_a_skill_stands_by_any_name_and_spelling_of_it(text: str, skill: str) -> None:
    assert _evidence(text).bears_skill(skill)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Знаю SQL", "PostgreSQL"),
        ("Персональный к-р", "ПК"),
        ("JavaScript", "Java"),
        ("Язык C++", "C"),
        ("Учёт кадров", "Кадровый учёт"),
        ("Учёт, кадров", "Учёт кадров"),
        ("Учёт и кадры", "Учёт кадры 5"),
        ("Power of BI", "Power BI"),
        ("SAP", "…"),
        ("Python", " "),
        ("не знаю Redis и Docker", "Docker"),
        ("I have never used Redis", "Redis"),
        ("кот " * 11, "кот " * 10 + "кот"),
        ("зарплаты ежемесячный и полный расчёт", "расчёт зарплаты"),
        ("и т.д.", "ИТ"),
    ],
)
def test_a_skill_does_not_stand_that_is_not_named(text: str, skill: str) -> None:
    assert not _evidence(text).bears_skill(skill)


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("English — B2", "английский язык", LanguageLevel.B2),
        ("Английский язык: свободно", "English", LanguageLevel.C1),
        ("Свободный коми; english A2", "Коми", LanguageLevel.C1),
        ("Коми (родной), English A1", "Коми", LanguageLevel.NATIVE),
        ("English A1, коми B1", "English", LanguageLevel.A1),
        ("English A1, коми B1", "КОМИ", LanguageLevel.B1),
        ("Языки\nКоми:\nC1 — свободно\nПрочее", "Коми", LanguageLevel.C1),
        ("Коми\nродной", "Коми", LanguageLevel.NATIVE),
        ("Коми\nУровень владения — B2, upper-intermediate", "Коми", LanguageLevel.B2),
        ("Работал с коми\nКоми — С2", "Коми", LanguageLevel.C2),
    ],
)
def test_a_level_stands_that_is_told_beside_the_language(text: str, name: str, level: LanguageLevel) -> None:
    evidence = _evidence(text)

    assert evidence.bears_language(name)
    assert [each for each in LanguageLevel if evidence.bears_level(Language(name=name, level=each))] == [level]


@pytest.mark.parametrize(
    "text",
    [
        "Коми\n\nБазовые знания Python",
        "Коми\nAdvanced Excel user",
        "Коми\n\nB2",
        "Коми",
        "Коми\nРабота",
        "Знаю коми и ещё\nB2",
        "Коми, english B2",
        "English B2\nКоми",
        "Коми\nEnglish B2",
    ],
)
def test_a_level_does_not_stand_that_is_told_of_nothing_or_of_another_language(text: str) -> None:
    evidence = _evidence(text)

    assert evidence.bears_language("Коми")
    assert not any(evidence.bears_level(Language(name="Коми", level=level)) for level in LanguageLevel)


def test_a_level_that_the_catalogue_takes_for_a_language_is_none() -> None:
    assert not _evidence("Коми upper-intermediate").bears_language("English")
    assert _evidence("Коми upper-intermediate").bears_level(Language(name="Коми", level=LanguageLevel.B2))


@pytest.mark.parametrize(("text", "name"), [("Комик", "Коми"), ("Знаю коми", "English"), ("", "Klingon")])
def test_a_language_does_not_stand_that_is_not_named(text: str, name: str) -> None:
    assert not _evidence(text).bears_language(name)


def test_a_summary_may_deny_what_the_text_denies() -> None:
    evidence = _evidence("Десять слов тут стоят вместе. Не пропускаю ни одного")

    assert evidence.bears_summary("Десять слов тут стоят вместе, не пропускаю ни одного")
    assert not evidence.bears_summary("Десять слов тут стоят вместе, пропускаю одного за другим")


def test_a_language_that_is_named_in_very_many_places_is_not_looked_for_any_further() -> None:
    level = Language(name="Коми", level=LanguageLevel.B2)

    assert _evidence("Коми\n" * 19 + "Коми B2").bears_level(level)
    assert not _evidence("Коми\n" * 20 + "Коми B2").bears_level(level)


def test_a_name_is_not_looked_for_forever_within_other_words() -> None:
    assert _evidence(f"{'коты ' * 4_999}кот").bears_skill("кот")
    assert not _evidence(f"{'коты ' * 5_000}кот").bears_language("кот")


def test_the_catalogue_reads_a_long_text_in_pieces() -> None:
    read: list[str] = []

    class Watched(SkillList):
        def find(self, text: str) -> tuple[Mention, ...]:
            read.append(text)
            return super().find(text)

    text = f"{'слово ' * 700}\nPython{'x' * 9_000} Redis\nEnglish B2\n"

    evidence = Evidence(text, stems=MEASURES.stems, skills=Watched())

    assert "".join(read) == text.replace(" \n", "\n")
    assert max(map(len, read)) <= 4_001
    assert evidence.bears_skill("Redis")
    assert evidence.bears_level(Language(name="English", level=LanguageLevel.B2))
