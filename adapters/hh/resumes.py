"""Makes a résumé of ours of hh.ru's JSON, as its owner gets it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from adapters.hh.fields import (
    Unreadable,
    amount,
    currency,
    flag,
    id_of,
    ids,
    line,
    moment,
    name_of,
    record,
    records,
    text,
    texts,
    whole,
)
from adapters.hh.resume_contacts import contact_of
from adapters.resume_parser.language_names import named_languages
from domain.resumes.content import (
    Education,
    EducationLevel,
    Experience,
    Language,
    LanguageLevel,
    Money,
    ResumeContent,
    WorkFormat,
)
from domain.resumes.resume import each_once

LONGEST_CAREER = 80
_LONGEST_NAME, _LONGEST_LINE, _LONGEST_TEXT = 100, 300, 20_000
_MOST_SKILLS, _MOST_JOBS, _MOST_STUDIES, _MOST_LANGUAGES = 200, 100, 50, 50

_ID = re.compile(r"[0-9A-Za-z]{1,64}")
_MONTH = re.compile(r"((?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2]))-[0-9]{2}")
_LEVELS = {
    "secondary": EducationLevel.SECONDARY,
    "special_secondary": EducationLevel.VOCATIONAL,
    "unfinished_higher": EducationLevel.INCOMPLETE_HIGHER,
    "higher": EducationLevel.HIGHER,
    "bachelor": EducationLevel.BACHELOR,
    "master": EducationLevel.MASTER,
    "candidate": EducationLevel.PHD,
    "doctor": EducationLevel.PHD,
}
_SPOKEN = {level.value.lower(): level for level in LanguageLevel} | {"l1": LanguageLevel.NATIVE}
_FORMATS = {
    "ON_SITE": WorkFormat.OFFICE,
    "REMOTE": WorkFormat.REMOTE,
    "HYBRID": WorkFormat.HYBRID,
    "FIELD_WORK": WorkFormat.FIELD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortResume:
    """A résumé as the list of the person's own names it. `id` is hh.ru's."""

    id: str
    title: str | None = None
    updated_at: datetime | None = None


def mine_of(body: object) -> tuple[ShortResume, ...]:
    """Return the résumés of a page of `/resumes/mine`; raises `Unreadable('hh_no_list')` for what is none."""
    told = record(body)
    if not isinstance(told.get("items"), list):
        raise Unreadable("hh_no_list")
    return tuple(short for item in records(told["items"]) if (short := _short(item)) is not None)


def content_of(resume: object) -> ResumeContent:
    """Return what a résumé says; raises `Unreadable('hh_no_resume')` for what is none.

    What is hidden from employers is the owner's all the same. What is odd in it is left out.
    """
    told = record(resume)
    jobs = tuple(job for each in records(told.get("experience"))[:_MOST_JOBS] if (job := _job(each)) != Experience())
    contact = contact_of(told)
    education = record(told.get("education"))
    content = ResumeContent(
        contact=contact,
        current_position=_current_position(jobs),
        desired_position=line(told.get("title"), most=_LONGEST_LINE) or _first_name(told.get("professional_roles")),
        years_experience=_years(told.get("total_experience")),
        skills=_skills(told),
        salary=_salary(record(told.get("salary"))),
        region=_region(record(told.get("relocation"))) or contact.city,
        work_format=_work_format(told),
        languages=_languages(told.get("language")),
        education_level=_LEVELS.get(id_of(education.get("level")) or ""),
        experience=jobs,
        education=_studies(education),
        summary=text(told.get("skills"), most=_LONGEST_TEXT),
    )
    if content == ResumeContent():
        raise Unreadable("hh_no_resume")
    return content


def fullness(content: ResumeContent) -> int:
    """Return how many fields of a résumé are filled in, those of its contact block each for itself."""
    fields = asdict(content)
    return sum(value not in (None, (), []) for part in (fields.pop("contact"), fields) for value in part.values())


def _short(item: Mapping[str, Any]) -> ShortResume | None:
    resume_id = text(item.get("id"), most=100)
    if resume_id is None or not _ID.fullmatch(resume_id):
        return None
    return ShortResume(
        id=resume_id,
        title=line(item.get("title"), most=_LONGEST_LINE),
        updated_at=moment(item.get("updated_at")) or moment(item.get("updated")),
    )


def _job(told: Mapping[str, Any]) -> Experience:
    start, end = _month(told.get("start")), _month(told.get("end"))
    return Experience(
        position=line(told.get("position"), most=_LONGEST_LINE),
        company=line(told.get("company"), most=_LONGEST_LINE) or name_of(told.get("employer"), most=_LONGEST_LINE),
        start=start,
        end=end,
        # Only an end that is told to be none means that the job lasts.
        current=start is not None and "end" in told and told["end"] is None,
        description=text(told.get("description"), most=_LONGEST_TEXT),
    )


def _month(told: object) -> str | None:
    found = _MONTH.fullmatch(told) if isinstance(told, str) else None
    return found[1] if found is not None else None


def _current_position(jobs: tuple[Experience, ...]) -> str | None:
    """Return the position of the job that lasts, the one begun last if there are several, else of the last one."""
    held = [job for job in jobs if job.position is not None]
    # `max` takes the first of equals, and hh.ru lists the newest first.
    last = max(held, key=lambda job: (job.current, job.end or "", job.start or ""), default=None)
    return last.position if last is not None else None


def _years(told: object) -> float | None:
    months = whole(record(told).get("months"), least=0, most=12 * LONGEST_CAREER)
    return None if months is None else round(months / 12, 1)


def _skills(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the key skills, and what the form asks for in fields of its own: licences, a car."""
    categories = [each for each in ids(told.get("driver_license_types")) if len(each) <= 3]
    licences = [f"Водительские права категории {category}" for category in categories]
    car = ["Личный автомобиль"] if flag(told.get("has_vehicle")) else []
    return each_once((*texts(told.get("skill_set"), most=200), *licences, *car))[:_MOST_SKILLS]


def _salary(told: Mapping[str, Any]) -> Money | None:
    sum_, code = amount(told.get("amount")), currency(told.get("currency"))
    return None if sum_ is None or code is None else Money(amount=sum_, currency=code)


def _region(relocation: Mapping[str, Any]) -> str | None:
    """Return the one place somebody wishes to move to; who only might move is sought for at home."""
    areas = records(relocation.get("area"))
    wishes = id_of(relocation.get("type")) == "relocation_desirable" and len(areas) == 1
    return name_of(areas[0], most=_LONGEST_NAME) if wishes else None


def _work_format(told: Mapping[str, Any]) -> WorkFormat | None:
    """Return the format wished, if one word says it: at home and at the office alike is by turns."""
    wished = {_FORMATS[each] for each in ids(told.get("work_format")) if each in _FORMATS}
    if len(wished) == 1:
        return next(iter(wished))
    if WorkFormat.HYBRID in wished or {WorkFormat.OFFICE, WorkFormat.REMOTE} <= wished:
        return WorkFormat.HYBRID
    # The older field names times of work; only this one of its values names a place.
    schedules = ids(told.get("schedules")) or list(filter(None, [id_of(told.get("schedule"))]))
    return WorkFormat.REMOTE if not wished and schedules == ["remote"] else None


def _languages(told: object) -> tuple[Language, ...]:
    spoken: dict[str, LanguageLevel | None] = {}
    for each in records(told)[:_MOST_LANGUAGES]:
        written = name_of(each, most=60)
        if written is not None:
            known = named_languages(written)
            level = _SPOKEN.get((id_of(each.get("level")) or "").lower())
            spoken.setdefault(known[0][0] if known else written, level)
    return tuple(Language(name=name, level=level) for name, level in spoken.items())


def _studies(told: Mapping[str, Any]) -> tuple[Education, ...]:
    primary = [
        Education(
            institution=name_of(each, most=_LONGEST_LINE),
            speciality=line(each.get("result"), most=_LONGEST_LINE)
            or line(each.get("organization"), most=_LONGEST_LINE),
            level=_LEVELS.get(id_of(each.get("education_level")) or ""),
            year=_year(each),
        )
        for each in records(told.get("primary"))
    ]
    schools = [
        Education(institution=name_of(each, most=_LONGEST_LINE), level=EducationLevel.SECONDARY, year=_year(each))
        for each in records(told.get("elementary"))
    ]
    courses = [_course(each) for kind in ("additional", "attestation") for each in records(told.get(kind))]
    studies = [each for each in (*primary, *schools, *courses) if each.institution or each.speciality]
    return tuple(studies[:_MOST_STUDIES])


def _course(told: Mapping[str, Any]) -> Education:
    """Return a course or a test: who gave it, and what it was in."""
    name, result = name_of(told, most=_LONGEST_LINE), line(told.get("result"), most=_LONGEST_LINE)
    giver = line(told.get("organization"), most=_LONGEST_LINE)
    # "Специализация «Data Engineering»" says "Data Engineering" already.
    subjects = [name, None if name and result and result in name else result] if giver else [result]
    subject = ", ".join(filter(None, subjects))
    return Education(institution=giver or name, speciality=line(subject, most=_LONGEST_LINE), year=_year(told))


def _year(told: Mapping[str, Any]) -> int | None:
    return whole(told.get("year"), least=1900, most=2100)


def _first_name(told: object) -> str | None:
    return next(filter(None, (name_of(each, most=_LONGEST_LINE) for each in records(told))), None)
