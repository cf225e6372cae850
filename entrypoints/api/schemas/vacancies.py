"""Vacancies, as sources send them and as people see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from marshmallow import validate

from domain.resumes.content import WorkFormat
from domain.search.run import Outcome
from domain.vacancies.arrival import LONGEST_ID, LONGEST_TEXT, LONGEST_TITLE, MOST_TAGS, Draft
from domain.vacancies.use_cases import MOST_AT_ONCE, Arrival
from domain.vacancies.vacancy import SalaryPeriod
from domain.vacancies.years import MOST_YEARS
from entrypoints.api.schemas.fields import (
    Amount,
    Choice,
    Flag,
    Identifier,
    Many,
    Moment,
    Part,
    Prose,
    Schema,
    Text,
    Whole,
)

EXAMPLE = {
    "source": "partner",
    "id": "1042",
    "title": "Python-разработчик",
    "company": "ООО «Тихая гавань»",
    "area": "Казань",
    "salary_from": 150000,
    "salary_to": 220000,
    "currency": "RUB",
    "experience": "1-3",
    "skills": ["Python", "Django"],
    "responsibilities": "Разрабатывать сервис доставки",
    "requirements": "Опыт с Python и PostgreSQL\nБудет плюсом: Docker",
    "url": "https://jobs.example.com/vacancies/1042",
}

_TEXT = 2 * LONGEST_TEXT
_CURRENCY = validate.Regexp(r"^[A-Za-z]{3}$", error="not_a_currency")


class _Experience(Text):
    """Any usual wording, or a bare number of years."""

    default_error_messages = {"out_of_range": "out_of_range"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if number and not 0 <= value <= MOST_YEARS:
            raise self.make_error("out_of_range")
        return super()._deserialize(f"{value:g}" if number else value, attr, data, **kwargs)


class NewVacancy(Schema):
    """A vacancy. All but `id` and `title` may be left out; unknown keys are ignored; texts may hold HTML."""

    id = Identifier(most=LONGEST_ID, required=True, metadata={"description": "Unique within the source."})
    title = Text(most=LONGEST_TITLE, required=True)
    source = Text(most=31, metadata={"description": "Lower-case letters, digits, `_`; `internal` if left out."})
    company = Text(most=300, least=0, allow_none=True)
    area = Text(most=200, least=0, allow_none=True)
    salary_from = Amount(allow_none=True)
    salary_to = Amount(allow_none=True)
    currency = Text(most=3, also=[_CURRENCY], allow_none=True, metadata={"description": "ISO 4217; RUB if left out."})
    salary_gross = Flag(allow_none=True, metadata={"description": "Before tax?"})
    salary_period = Choice(SalaryPeriod, allow_none=True)
    work_format = Choice(WorkFormat, allow_none=True)
    experience = _Experience(
        most=100, least=0, allow_none=True, metadata={"description": "`no_experience`, `1-3`, `6+`, `от 3 лет`, `3`…"}
    )
    skills = Many(Text(most=200), most=MOST_TAGS, allow_none=True)
    responsibilities = Prose(most=_TEXT, least=0, allow_none=True)
    requirements = Prose(most=_TEXT, least=0, allow_none=True)
    description = Prose(most=_TEXT, least=0, allow_none=True)
    url = Text(most=2_000, least=0, allow_none=True)
    published_at = Moment(allow_none=True)
    closes_at = Moment(allow_none=True, metadata={"description": "When it closes, or closed."})

    class Meta:
        unknown = ma.EXCLUDE

    @ma.pre_load
    def without_the_unsaid(self, data: Any, **_: Any) -> Any:
        """Take an empty text for a field left out."""
        if not isinstance(data, Mapping):
            return data
        return {name: value for name, value in data.items() if not (isinstance(value, str) and not value.strip())}

    @ma.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Draft:
        told = {name: value for name, value in data.items() if value not in (None, "")}
        if "currency" in told:
            told["currency"] = told["currency"].upper()
        return Draft(**told)


class _Item(ma.fields.Raw):
    """Anything, `null` as well: one bad item refuses no other."""

    def deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return value


def each_for_itself(*schemas: str, least: int, most: int = MOST_AT_ONCE) -> ma.fields.Field[Any]:
    """Return a list of items, each of which is one of the schemas named, or is refused for itself alone."""
    among = [{"$ref": f"#/components/schemas/{name}"} for name in schemas]
    return ma.fields.List(
        _Item(metadata={"anyOf": among} if len(among) > 1 else {"allOf": among}),
        required=True,
        validate=validate.Length(least, most, error="bad_length {min} {max}"),
        error_messages={"required": "required", "invalid": "not_a_list", "null": "null"},
    )


class NewVacancies(Schema):
    """Up to 1,000 vacancies; each is checked for itself."""

    vacancies = each_for_itself("NewVacancy", least=1)


class KnownVacancy(Schema):
    """A vacancy that we hold, by its id; whatever else is said of it is ignored."""

    vacancy_id = Text(most=LONGEST_ID + 40, required=True)

    class Meta:
        unknown = ma.EXCLUDE


class ArrivedView(Schema):
    index = ma.fields.Integer(required=True, metadata={"description": "The item's place in the call, from 0."})
    id = ma.fields.String(required=True, allow_none=True)
    status = Choice(Arrival, required=True)
    same_as = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "The vacancy seen first that is the same job."}
    )
    errors = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.List(ma.fields.Dict()), required=True)


class ArrivalsView(Schema):
    created = ma.fields.Integer(required=True)
    updated = ma.fields.Integer(required=True)
    unchanged = ma.fields.Integer(required=True)
    refused = ma.fields.Integer(required=True)
    items = ma.fields.List(Part(ArrivedView), required=True)


class SalaryView(Schema):
    from_ = Amount(data_key="from", required=True, allow_none=True)
    to = Amount(required=True, allow_none=True)
    currency = ma.fields.String(required=True)
    gross = ma.fields.Boolean(required=True, allow_none=True)
    period = Choice(SalaryPeriod, required=True)


class ExperienceView(Schema):
    """Years asked for; `most` is `null` without an upper bound."""

    least = ma.fields.Float(required=True)
    most = ma.fields.Float(required=True, allow_none=True)


class LinkView(Schema):
    """A place where the job is posted."""

    source = ma.fields.String(required=True)
    url = ma.fields.String(required=True, allow_none=True)


def links_view() -> ma.fields.Field[Any]:
    return ma.fields.List(
        Part(LinkView),
        attribute="every_link",
        required=True,
        metadata={"description": "Every place where the same job is posted, that of `source` first."},
    )


class VacancyView(Schema):
    vacancy_id = ma.fields.String(attribute="id", required=True)
    source = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    company = ma.fields.String(required=True, allow_none=True)
    salary = Part(SalaryView, required=True, allow_none=True)
    area = ma.fields.String(required=True, allow_none=True)
    work_format = Choice(WorkFormat, required=True, allow_none=True)
    experience = Part(ExperienceView, required=True, allow_none=True)
    responsibilities = ma.fields.String(required=True)
    requirements = ma.fields.String(required=True)
    description = ma.fields.String(required=True)
    skills = ma.fields.List(ma.fields.String(), required=True)
    url = ma.fields.String(required=True, allow_none=True)
    links = links_view()
    published_at = Moment(required=True, allow_none=True)
    closes_at = Moment(required=True, allow_none=True)


BRIEFLY = ("id", "source", "title", "company", "area", "url")
"""What is told of a vacancy to whoever names a search."""


class SourceFindView(VacancyView):
    """A vacancy; with `search_id` no more of it than its id, source, title, company, area and link."""

    def __init__(self, **kwargs: Any) -> None:
        beyond = [name for name, field in self._declared_fields.items() if (field.attribute or name) not in BRIEFLY]
        super().__init__(**{"partial": beyond, **kwargs})


class SourceQuery(Schema):
    """Filters of one's own, or a search by its id: then its résumé and its filters are what is asked by."""

    source = Text(most=31, required=True, metadata={"description": "`internal`, `hh`, `trudvsem`."})
    search_id = Text(
        most=64,
        metadata={
            "description": "Search as the built-in engine would for this search, and keep what is found; filters are"
            " not taken beside it."
        },
    )
    text = Text(most=500)
    region = Text(most=200)
    salary_from = Amount(metadata={"description": "RUB a month, net."})
    work_format = Choice(WorkFormat)
    limit = Whole(least=1, most=1_000, strict=False, load_default=100)

    @ma.validates_schema
    def one_or_the_other(self, data: dict[str, Any], **_: Any) -> None:
        beside = data.keys() & {"text", "region", "salary_from", "work_format"}
        if "search_id" in data and beside:
            raise ma.ValidationError({name: ["not_with_search_id"] for name in sorted(beside)})


class SourceReportView(Schema):
    source = ma.fields.String(required=True)
    outcome = Choice(Outcome, required=True)
    found = ma.fields.Integer(required=True, metadata={"description": "How many vacancies it handed over."})


class SourceAnswerView(Schema):
    report = Part(SourceReportView, required=True)
    vacancies = ma.fields.List(Part(SourceFindView), required=True)
