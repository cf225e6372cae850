"""What Работа России is asked for on behalf of a résumé under filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from adapters.boards.words import without_contacts
from adapters.trudvsem.regions import around, region_code
from domain.matching.languages import is_language
from domain.matching.measures import Measures
from domain.resumes.content import ResumeContent, WorkFormat
from domain.search.filters import Filters

InRussian = Callable[[str], "str | None"]
"""Returns how Russian vacancies call a role of the catalogue of titles, or `None`."""

_LONGEST_TEXT = 100
_MOST_SKILLS = 3
# A search by all words finds nothing by a title that names a level, or several jobs, or adds a remark.
_LEVELS = re.compile(
    r"\b(?:стаж[её]р|младш(?:ий|ая)|старш(?:ий|ая)|ведущ(?:ий|ая)|главн(?:ый|ая)|"
    r"(?:перв|втор|треть)(?:ой|ей) категории|"
    r"\d(?:-?[ей]й?)? (?:разряда?|категории)|intern|trainee|junior|middle|senior|lead|principal)\b\+?",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTS = re.compile(r"\s*[/,;|•]\s*|\s+[-–—]\s+|\s+(?:или|or)\s+")
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_ODD = re.compile(r"[^\w\s.+#&/-]+")


@dataclass(frozen=True, slots=True)
class Ask:
    """One search: words that must all be there, and a region by its code; `None` for no such bound."""

    text: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked at any rate, and what is asked after it while too few vacancies have come."""

    first: tuple[Ask, ...]
    wider: tuple[Ask, ...]


def plan_for(resume: ResumeContent, filters: Filters, measures: Measures, in_russian: InRussian) -> Plan:
    """Return what to ask: the title wished or the text typed, in the person's region; then wider."""
    texts: list[str | None] = [*_texts(resume, filters, measures, in_russian)] or [None]
    place = filters.region or resume.region or resume.contact.city
    home = _code(place, measures) if place else None
    remote = WorkFormat.REMOTE in (filters.work_format, resume.work_format if filters.work_format is None else None)
    first = [Ask(texts[0], home)]
    if remote:
        first.append(Ask(texts[0], None))
    wider = [Ask(text, home) for text in texts]
    if home is not None and (beside := around(home)) is not None and filters.region is None:
        wider += [Ask(text, beside) for text in texts]
    # Remote work is found anywhere, so that a region asked for does not forbid to look there.
    wider += [Ask(text, None) for text in texts]
    wider += [Ask(skill, home) for skill in _skills(resume, filters, measures)]
    asked = tuple(dict.fromkeys(first))
    return Plan(asked, tuple(each for each in dict.fromkeys(wider) if each not in asked))


def _texts(resume: ResumeContent, filters: Filters, measures: Measures, in_russian: InRussian) -> Iterator[str]:
    """Yield what the job may be called, each wording once, the most exact one first."""
    held = (job.position for job in resume.experience)
    wished = filters.text or next(filter(None, (resume.desired_position, resume.current_position, *held)), None)
    if wished is None:
        return
    title = measures.titles.read(wished)
    # What is written in tells more than the name of the role, and is one word in both languages.
    russian = " ".join(sorted(title.technologies)) or (in_russian(title.role) if title.role is not None else None)
    worded = [_worded(wished), _worded(_core(wished))]
    if russian is not None:
        # The board is a Russian one: what is not called so is hardly found there.
        worded.insert(2 if _CYRILLIC.search(wished) else 0, russian)
    seen = set()
    for text in worded:
        if text and text.casefold() not in seen:
            seen.add(text.casefold())
            yield text


def _core(title: str) -> str:
    """Return the first of the jobs that a title names, without its level and remarks."""
    bare = _LEVELS.sub(" ", _REMARK.sub(" ", title)).strip(" ,;/|-–—")
    return _PARTS.split(bare, maxsplit=1)[0]


def _worded(text: str) -> str:
    return " ".join(_ODD.sub(" ", without_contacts(text)).split())[:_LONGEST_TEXT].strip()


def _skills(resume: ResumeContent, filters: Filters, measures: Measures) -> list[str]:
    """Return the résumé's first telling skills; none where a text was typed, which must be in what is found."""
    if filters.text is not None:
        return []
    telling = []
    for written in resume.skills:
        name = measures.skills.named(written)
        skill = measures.skills.skill(name) if name is not None else None
        if skill is not None and not skill.generic and not is_language(skill.name):
            telling.append(_worded(written))
    return [each for each in dict.fromkeys(telling) if each][:_MOST_SKILLS]


def _code(place: str, measures: Measures) -> str | None:
    found = measures.places.find(place)
    return region_code(found.region) if found is not None and found.region is not None else None
