"""A résumé as the rubric reads it: jobs with their sentences, skills with their proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from domain.insights.phrases import figures_in, fillers_in, is_personal, outcomes_in, sentences_in
from domain.matching.languages import is_language
from domain.matching.lexicon import Mention, Skills, Title
from domain.matching.measures import Measures
from domain.resumes.content import Experience, ResumeContent
from domain.resumes.resume import skill_key

MOST_JOBS = 30
LONGEST_TEXT = 4_000  # characters; what follows is not read
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, with how many of its clauses have a figure, and how many tell of something finished."""

    words: str
    figures: int
    outcomes: int
    fillers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One entry of experience; `name` is what the person calls it."""

    name: str
    entry: Experience
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSkill:
    """A skill of the list, as written. `names` are the catalogue's for it; `proven`: the texts speak of it, too.

    A `general` one is held by everybody (a PC), a `concrete` one is neither that nor a natural language,
    and of a `provable` one work is the proof, not a paper.
    """

    written: str
    names: frozenset[str]
    general: bool
    concrete: bool
    provable: bool
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """`reachable`: an e-mail or a phone is known. `positions` are the desired ones, each with what it means."""

    content: ResumeContent
    reachable: bool
    today: date
    jobs: tuple[Job, ...]
    summary: tuple[Sentence, ...]
    skills: tuple[ListedSkill, ...]
    positions: tuple[tuple[str, Title], ...]

    @property
    def newcomer(self) -> bool:
        """Whether nothing speaks of any work so far."""
        content = self.content
        return not (content.experience or content.years_experience or content.current_position)

    @property
    def prose(self) -> tuple[Sentence, ...]:
        return (*(sentence for job in self.jobs for sentence in job.sentences), *self.summary)


def told_by(
    content: ResumeContent, *, reachable: bool, today: date, positions: Sequence[str], measures: Measures
) -> Told:
    """Return the résumé as the rubric reads it; `positions` are the desired ones, each alone."""
    entries = content.experience[:MOST_JOBS]
    told_of_jobs = [_read(entry.description) for entry in entries]
    summary = [sentence for sentence in _read(content.summary) if not is_personal(sentence)]
    jobs = tuple(
        Job(name=name_of(entry, number), entry=entry, sentences=_sentences(texts, measures))
        for number, (entry, texts) in enumerate(zip(entries, told_of_jobs, strict=True), 1)
    )
    positions_held = [content.current_position, *(job.entry.position for job in jobs)]
    skills = _skills(content.skills, [*positions_held, *chain(*told_of_jobs), *summary], measures)
    return Told(
        content=content,
        reachable=reachable,
        today=today,
        jobs=jobs,
        summary=_sentences(summary, measures),
        skills=skills,
        positions=tuple((position, measures.titles.read(position)) for position in positions),
    )


def name_of(entry: Experience, number: int) -> str:
    """Return what the person calls a job of theirs; `number` counts the jobs from 1."""
    told = entry.position or entry.company or entry.start
    if entry.position and entry.company:
        told = f"{entry.position} ({entry.company})"
    if told is None:
        return f"#{number}"
    return told if len(told) <= _LONGEST_NAME else told[: _LONGEST_NAME - 1] + "…"


def _sentences(texts: Sequence[str], measures: Measures) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(
            words=words,
            figures=figures_in(words, measures.skills.find(words)),
            outcomes=outcomes_in(words),
            fillers=tuple(fillers_in(words)),
        )
        for words in texts
    )


def _read(text: str | None) -> Sequence[str]:
    """Return the sentences that are read; the one that the limit cuts in two is not, unless there is no other."""
    sentences = sentences_in((text or "")[:LONGEST_TEXT])
    return (sentences[:-1] or sentences) if text and len(text) > LONGEST_TEXT else sentences


def _skills(written_ones: Sequence[str], texts: Sequence[str | None], measures: Measures) -> tuple[ListedSkill, ...]:
    """Return the skill list; only other words than its own prove it."""
    text = "\n".join(filter(None, texts))
    shown = measures.skills.implied({mention.skill for mention in measures.skills.find(text)})
    stems = frozenset(measures.stems.stems(text))
    listed: dict[frozenset[str], ListedSkill] = {}
    for written in written_ones:
        names = names_in(written, measures.skills)
        entries = [entry for name in names if (entry := measures.skills.skill(name)) is not None]
        of_skill = frozenset(measures.stems.stems(written))
        general = bool(entries) and all(entry.generic for entry in entries)
        concrete = not entries or not all(entry.generic or is_language(entry.name) for entry in entries)
        listed.setdefault(
            names or frozenset({skill_key(written)}),
            ListedSkill(
                written=written,
                names=names,
                general=general,
                concrete=concrete,
                provable=concrete and not any(entry.licence for entry in entries),
                proven=not names.isdisjoint(shown) or bool(of_skill and of_skill <= stems),
            ),
        )
    return tuple(listed.values())


def names_in(written: str, skills: Skills) -> frozenset[str]:
    """Return the catalogue's names for what a person wrote as a skill or a language: itself, else what it names."""
    name = skills.named(written)
    found: Sequence[Mention] = () if name else skills.find(written)
    return frozenset([name] if name else [mention.skill for mention in found])
