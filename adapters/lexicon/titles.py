"""The catalogue of job titles: role, family and level of a title in Russian or English."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from typing import Any

from domain.matching.lexicon import Skills, Stems, Title

_PARENTHESES = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
# "Кассир в банк" is a cashier first; the bank decides only where the rest says nothing.
_CONTEXT = re.compile(r"\s(?:в|во|для|in|at|for)\s.*", re.IGNORECASE | re.DOTALL)
_ALTERNATIVES = re.compile(r"\s*[/,;|]\s*|\s+[-–—]+\s+|\s+(?:или|or)\s+", re.IGNORECASE)
# Somebody else, for whom the person works: "секретарь генерального директора", "driver for the CEO".
_ANOTHER = re.compile(
    r"(?<=[\w)])\s+(?:при\s+)?(?:[\w-]+(?:ого|его|ой|ей)\s+)*"
    r"(?:(?:директора|руководителя|начальника|заведующе|управляюще|президента|председателя|директоре|руководителе)"
    r"(?:го|й)?\b|главно(?:го|й)\s).*|\s(?:to|for)\s.*",
    re.IGNORECASE | re.DOTALL,
)
# Words of one name may stand apart by this many others: "менеджер активных продаж".
_GAP = 2
_BOTH_SIDES = ({"backend_developer", "frontend_developer"}, "fullstack_developer")
_SOFTWARE = "software_engineer"
_ASSISTANT_LEVEL = 1
_DEPUTY_LEVEL = 4
_HEAD_LEVEL = 5
_SAME_FAMILY = 0.3
_MOST_PARTS = 4
# Longer text is not a title; the limit bounds the work that a hostile one can cause.
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class _Name:
    role: str
    words: frozenset[str]


class TitleCatalogue:
    """The titles of `data/titles.json`, recognised in any inflection; the README beside it describes the format."""

    def __init__(self, stems: Stems, skills: Skills) -> None:
        text = files("adapters.lexicon").joinpath("data/titles.json").read_text(encoding="utf-8")
        data: dict[str, Any] = json.loads(text)
        self._stems = stems
        self._skills = skills
        self._spellings = {
            variant.lower(): spelling for spelling, variants in data["spellings"].items() for variant in variants
        }
        by_length = sorted(self._spellings, key=len, reverse=True)
        self._variants = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, by_length))})(?:(?<=\W)|(?!\w))")
        self._family = {role: family for family, roles in data["families"].items() for role in roles}
        self._generic = frozenset(data["generic"])
        self._fixed: dict[str, int] = data["role_levels"]
        self._levels = [
            (frozenset(words), int(level))
            for level, phrases in data["levels"].items()
            for phrase in phrases
            if (words := self._words(phrase))
        ]
        self._level_words = frozenset(word for words, _ in self._levels for word in words)
        self._assistants, self._deputies, self._neutral = (
            frozenset(word for phrase in data[key] for word in self._words(phrase))
            for key in ("assistants", "deputies", "neutral")
        )
        self._by_technology = {
            role: {technology: target for target, names in targets.items() for technology in names}
            for role, targets in data["technologies"].items()
        }
        # "Backend" names the role itself; Java and Python tell one backend developer from another.
        self._telling = frozenset(name for targets in self._by_technology.values() for name in targets)
        self._kinship: dict[frozenset[str], float] = {}
        for nearness, groups in sorted(data["kin"].items()):
            for group in groups:
                self._kinship |= dict.fromkeys(map(frozenset, combinations(group, 2)), float(nearness))
        self._index = self._indexed(data["families"])
        self._read = lru_cache(maxsize=4096)(self._understood)

    def read(self, title: str) -> Title:
        """Return what the title says; what it does not say is `None`."""
        return self._read(title[:_LONGEST])

    def kinship(self, one: str, other: str) -> float:
        """Return how far who wishes the one role would take the other: 1 for the same, 0 for strangers."""
        if one == other:
            return 1.0
        of_family = _SAME_FAMILY if self._family[one] == self._family[other] else 0.0
        return self._kinship.get(frozenset((one, other)), of_family)

    def kin(self, role: str) -> Mapping[str, float]:
        """Return the other roles that are no strangers to it, with the kinship of each."""
        near = {other: self.kinship(role, other) for other in self._family if other != role}
        return {other: kinship for other, kinship in near.items() if kinship > 0}

    def _understood(self, title: str) -> Title:
        technologies = self._technologies(title)
        name, words = self._own(title)
        role = name.role if name else None
        if role is None and technologies and self._only_technology(words, technologies):
            role = _SOFTWARE if self._by_technologies(_SOFTWARE, technologies) != _SOFTWARE else None
        if role is not None and role in self._by_technology:
            role = self._by_technologies(role, technologies)
        return Title(
            role=role,
            family=self._family[role] if role else None,
            level=self._level(role, words, name.words if name else frozenset()),
            technologies=frozenset(technologies) & self._telling,
            others=self._others(title) - {role} if role else frozenset(),
        )

    def _others(self, title: str) -> frozenset[str]:
        """Return the roles that the parts of a title name, each for itself."""
        parts = _ALTERNATIVES.split(_CONTEXT.sub("", _PARENTHESES.sub(" ", title)))
        names = [self._best(self._words(part)) for part in parts[:_MOST_PARTS]] if len(parts) > 1 else []
        return frozenset(name.role for name in names if name is not None and name.role not in self._generic)

    def _own(self, title: str) -> tuple[_Name | None, tuple[str, ...]]:
        """Return the name in the title and the words that tell its rank, without those of somebody else."""
        name, words = self._named(title), self._words(title)
        own = self._words(_ANOTHER.sub("", title))
        # The deputy of a head is nearly one.
        if len(own) == len(words) or not self._deputies.isdisjoint(own):
            return name, words
        if name is not None and (name.words & frozenset(own) or not self._assistants.isdisjoint(own)):
            return name, own
        other = self._best(own)
        return (name, words) if other is None else (other, own)

    def _technologies(self, title: str) -> list[str]:
        """Return the skills named, in order; spelt as the catalogue does, "Go Developer" names one too."""
        found = [mention.skill for text in (title, self._spelt(title)) for mention in self._skills.find(text)]
        return [name for name in dict.fromkeys(found) if not ((skill := self._skills.skill(name)) and skill.generic)]

    def _named(self, title: str) -> _Name | None:
        """Return the most specific name in the most telling part of the title."""
        fallback: _Name | None = None
        for part in _parts(title):
            name = self._best(self._words(part))
            if name is None:
                continue
            if fallback is None and name.role not in self._generic:
                return name
            if fallback is None:
                fallback = name
            elif name.role not in self._generic and self._family[name.role] == self._family[fallback.role]:
                return name
        return fallback

    def _best(self, words: tuple[str, ...]) -> _Name | None:
        places: dict[str, int] = {}
        for at, word in enumerate(words):
            places.setdefault(word, at)
        assists = not self._assistants.isdisjoint(words)
        ranked: list[tuple[int, bool, int, int, _Name]] = []
        for word in places:
            for name in self._index.get(word, ()):
                if not name.words <= places.keys():
                    continue
                standing = [places[part] for part in name.words]
                span = max(standing) - min(standing) + 1
                if span > len(name.words) + _GAP:
                    continue
                # The assistant of a head is not a head.
                if assists and self._fixed.get(name.role) == _HEAD_LEVEL and self._assistants.isdisjoint(name.words):
                    continue
                ranked.append((-len(name.words), name.role in self._generic, span, min(standing), name))
        return min(ranked, key=lambda rank: rank[:-1])[-1] if ranked else None

    def _by_technologies(self, role: str, technologies: list[str]) -> str:
        targets = self._by_technology[role]
        decided = [targets[technology] for technology in technologies if technology in targets]
        sides, both = _BOTH_SIDES
        if sides <= set(decided):
            return both
        return decided[0] if decided else role

    def _only_technology(self, words: tuple[str, ...], technologies: list[str]) -> bool:
        """Return whether a title such as "Senior Golang Engineer" holds nothing but a technology and a rank."""
        of_technologies = {word for technology in technologies for word in self._words(technology)}
        rest = set(words) - self._neutral - self._level_words - of_technologies
        return all(self._skills.named(word) in technologies for word in rest)

    def _level(self, role: str | None, words: tuple[str, ...], used: frozenset[str]) -> int | None:
        if role in self._fixed:
            return self._fixed[role] if self._deputies.isdisjoint(words) else _DEPUTY_LEVEL
        if not self._assistants.isdisjoint(frozenset(words) - used):
            return _ASSISTANT_LEVEL
        places = {word: at for at, word in reversed(list(enumerate(words)))}
        said = [
            (min(places[word] for word in phrase), -len(phrase), level)
            for phrase, level in self._levels
            if phrase <= places.keys() and not phrase <= used
        ]
        return min(said)[-1] if said else None

    def _words(self, text: str) -> tuple[str, ...]:
        return self._stems.stems(self._spelt(text))

    def _spelt(self, text: str) -> str:
        return self._variants.sub(lambda found: f" {self._spellings[found[0]]} ", text.lower().replace("ё", "е"))

    def _indexed(self, families: dict[str, dict[str, list[str]]]) -> dict[str, list[_Name]]:
        """Return the names under the rarest of their words, so that few are tried for a title."""
        names: dict[frozenset[str], _Name] = {}
        uses: dict[str, int] = defaultdict(int)
        for roles in families.values():
            for role, spellings in roles.items():
                for spelling in spellings:
                    words = frozenset(self._words(spelling))
                    if words and words not in names:
                        names[words] = _Name(role, words)
                        for word in words:
                            uses[word] += 1
        index: dict[str, list[_Name]] = defaultdict(list)
        for words, name in names.items():
            index[min(words, key=lambda word: (uses[word], word))].append(name)
        return index


def _parts(title: str) -> Iterator[str]:
    """Yield the parts of a title, the most telling first."""
    bare = _PARENTHESES.sub(" ", title)
    head = _CONTEXT.sub("", bare)
    yield from _ALTERNATIVES.split(head)
    yield head
    yield bare
    yield title
