"""The skill catalogue: which skills a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from pathlib import Path

from rapidfuzz import fuzz, process

from adapters.lexicon.skill_patterns import Pattern, demands, names_alone
from adapters.lexicon.skill_words import (
    ADJECTIVE,
    HOST,
    LIST_GAP,
    SILENT,
    TURNS,
    TYPO_LENGTH,
    WORD,
    Word,
    differ_in_kind,
    folded_words,
    in_address,
    is_typo_of,
    joined,
    key_of,
    keys_of,
    next_in_list,
    part_of_compound,
)
from adapters.lexicon.skills_english import english_names
from adapters.lexicon.skills_file import Entry, Spelling, read_entries
from domain.matching.lexicon import Mention, Skill

_NEXT_LETTER = re.compile(r"[»\"”]?[ \u00a0]?(?:[,/+&]|\bи\b|\band\b|\bили\b|\bor\b)[ \u00a0]?[«\"“]?([A-FАВСЕ])(?!\w)")
_RUSSIAN = re.compile(r"[а-я]{3}")
_MOST_IN_LIST = 4
_PREPOSITIONS = frozenset({"с", "c", "по", "на", "в", "для", "of", "with", "in", "for"})
_NEAR = 60  # characters
_TYPO_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class _Found:
    pattern: Pattern
    start: int
    end: int
    spelling: Spelling


class SkillCatalogue:
    """The shipped catalogue, with an operator's additions in the same format (see data/skills.txt).

    A name that both files have gains the second file's spellings, and nothing else. Raises `ValueError` naming the
    line when a line breaks the format, claims another skill's spelling, or implies a skill that does not exist.
    """

    def __init__(self, additions: Path | None = None) -> None:
        shipped = resources.files(__package__).joinpath("data", "skills.txt").read_text(encoding="utf-8")
        entries = list(read_entries(shipped.splitlines(), "skills.txt"))
        if additions is not None:
            entries += read_entries(additions.read_text(encoding="utf-8").splitlines(), additions.name)
        self._skills: dict[str, Skill] = {}
        self._patterns: dict[tuple[str, ...], Pattern] = {}
        self._longest: dict[str, int] = {}
        self._hosts: set[str] = set()
        # By the number of words: a slip of the pen adds none.
        self._spelled: dict[int, dict[str, str]] = {}
        for entry in entries:
            self._add(entry)
        for entry in entries:
            self._add_turned(entry)
        for entry in entries:
            if missing := entry.skill.implies - self._skills.keys():
                raise ValueError(f"{entry.where}: implies {', '.join(sorted(missing))}, which the catalogue lacks")
        self._english = english_names(entries)
        # Per instance: a cache on the method would keep every catalogue alive.
        self._named = lru_cache(maxsize=8_192)(self._resolved)

    def skills(self) -> tuple[Skill, ...]:
        """Return every skill of the catalogue in the order of the file."""
        return tuple(self._skills.values())

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return every catalogue skill the text names, in order of appearance, never overlapping."""
        found = list(self._matches(text))
        if "@" in text or "://" in text or "www." in text or HOST.search(text):
            found = [one for one in found if not in_address(text, one.start, one.end, self._hosts)]
        sure = [one for one in found if not one.spelling.near]
        return tuple(
            Mention(skill=one.pattern.entry.skill.name, start=one.start, end=one.end, words=text[one.start : one.end])
            for one in found
            if not one.pattern.entry.ignored and (not one.spelling.near or _stands_among(one, sure, text))
        )

    def named(self, name: str) -> str | None:
        """Return the canonical name of a skill as a person wrote it (alias, then typo distance), or `None`."""
        return self._named(name)

    def skill(self, name: str) -> Skill | None:
        """Return the catalogue's entry for a canonical name, or `None`."""
        return self._skills.get(name)

    def in_english(self, name: str) -> str:
        """Return what a skill is called in English; its own name where that is English, or no other is known."""
        return self._english.get(name, name)

    def implied(self, names: Iterable[str]) -> frozenset[str]:
        """Return the canonical names given and all that they imply, transitively."""
        implied: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in implied:
                implied.add(name)
                known = self._skills.get(name)
                waiting += known.implies if known else ()
        return frozenset(implied)

    def _add(self, entry: Entry) -> None:
        if not entry.ignored:
            before = self._skills.setdefault(entry.skill.name, entry.skill)
            if before is not entry.skill and before.category != entry.skill.category:
                raise ValueError(f"{entry.where}: {entry.skill.name} is already under {before.category!r}")
        for spelling in entry.spellings:
            keys = keys_of(spelling.text)
            if not keys:
                raise ValueError(f"{entry.where}: {spelling.text!r} has no word in it")
            # In capitals, the preposition in РАБОТА С КЛИЕНТАМИ reads as a Latin letter.
            for variant in {keys, tuple("c" if key == "с" else key for key in keys)}:
                pattern = self._patterns.setdefault(variant, Pattern(entry))
                if pattern.entry.skill.name != entry.skill.name:
                    raise ValueError(
                        f"{entry.where}: {spelling.text!r} is already a spelling of {pattern.entry.skill.name}"
                        f" ({pattern.entry.where})"
                    )
                pattern.spellings.append(spelling)
                self._longest[variant[0]] = max(self._longest.get(variant[0], 0), len(variant))
            if HOST.fullmatch(spelling.text):
                self._hosts.add(spelling.text.casefold())
            if not entry.ignored:
                written = folded_words(spelling.text)
                self._spelled.setdefault(len(written), {}).setdefault(" ".join(written), entry.skill.name)

    def _add_turned(self, entry: Entry) -> None:
        """Let "manage budgets" name what "budget management" does, where nothing else has these words."""
        for spelling in entry.spellings:
            *first, last = keys = keys_of(spelling.text)
            if len(keys) < 2 or last not in TURNS or spelling.exact or spelling.near:
                continue
            turned = (TURNS[last], *first)
            if turned not in self._patterns and not _PREPOSITIONS.intersection(first):
                pattern = self._patterns[turned] = Pattern(entry)
                pattern.spellings.append(replace(spelling, uninflected=False))
                self._longest[turned[0]] = max(self._longest.get(turned[0], 0), len(turned))

    def _matches(self, text: str) -> Iterator[_Found]:
        """Yield the longest match at every word, left to right."""
        words = [(key_of(word.group()), word.start(), word.end()) for word in WORD.finditer(text)]
        words = [word for word in words if word[0] not in SILENT]
        position = 0
        before: list[Word] = []
        while position < len(words):
            longest = self._longest.get(words[position][0])
            size, found = self._longest_at(text, words[position : position + longest]) if longest else (1, None)
            if (found is None and (longest or before)) or (found is not None and found.spelling.near and size == 1):
                size, found = self._in_list(text, words, position, before) or (size, found)
            position += size
            if size > 1:
                before = words[position - size : position]
            if found is not None:
                yield found
                keys = [key for key, _, _ in words[position - size : position]]
                for letter in self._further_letters(text, keys, found):
                    yield letter
                    while position < len(words) and words[position][1] < letter.end:
                        position += 1

    def _longest_at(self, text: str, words: list[Word]) -> tuple[int, _Found | None]:
        keys = tuple(key for key, _, _ in words)
        for size in range(len(words), 0, -1):
            pattern = self._patterns.get(keys[:size])
            if pattern is None or not all(joined(text, a, b) for a, b in pairwise(words[:size])):
                continue
            start, end = words[0][1], words[size - 1][2]
            spelling = pattern.admits(text[start:end])
            if spelling is not None and not (spelling.near and part_of_compound(text, start, end)):
                return size, _Found(pattern, start, end, spelling)
        return 1, None

    def _in_list(self, text: str, words: list[Word], position: int, before: list[Word]) -> tuple[int, _Found] | None:
        """Find a skill that shares words with its neighbour in a list, after what it shares or before.

        "Подбор и адаптация персонала" names подбор персонала, "ремонт станков и насосов" names ремонт насосов.
        """
        last = position
        for _ in range(_MOST_IN_LIST):
            following = next_in_list(text, words, last)
            if following is None:
                break
            last = following
        if (
            last > position
            and not differ_in_kind(text, words[position], words[position + 1 : last + 1])
            and (found := self._split(text, words[position : position + 1], words[last + 1 : last + 5]))
        ):
            return 1, found[1]
        if found := self._past_adjective(text, words[position : position + 5]):
            return found
        if before and LIST_GAP.fullmatch(text, before[-1][2], words[position][1]):
            shared = before[: 2 if before[1][0] in _PREPOSITIONS else 1]
            if found := self._split(text, shared, words[position : position + 4]):
                size, one = found
                return size, _Found(one.pattern, words[position][1], words[position + size - 1][2], one.spelling)
        return None

    def _past_adjective(self, text: str, words: list[Word]) -> tuple[int, _Found] | None:
        """Find "подготовка отчётов" in "подготовка ежемесячных отчётов", unless the adjective begins a name."""
        if len(words) < 3 or not joined(text, words[0], words[1]) or not joined(text, words[1], words[2]):
            return None
        if not ADJECTIVE.search(text[words[1][1] : words[1][2]]) or not _RUSSIAN.search(words[0][0]):
            return None
        if (
            self._longest_at(text, words[1:])[1] is not None
            or (split := self._split(text, words[:1], words[2:])) is None
        ):
            return None
        size, one = split
        return size + 2, _Found(one.pattern, words[0][1], words[size + 1][2], one.spelling)

    def _split(self, text: str, first: list[Word], rest: list[Word]) -> tuple[int, _Found] | None:
        """Return the skill named by the first words with the longest beginning of the rest, and how long that is."""
        keys, longest = tuple(key for key, _, _ in first), self._longest.get(first[0][0], 0)
        for size in range(min(longest - len(first), len(rest)), 0, -1):
            pattern = self._patterns.get((*keys, *(key for key, _, _ in rest[:size])))
            if pattern is None or not all(joined(text, a, b) for a, b in pairwise(rest[:size])):
                continue
            written = f"{text[first[0][1] : first[-1][2]]} {text[rest[0][1] : rest[size - 1][2]]}"
            spelling = pattern.admits(written)
            if spelling is not None and not spelling.near:
                return size, _Found(pattern, first[0][1], first[-1][2], spelling)
        return None

    def _further_letters(self, text: str, keys: list[str], found: _Found) -> Iterator[_Found]:
        """Yield C and E of "категории B, C, E": a list goes on with the words before its first letter understood."""
        if len(keys) < 2 or len(keys[-1]) != 1:
            return
        end = found.end
        while letter := _NEXT_LETTER.match(text, end):
            pattern = self._patterns.get((*keys[:-1], key_of(letter[1])))
            if pattern is None:
                return
            yield _Found(pattern, letter.start(1), letter.end(1), min(pattern.spellings, key=demands))
            end = letter.end(1)

    def _resolved(self, name: str) -> str | None:
        pattern = self._patterns.get(keys_of(name))
        written = folded_words(name)
        if pattern is not None and any(names_alone(spelling, written) for spelling in pattern.spellings):
            return None if pattern.entry.ignored else pattern.entry.skill.name
        if not any(len(word) >= TYPO_LENGTH for word in written):
            return None
        spelled = self._spelled.get(len(written), {})
        nearest = process.extract(
            " ".join(written), spelled.keys(), scorer=fuzz.ratio, score_cutoff=75, limit=_TYPO_CANDIDATES
        )
        return next((spelled[known] for known, _, _ in nearest if is_typo_of(written, known.split(" "))), None)


def _stands_among(one: _Found, sure: list[_Found], text: str) -> bool:
    """Tell whether an ambiguous name stands alone in its text or close to a sure skill of its field or category."""
    entry = one.pattern.entry
    return text.strip() == text[one.start : one.end] or any(
        other.pattern.entry.field == entry.field
        and (not one.spelling.kin or other.pattern.entry.skill.category == entry.skill.category)
        and not other.pattern.entry.ignored
        and one.start - _NEAR <= other.end
        and other.start <= one.end + _NEAR
        for other in sure
    )
