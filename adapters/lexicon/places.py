"""A gazetteer of Russia and its neighbours, with the larger cities of the world."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from adapters.lexicon.declension import case_forms
from domain.latin import folded
from domain.matching.lexicon import Place

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*['’ʼ]?")
_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
_WRITTEN_SHORT = {"обл": "область", "респ": "республика", "кр": "край"}
_TOWN_MARKS = frozenset({"г", "гор", "город", "города", "городе", "городу", "city"})
_STREET_MARKS = frozenset(
    {"ул", "улица", "улице", "улицы", "проспект", "проспекте", "просп", "пр", "пер", "переулок", "проезд", "шоссе"}
    | {"наб", "набережная", "бульвар", "площадь", "пл", "метро", "м", "станция", "мкр", "микрорайон", "имени", "им"}
)
_PREPOSITIONS = frozenset({"в", "во", "из", "под", "in", "from"})
_LISTED = re.compile(r"[\s,;(]*(?:г\.?|город)?\s*")
# "Rancho Cordova, CA 95670": the state names a town, however small.
_IN_STATE = re.compile(
    r"\s*([A-Z][\w.'’ -]{1,40}),\s*([A-Z]{2})(?:\s+\d{5}(?:-\d{4})?)?(?:,\s*(?:USA?|United States))?\s*"
)
_ENDS_NAME = re.compile(r"\s*(?:$|[,.;:()/|—–•\n-])")
# Up to this many letters a name of a region or a country is an abbreviation, recognised in capitals only.
_ABBREVIATION = 3
_TOWN_ABBREVIATION = 2


@dataclass(frozen=True, slots=True)
class _Name:
    """One way to write one place; `words` are in the nominative, without ё, Latin ones folded."""

    words: tuple[str, ...]
    written: str
    place: Place
    population: int
    common: bool

    @property
    def abbreviated(self) -> bool:
        return len(self.written) <= (_ABBREVIATION if self.place.city is None else _TOWN_ABBREVIATION)


@dataclass(frozen=True, slots=True)
class _Hit:
    names: tuple[_Name, ...]
    words: str


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    nominatives: tuple[str, ...]
    start: int
    end: int


class PlaceGazetteer:
    """The places of `data/places.json`, found in any grammatical case, in Russian and in English.

    Names that are also common words or surnames (Мирный, Чехов) count only where the text shows a place: as the whole
    text, after "г." or a preposition, after a colon, next to another place, or alone at the start of a line.
    """

    def __init__(self) -> None:
        text = files("adapters.lexicon").joinpath("data/places.json").read_text(encoding="utf-8")
        self._starting: dict[str, list[_Name]] = defaultdict(list)
        nominatives: dict[str, list[str]] = defaultdict(list)
        known: set[str] = set()
        data: dict[str, Any] = json.loads(text)
        self._called = _called(data)
        self._states: dict[str, str] = {code: name for name, code, _ in data["us_states"]}
        for name in _names(data):
            self._starting[name.words[0]].append(name)
            for word in name.words:
                if word not in known:
                    known.add(word)
                    for form in case_forms(word) if _RUSSIAN.search(word) else (word,):
                        nominatives[form].append(word)
        self._nominatives = {form: tuple(words) for form, words in nominatives.items()}

    def find(self, text: str) -> Place | None:
        """Return the first place named; a region or a country gives way to the town in it that stands beside it."""
        hits = tuple(self._hits(text))
        in_state = self._in_state(text, hits)
        if in_state is not None or not hits:
            return in_state
        named = [name.place for hit in hits for name in hit.names if name.place.city is None]
        regions = {place.region for place in named if place.region}
        countries = {place.country for place in named}
        best: Place | None = None
        for hit in hits:
            place = max(hit.names, key=lambda name: _likelihood(name, hit.words, regions, countries)).place
            if best is None or _within(place, best):
                best = place
        return best

    def called(self, text: str, language: str) -> str:
        """Return the place that the text names in that language (`ru`, `en`); the text where it needs no other words.

        A text in another script gives way to the town it names, or else the region, or the country.
        """
        if bool(_RUSSIAN.search(text)) is (language == "ru"):
            return text
        place = self.find(text)
        known = self._called.get(place) if place is not None else None
        return text if known is None else known[language == "en"]

    def _in_state(self, text: str, hits: Sequence[_Hit]) -> Place | None:
        """Return the town of the United States that the text is, by its state; "Berlin, DE" is in Germany."""
        found = _IN_STATE.fullmatch(text)
        state = self._states.get(found[2]) if found is not None else None
        named = [name.place for hit in hits for name in hit.names]
        if found is None or state is None or any(place.country == found[2] for place in named):
            return None
        known = (place.city for place in named if place.region == state and place.city is not None)
        return Place(city=next(known, found[1]), region=state, country="US")

    def _hits(self, text: str) -> Iterator[_Hit]:
        words = [
            _Word(found[0], self._nominatives.get(_plain(found[0]), ()), *found.span())
            for found in _WORD.finditer(text)
        ]
        at, last_end = 0, -1
        while at < len(words):
            names = self._at(text, words, at, last_end)
            if not names:
                at += 1
                continue
            until = at + len(names[0].words)
            last_end = words[until - 1].end
            yield _Hit(names, text[words[at].start : last_end])
            at = until

    def _at(self, text: str, words: list[_Word], at: int, last_end: int) -> tuple[_Name, ...]:
        """Return the names of the most words that stand at `words[at]`."""
        if at and words[at - 1].text.lower() in _STREET_MARKS:
            return ()
        found: list[_Name] = []
        for name in (name for first in words[at].nominatives for name in self._starting.get(first, ())):
            here = words[at : at + len(name.words)]
            if len(here) < len(name.words) or (found and len(here) < len(found[0].words)):
                continue
            if not all(wanted in word.nominatives for wanted, word in zip(name.words, here, strict=True)):
                continue
            start, end = here[0].start, here[-1].end
            if name.abbreviated and not text[start:end].isupper():
                continue
            if name.common and not _shown(text, words, at, end, last_end):
                continue
            if found and len(here) > len(found[0].words):
                found.clear()
            found.append(name)
        return tuple(found)


def _called(data: dict[str, Any]) -> dict[Place, tuple[str, str]]:
    """Return what each place is called in Russian and in English."""
    entries = [
        (Place(city=None, region=None, country=code), name, english) for name, code, _, english in data["countries"]
    ]
    entries += [(Place(city=None, region=name, country="RU"), name, english) for name, _, english in data["regions"]]
    entries += [(Place(city=None, region=name, country="US"), name, english) for name, _, english in data["us_states"]]
    entries += [
        (Place(city=name, region=region, country=code), name, english)
        for name, region, code, _, _, english in data["cities"]
    ]
    # What is taken for a part of another country has a name of its own, which is not known here.
    shared = Counter(place for place, _, _ in entries)
    return {place: (russian, english[0]) for place, russian, english in entries if english and shared[place] == 1}


def _names(data: dict[str, Any]) -> Iterator[_Name]:
    common = frozenset(data["common_words"])
    for name, code, russian, english in data["countries"]:
        yield from _spelt((name, *russian, *english), Place(city=None, region=None, country=code))
    for name, russian, english in data["regions"]:
        yield from _spelt((name, *russian, *english), Place(city=None, region=name, country="RU"))
    for name, _, english in data["us_states"]:
        yield from _spelt((name, *english), Place(city=None, region=name, country="US"))
    for name, region, code, population, russian, english in data["cities"]:
        place = Place(city=name, region=region, country=code)
        yield from _spelt((name, *russian, *english), place, population, common=name in common)


def _spelt(spellings: Iterable[str], place: Place, population: int = 0, *, common: bool = False) -> Iterator[_Name]:
    seen: set[tuple[str, ...]] = set()
    for written in spellings:
        words = tuple(_plain(word) for word in _WORD.findall(written))
        if words not in seen:
            seen.add(words)
            yield _Name(words, written, place, population, common)


def _plain(word: str) -> str:
    if not _RUSSIAN.search(word):
        return folded(word)
    plain = word.lower().replace("ё", "е")
    return _WRITTEN_SHORT.get(plain, plain)


def _likelihood(name: _Name, words: str, regions: set[str], countries: set[str]) -> tuple[bool, bool, bool, int]:
    place = name.place
    return place.region in regions, place.country in countries, words.lower() == name.written.lower(), name.population


def _within(place: Place, wider: Place) -> bool:
    if wider.city is not None or place.country != wider.country:
        return False
    return wider.region is None or (place.region == wider.region and place.city is not None)


def _shown(text: str, words: list[_Word], at: int, end: int, last_end: int) -> bool:
    """Return whether the text shows that its common word at `words[at]`, up to `end`, is a place."""
    start = words[at].start
    before, after = text[:start], text[end:]
    if not before.strip(" \n«\"'(") and not after.strip(" \n.,»\"')"):
        return True
    previous = words[at - 1].text.lower() if at else ""
    if previous in _TOWN_MARKS or (last_end >= 0 and _LISTED.fullmatch(text[last_end:start])):
        return True
    if not text[start].isupper():
        return False
    line = before.rpartition("\n")[2].rstrip()
    if previous in _PREPOSITIONS or line.endswith(":"):
        return True
    return not line and _ENDS_NAME.match(after) is not None
