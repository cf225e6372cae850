"""Words of a text as search compares them: folded, stemmed, stop words dropped."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from importlib import resources

import Stemmer

# A tech word keeps its symbols: .net, c++, c#, node.js; everything else is split at them.
_WORD = re.compile(r"(?<!\w)\.net\b|\w+(?:\.(?:js|net|io|ai|py)\b)?(?:(?:\+\+|#)(?![^\W\d]))?")
_CYRILLIC = re.compile(r"[а-я]")
_LATIN = re.compile(r"[a-z]")
_SYMBOL_OR_DIGIT = re.compile(r"[\d+#.]")
# Stress marks, soft hyphens and zero-width signs that PDF and HTML texts carry inside words.
_INVISIBLE = dict.fromkeys(map(ord, "\u0301\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CYRILLIC_TWINS = "авсекмнортху"
_LATIN_TWINS = "abcekmhoptxy"
_TO_LATIN = str.maketrans(_CYRILLIC_TWINS, _LATIN_TWINS)
_TO_CYRILLIC = str.maketrans(_LATIN_TWINS, _CYRILLIC_TWINS)
# The languages C and R; every other single letter says nothing.
_ONE_LETTER_WORDS = frozenset({"c", "r"})

_threads = threading.local()


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Return the word in NFKC and lower case, ё as е, in one script.

    Letters that look alike in Cyrillic and Latin (`1С`, `С++`, `СRM`) are brought to the script of the rest of the
    word, and to Latin next to digits and symbols.
    """
    word = unicodedata.normalize("NFKC", word).casefold().replace("ё", "е").translate(_INVISIBLE)
    cyrillic = _CYRILLIC.findall(word)
    if not cyrillic:
        return word
    latin = _LATIN.findall(word)
    if latin and len(latin) < len(cyrillic) and set(latin) <= set(_LATIN_TWINS):
        return word.translate(_TO_CYRILLIC)
    if (latin or _SYMBOL_OR_DIGIT.search(word)) and set(cyrillic) <= set(_CYRILLIC_TWINS):
        return word.translate(_TO_LATIN)
    return word


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem of a folded word: Russian for Cyrillic, English for Latin, tech words as they are."""
    if _SYMBOL_OR_DIGIT.search(word):
        # The custom of the trade writes 1С in Cyrillic.
        return "1с" if word == "1c" else word
    return str(_stemmer("russian" if _CYRILLIC.search(word) else "english").stemWord(word))


def _stemmer(language: str) -> Stemmer.Stemmer:
    # A PyStemmer object must not be shared between threads.
    found: Stemmer.Stemmer | None = getattr(_threads, language, None)
    if found is None:
        found = Stemmer.Stemmer(language, 0)
        setattr(_threads, language, found)
    return found


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    text = resources.files(__package__).joinpath("data", "stopwords.txt").read_text(encoding="utf-8")
    return frozenset(folded(word) for line in text.splitlines() if not line.startswith("#") for word in line.split())


class SnowballStems:
    """Snowball stems of Russian and English words."""

    def stems(self, text: str) -> tuple[str, ...]:
        """Return the text's content words in order, lower-cased, stemmed, stop words and bare numbers dropped."""
        stop_words = _stop_words()
        words = (folded(word) for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
        return tuple(
            stem(word)
            for word in words
            if word not in stop_words and not word.isdecimal() and (len(word) > 1 or word in _ONE_LETTER_WORDS)
        )
