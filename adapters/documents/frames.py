"""What the reader and its child processes say to each other: frames of bytes with the length in front."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from cattrs.preconf.json import make_converter

from domain.errors import DomainError, Refused, Unavailable
from domain.resumes.content import ResumeContent
from domain.resumes.reading import FileLayout, FileWarning, ReadResume

_LENGTH = struct.Struct(">I")
_ANSWER_AT_MOST = 16_000_000  # bytes; a résumé's text and content are far below

# Plain JSON and not pickle: a hostile file that took over the child must not reach further than the child.
_converter = make_converter(detailed_validation=False)
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda value, _: Decimal(str(value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one file: `read`, or the `refused` or `unavailable` code."""

    read: ReadResume | None = None
    refused: str | None = None
    unavailable: str | None = None
    data: dict[str, str | int] | None = None

    def value(self) -> ReadResume:
        """Return what was read, or raise what was answered instead."""
        if self.read is not None:
            return self.read
        failure: DomainError = Refused(self.refused) if self.refused else Unavailable(self.unavailable)
        failure.data = dict(self.data or {})
        raise failure


def read_answer(
    content: ResumeContent, layout: FileLayout, warnings: tuple[FileWarning, ...], text: str | None = None
) -> Answer:
    return Answer(read=ReadResume(content=content, layout=layout, text=text, warnings=warnings))


def encoded(answer: Answer) -> bytes:
    return json.dumps(_converter.unstructure(answer), ensure_ascii=False, default=str).encode()


def decoded(frame: bytes) -> Answer:
    """Return the answer; raise `ValueError` if the frame holds none."""
    try:
        answer = _converter.structure(json.loads(frame), Answer)
    except Exception as error:
        raise ValueError("not an answer") from error
    if answer.read is None and not answer.refused and not answer.unavailable:
        raise ValueError("not an answer")
    return answer


def send(stream: BinaryIO, frame: bytes) -> None:
    stream.write(_LENGTH.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def receive(stream: BinaryIO, *, at_most: int = _ANSWER_AT_MOST) -> bytes:
    """Return the next frame; raise `EOFError` if the other side is gone, `ValueError` if the frame is too long."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > at_most:
        raise ValueError("the frame is too long")
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
