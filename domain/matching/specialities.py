"""The specialities of documents: an accreditation in one speciality gives no right to another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.matching.lexicon import Mention

# The catalogue names each such document by one of these words.
_DOCUMENT = re.compile(r"аккредитаци|сертификат", re.IGNORECASE)
_AHEAD = re.compile(
    r"\s*[:—–-]?\s*(?:(?:по|в)\s+(?:специальност[иь]|направлени[юе]|области)\s*:?\s*|по\s+|in\s+(?:the\s+field\s+of\s+)?)?",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:[,/]|,?\s*(?:и/или|или|либо|and/or|or|и|and)\s)\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[«\"“„]\s*([^«»\"“”„]{3,80}?)\s*[»\"”“]")


def is_of_speciality(skill: str) -> bool:
    """Tell whether a canonical licence is one that is given for a speciality."""
    return _DOCUMENT.search(skill) is not None


def specialities_beside(text: str, mentions: Sequence[Mention], index: int) -> tuple[str, ...]:
    """Return the specialities named behind the document mentioned there, as skills, or in words the catalogue lacks.

    "Аккредитация «Терапия» или «Хирургия»", "сертификат по терапии": any one of them is enough.
    """
    at = _behind(_AHEAD, text, mentions[index].end)
    found: list[str] = []
    while True:
        quoted = _QUOTED.match(text, at)
        if quoted is not None:
            named = next((each.skill for each in mentions if quoted.start() < each.start < quoted.end()), None)
            found.append(named or " ".join(quoted[1].split()))
            at = quoted.end()
        else:
            bare = next((each for each in mentions[index + 1 :] if each.start == at), None)
            if bare is None or is_of_speciality(bare.skill):
                break
            found.append(bare.skill)
            at = bare.end
        at = _behind(_JOIN, text, at)
    return tuple(dict.fromkeys(found))


def _behind(pattern: re.Pattern[str], text: str, at: int) -> int:
    matched = pattern.match(text, at)
    return at if matched is None else matched.end()
