"""What the scorer knows of a vacancy, whoever asks for it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.matching.levels import level_asked
from domain.matching.lexicon import Place, Skills, Title
from domain.matching.licences import is_licence, kinds_of
from domain.matching.measures import Measures
from domain.matching.overlap import Words, weight_of
from domain.matching.pay import most_paid
from domain.matching.requirements import Requirement
from domain.matching.rotation import Rotation, rotation
from domain.matching.stories import told_in_vacancy
from domain.matching.technologies import code_named, is_of_code
from domain.vacancies.vacancy import Vacancy


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A vacancy, measured: the counterpart of an applicant.

    It holds nothing that the vacancy itself has ready, so that many can be kept. `groups` are the countable
    requirements by their indexes in `asks`, each alone, alternatives together; `licences` those skills among them that
    the law asks for, each with the wider licences it is a kind of; `of_role` those of the title that whoever has held
    its role has. `code` is what its title says it is written in, `code_asked` what it asks for besides. `pay` is the
    most that is promised, RUB a month, net, `pays_more` where that is the least, and the most is not told; `level` the
    seniority asked for.
    """

    title: Title
    title_words: Words
    text: str
    text_words: Words
    groups: tuple[tuple[int, ...], ...]
    licences: Mapping[str, frozenset[str]]
    of_role: frozenset[str]
    code: frozenset[str]
    code_asked: frozenset[str]
    level: float | None
    pay: Decimal | None
    pays_more: bool
    place: Place | None
    rotation: Rotation | None


def opening_of(vacancy: Vacancy, measures: Measures) -> Opening:
    """Return what the scorer needs of a vacancy."""
    title = measures.titles.read(vacancy.title)
    text = told_in_vacancy(vacancy)
    skills = measures.skills
    code = code_named(title, skills)
    return Opening(
        title=title,
        title_words=_words(vacancy.title, measures),
        text=text,
        text_words=_words(text, measures),
        groups=_groups(vacancy.asks, skills),
        licences={each.skill: kinds_of(each.skill, skills) for each in vacancy.asks if is_licence(each.skill, skills)},
        of_role=_of_role(vacancy, title, measures),
        code=code,
        code_asked=code | {each.skill for each in vacancy.asks if is_of_code(each.skill, skills)},
        level=level_asked(title, vacancy.experience),
        pay=most_paid(vacancy.salary, measures) if vacancy.salary is not None else None,
        pays_more=vacancy.salary is not None and vacancy.salary.to is None,
        place=measures.places.find(vacancy.area) if vacancy.area else None,
        rotation=rotation(vacancy),
    )


def _words(text: str, measures: Measures) -> Words:
    # Interned: a stem is one text in memory, however many vacancies have it.
    stems = tuple(dict.fromkeys(map(sys.intern, measures.stems.stems(text))))
    return Words(stems, weight_of(stems, measures.weights))


def _groups(asks: Sequence[Requirement], skills: Skills) -> tuple[tuple[int, ...], ...]:
    """Return the groups in the order in which they are asked, the alternatives of each in that of the vacancy."""
    countable = {
        index: each
        for index, each in enumerate(asks)
        if (entry := skills.skill(each.skill)) is not None and not entry.generic
    }
    groups: dict[tuple[str, ...] | int, list[int]] = {}
    for index, each in countable.items():
        groups.setdefault(each.any_of or index, []).append(index)
    return tuple(tuple(sorted(group, key=lambda index: _standing(countable[index]))) for group in groups.values())


def _standing(requirement: Requirement) -> int:
    return requirement.any_of.index(requirement.skill) if requirement.any_of else 0


def _of_role(vacancy: Vacancy, title: Title, measures: Measures) -> frozenset[str]:
    """Return the skills that the title names by the role itself: "бухгалтер" is accounting, "Python" no role."""
    asked = {each.skill for each in vacancy.asks}
    return frozenset(
        mention.skill
        for mention in (measures.skills.find(vacancy.title) if title.role is not None else ())
        if mention.skill in asked
        and not is_licence(mention.skill, measures.skills)
        and not (mention.skill in title.technologies and is_of_code(mention.skill, measures.skills))
        and measures.titles.read(mention.words).family == title.family
    )
