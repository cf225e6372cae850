"""Latin spellings of Russian names, folded so that the usual transliterations meet."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)
_SILENT = re.compile(r"['’ʼ`ʹ\u0300-\u036f]")
_TWICE = re.compile(r"(.)\1+")
# In this order: a later rule sees what an earlier one left.
_MEETS = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("kh", "h"),
    ("ph", "f"),
    ("tz", "ts"),
    ("x", "ks"),
    ("w", "v"),
    ("j", "i"),
    ("y", "i"),
)
_SOFT = (("io", "e"), ("ie", "e"), ("iu", "u"), ("ia", "a"))


def transliterated(text: str) -> str:
    """Return Russian letters in Latin (BGN/PCGN without marks), lower-cased; other characters stay."""
    return text.lower().translate(_LETTERS)


def folded(text: str) -> str:
    """Return a key that spellings of one name share: Sergey and Sergei, Yulia and Julia, Schelkovo and Shchyolkovo."""
    key = _SILENT.sub("", unicodedata.normalize("NFKD", text.lower()))
    for spelling, meeting in _MEETS:
        key = key.replace(spelling, meeting)
    key = _TWICE.sub(r"\1", key)
    for spelling, meeting in _SOFT:
        key = key.replace(spelling, meeting)
    return _TWICE.sub(r"\1", key)
