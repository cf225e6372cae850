"""What a child answers about one file, and how the answer travels."""

from __future__ import annotations

from io import BytesIO

import pytest

from adapters.documents.child import answer
from adapters.documents.frames import Answer, decoded, encoded, receive, send
from domain.errors import Refused, Unavailable
from domain.resumes.content import ResumeContent
from domain.resumes.reading import FileLayout
from tests.adapters.documents.rtfs import an_rtf
from tests.adapters.documents.understanding import understand

REST = "Тестова Анна Сергеевна"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"text", Answer(refused="unsupported_type", data={})),
        (b"{\\rtf1 }", Answer(refused="no_text", data={})),
        (an_rtf("рецепт", REST), Answer(refused="not_a_resume", data={"words": 3})),
        (an_rtf("ошибка", REST), Answer(unavailable="reader_crashed")),
    ],
)
def test_a_failure_is_answered_by_its_code(content: bytes, expected: Answer) -> None:
    assert answer(content, understand) == expected


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (MemoryError(), Answer(unavailable="reader_out_of_memory")),
        (Unavailable("dictionary_missing", path=None), Answer(unavailable="dictionary_missing", data={"path": "None"})),
    ],
)
def test_what_the_understanding_raises_is_answered(raised: Exception, expected: Answer) -> None:
    def fails(_text: str, _layout: FileLayout) -> ResumeContent:
        raise raised

    assert answer(an_rtf(REST), fails) == expected


def test_an_answer_travels_whole() -> None:
    given = answer(an_rtf("Разработчик", REST), understand)

    assert decoded(encoded(given)) == given
    assert given.value().content.desired_position == "Разработчик"


def test_a_failure_is_raised_again_with_its_code_and_data() -> None:
    with pytest.raises(Refused) as refused:
        decoded(encoded(Answer(refused="too_much_text", data={"limit": 5}))).value()

    assert (refused.value.code, refused.value.data) == ("too_much_text", {"limit": 5})


@pytest.mark.parametrize("frame", [b"", b"[]", b"{]", b"{}", b'{"read": {}}', b"[" * 100_000], ids=range(6))
def test_a_frame_that_is_no_answer_is_a_value_error(frame: bytes) -> None:
    with pytest.raises(ValueError, match="not an answer"):
        decoded(frame)


def test_frames_come_out_as_they_went_in_up_to_a_length() -> None:
    stream = BytesIO()
    for frame in (b"", b"one", b"four!"):
        send(stream, frame)
    stream.seek(0)

    assert [receive(stream, at_most=4), receive(stream, at_most=4)] == [b"", b"one"]
    with pytest.raises(ValueError, match="too long"):
        receive(stream, at_most=4)


def test_a_frame_cut_short_is_the_end_of_the_stream() -> None:
    with pytest.raises(EOFError):
        receive(BytesIO(b"\0\0\0\5abc"))
