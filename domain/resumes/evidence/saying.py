"""What a text says, and what it denies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_CLAUSE = re.compile(r"(?:[^\n,;•.!?]|[.!?](?!\s))+")
# From such a word on a clause denies; "не только" and "кроме того" deny nothing.
_DENIES = re.compile(
    r"(?<!\w)(?:не(?!\s+(?:только|мен|ниже|перв))|ни|без|кроме(?!\s+того)|никогда|not(?!\s+(?:only|just))|non|nor?|never"
    r"|without|except)(?!\w)",
    re.IGNORECASE,
)
# With such words a clause denies what stands before them, too: "Москву не рассматриваю", "Java — нет".
_DENIES_ALL = re.compile(
    r"(?<!\w)(?:не\s+(?:рассматр|интерес|хоч|хотел|жела|готов|подход|нуж|зна|владе|уме|использ|применя|изуч|учил|работ"
    r"|был|име|план)|нет(?!\w)|(?:not|never)\s+(?:been\s+)?"
    r"(?:consider|interest|want|suit|us|know|need|for me|an option)|\w{2,6}n['’]t(?!\w)|cannot(?!\w)|not?\W*$)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*[\w+#.-]+(?:\s(?:и|или|and|or|nor)\s[\w+#.-]+)?\s*")
_ANYTHING = re.compile(r"[^\n]")
# A line of so many letters was broken by the page's width, where the next goes on in small ones.
_WRAPPED = re.compile(r"(?<=[^\n]{30})\n(?=[a-zа-яё])")
_SENTENCE = re.compile(r"(?:[^\n;•.!?]|[.!?](?!\s+[A-ZА-ЯЁ]))+")
_GAP, _LINE_END = re.compile(r"[^\S\n]+"), re.compile(r" ?\n ?")


def plain(text: str) -> str:
    """Return the text in NFKC, its gaps one space wide, and no space at the ends of lines."""
    return _LINE_END.sub("\n", _GAP.sub(" ", unicodedata.normalize("NFKC", text)))


def folded(text: str) -> str:
    """Return the text in lower case, ё as е, and as long as it was."""
    return "".join(low if len(low := each.casefold()) == 1 else each for each in text).replace("ё", "е")


def said_and_denied(text: str) -> tuple[str, str]:
    """Return the text with spaces for what it denies, and with spaces for all else.

    A clause denies from its first word of denial on, or as a whole; a list of single words after it goes on to deny
    ("не знаю Java, PHP"). Longer ones do not: who denies without saying so in each clause is not understood.
    """
    said, denied, at, listing = [], [], 0, False
    for clause in _CLAUSE.finditer(_WRAPPED.sub(" ", text)):
        goes_on = listing and text[at : clause.start()] == "," and _LISTED.fullmatch(clause[0]) is not None
        begins = _begins_to_deny(clause[0]) if not goes_on else 0
        listing = goes_on or begins is not None
        cut = clause.end() if begins is None else clause.start() + begins
        said += [text[at:cut], _blank(text[cut : clause.end()])]
        denied += [_blank(text[at:cut]), text[cut : clause.end()]]
        at = clause.end()
    return "".join((*said, text[at:])), "".join((*denied, _blank(text[at:])))


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; a line ends one."""
    for found in _SENTENCE.finditer(text):
        yield found[0]


def _begins_to_deny(clause: str) -> int | None:
    if _DENIES_ALL.search(clause):
        return 0
    found = _DENIES.search(clause)
    return found.start() if found is not None else None


def _blank(text: str) -> str:
    return _ANYTHING.sub(" ", text)
