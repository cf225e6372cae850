"""Text of an RTF that people do not see is not read, and text that they see is."""

from __future__ import annotations

import pytest

from adapters.documents import Extracted, extract_text
from domain.resumes.reading import FileWarning
from tests.adapters.documents.rtfs import escaped

VISIBLE = "Тестова Анна, бухгалтер"
HIDDEN = "Kubernetes Terraform Kafka"
COLOURS = (
    r"{\colortbl;\red255\green255\blue255;\red32\green64\blue96;\red250\green250\blue250;\red170\green170\blue170;}"
)
TOLD = (FileWarning.HIDDEN_TEXT_LEFT_OUT,)
WHITE, DARK, NEARLY_WHITE, GREY = 1, 2, 3, 4


def read_from(body: str) -> Extracted:
    visible = f"{escaped(VISIBLE)}\\par\n"
    content = (
        f"{{\\rtf1\\ansi\\ansicpg1251{COLOURS}{{\\fonttbl{{\\f0\\fcharset204 Arial;}}}}\\f0\\fs22 {visible}{body}}}"
    )
    return extract_text(content.encode("ascii"))


@pytest.mark.parametrize(
    "body",
    [
        rf"{{\v {HIDDEN}}}",
        rf"\v1 {HIDDEN}\v0\par",
        rf"{{\cf{WHITE} {HIDDEN}}}",
        rf"{{\cf{NEARLY_WHITE} {HIDDEN}}}",
        rf"{{\fs2 {HIDDEN}}}",
        rf"{{\charscalex1 {HIDDEN}}}",
        rf"{{\pard\sl-1\slmult0 {HIDDEN}\par}}",
        rf"{{\cf{DARK}\highlight{DARK} {HIDDEN}}}",
        rf"{{\cf{WHITE}\chcbpat{WHITE} {HIDDEN}}}",
        rf"{{\pard\cbpat{DARK}\cf{DARK} {HIDDEN}\par}}",
        rf"{{\v {escaped('Кубернетес')} \u1050?\u1072?\~\{{{HIDDEN}\}}}}",
        rf"{{\v {{\b {HIDDEN}}}}}",
        rf"\cf{WHITE} {HIDDEN}\plain\fs22\par",
    ],
    ids=[
        "hidden", "hidden by a switch", "white", "nearly white", "tiny", "squeezed", "a line of no height",
        "in the highlight's colour", "white on white", "in the paragraph's colour", "hidden escapes",
        "hidden in a group", "white until plain",
    ],
)  # fmt: skip
def test_text_that_nobody_sees_is_left_out_and_told_of(body: str) -> None:
    read = read_from(body)

    assert (read.text, read.warnings) == (VISIBLE, TOLD)


@pytest.mark.parametrize(
    "body",
    [
        rf"{{\v hidden}}{HIDDEN}",
        rf"{{\v hidden\v0 {HIDDEN}}}",
        rf"{{\cf{WHITE}\highlight{DARK} {HIDDEN}}}",
        rf"{{\cf{WHITE}\chcbpat{DARK} {HIDDEN}}}",
        rf"{{\pard\cbpat{DARK}\cf{WHITE} {HIDDEN}\par}}",
        rf"\trowd\clcbpat{DARK}\cellx5000 {{\cf{WHITE} {HIDDEN}}}\cell\row",
        rf"{{\cf{GREY} {HIDDEN}}}",
        rf"{{\fs8 {HIDDEN}}}",
        rf"{{\fs2 tiny}}{HIDDEN}",
        rf"{{\pard\sl-240\slmult0 {HIDDEN}\par}}",
    ],
    ids=[
        "after a hidden group", "no longer hidden", "white on a highlight", "white on a dark run",
        "white in a dark paragraph", "white in a dark cell", "grey", "small", "after a tiny group", "an exact line",
    ],
)  # fmt: skip
def test_text_that_people_see_is_kept(body: str) -> None:
    assert read_from(body).text.split() == [*VISIBLE.split(), *HIDDEN.split()]


@pytest.mark.parametrize(
    "body",
    [
        rf"{{\cf{WHITE}    }}\par",
        r"{\v ... \bullet  -}\par",
        r"{\v 1}",
        rf"{{\v {escaped('Анна')}}}",
        r"{\*\bkmkstart\v Toc12345}{\xe\v Kafka}",
        r"{\stylesheet{\s1\v Kafka;}}",
    ],
    ids=["spaces", "dots", "a digit", "said visibly", "a bookmark", "a style's name"],
)
def test_there_is_nothing_to_tell_where_no_word_was_lost(body: str) -> None:
    assert read_from(body).warnings == ()


def test_a_hidden_word_in_russian_is_told_of() -> None:
    assert read_from(rf"{{\v {escaped('Терраформ')}}}").warnings == TOLD
