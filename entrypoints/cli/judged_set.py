"""Judged sets as JSON Lines: résumés, vacancies, and grades of the one for the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import marshmallow as ma

from domain.evaluation.comparison import JudgedResume
from domain.evaluation.metrics import HIGHEST_GRADE
from domain.resumes.content import ResumeContent
from domain.vacancies.arrival import LONGEST_ID, Draft
from entrypoints.api.problems import flat
from entrypoints.api.schemas.fields import Choice, Part, Schema, Text, Whole
from entrypoints.api.schemas.resumes import NewResume
from entrypoints.api.schemas.vacancies import NewVacancy
from entrypoints.cli.json_lines import json_lines

_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_LATIN = re.compile(r"[A-Za-z]")


class Kept(str, Enum):
    """What a résumé is kept for: choosing between ways to rank, or the final figure alone."""

    TUNING = "tuning"
    FINAL = "final"


Errors = Mapping[int, Mapping[str, Sequence[str]]]
"""The codes of what is wrong with each bad line's fields, by its number from 1."""


@dataclass(frozen=True, kw_only=True)
class JudgedSet:
    """What was read. `languages` has that of each draft; `errors` has those of each file, by its name in the command.

    `strangers` counts the grades of résumés or vacancies that are in none of the files.
    """

    resumes: list[JudgedResume] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    errors: dict[str, Errors] = field(default_factory=dict)
    strangers: int = 0


class Id(Text):
    """An id as either file has it; a number is taken for its digits."""

    def __init__(self) -> None:
        super().__init__(most=LONGEST_ID, required=True)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        number = isinstance(value, int) and not isinstance(value, bool)
        return super()._deserialize(str(value) if number else value, attr, data, **kwargs)


class Lenient(Schema):
    class Meta:
        unknown = ma.EXCLUDE


class _Query(Lenient):
    id = Id()
    language = Text(most=20, allow_none=True)
    part = Choice(Kept, allow_none=True)
    group = Text(most=100, allow_none=True)
    # As a ranking does, an evaluation makes do with less than the form asks for.
    resume = Part(NewResume(partial=True, unknown=ma.EXCLUDE), required=True)


class Item(NewVacancy):
    language = Text(most=20, allow_none=True)

    @ma.post_load
    def made(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        told = {name: value for name, value in data.items() if name != "language"}
        return {"id": data["id"], "language": data.get("language"), "draft": super().made(told, **kwargs)}


class _Judgement(Lenient):
    resume = Id()
    vacancy = Id()
    grade = Whole(least=0, most=HIGHEST_GRADE, required=True)


def read_judged(*, queries: str, vacancies: str, qrels: str, part: Kept | None, most: int | None) -> JudgedSet:
    """Read the three files: of the résumés those of the part, and of these the first `most`; bad lines are left out."""
    people, wrong_people = read_objects(_Query(), queries)
    items, wrong_items = read_objects(Item(), vacancies)
    judgements, wrong_judgements = read_objects(_Judgement(), qrels)
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    known, offered = {each["id"] for each in people}, {each["id"] for each in items}
    strangers = 0
    for each in judgements:
        if each["resume"] in known and each["vacancy"] in offered:
            grades[each["resume"]][each["vacancy"]] = each["grade"]
        else:
            strangers += 1
    chosen = [each for each in people if part is None or each.get("part") is part][:most]
    return JudgedSet(
        resumes=[_resume(each, grades[each["id"]]) for each in chosen],
        drafts=[each["draft"] for each in items],
        languages=[each["language"] or language_of(each["draft"]) for each in items],
        errors={"QUERIES": wrong_people, "VACANCIES": wrong_items, "QRELS": wrong_judgements},
        strangers=strangers,
    )


def read_objects(schema: Schema, text: str, *, key: str = "id") -> tuple[list[dict[str, Any]], Errors]:
    """Return the good objects, and the errors of the bad lines; of two with one key the second is bad."""
    read: list[dict[str, Any]] = []
    errors: dict[int, dict[str, list[str]]] = {}
    ids: set[str] = set()
    for number, line in json_lines(text).items():
        try:
            loaded: dict[str, Any] = schema.load(line)
        except ma.ValidationError as error:
            errors[number] = flat(error.messages)
            continue
        if loaded.get(key) in ids:
            errors[number] = {key: ["duplicate"]}
            continue
        ids |= {loaded[key]} if key in loaded else set()
        read.append(loaded)
    return read, errors


def _resume(told: Mapping[str, Any], grades: Mapping[str, int]) -> JudgedResume:
    content: ResumeContent = told["resume"]["content"]
    words = [content.desired_position, content.current_position, content.summary, *content.skills]
    words += [job.description for job in content.experience]
    return JudgedResume(
        id=told["id"],
        language=told.get("language") or _language("\n".join(filter(None, words))),
        content=content,
        grades=grades,
        group=told.get("group"),
    )


def language_of(draft: Draft) -> str:
    return _language("\n".join((draft.title, draft.requirements, draft.responsibilities, draft.description)))


def _language(text: str) -> str:
    """Return the language that most letters are of, where nobody says which it is."""
    return "ru" if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)) else "en"
