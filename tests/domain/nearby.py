"""What is near in meaning, as a test has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.errors import Unavailable
from domain.identifiers import VacancyId


@dataclass
class ScriptedNearness:
    """Finds these vacancies near to every text, in this order; notes what it was asked."""

    near: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)

    def nearest(self, text: str, *, limit: int) -> Sequence[VacancyId]:
        self.asked.append(text)
        return [VacancyId(each) for each in self.near[:limit]]


class LetterEncoder:
    """Encodes a text by how often it has each of a few letters; `failing` are texts at which it fails.

    `broken`: it fails at everything. It counts how often it was told to forget.
    """

    def __init__(self, *failing: str, model: str | None = "letters-1", broken: bool = False) -> None:
        self.model = model
        self.failing = failing
        self.broken = broken
        self.asked: list[str] = []
        self.forgot = 0

    def encode(self, text: str) -> bytes:
        self.asked.append(text)
        if any(words in text for words in self.failing):
            return b""
        if self.broken:
            raise Unavailable("similarity_unavailable")
        return bytes(min(text.count(letter), 127) for letter in "абвгдеabcdef")

    def forget_people(self) -> None:
        self.forgot += 1
