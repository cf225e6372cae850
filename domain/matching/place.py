"""The aspect of place: where the work is done, and from where."""

from __future__ import annotations

import re

from domain.matching.applicant import Applicant
from domain.matching.assessment import Aspect, Finding, Line, Reason, Verdict
from domain.matching.lexicon import Place
from domain.matching.measures import Measures
from domain.resumes.content import WorkFormat
from domain.vacancies.vacancy import Vacancy

_SAME_CITY, _SAME_REGION, _ELSEWHERE = 1.0, 0.8, 0.1
_ROTATION = 0.7
_REMOTE_UNASKED = 0.8
_NOT_REMOTE = {WorkFormat.HYBRID: 0.7, WorkFormat.OFFICE: 0.45, WorkFormat.FIELD: 0.45}
# A capital is a region of its own; who lives around it works in it.
_AROUND = (frozenset({"Москва", "Московская область"}), frozenset({"Санкт-Петербург", "Ленинградская область"}))
# The employer carries people to work on rotation from anywhere. In a text, only with its days: a recruiter may hire
# for rotation and sit in an office.
_ROTATION_TITLE = re.compile(r"\bвахт(?:а|ы|ой|у|ов\w+)\b|\brotation(?:al)?\b|\bfifo\b|\bfly-in\b", re.IGNORECASE)
_ROTATION_TEXT = re.compile(
    r"\bвахт\w*(?:\s+метод\w*)?\s*[(:—–-]?\s*\d{2}\s*/\s*\d{2}|\b\d{2}\s*/\s*\d{2}\s+(?:вахт|rotation)|"
    r"\brotation\s*[(:]?\s*\d{2}\s*/\s*\d{2}",
    re.IGNORECASE,
)


def place(applicant: Applicant, vacancy: Vacancy, measures: Measures) -> Finding:
    """Compare where the work is with where the person is, and its format with the one wished."""
    wants_remote = applicant.work_format is WorkFormat.REMOTE
    if vacancy.work_format is WorkFormat.REMOTE:
        return Finding(
            share=1.0 if wants_remote else _REMOTE_UNASKED,
            lines=(_format_line(Verdict.MET, vacancy.work_format),),
            reason=Reason(code="remote_fits"),
        )
    where = _area(applicant, vacancy, measures)
    if wants_remote and vacancy.work_format is not None:
        return Finding(
            share=min(_NOT_REMOTE[vacancy.work_format], 1.0 if where.share is None else where.share),
            lines=(_format_line(Verdict.UNMET, vacancy.work_format), *where.lines),
            reason=Reason(code="not_remote", data={"format": vacancy.work_format.value, "area": vacancy.area or ""}),
        )
    return where


def _area(applicant: Applicant, vacancy: Vacancy, measures: Measures) -> Finding:
    where = measures.places.find(vacancy.area) if vacancy.area else None
    home = applicant.place
    if where is None or home is None:
        return Finding()
    if where.city is not None and where == home:
        return _found(_SAME_CITY, Verdict.MET, "place_fits", applicant, vacancy)
    if _near(where, home):
        return _found(_SAME_REGION, Verdict.MET, "region_fits", applicant, vacancy)
    if where.country == home.country and None in (where.region, home.region):
        # A country alone contradicts none of its cities, and fits none of them for certain.
        return Finding()
    if on_rotation(vacancy):
        return _found(_ROTATION, Verdict.UNMET, "rotation", applicant, vacancy)
    return _found(_ELSEWHERE, Verdict.UNMET, "other_place", applicant, vacancy)


def on_rotation(vacancy: Vacancy) -> bool:
    texts = (vacancy.requirements, vacancy.responsibilities, vacancy.description)
    return _ROTATION_TITLE.search(vacancy.title) is not None or any(map(_ROTATION_TEXT.search, texts))


def _near(one: Place, other: Place) -> bool:
    if one.region is None or other.region is None:
        return False
    return one.region == other.region or any({one.region, other.region} <= around for around in _AROUND)


def _found(share: float, verdict: Verdict, code: str, applicant: Applicant, vacancy: Vacancy) -> Finding:
    asked = vacancy.area or ""
    line = Line(
        aspect=Aspect.PLACE, subject="area", verdict=verdict, must=True, asked=asked, proof=applicant.region or None
    )
    return Finding(share=share, lines=(line,), reason=Reason(code=code, data={"area": asked}))


def _format_line(verdict: Verdict, work_format: WorkFormat) -> Line:
    return Line(aspect=Aspect.PLACE, subject="format", verdict=verdict, must=True, asked=work_format.value)
