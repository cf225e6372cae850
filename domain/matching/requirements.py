"""What a vacancy asks for: skills found in its words, must-have or nice-to-have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.matching.asides import aside_ones
from domain.matching.clauses import alternatives, nice_ones, says_nice, unneeded_ones
from domain.matching.languages import higher, is_language, level_beside
from domain.matching.lexicon import Mention, Skills
from domain.matching.sections import Section, sections
from domain.matching.specialities import is_of_speciality, specialities_beside
from domain.resumes.content import LanguageLevel

# The dot of "кат. C" or "min. 2 years" ends no sentence.
# Sources that strip HTML glue sentences together: "smoothly.Partner". "Яндекс.Метрика" is one word, and so is "Vue.Js".
_CLAUSE = re.compile(
    r";+|(?<=[.!?])(?<!\b[а-яёa-z]\.)(?<!\b[а-яёa-z]{2}\.)(?<!\b[а-яёa-z]{3}\.)\s+|"
    r"(?<=[a-zа-яё)][a-zа-яё)][.!?])(?<!яндекс\.)(?<!Яндекс\.)(?<!Yandex\.)(?<!контур\.)(?<!Контур\.)"
    r"(?=(?:[A-ZА-ЯЁ][a-zа-яё]{2}|[A-ZА-ЯЁ]\s))"
)

LONGEST_QUOTE = 200

MOST_IN_CLAUSE = 200
"""How many skills one clause is read for, the first ones: beside one another, which takes time by the square."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A skill a vacancy asks for, and the vacancy's words that ask for it.

    `any_of` names, in the vacancy's order, the skills any one of which is enough, this one among them; it is empty
    where this very skill is asked. `level` is the least that is asked of a natural language. `of` names the
    specialities any one of which a document must be of.
    """

    skill: str
    must: bool
    words: str
    any_of: tuple[str, ...] = ()
    level: LanguageLevel | None = None
    of: tuple[str, ...] = ()


def requirements_in(
    *, title: str, tags: tuple[str, ...], requirements: str, skills: Skills, responsibilities: str = ""
) -> tuple[Requirement, ...]:
    """Return what is asked, each skill once; one that is asked both ways is a must-have.

    What somebody will do asks for skills, too. Skills of the title are must-haves unless it calls them a plus; the
    employer's tags are, unless the text says that they are nice to have, or not needed at all. What stands under a
    heading such as "Будет плюсом:" is nice to have, under "Мы предлагаем:" is not asked (see `sections`).
    """
    in_text, unneeded = _asked_in_text(requirements, skills)
    in_duties, unneeded_in_duties = _asked_in_text(responsibilities, skills)
    in_text += in_duties
    unneeded |= unneeded_in_duties
    asked: dict[str, Requirement] = {}
    # The text first: what it says itself is told in its words, and only what it leaves to the title in those.
    for found in (*in_text, *_asked_in_clause(title, skills)[0]):
        held = asked.get(found.skill)
        asked[found.skill] = found if held is None else _both(held, found)
    for tag in tags:
        for found in _tagged(tag, skills):
            if found.skill not in unneeded:
                asked.setdefault(found.skill, found)
    certain = {each.skill for each in asked.values() if each.must and not each.any_of}
    # Who has what is asked for certain has one of the alternatives, too.
    needed = [each for each in asked.values() if not certain.intersection(each.any_of)]
    return tuple(sorted(needed, key=lambda each: (not each.must, each.skill)))


def _both(held: Requirement, found: Requirement) -> Requirement:
    """Return the stricter of two requirements of one skill, with the higher level."""
    stricter = found if (found.must, not found.any_of) > (held.must, not held.any_of) else held
    return replace(stricter, level=higher(held.level, found.level), of=stricter.of or held.of or found.of)


def _tagged(tag: str, skills: Skills) -> list[Requirement]:
    whole = skills.named(tag)
    mentions = skills.find(tag)
    if whole is not None and [mention.skill for mention in mentions] != [whole]:
        mentions = (Mention(skill=whole, start=0, end=len(tag), words=tag),)
    return [
        Requirement(
            skill=mention.skill,
            must=True,
            words=tag[:LONGEST_QUOTE],
            level=_level(tag, tuple(mentions), index),
            of=_of(tag, mentions, index),
        )
        for index, mention in enumerate(mentions)
    ]


def _asked_in_text(text: str, skills: Skills) -> tuple[list[Requirement], set[str]]:
    found: list[Requirement] = []
    unneeded: set[str] = set()
    for section, line in sections(text, skills):
        if section is Section.OFFER:
            continue
        line_nice = section is Section.NICE
        for clause in filter(None, (part.strip() for part in _CLAUSE.split(line))):
            asked, not_needed = _asked_in_clause(clause, skills)
            found += [replace(each, must=False) if line_nice else each for each in asked]
            unneeded |= not_needed
            # "Nice to have: Kafka; Redis" goes on to the end of its line.
            line_nice = line_nice or (":" in clause and says_nice(clause))
    return found, unneeded


def _asked_in_clause(clause: str, skills: Skills) -> tuple[list[Requirement], set[str]]:
    """Return what the clause asks for, and the skills that it says are not needed."""
    mentions = skills.find(clause)[:MOST_IN_CLAUSE]
    nice, unneeded = nice_ones(clause, mentions), unneeded_ones(clause, mentions)
    not_asked = unneeded | aside_ones(clause, mentions)
    groups = alternatives(clause, mentions, skills)
    asked = [
        Requirement(
            skill=mention.skill,
            must=index not in nice,
            words=clause[:LONGEST_QUOTE],
            any_of=groups.get(index, ()),
            level=_level(clause, mentions, index),
            of=_of(clause, mentions, index),
        )
        for index, mention in enumerate(mentions)
        if index not in not_asked
    ]
    return asked, {mentions[index].skill for index in unneeded}


def _of(text: str, mentions: Sequence[Mention], index: int) -> tuple[str, ...]:
    return specialities_beside(text, mentions, index) if is_of_speciality(mentions[index].skill) else ()


def _level(text: str, mentions: tuple[Mention, ...], index: int) -> LanguageLevel | None:
    mention = mentions[index]
    if not is_language(mention.skill):
        return None
    earliest = mentions[index - 1].end if index else 0
    latest = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
    return level_beside(text, mention.start, mention.end, earliest=earliest, latest=latest)
