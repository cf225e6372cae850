"""Ports that measure words: stems, skills, job titles, places, currencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A skill of the catalogue.

    `generic` skills (a PC, responsibility) are recognised but never counted in the match.
    `licence` marks what the law asks for (a driving category, a medical certificate).
    `implies` names the skills that whoever has this one has too (PostgreSQL implies SQL).
    """

    name: str
    category: str
    generic: bool = False
    licence: bool = False
    implies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A catalogue skill found in a text: its canonical name and where it stands (`text[start:end] == words`)."""

    skill: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A job title, understood.

    `role` is a catalogue id (`backend_developer`) or `None`; `family` groups neighbouring roles (`software`);
    `level` counts seniority: 0 intern, 1 junior, 2 middle, 3 senior, 4 lead, 5 head; `None` when the title is silent.
    `technologies` are canonical skills named in the title that tell one of its role from another (Java, Python).
    `others` are the further roles of a title that names several ("office manager / accountant").
    """

    role: str | None
    family: str | None
    level: int | None
    technologies: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on the map: a city with its region, or a region alone. Names are Russian and canonical."""

    city: str | None
    region: str | None
    country: str


class Stems(Protocol):
    def stems(self, text: str) -> tuple[str, ...]:
        """Return the text's content words in order, lower-cased, stemmed (Russian and English), stop words dropped."""


class Skills(Protocol):
    def find(self, text: str) -> tuple[Mention, ...]:
        """Return every catalogue skill the text names, in order of appearance, never overlapping."""

    def named(self, name: str) -> str | None:
        """Return the canonical name of a skill as a person wrote it (alias, then typo distance), or `None`."""

    def skill(self, name: str) -> Skill | None:
        """Return the catalogue's entry for a canonical name, or `None`."""

    def implied(self, names: Iterable[str]) -> frozenset[str]:
        """Return the canonical names given and all that they imply, transitively."""


class Titles(Protocol):
    def read(self, title: str) -> Title:
        """Return what a job title says, in Russian or English."""

    def kin(self, role: str) -> Mapping[str, float]:
        """Return the other roles that are no strangers to it, with the kinship of each."""

    def kinship(self, one: str, other: str) -> float:
        """Return how far who wishes the one role would take the other: 1 for the same, 0 for strangers."""


class Places(Protocol):
    def find(self, text: str) -> Place | None:
        """Return the first place that a short text (a city line, an area) names, or `None`."""


class Currencies(Protocol):
    def in_roubles(self, amount: Decimal, currency: str) -> Decimal | None:
        """Return the amount in RUB by the shipped reference rates, or `None` for an unknown ISO 4217 code."""


class TermWeights(Protocol):
    """Term weights shipped with the version, so that a pair's similarity depends on the pair alone."""

    def weight(self, stem: str) -> float:
        """Return how telling a stem is, from 0 (in every vacancy) to 1 (hardly ever seen)."""


class Similarity(Protocol):
    """How near in meaning two texts are, across languages."""

    @property
    def model(self) -> str | None:
        """What compares, with its version; `None`: nothing does, words alone decide."""

    def between(self, text: str, others: Sequence[str]) -> Sequence[float | None] | None:
        """Return a number from 0 to 1 for each of the other texts, or `None` when no model is at hand.

        `None` for one of them: the model fails at it.
        """


class Encoder(Protocol):
    """A model of meaning, as far as it makes vectors of texts."""

    @property
    def model(self) -> str | None:
        """The model, with its version; `None`: none is at hand. What is missing may show only at the first text."""

    def encode(self, text: str) -> bytes:
        """Return the vector of the text, which depends on the text and the model alone; empty where it fails at it.

        Raises `Unavailable` where it fails at other texts, too.
        """
