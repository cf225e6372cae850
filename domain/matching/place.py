"""The aspect of place: where the work is done, and from where."""

from __future__ import annotations

from domain.matching.applicant import Applicant
from domain.matching.assessment import Aspect, Finding, Line, Reason, Verdict
from domain.matching.measures import Measures
from domain.resumes.content import WorkFormat
from domain.vacancies.vacancy import Vacancy

_SAME_CITY, _SAME_REGION, _ELSEWHERE = 1.0, 0.8, 0.1
_REMOTE_UNASKED = 0.8
_NOT_REMOTE = {WorkFormat.HYBRID: 0.5, WorkFormat.OFFICE: 0.1, WorkFormat.FIELD: 0.1}


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
    if where.region is not None and where.region == home.region:
        return _found(_SAME_REGION, Verdict.MET, "region_fits", applicant, vacancy)
    if where.country == home.country and None in (where.region, home.region):
        # A country alone contradicts none of its cities, and fits none of them for certain.
        return Finding()
    return _found(_ELSEWHERE, Verdict.UNMET, "other_place", applicant, vacancy)


def _found(share: float, verdict: Verdict, code: str, applicant: Applicant, vacancy: Vacancy) -> Finding:
    asked = vacancy.area or ""
    line = Line(
        aspect=Aspect.PLACE, subject="area", verdict=verdict, must=True, asked=asked, proof=applicant.region or None
    )
    return Finding(share=share, lines=(line,), reason=Reason(code=code, data={"area": asked}))


def _format_line(verdict: Verdict, work_format: WorkFormat) -> Line:
    return Line(aspect=Aspect.PLACE, subject="format", verdict=verdict, must=True, asked=work_format.value)
