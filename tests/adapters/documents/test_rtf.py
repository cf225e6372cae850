"""RTF in the code pages and spellings that Russian résumés come in."""

from __future__ import annotations

import pytest

from adapters.documents import extract_text
from domain.errors import Refused
from tests.adapters.documents.rtfs import an_rtf, escaped

NAME, POSITION = "Тестова Анна Сергеевна", "Разработчик на Python"


def lines_of(content: bytes) -> list[str]:
    return [line for line in extract_text(content)[2].splitlines() if line]


def rtf(body: str, *, head: str = r"\ansi\ansicpg1251") -> bytes:
    return f"{{\\rtf1{head}{{\\fonttbl{{\\f0\\fcharset204 Arial;}}}}\\f0 {body}}}".encode("latin-1")


def test_escaped_cp1251_is_read() -> None:
    assert lines_of(an_rtf(NAME, POSITION)) == [NAME, POSITION]


def test_unicode_escapes_are_read_and_their_replacements_skipped() -> None:
    body = "".join(f"\\u{ord(character)}\\'3f" for character in NAME) + "\\par \\u-10179?\\u-8704?"

    assert lines_of(rtf(body)) == [NAME, "😀"]


def test_raw_cp1251_bytes_are_read() -> None:
    content = b"{\\rtf1\\ansi\\ansicpg1251 " + f"{NAME}\\par {POSITION}".encode("cp1251") + b"}"

    assert lines_of(content) == [NAME, POSITION]


@pytest.mark.parametrize("head", [r"\ansi\ansicpg1251", r"\ansi\ansicpg1252", r"\ansi"])
def test_a_font_of_the_default_charset_does_not_garble_russian(head: str) -> None:
    text = f"{NAME}\\par {POSITION}\\par Опыт работы\\par Отвечала за базы данных"
    content = f"{{\\rtf1{head}{{\\fonttbl{{\\f0\\fcharset0 Arial;}}}}\\f0 {escaped(text)}}}".encode()

    assert lines_of(content) == text.split("\\par ")


def test_french_stays_french() -> None:
    content = rtf("R\\'e9sum\\'e9 d\\'e9velopp\\'e9 par la soci\\'e9t\\'e9", head=r"\ansi\ansicpg1252").replace(
        b"204", b"0"
    )

    assert lines_of(content) == ["Résumé développé par la société"]


def test_pictures_are_left_out() -> None:
    picture = "{\\pict\\pngblip " + ("89504e47" * 16 + "\n") * 500 + "}"
    binary = b"{\\pict\\jpegblip\\bin6 }{\\}}{}"

    content = an_rtf(NAME, POSITION).replace(b"\\par\n", b"\\par\n" + picture.encode() + binary, 1)

    assert lines_of(content) == [NAME, POSITION]


def test_header_table_and_link_are_read() -> None:
    body = (
        f"{{\\header {escaped(NAME)}\\par}}\\trowd\\cellx100\\cellx200 2020\\cell {escaped('ООО Ромашка')}\\cell\\row "
        '{\\field{\\*\\fldinst{HYPERLINK "https://example.ru"}}{\\fldrslt example.ru}}\\par'
    )

    assert lines_of(rtf(body)) == [NAME, "2020\tООО Ромашка", "example.ru"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (rtf("1"), "no_text"),
        (b"{\\rtf1\\ansi{\\fonttbl{\\f0 Ari", "file_broken"),
        (b"{\\rtf1\\uc\\uc }", "file_broken"),
    ],
    ids=["nothing", "cut off", "a word without its number"],
)
def test_a_file_without_text_is_refused_with_the_reason(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        extract_text(content)

    assert refused.value.code == code
