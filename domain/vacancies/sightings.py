"""What is known of a vacancy once it is seen again, at its own place or at another one of the same job.

A whole sighting replaces all that its place told before. An outline, whose texts are cut, says what it says anew, but
replaces no texts known whole. What another place told stands until that place is seen again: a link holds what.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from domain.identifiers import VacancyId
from domain.matching.requirements import LONGEST_QUOTE, Requirement
from domain.vacancies.vacancy import Link, Vacancy
from domain.vacancies.wording import is_part, phrases

_FACTS = ("company", "salary", "area", "work_format", "experience", "published_at")
_TEXTS, _SKILLS = "texts", "skills"
_EVERYTHING = frozenset((*_FACTS, _TEXTS, _SKILLS))
_OF_TEXTS = ("responsibilities", "requirements", "description", "outline")
# An outline always tells who pays what; of these it may say nothing though they hold.
_SELDOM_IN_OUTLINES = ("area", "work_format", "experience", "published_at")

_Tellers = Mapping[str, VacancyId]
"""Which other place told a fact, the texts or the tags."""


def seen_again(newer: Vacancy, earlier: Vacancy) -> Vacancy:
    """Return what is known of a vacancy by a sighting newer than all that was known of it."""
    seen = replace(
        newer,
        links=_links(newer.id, earlier, newer),
        first_seen_at=min(newer.first_seen_at, earlier.first_seen_at),
        last_seen_at=max(newer.last_seen_at, earlier.last_seen_at),
    )
    tellers, before = _tellers(newer), _tellers(earlier)
    if newer.outline and not earlier.outline:
        seen, tellers = _over_the_whole(seen, tellers, earlier)
    # Of the places that it has itself the newer one knows what they told.
    elsewhere = {name: place for name, place in before.items() if place not in newer.every_id}
    return _filled(seen, tellers, _only(earlier, elsewhere))


def joined(one: Vacancy, other: Vacancy) -> Vacancy:
    """Return the one for a job that the other is of, too: with what it lacks and the other tells.

    Where the texts of one are part of those of the other, they are the fuller ones. What the one has from the other's
    place is as the other tells it now.
    """
    tellers = _tellers(one)
    renewed = {name for name, place in tellers.items() if place == other.id}
    links = _links(one.id, *sorted((other, one), key=lambda each: not each.links))
    if renewed:
        told_before = replace(_only(one, renewed), id=other.id, links=())
        one, other = _only(one, _EVERYTHING - renewed), seen_again(other, told_before)
        tellers = {name: place for name, place in tellers.items() if name not in renewed}
    both = replace(
        one,
        links=links,
        first_seen_at=min(one.first_seen_at, other.first_seen_at),
        last_seen_at=max(one.last_seen_at, other.last_seen_at),
    )
    return _filled(both, tellers, other)


def _over_the_whole(outline: Vacancy, tellers: _Tellers, whole: Vacancy) -> tuple[Vacancy, _Tellers]:
    """Return an outline with what was known whole and is not its to change, and the tellers then."""
    before = _tellers(whole)
    own = [name for name in _SELDOM_IN_OUTLINES if getattr(outline, name) is None and name not in before]
    kept = {name: getattr(whole, name) for name in (*_OF_TEXTS, "skills", "asks", *own)}
    # What is past by now was put off, or the vacancy would not have been seen.
    still_to_come = whole.closes_at is not None and whole.closes_at > outline.last_seen_at
    closes_at = whole.closes_at if outline.closes_at is None and still_to_come else outline.closes_at
    of_texts = {name: before[name] for name in (_TEXTS, _SKILLS) if name in before}
    of_facts = {name: place for name, place in tellers.items() if name in _FACTS}
    return replace(outline, closes_at=closes_at, **kept), of_facts | of_texts


def _filled(one: Vacancy, tellers: _Tellers, other: Vacancy) -> Vacancy:
    """Return a vacancy that has its links already with what it lacks and the other tells."""
    taken = {
        name: getattr(other, name) for name in _FACTS if getattr(one, name) is None and getattr(other, name) is not None
    }
    words, of_words = _fuller_words(one, other)
    theirs = {**dict.fromkeys(_EVERYTHING, other.id), **_tellers(other)}
    tellers = {**tellers, **{name: theirs[name] for name in (*taken, *of_words)}}
    links = tuple(
        replace(link, told=tuple(sorted(name for name, place in tellers.items() if place == link.vacancy_id)))
        for link in one.links
    )
    url = one.url or next(filter(None, (link.url for link in links)), None)
    return replace(one, links=links, url=url, **taken, **words)


def _fuller_words(one: Vacancy, other: Vacancy) -> tuple[dict[str, Any], set[str]]:
    """Return the texts and tags in which one of two is part of the other, and which of both are the other's."""
    mine = phrases(one.texts)
    theirs = mine if other.texts == one.texts else phrases(other.texts)
    if not is_part(mine, theirs):
        return {}, set()
    fuller, shorter = (other, one) if len(theirs) > len(mine) else (one, other)
    tagged = fuller if fuller.skills else shorter
    words = {name: getattr(fuller, name) for name in _OF_TEXTS}
    words |= {"skills": tagged.skills, "asks": fuller.asks if fuller.skills else _asks(fuller, shorter)}
    are_others = ((_TEXTS, fuller is other), (_SKILLS, tagged is other and bool(other.skills)))
    return words, {name for name, is_others in are_others if is_others}


def _only(vacancy: Vacancy, names: Collection[str]) -> Vacancy:
    """Return the vacancy as one that tells nothing else; without texts it is but an outline."""
    lacking: dict[str, Any] = {name: None for name in _FACTS if name not in names}
    if _TEXTS not in names:
        lacking |= {"responsibilities": "", "requirements": "", "description": "", "outline": True}
    if _SKILLS not in names:
        lacking["skills"] = ()
    tags = {tag[:LONGEST_QUOTE] for tag in vacancy.skills}
    asks = tuple(each for each in vacancy.asks if (_SKILLS if each.words in tags else _TEXTS) in names)
    return replace(vacancy, asks=asks, **lacking)


def _tellers(vacancy: Vacancy) -> _Tellers:
    return {name: link.vacancy_id for link in vacancy.links for name in link.told}


def _links(standing: VacancyId, *by_age: Vacancy) -> tuple[Link, ...]:
    known = {link.vacancy_id: link for each in by_age for link in each.every_link}
    own = known.pop(standing)
    return (own, *(known[each] for each in sorted(known))) if known else ()


def _asks(fuller: Vacancy, tagged: Vacancy) -> tuple[Requirement, ...]:
    """Return what a text without tags asks, and what the other's tags ask beyond that."""
    asked = {skill for each in fuller.asks for skill in (each.skill, *each.any_of)}
    more = (each for each in tagged.asks if tagged.skills and not each.any_of and each.skill not in asked)
    return tuple(sorted((*fuller.asks, *more), key=lambda each: (not each.must, each.skill)))
