"""The cleaning that every text gets."""

from __future__ import annotations

import pytest

from adapters.documents.plain_text import cleaned, layout_of, without_repeated_footer
from domain.resumes.reading import FileLayout


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("ﬁnance, oﬃce", "finance, office"),
        ("100\u00a0000\u2009руб.", "100 000 руб."),
        ("и\u0306од", "йод"),
        ("раз\u00adра\u200bбот\u202eчик\ufeff", "разработчик"),
        ("О П Ы Т  Р А Б О Т Ы", "ОПЫТ РАБОТЫ"),
        ("E D U C A T I O N", "EDUCATION"),
        ("Знаю C и R", "Знаю C и R"),
        ("  \uf0b7 Python\r\n▪\tSQL\r– Go", "• Python\n• SQL\n– Go"),
        ("один\n\n\n\nдва", "один\n\nдва"),
        ("SQL     Power BI", "SQL     Power BI"),
    ],
)
def test_text_is_cleaned(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@pytest.mark.parametrize("mark", ["Желаемая должность и зарплата", "Resume updated 15 November 2023 at 13:12"])
def test_hh_export_is_known_in_both_languages(mark: str) -> None:
    assert layout_of(f"Тестова Анна\n{mark}") is FileLayout.HH_EXPORT


def test_hh_footer_is_taken_out_of_the_middle() -> None:
    text = (
        "Пишу сервисы\nТестова Анна • Резюме обновлено 15 ноября 2023 в 13:12\nи отчёты\n"
        "Тестова Анна • Резюме обновлено 15 ноября 2023 в 13:12"
    )

    assert without_repeated_footer(text) == (
        "Пишу сервисы\n\nи отчёты\nТестова Анна • Резюме обновлено 15 ноября 2023 в 13:12"
    )
