"""Verbs read as the nouns of skills: who keeps accounts does the keeping of accounts."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

# Endings of the infinitive, and of the forms that applicants and duties are told in.
_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("овать", ("овать", "ую", "ует", "уют", "овал", "овала", "овали", "уя")),
    ("ать", ("ать", "аю", "ает", "ают", "ал", "ала", "али", "ая")),
    ("ять", ("ять", "яю", "яет", "яют", "ял", "яла", "яли", "яя")),
    ("ить", ("ить", "ит", "ят", "ат", "ил", "ила", "или")),
)
_REFLEXIVE = "ся"


def deed(word: str) -> str:
    """Return the noun behind a verb in this form (folded, as `stems.folded` gives it), any other word as it is."""
    return _nouns().get(word, word)


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    text = resources.files(__package__).joinpath("data", "deeds.txt").read_text(encoding="utf-8")
    nouns: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            noun, verbs = line.split(":")
            for verb in verbs.split(","):
                nouns.update(dict.fromkeys(_forms(verb.strip()), noun))
    return nouns


def _forms(verb: str) -> list[str]:
    if verb.startswith("="):
        return [verb[1:]]
    bare = verb.removesuffix(_REFLEXIVE)
    for infinitive, endings in _FORMS:
        if bare.endswith(infinitive):
            forms = [bare.removesuffix(infinitive) + ending for ending in endings]
            return forms if bare == verb else [each + ("сь" if each[-1] in "аиюя" else _REFLEXIVE) for each in forms]
    return [verb]
