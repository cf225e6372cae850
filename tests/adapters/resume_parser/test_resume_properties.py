"""What holds for any text: no error but one, the same answer, a short time."""

from __future__ import annotations

import random
import re
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import Refused
from domain.resumes.reading import FileLayout
from tests.adapters.resume_parser import whole_resumes
from tests.adapters.resume_parser.conftest import Parse

LONGEST_SECONDS = 2.0
PIECES = sorted(
    {
        piece
        for text in (whole_resumes.DATES_FIRST_LABELLED, whole_resumes.ONE_LINE_HEADERS, whole_resumes.HH_WITH_INDUSTRY)
        for piece in re.split(r"(\s+)", text)
    }
    | {
        "— ",
        "• ",
        "(",
        ")",
        "2019",
        "с ",
        "по н.в.",
        "@",
        "+7",
        "₽",
        "Опыт работы\n",
        "Навыки:\n",
        "Языки\n",
        "\n\n",
        ":",
    }
)
QUIET = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def refusal(parse: Parse, text: str, layout: FileLayout) -> str | None:
    try:
        parse(text, layout)
    except Refused as refused:
        return refused.code
    return None


@QUIET
@given(text=st.text(max_size=400), layout=st.sampled_from(FileLayout))
def test_arbitrary_text_is_parsed_or_refused(parse: Parse, text: str, layout: FileLayout) -> None:
    assert refusal(parse, text, layout) in {None, "not_a_resume"}


@QUIET
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=80), layout=st.sampled_from(FileLayout))
def test_shuffled_pieces_of_resumes_are_parsed_or_refused(parse: Parse, pieces: list[str], layout: FileLayout) -> None:
    assert refusal(parse, "".join(pieces), layout) in {None, "not_a_resume"}


@QUIET
@given(cut=st.integers(0, len(whole_resumes.HH_WITH_INDUSTRY)))
def test_nothing_is_invented_for_a_text_cut_short(parse: Parse, cut: int) -> None:
    text = whole_resumes.HH_WITH_INDUSTRY[:cut]
    with suppress(Refused):
        resume = parse(text, FileLayout.HH_EXPORT)

        assert resume.contact.email is None or resume.contact.email in text
        assert resume.contact.last_name is None or resume.contact.last_name in text
        for job in resume.experience:
            assert job.company is None or job.company in text
            assert job.position is None or job.position.casefold() in text.casefold()


WORDS = (whole_resumes.DATES_FIRST_LABELLED + whole_resumes.ONE_LINE_HEADERS).split()


@pytest.mark.parametrize(
    "text",
    [
        whole_resumes.ONE_LINE_HEADERS * 250,
        "a" * 200_000,
        "1" * 200_000,
        "a." * 100_000,
        "2019 - " * 28_000,
        "(" * 200_000,
        "a@" * 100_000,
        "\n" * 200_000,
        "a\n" * 100_000,
        " " * 200_000,
        "Иван Иванов\n" * 16_000,
        "+7 900 000-11-2\n" * 12_000,
        "Навыки\n" + "abc, " * 40_000,
        "Навыки\n" + "abcdefgh\n" * 22_000,
        "Опыт работы\n" + "2019 - 2020\nООО Ромашка\nинженер\n" * 6_000,
        "Образование\n" + "Институт, бакалавр, 2019\n" * 8_000,
        "Языки: " + "Английский " * 18_000,
        "зарплата 1 000 000 000\n" * 9_000,
        "О П Ы Т " * 25_000,
        " ".join(random.Random(7).choice(WORDS) for _ in range(28_000)),  # noqa: S311 -- a shuffle, not a secret
    ],
    ids=range(20),
)
def test_two_hundred_thousand_characters_take_under_two_seconds(text: str, parse: Parse) -> None:
    refusal(parse, "Анна Белова", FileLayout.FREE)  # the word lists load at the first call
    before = time.process_time()

    refusal(parse, text[:200_000], FileLayout.FREE)

    assert time.process_time() - before < LONGEST_SECONDS
