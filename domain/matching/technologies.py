"""The technologies that set one developer apart from another: Java is not Python."""

from __future__ import annotations

from domain.matching.lexicon import Skills, Title

_TECHNICAL = frozenset({"software", "testing"})
_OF_CODE = frozenset({"programming languages", "backend", "frontend", "mobile", "databases", "1c"})


def code_named(title: Title | None, skills: Skills) -> frozenset[str]:
    """Return what a technical title says that its bearer writes in, or with."""
    if title is None or title.family not in _TECHNICAL:
        return frozenset()
    return frozenset(name for name in title.technologies if is_of_code(name, skills))


def is_of_code(name: str, skills: Skills) -> bool:
    entry = skills.skill(name)
    return entry is not None and entry.category in _OF_CODE
