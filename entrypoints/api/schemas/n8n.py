"""What n8n hands in: results of searches, additions to résumés, failures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import marshmallow as ma
from marshmallow import validate

from domain.handing_out.additions import AdditionsStatus
from domain.handing_out.failures import NotedStatus
from domain.handing_out.hand_out import MOST_PAGES
from domain.handing_out.results import TakenStatus
from domain.resumes.content import EducationLevel, Money, ResumeContent, WorkFormat
from domain.search.run import Outcome, SourceReport
from domain.vacancies.use_cases import MOST_AT_ONCE
from entrypoints.api.problems import flat
from entrypoints.api.schemas.fields import Choice, Identifier, Many, Number, Part, Prose, Schema, Text, Whole
from entrypoints.api.schemas.resumes import LanguagePart, SalaryPart
from entrypoints.api.schemas.vacancies import EXAMPLE as VACANCY_EXAMPLE
from entrypoints.api.schemas.vacancies import each_for_itself

MOST_SOURCES = 100

RESULTS_EXAMPLE = {
    "version": 1,
    "execution_id": "231",
    "page": 1,
    "pages": 1,
    "sources": [{"source": "hh", "outcome": "ok", "found": 1}, {"source": "partner", "outcome": "ok", "found": 1}],
    "vacancies": [{"vacancy_id": "hh-123"}, VACANCY_EXAMPLE],
}
ADDITIONS_EXAMPLE = {
    "version": 1,
    "execution_id": "232",
    "added": {"skills": ["Docker"], "languages": [{"name": "English", "level": "B2"}]},
}
FAILURE_EXAMPLE = {"version": 1, "execution_id": "233", "workflow": "vacancy-search", "node": "Rank"}

_SOURCE = validate.Regexp(r"^[a-z][a-z0-9_]{0,30}$", error="bad_source")


class NewSourceReport(Schema):
    """What one source answered; unknown keys are ignored."""

    source = Text(most=31, also=[_SOURCE], required=True)
    outcome = Choice(Outcome, required=True)
    found = Whole(least=0, most=1_000_000, load_default=0)

    class Meta:
        unknown = ma.EXCLUDE

    @ma.post_load
    def made(self, data: dict[str, Any], **_: Any) -> SourceReport:
        return SourceReport(**data)


class _FromN8n(Schema):
    version = Whole(least=1, most=1_000_000, required=True, metadata={"description": "The workflow's."})
    execution_id = Identifier(
        most=100, allow_none=True, load_default=None, metadata={"description": "n8n's own name for its work."}
    )


class NewResults(_FromN8n):
    """A page of what was found. The execution that has the search counts; where none is known, the first to answer."""

    page = Whole(least=1, most=MOST_PAGES, required=True, metadata={"description": "Which one it is, from 1."})
    pages = Whole(least=1, most=MOST_PAGES, required=True)
    sources = each_for_itself("NewSourceReport", least=0, most=MOST_SOURCES)
    vacancies = each_for_itself("NewVacancy", "KnownVacancy", least=0, most=MOST_AT_ONCE)

    @ma.validates_schema
    def page_is_among_pages(self, data: dict[str, Any], **_: Any) -> None:
        if data["page"] > data["pages"]:
            raise ma.ValidationError({"page": ["out_of_range"]})


class RefusedFindView(Schema):
    """An item that was left out, and why."""

    index = ma.fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "The vacancy's place in the page, from 0; `null`: a source's report."},
    )
    errors = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.List(ma.fields.Dict()), required=True)


class TakenView(Schema):
    """`repeated` and `dropped`: nothing was written. `late`: what is new joins a queue that is being shown already."""

    search_id = ma.fields.String(required=True)
    status = Choice(TakenStatus, required=True)
    complete = ma.fields.Boolean(required=True, metadata={"description": "Every page has come."})
    accepted = ma.fields.Integer(required=True, metadata={"description": "How many of the page's vacancies went in."})
    refused = ma.fields.List(Part(RefusedFindView), required=True)


class Additions(Schema):
    """What the text tells beyond what our reader found; all optional, each field checked for itself."""

    desired_position = Text(most=300)
    current_position = Text(most=300)
    years_experience = Number(least=0, most=80)
    skills = Many(Text(most=200), most=200)
    languages = Many(Part(LanguagePart), most=50)
    education_level = Choice(EducationLevel)
    region = Text(most=200)
    work_format = Choice(WorkFormat)
    salary = Part(SalaryPart)
    summary = Prose(most=20_000)

    @ma.pre_load
    def without_the_unsaid(self, data: Any, **_: Any) -> Any:
        """Take `null` and an empty text for a field left out."""
        if not isinstance(data, Mapping):
            return data
        return {
            name: value
            for name, value in data.items()
            if value is not None and not (isinstance(value, str) and not value.strip())
        }


class _Added(ma.fields.Raw):
    """An object, each field of which is checked for itself."""

    default_error_messages = {"required": "required", "null": "null", "invalid": "not_an_object"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, Mapping):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class NewAdditions(_FromN8n):
    added = _Added(required=True, metadata={"allOf": [{"$ref": "#/components/schemas/Additions"}]})


class AdditionsTakenView(Schema):
    upload_id = ma.fields.String(required=True)
    status = Choice(AdditionsStatus, required=True)
    added = ma.fields.List(
        ma.fields.String(),
        required=True,
        metadata={"description": "The fields that were taken: those where our own reading was silent, and lists."},
    )
    refused = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.List(ma.fields.Dict()),
        required=True,
        metadata={
            "description": "By its path (`salary`, `skills.2`, `languages.0.level`) what was left out, and why:"
            " `not_in_text` where the file's text does not bear it, `not_a_skill` for a place, `denied_by_the_person`,"
            " `too_long`, `too_many`, `text_gone` where the text is kept no longer; or what is wrong with its form."
        },
    )


def _whatever(**kwargs: Any) -> ma.fields.Field[Any]:
    """Return a field that takes anything, lest a failure go unheard for what is said of it."""
    return ma.fields.Raw(allow_none=True, load_default=None, **kwargs)


class NewFailure(_FromN8n):
    """That an execution failed: told by its id, by what it was handed, or by both."""

    search_id = Text(most=64, allow_none=True, load_default=None)
    upload_id = Text(most=64, allow_none=True, load_default=None)
    workflow = _whatever(metadata={"description": "Its name, for our log."})
    node = _whatever(metadata={"description": "Its name, for our log."})
    error = _whatever(metadata={"description": "Neither kept nor logged: it may quote anybody."})

    @ma.validates_schema
    def something_is_named(self, data: dict[str, Any], **_: Any) -> None:
        if not any(data.get(name) for name in ("execution_id", "search_id", "upload_id")):
            raise ma.ValidationError({"execution_id": ["required"]})


class NotedFailureView(Schema):
    status = Choice(NotedStatus, required=True)


_ADDITIONS = Additions()
_REPORT = NewSourceReport()
ADDED = frozenset(_ADDITIONS.fields)
"""The fields of what is added to a résumé."""


def read_additions(told: Mapping[str, Any]) -> tuple[ResumeContent, dict[str, list[str]]]:
    """Return the good fields, and by its path what is wrong with each other one."""
    errors: Mapping[str, Any] = {}
    try:
        good = _ADDITIONS.load(told)
    except ma.ValidationError as error:
        errors = cast("dict[str, Any]", error.messages)
        loaded = cast("dict[str, Any]", error.valid_data)
        good = {name: value for name, value in loaded.items() if name not in errors}
    if "salary" in good:
        good["salary"] = Money(**good["salary"])
    return ResumeContent(**good), flat(errors)


def read_reports(told: Iterable[Any]) -> tuple[list[SourceReport], dict[int, dict[str, list[str]]]]:
    """Return the good reports, and by its place what is wrong with each other one."""
    good: list[SourceReport] = []
    errors: dict[int, dict[str, list[str]]] = {}
    for place, each in enumerate(told):
        try:
            good.append(_REPORT.load(each))
        except ma.ValidationError as error:  # noqa: PERF203 — each is answered for itself
            errors[place] = flat(error.messages)
    return good, errors
