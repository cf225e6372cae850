"""Where courses are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.matching.lexicon import Skill


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSearch:
    """A provider's own search page, asked for one skill. `language` is the one most courses there are taught in."""

    provider: str
    language: str
    url: str


class Courses(Protocol):
    def teaching(self, skill: Skill, *, language: str) -> Sequence[CourseSearch]:
        """Return where to look for courses of a skill, those taught in that language first; none where nobody has any.

        What the law asks a paper for is learnt at no such place.
        """
