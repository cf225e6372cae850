"""Labelled samples as JSON Lines: vacancies, and the skills that somebody read in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.evaluation.extraction import Label, LabelledVacancy
from entrypoints.api.schemas.fields import Flag, Many, Part, Text
from entrypoints.cli.judged_set import Errors, Id, Item, Lenient, language_of, read_objects

_MOST_LABELS = 300


@dataclass(frozen=True, kw_only=True)
class LabelledSet:
    """What was read; `errors` has those of each file, by its name in the command.

    `strangers` counts the lines of labels whose vacancy is in no file.
    """

    vacancies: list[LabelledVacancy]
    errors: Mapping[str, Errors]
    strangers: int


class _Label(Lenient):
    skill = Text(most=300, required=True)
    words = Text(most=1_000, required=True)
    must = Flag(load_default=True)


class _Labels(Lenient):
    vacancy = Id()
    skills = Many(Part(_Label), most=_MOST_LABELS, required=True)


def read_labelled(*, vacancies: str, labels: str) -> LabelledSet:
    """Read the two files: the vacancies that have labels, in the order of the labels; bad lines are left out."""
    items, wrong_items = read_objects(Item(), vacancies)
    lines, wrong_lines = read_objects(_Labels(), labels, key="vacancy")
    offered = {each["id"]: each for each in items}
    known = [each for each in lines if each["vacancy"] in offered]
    return LabelledSet(
        vacancies=[
            LabelledVacancy(
                draft=(item := offered[each["vacancy"]])["draft"],
                language=item["language"] or language_of(item["draft"]),
                labels=tuple(Label(**label) for label in each["skills"]),
            )
            for each in known
        ],
        errors={"VACANCIES": wrong_items, "LABELS": wrong_lines},
        strangers=len(lines) - len(known),
    )
