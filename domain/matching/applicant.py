"""What the scorer knows of an applicant: never name, sex, age, photo or family."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.matching.context import named_by_position, told_clauses
from domain.matching.languages import higher, is_language, level_in
from domain.matching.levels import level_reached
from domain.matching.lexicon import Mention, Place, Title
from domain.matching.licences import kinds_of
from domain.matching.measures import Measures
from domain.matching.overlap import weight_of
from domain.matching.specialities import is_of_speciality, specialities_beside
from domain.matching.stories import told_in_resume
from domain.matching.technologies import code_named
from domain.resumes.content import LanguageLevel, Money, ResumeContent, WorkFormat

_LONGEST_WORDS = 120
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_WRITTEN = (("Русский язык", _CYRILLIC, _LATIN), ("Английский язык", _LATIN, _CYRILLIC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """A résumé, measured.

    `skills` maps each canonical skill held or implied to the résumé's words that prove it, `order` to its place among
    them, `levels` the languages among them to the level told, `specialities` the documents among them to those they
    are of, in lower case. `kinds` are the wider licences of which the person names the kinds held. `held_roles` maps
    the roles of the positions held to their words. `code` is what the wished title says the person writes in; `level`
    is the seniority, told by the title or else by the years. A weight is that of all the stems beside it.
    """

    wished_title: str | None
    title: Title | None
    title_stems: tuple[str, ...]
    title_weight: float
    code: frozenset[str]
    level: float | None
    held_roles: Mapping[str, str]
    skills: Mapping[str, str]
    order: Mapping[str, int]
    levels: Mapping[str, LanguageLevel]
    specialities: Mapping[str, frozenset[str]]
    kinds: frozenset[str]
    years: float | None
    salary: Decimal | None
    wish: Money | None
    place: Place | None
    region: str | None
    work_format: WorkFormat | None
    text: str
    text_stems: frozenset[str]
    text_weight: float


def measured(resume: ResumeContent, measures: Measures) -> Applicant:
    """Return what the scorer needs of a résumé. Salary is RUB a month, the wish is the same as it was told."""
    wished = resume.desired_position or resume.current_position
    title = measures.titles.read(wished) if wished else None
    title_stems = measures.stems.stems(wished or "")
    text = told_in_resume(resume, measures)
    text_stems = frozenset(measures.stems.stems(text))
    skills = _skills(resume, measures)
    region = resume.region or resume.contact.city
    return Applicant(
        wished_title=wished,
        title=title,
        title_stems=title_stems,
        title_weight=weight_of(set(title_stems), measures.weights),
        code=code_named(title, measures.skills),
        level=level_reached(title, resume.years_experience),
        held_roles=_held_roles(resume, measures),
        skills=skills,
        order={name: place for place, name in enumerate(skills)},
        levels=_levels(resume, measures),
        specialities=_specialities(resume, measures),
        kinds=frozenset(kind for name in skills for kind in kinds_of(name, measures.skills)),
        years=resume.years_experience,
        salary=measures.currencies.in_roubles(resume.salary.amount, resume.salary.currency) if resume.salary else None,
        wish=resume.salary,
        place=measures.places.find(region) if region else None,
        region=region,
        work_format=resume.work_format,
        text=text,
        text_stems=text_stems,
        text_weight=weight_of(text_stems, measures.weights),
    )


def _held_roles(resume: ResumeContent, measures: Measures) -> Mapping[str, str]:
    return {role: position for position in _positions(resume) if (role := measures.titles.read(position).role)}


def _positions(resume: ResumeContent) -> list[str]:
    held = (resume.current_position, *(job.position for job in resume.experience))
    return [position for position in held if position]


def _skills(resume: ResumeContent, measures: Measures) -> Mapping[str, str]:
    held: dict[str, str] = {}
    for written in resume.skills:
        name = measures.skills.named(written)
        names = [name] if name else [mention.skill for mention in measures.skills.find(written)]
        for each in names:
            held.setdefault(each, written)
    for language in resume.languages:
        level = f" {language.level.value}" if language.level is not None else ""
        for mention in measures.skills.find(language.name):
            held.setdefault(mention.skill, f"{language.name}{level}")
    for mention, words in _told(resume, measures):
        held.setdefault(mention.skill, words)
    proofs = dict(held)
    for name, written in held.items():
        # Sorted: the order of a set depends on the process.
        for implied in sorted(measures.skills.implied((name,))):
            proofs.setdefault(implied, written)
    return proofs


def _told(resume: ResumeContent, measures: Measures) -> Iterator[tuple[Mention, str]]:
    """Yield the skills that the experience tells of, with the words that do, and the language it is written in."""
    for position in _positions(resume):
        yield from ((mention, position[:_LONGEST_WORDS]) for mention in named_by_position(position, measures))
    texts = [text for job in resume.experience for text in (job.position, job.description) if text]
    told = [each for text in texts for each in told_clauses(text, measures)]
    for clause, mentions in told:
        yield from ((mention, clause[:_LONGEST_WORDS]) for mention in mentions)
    written = "\n".join(clause for clause, _ in told)
    for language, own, other in _WRITTEN:
        if len(own.findall(written)) > 2 * len(other.findall(written)):
            yield Mention(skill=language, start=0, end=0, words=""), written[:_LONGEST_WORDS].split("\n")[0]


def _levels(resume: ResumeContent, measures: Measures) -> Mapping[str, LanguageLevel]:
    told = [(language.name, language.level) for language in resume.languages]
    told += [(written, level_in(written)) for written in resume.skills]
    levels: dict[str, LanguageLevel] = {}
    for words, level in told:
        spoken = [mention.skill for mention in measures.skills.find(words) if is_language(mention.skill)]
        # "Английский B2, немецкий": the level of which?
        if level is not None and len(set(spoken)) == 1 and (best := higher(levels.get(spoken[0]), level)):
            levels[spoken[0]] = best
    return levels


def _specialities(resume: ResumeContent, measures: Measures) -> Mapping[str, frozenset[str]]:
    texts = [*resume.skills, *_positions(resume)]
    texts += [clause for job in resume.experience for clause, _ in told_clauses(job.description or "", measures)]
    told: dict[str, frozenset[str]] = {}
    for text in texts:
        mentions = measures.skills.find(text)
        for index, mention in enumerate(mentions):
            if is_of_speciality(mention.skill):
                named = specialities_beside(text, mentions, index)
                told[mention.skill] = told.get(mention.skill, frozenset()).union(each.casefold() for each in named)
    return told
