"""Résumés and the files they come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from marshmallow import validate

from domain.resumes.content import (
    Contact,
    Education,
    EducationLevel,
    Experience,
    Language,
    LanguageLevel,
    Money,
    ResumeContent,
    WorkFormat,
)
from domain.resumes.reading import FileType, FileWarning
from domain.resumes.resume import ResumeSource, Said
from domain.resumes.upload import UploadStatus
from domain.users.hh_urls import is_hh_url
from entrypoints.api.schemas.fields import Amount, Choice, File, Flag, Many, Moment, Number, Part, Schema, Text, Whole

API_NAMES = {"salary": "preferred_salary", "region": "preferred_region"}
"""Fields of a résumé that the API calls otherwise."""

EXAMPLE = {
    "desired_position": "Python-разработчик",
    "current_position": "Младший разработчик",
    "years_experience": 3.5,
    "skills": ["Python", "Django", "PostgreSQL", "Docker"],
    "preferred_salary": {"amount": 180000, "currency": "RUB"},
    "preferred_region": "Казань",
    "work_format": "hybrid",
    "languages": [{"name": "English", "level": "B2"}],
    "education_level": "bachelor",
}

_MONTH = validate.Regexp(r"^(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?$", error="not_a_month")
_CURRENCY = validate.Regexp(r"^[A-Z]{3}$", error="not_a_currency")


def _at_hh(text: str) -> None:
    if not is_hh_url(text):
        raise ma.ValidationError("not_an_hh_url")


class ContactPart(Schema):
    """The contact block as printed on the résumé; never written over the profile."""

    first_name = Text(most=100, allow_none=True)
    last_name = Text(most=100, allow_none=True)
    middle_name = Text(most=100, allow_none=True)
    email = Text(most=254, allow_none=True)
    phone = Text(most=40, allow_none=True)
    city = Text(most=100, allow_none=True)
    hh_profile_url = Text(
        most=500,
        also=[_at_hh],
        allow_none=True,
        metadata={"description": "This résumé's page: https, on hh.ru or one of its country domains."},
    )


class SalaryPart(Schema):
    """An amount a month."""

    amount = Amount(least=1, required=True)
    currency = Text(most=3, also=[_CURRENCY], required=True, metadata={"description": "ISO 4217."})


class SalaryPatch(Schema):
    """A change of the amount, of the currency, or of both."""

    amount = Amount(least=1)
    currency = Text(most=3, also=[_CURRENCY])


class LanguagePart(Schema):
    name = Text(most=60, required=True)
    level = Choice(LanguageLevel, allow_none=True)

    @ma.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Language:
        return Language(**data)


class ExperiencePart(Schema):
    """One job held; `start` and `end` are `YYYY-MM` or `YYYY`."""

    position = Text(most=300, allow_none=True)
    company = Text(most=300, allow_none=True)
    start = Text(most=7, also=[_MONTH], allow_none=True)
    end = Text(most=7, also=[_MONTH], allow_none=True)
    current = Flag()
    description = Text(most=20_000, allow_none=True)

    @ma.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Experience:
        return Experience(**data)


class EducationPart(Schema):
    institution = Text(most=300, allow_none=True)
    speciality = Text(most=300, allow_none=True)
    level = Choice(EducationLevel, allow_none=True)
    year = Whole(least=1900, most=2100, allow_none=True)

    @ma.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Education:
        return Education(**data)


class NewResume(Schema):
    """A résumé from the form."""

    current_position = Text(most=300, allow_none=True)
    desired_position = Text(most=300, required=True)
    years_experience = Number(least=0, most=80, required=True)
    skills = Many(Text(most=200), most=200, required=True)
    salary = Part(SalaryPart, data_key="preferred_salary", allow_none=True)
    region = Text(most=200, data_key="preferred_region", allow_none=True)
    languages = Many(Part(LanguagePart), most=50, required=True)
    education_level = Choice(EducationLevel, required=True)
    work_format = Choice(WorkFormat, allow_none=True)
    experience = Many(Part(ExperiencePart), most=100)
    education = Many(Part(EducationPart), most=50)
    summary = Text(most=20_000, allow_none=True)

    @ma.post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, ResumeContent]:
        return {"content": ResumeContent(**_of_parts(data))}


class ResumePatch(Schema):
    """A JSON merge patch (RFC 7396): lists whole, `null` clears.

    `confirmed_skills` and `denied_skills` say of single skills that they are right or wrong, whatever the file says;
    corrections outlive later files.
    """

    contact = Part(ContactPart, allow_none=True)
    current_position = Text(most=300, allow_none=True)
    desired_position = Text(most=300, allow_none=True)
    years_experience = Number(least=0, most=80, allow_none=True)
    skills = Many(Text(most=200), most=200, allow_none=True)
    salary = Part(SalaryPatch, data_key="preferred_salary", allow_none=True)
    region = Text(most=200, data_key="preferred_region", allow_none=True)
    languages = Many(Part(LanguagePart), most=50, allow_none=True)
    education_level = Choice(EducationLevel, allow_none=True)
    work_format = Choice(WorkFormat, allow_none=True)
    experience = Many(Part(ExperiencePart), most=100, allow_none=True)
    education = Many(Part(EducationPart), most=50, allow_none=True)
    summary = Text(most=20_000, allow_none=True)
    confirmed_skills = Many(Text(most=200), most=200, allow_none=True)
    denied_skills = Many(Text(most=200), most=200, allow_none=True)


def _of_parts(data: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(data)
    if made.get("salary") is not None:
        made["salary"] = Money(**made["salary"])
    if made.get("contact") is not None:
        made["contact"] = Contact(**made["contact"])
    return made


class ContentView(Schema):
    """What a résumé says; what it does not say is `null` or empty, never guessed."""

    contact = Part(ContactPart, required=True)
    current_position = ma.fields.String(required=True, allow_none=True)
    desired_position = ma.fields.String(required=True, allow_none=True)
    years_experience = ma.fields.Float(required=True, allow_none=True)
    skills = ma.fields.List(ma.fields.String(), required=True)
    salary = Part(SalaryPart, data_key="preferred_salary", required=True, allow_none=True)
    region = ma.fields.String(data_key="preferred_region", required=True, allow_none=True)
    work_format = Choice(WorkFormat, required=True, allow_none=True)
    languages = ma.fields.List(Part(LanguagePart), required=True)
    education_level = Choice(EducationLevel, required=True, allow_none=True)
    experience = ma.fields.List(Part(ExperiencePart), required=True)
    education = ma.fields.List(Part(EducationPart), required=True)
    summary = ma.fields.String(required=True, allow_none=True)


class AddedView(Schema):
    """What something outside the product found in a file beside our own reading; only what it found is here."""

    current_position = ma.fields.String()
    desired_position = ma.fields.String()
    years_experience = ma.fields.Float()
    skills = ma.fields.List(ma.fields.String())
    salary = Part(SalaryPart, data_key="preferred_salary")
    region = ma.fields.String(data_key="preferred_region")
    work_format = Choice(WorkFormat)
    languages = ma.fields.List(Part(LanguagePart))
    education_level = Choice(EducationLevel)
    summary = ma.fields.String()

    @ma.post_dump
    def without_silence(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value for name, value in data.items() if value not in (None, [])}


class RevisionView(ContentView):
    """One revision, as it was kept; what was `added` from outside is not among the rest."""

    resume_id = ma.fields.String(attribute="id", required=True)
    source = Choice(ResumeSource, required=True)
    upload_id = ma.fields.String(required=True, allow_none=True)
    added = Part(AddedView, required=True, allow_none=True)
    created_at = Moment(required=True)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        inside = attr in ResumeContent.__dataclass_fields__
        return super().get_attribute(obj.content if inside else obj, attr, default)


class ResumeView(RevisionView):
    """The current résumé: the one submitted last, with the person's corrections laid over it."""

    said = ma.fields.Dict(
        keys=ma.fields.String(),
        values=Choice(Said),
        required=True,
        metadata={
            "description": "Who said each field: the person (`stated`) or a file (`parsed`, also what was `added`)."
        },
    )
    said_of_skills = ma.fields.Dict(
        keys=ma.fields.String(),
        values=Choice(Said),
        required=True,
        metadata={"description": "Who said each skill; `denied` ones are left out of `skills`."},
    )
    confirmed_skills = ma.fields.List(ma.fields.String(), required=True)
    denied_skills = ma.fields.List(ma.fields.String(), required=True)
    added = Part(
        AddedView,
        required=True,
        metadata={
            "description": "What of all this neither our reading of the file nor the person says: it was added from"
            " outside and is less sure. It is gone from here once the person states, confirms or denies it."
        },
    )

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        if attr == "said":
            return {API_NAMES.get(name, name): said for name, said in obj.who_said().items()}
        if attr == "said_of_skills":
            return obj.who_said_skills()
        if attr in ("confirmed_skills", "denied_skills"):
            return getattr(obj.corrections, attr)
        if attr == "added":
            return obj.added
        if attr in ResumeContent.__dataclass_fields__:
            return getattr(obj.content, attr)
        return getattr(obj.revision, attr, default)


class HistoryView(Schema):
    items = ma.fields.List(Part(RevisionView), required=True)
    total = ma.fields.Integer(required=True)


class NewFile(Schema):
    file = File(required=True, metadata={"description": "PDF, DOCX or RTF."})


class WarningView(Schema):
    code = Choice(FileWarning, required=True)
    detail = ma.fields.String(required=True, metadata={"description": "What to do, in the caller's language."})


class UploadView(Schema):
    """An upload. While it is `queued` or `parsing`, ask again; `failed` has a stable reason and what to do."""

    upload_id = ma.fields.String(required=True)
    status = Choice(UploadStatus, required=True)
    status_url = ma.fields.String(required=True)
    filename = ma.fields.String(required=True)
    file_type = Choice(FileType, required=True)
    size = ma.fields.Integer(required=True, metadata={"description": "In bytes."})
    sha256 = ma.fields.String(required=True)
    reason = ma.fields.String(required=True, allow_none=True, metadata={"description": "A stable code."})
    detail = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "What to do, in the caller's language."}
    )
    warnings = ma.fields.List(
        Part(WarningView),
        required=True,
        metadata={"description": "What the person should know of a file that was read all the same."},
    )
    resume = Part(RevisionView, required=True, allow_none=True)
    created_at = Moment(required=True)
    finished_at = Moment(required=True, allow_none=True)
