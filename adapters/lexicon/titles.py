"""The catalogue of job titles: role, family and level of a title in Russian or English."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain, combinations
from typing import Any

from adapters.lexicon.title_text import ALTERNATIVES, ANOTHER, BRACKET, CONTEXT, MONEY, bare
from domain.matching.lexicon import Skills, Stems, Title

_IN_RUSSIAN = re.compile(r"[А-ЯЁа-яё -]+")
# Words of one name may stand apart by this many others: "менеджер активных продаж".
_GAP = 2
_BOTH_SIDES = ({"backend_developer", "frontend_developer"}, "fullstack_developer")
_SOFTWARE = "software_engineer"
_TRAINEE_LEVEL = 0
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
        self._names = {role: tuple(names) for roles in data["families"].values() for role, names in roles.items()}
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
        self._alone = frozenset(frozenset(self._words(name)) for name in data["alone"])
        self._index = self._indexed({"": {"": data["no_role"]}} | data["families"])
        self._read = lru_cache(maxsize=4096)(self._understood)

    def read(self, title: str) -> Title:
        """Return what the title says; what it does not say is `None`."""
        return self._read(title[:_LONGEST])

    def names(self, role: str) -> tuple[str, ...]:
        """Return the ways to name the role that the catalogue has, the usual ones first."""
        return self._names.get(role, ())

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

    def russian(self, role: str) -> str | None:
        """Return how Russian vacancies usually call a role, `None` where they name it in Latin letters alone."""
        return next(filter(_IN_RUSSIAN.fullmatch, self.names(role)), None)

    def _understood(self, title: str) -> Title:
        spelt = self._spelt(title)
        technologies = self._technologies(title, spelt)
        parts = self._parts(spelt)
        name, text = self._own(parts, spelt)
        role = name.role if name else None
        if role is None and technologies and self._only_technology(text, technologies):
            role = _SOFTWARE if self._by_technologies(_SOFTWARE, technologies) != _SOFTWARE else None
        if role is not None and role in self._by_technology:
            role = self._by_technologies(role, technologies)
        return Title(
            role=role,
            family=self._family[role] if role else None,
            level=self._level(role, name, text),
            technologies=frozenset(technologies) & self._telling,
            others=self._others(parts) - {role} if role else frozenset(),
        )

    def _others(self, parts: list[tuple[str, ...]]) -> frozenset[str]:
        """Return the roles that the parts of a title name, each for itself."""
        names = [self._best(part) for part in parts[:_MOST_PARTS]] if len(parts) > 1 else []
        return frozenset(name.role for name in names if name is not None and name.role not in self._generic)

    def _own(self, parts: list[tuple[str, ...]], text: str) -> tuple[_Name | None, str]:
        """Return the name in the title and the text that tells its rank, without those of somebody else."""
        name, own = self._named(parts, text), ANOTHER.sub("", text)
        if own == text:
            return name, text
        words = self._stems.stems(own)
        # The deputy of a head is nearly one.
        if not self._deputies.isdisjoint(words):
            return name, text
        if name is not None and not name.words.isdisjoint(words):
            return name, own
        other = self._best(words)
        if other is not None:
            return other, own
        return name, text if name is None or self._assistants.isdisjoint(words) else own

    def _technologies(self, title: str, spelt: str) -> list[str]:
        """Return the skills named, in order; spelt as the catalogue does, "Go Developer" names one too."""
        found = [mention.skill for text in (title, spelt) for mention in self._skills.find(text)]
        return [name for name in dict.fromkeys(found) if not ((skill := self._skills.skill(name)) and skill.generic)]

    def _named(self, parts: list[tuple[str, ...]], text: str) -> _Name | None:
        """Return the most specific name in the most telling part of the title."""
        name = self._first_of(parts, text)
        if name is None or len(parts) > 1:
            return name
        words = self._stems.stems(text)
        # "Торговый представитель (недвижимость)", "администратор в клинику": the rest may say the same and more.
        wider = self._best(words) if words != parts[0] else None
        return wider if wider is not None and name.words < wider.words else name

    def _first_of(self, parts: list[tuple[str, ...]], text: str) -> _Name | None:
        fallback: _Name | None = None
        plain = bare(text)
        # Lazily: most titles name their trade in the first part.
        for words in chain(parts, map(self._stems.stems, (CONTEXT.sub("", plain), plain, text))):
            name = self._best(words)
            if name is None:
                continue
            if fallback is None and name.role not in self._generic:
                return name
            if fallback is None:
                fallback = name
            elif name.role not in self._generic and self.kinship(name.role, fallback.role) > 0:
                return name
        return fallback

    def _parts(self, text: str) -> list[tuple[str, ...]]:
        """Return the words of the alternatives that a title names, without its brackets and its context."""
        head = CONTEXT.sub("", bare(text))
        parts = [self._stems.stems(part) for part in ALTERNATIVES.split(head)]
        if "/" not in head or not head.isascii():
            return parts
        # "Mechanical/Machine Designer" is a mechanical designer first.
        return [
            (*part, *after[1:]) if part and after[1:] and self._best(part) is None else part
            for part, after in zip(parts, (*parts[1:], ()), strict=True)
        ]

    def _best(self, words: tuple[str, ...]) -> _Name | None:
        places: dict[str, int] = {}
        for at, word in enumerate(words):
            places.setdefault(word, at)
        assists = not self._assistants.isdisjoint(words)
        # English names the trade last: a nurse recruiter recruits.
        last_first = all(word.isascii() for word in words)
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
                if name.words in self._alone and not self._tells_rank(places.keys() - name.words):
                    continue
                stands = -max(standing) if last_first else min(standing)
                ranked.append((-len(name.words), name.role in self._generic, span, stands, name))
        best = min(ranked, key=lambda rank: rank[:-1])[-1] if ranked else None
        # A name of no role keeps a shorter one from being read into it.
        return best if best is not None and best.role else None

    def _tells_rank(self, words: Set[str]) -> bool:
        return words <= self._level_words | self._neutral

    def _by_technologies(self, role: str, technologies: list[str]) -> str:
        targets = self._by_technology[role]
        decided = [targets[technology] for technology in technologies if technology in targets]
        sides, both = _BOTH_SIDES
        if sides <= set(decided):
            return both
        return decided[0] if decided else role

    def _only_technology(self, text: str, technologies: list[str]) -> bool:
        """Return whether a title, or its first part, holds but a technology and a rank: "Senior Golang Engineer"."""
        known = {word for technology in technologies for word in self._words(technology)}
        known |= self._neutral | self._level_words
        return any(
            all(self._skills.named(word) in technologies for word in frozenset(words) - known)
            for words in (self._stems.stems(text), *self._parts(text)[:1])
            if not self._tells_rank(frozenset(words))
        )

    def _level(self, role: str | None, name: _Name | None, text: str) -> int | None:
        """Return the level of the role: of alternatives the lowest, and never that of another role in the title."""
        whole = self._stems.stems(text)
        if role in self._fixed:
            return self._fixed[role] if self._deputies.isdisjoint(whole) else _DEPUTY_LEVEL
        if self._level_words.isdisjoint(whole) and self._assistants.isdisjoint(whole):
            return None
        used = name.words if name else frozenset()
        own: list[int | None] = []
        ranks: list[int | None] = []
        rest: list[int | None] = []
        for piece in ALTERNATIVES.split(BRACKET.sub(" / ", MONEY.sub("", text))):
            words = self._stems.stems(piece)
            head = self._stems.stems(CONTEXT.sub("", piece))
            named = self._best(words)
            if named is None:
                level = self._said(head, used, helps=name is None)
                (ranks if self._tells_rank(frozenset(words)) else rest).append(level)
            elif name is not None and named.role in (name.role, role):
                own.append(self._said(head if named.words <= frozenset(head) else words, used, helps=not own))
        if name is not None and not own:
            own.append(self._said(whole, used, helps=True))
        lowest = [level for level in (*own[:1], *ranks) if level is not None]
        return min(lowest) if lowest else next((level for level in (*own, *rest) if level is not None), None)

    def _said(self, words: tuple[str, ...], used: frozenset[str], *, helps: bool) -> int | None:
        if helps and not self._assistants.isdisjoint(frozenset(words) - used):
            return _ASSISTANT_LEVEL
        places = {word: at for at, word in reversed(list(enumerate(words)))}
        said = [
            (min(places[word] for word in phrase), -len(phrase), level)
            for phrase, level in self._levels
            if phrase <= places.keys() and (level == _TRAINEE_LEVEL or not phrase <= used)
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
