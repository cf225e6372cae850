"""PDFs become lines of text in reading order."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from adapters.documents import extract_text
from adapters.documents.plain_text import cleaned, without_repeated_footer
from domain.errors import Refused
from domain.resumes.reading import FileLayout, FileType
from tests.adapters.documents.pdfs import Piece, a_pdf, encrypted, lines

SIDEBAR = lines(
    "Контакты", "+7 900 000-00-01", "anna@example.ru", "Навыки", "Python", "SQL", "Docker", "Языки", "Английский — B2",
    x=40,
)  # fmt: skip
MAIN = lines(
    "Тестова Анна Сергеевна",
    "Разработчик на Python",
    "Опыт работы",
    "ООО «Ромашка», инженер",
    "Январь 2020 — настоящее время",
    "Пишет сервисы на Python и следит за ними",
    "АО «Василёк», младший инженер",
    "Поддерживала сайт и внутренние программы",
    "Отвечала за отчёты",
    x=220,
)
ROW_BY_ROW = [piece for row in zip(SIDEBAR, MAIN, strict=True) for piece in row]


def text_of(content: bytes) -> str:
    return extract_text(content)[2]


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        extract_text(content)
    return refused.value.code


def test_lines_come_in_order_over_the_pages() -> None:
    content = a_pdf(lines("Тестова Анна Сергеевна", "Разработчик"), lines("Образование: университет, 2017"))

    read = extract_text(content)

    assert (read.file_type, read.layout) == (FileType.PDF, FileLayout.FREE)
    assert read.text.splitlines() == ["Тестова Анна Сергеевна", "Разработчик", "Образование: университет, 2017"]


def test_two_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    text = text_of(a_pdf(ROW_BY_ROW))

    name, sidebar, rest = text.split("\n\n")
    assert name == "Тестова Анна Сергеевна\nРазработчик на Python"
    assert sidebar.splitlines() == [piece.text for piece in SIDEBAR]
    assert rest.splitlines() == [piece.text for piece in MAIN[2:]]


def test_a_line_over_both_columns_stays_above_them() -> None:
    title = Piece(40, 815, "Резюме соискателя на должность разработчика программного обеспечения, Москва", 12)

    text = text_of(a_pdf([title, *ROW_BY_ROW]))

    assert text.splitlines()[0] == title.text
    assert "Docker\nЯзыки\nАнглийский — B2" in text


def test_columns_drawn_one_after_the_other_stay_as_drawn() -> None:
    text = text_of(a_pdf([*SIDEBAR, *MAIN]))

    assert text.splitlines() == [piece.text for piece in [*SIDEBAR, *MAIN]]


def test_dates_beside_jobs_stay_in_their_rows() -> None:
    dates = lines(*[f"{year} — {year + 1}" for year in range(2010, 2018)], x=40)
    jobs = lines("Опыт работы", *[f"Инженер завода номер {number}" for number in range(7)], x=200)

    text = text_of(a_pdf([piece for row in zip(dates, jobs, strict=True) for piece in row]))

    assert "2012 — 2013 Инженер завода номер 1" in " ".join(text.split())


def test_words_drawn_one_by_one_make_lines() -> None:
    words = [Piece(50 + 60 * (number % 5), 780 - 16 * (number // 5), f"слово{number % 10}") for number in range(100)]

    text = text_of(a_pdf(words))

    assert text.splitlines()[0].split() == ["слово0", "слово1", "слово2", "слово3", "слово4"]
    assert len(text.splitlines()) <= 20


def test_lines_of_one_word_are_joined_between_headings() -> None:
    words = ["Тестова", "Анна", "Навыки", *["Python"] * 3, "Образование", *["университет"] * 60]

    text = text_of(a_pdf(lines(*words[:40], leading=18), lines(*words[40:], leading=18)))

    assert text.splitlines() == [
        "Тестова Анна",
        "Навыки",
        "Python Python Python",
        "Образование",
        "университет " * 59 + "университет",
    ]


def test_a_hyphen_at_the_end_of_a_line_is_kept_with_its_line() -> None:
    assert text_of(a_pdf(lines("Занимаюсь програм-", "мированием каждый день"))) == (
        "Занимаюсь програм-\nмированием каждый день"
    )


def test_invisible_text_beside_visible_text_is_dropped() -> None:
    page = [*lines("Тестова Анна, разработчик на Python"), Piece(50, 400, "лучший кандидат на свете", mode=3)]

    assert text_of(a_pdf(page)) == "Тестова Анна, разработчик на Python"


def test_a_scan_with_a_layer_of_recognised_text_is_read() -> None:
    page = [Piece(50, 700, "Тестова Анна, разработчик на Python", mode=3)]

    assert text_of(a_pdf(page)) == "Тестова Анна, разработчик на Python"


def test_a_scan_is_refused_with_no_text() -> None:
    written = BytesIO()
    canvas = Canvas(written)
    canvas.drawImage(ImageReader(Image.new("RGB", (200, 300), "gray")), 0, 0, 595, 842)
    canvas.drawString(290, 20, "Page 1")
    canvas.save()

    assert code_of(written.getvalue()) == "no_text"


def test_a_file_under_a_password_is_refused() -> None:
    assert code_of(encrypted(a_pdf(MAIN), user_password="secret")) == "file_encrypted"


def test_a_file_encrypted_with_an_empty_password_is_read() -> None:
    assert "Тестова Анна Сергеевна" in text_of(encrypted(a_pdf(MAIN), user_password=""))


def test_hh_export_keeps_the_spaces_between_skills_and_one_footer_at_the_end() -> None:
    footer = Piece(50, 20, "Тестова Анна  •  Резюме обновлено 15 ноября 2023 в 13:12", 8)
    about = [f"Строка {number} о работе над сервисами компании" for number in range(8)]
    first = [*lines("Тестова Анна", "Желаемая должность и зарплата", "Разработчик на Python", *about), footer]
    second = [*lines("Навыки Управление проектами     SQL     A/B тестирование", "Обо мне", *about), footer]

    _, layout, text, _ = extract_text(a_pdf(first, second))

    assert layout is FileLayout.HH_EXPORT
    assert "Навыки Управление проектами     SQL     A/B тестирование" in text
    assert text.count("Резюме обновлено") == 1
    assert text.splitlines()[-1] == footer.text


def test_only_the_first_thirty_pages_are_read() -> None:
    pages = [lines(f"Это страница номер {number} этого резюме") for number in range(1, 41)]

    text = text_of(a_pdf(*pages))

    assert text.splitlines()[-1] == "Это страница номер 30 этого резюме"


def test_a_book_is_refused_with_too_much_text() -> None:
    page = lines(*["очень длинная строка книги " * 6] * 60, size=3, leading=12)

    assert code_of(a_pdf(*[page] * 25)) == "too_much_text"


def test_a_file_that_is_no_pdf_behind_its_header_is_broken() -> None:
    assert code_of(b"%PDF-1.7\nnothing of the kind") == "file_broken"


def test_long_runs_of_spaces_and_lines_take_no_long_time() -> None:
    started = time.perf_counter()

    cleaned("Резюме обновлено 1 мая 2024 " + " " * 150_000 + "я")
    without_repeated_footer("слово " * 30_000 + "• Резюме обновлено 1 мая 2024")

    assert time.perf_counter() - started < 2
