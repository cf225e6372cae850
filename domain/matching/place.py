"""The aspect of place: where the work is done, and from where."""

from __future__ import annotations

from enum import Enum

from domain.matching.applicant import Applicant
from domain.matching.assessment import Aspect, Finding, Line, Reason, Verdict
from domain.matching.lexicon import Place
from domain.matching.opening import Opening
from domain.matching.rotation import Rotation
from domain.resumes.content import WorkFormat
from domain.vacancies.vacancy import Vacancy


class _Where(str, Enum):
    """Where the work is, seen from home; the values are the codes of the reasons."""

    SAME_CITY = "place_fits"
    SAME_REGION = "region_fits"
    ROTATION = "rotation"
    ROTATION_OWN = "rotation_own"
    ELSEWHERE = "other_place"


_EARNS = {
    _Where.SAME_CITY: 1.0,
    _Where.SAME_REGION: 0.8,
    _Where.ROTATION: 0.7,
    _Where.ROTATION_OWN: 0.1,
    _Where.ELSEWHERE: 0.1,
}
_FITTING = frozenset({_Where.SAME_CITY, _Where.SAME_REGION})
_REMOTE_UNASKED = 0.8
_NOT_REMOTE = {WorkFormat.HYBRID: 0.7, WorkFormat.OFFICE: 0.45, WorkFormat.FIELD: 0.45}
# A capital is a region of its own; who lives around it works in it.
_AROUND = (frozenset({"Москва", "Московская область"}), frozenset({"Санкт-Петербург", "Ленинградская область"}))


def place_share(applicant: Applicant, opening: Opening, vacancy: Vacancy) -> float | None:
    """Return how well the place and the format suit the person, 0 to 1, `None` where it is not known."""
    wants_remote = applicant.work_format is WorkFormat.REMOTE
    if vacancy.work_format is WorkFormat.REMOTE:
        return 1.0 if wants_remote else _REMOTE_UNASKED
    where = _where(applicant, opening)
    share = None if where is None else _EARNS[where]
    if wants_remote and vacancy.work_format is not None:
        return min(_NOT_REMOTE[vacancy.work_format], 1.0 if share is None else share)
    return share


def place(applicant: Applicant, opening: Opening, vacancy: Vacancy) -> Finding:
    """Compare where the work is with where the person is, and its format with the one wished."""
    share = place_share(applicant, opening, vacancy)
    if vacancy.work_format is WorkFormat.REMOTE:
        line = _format_line(Verdict.MET, vacancy.work_format)
        return Finding(share=share, lines=(line,), reason=Reason(code="remote_fits"))
    where = _where(applicant, opening)
    lines = () if where is None else (_area_line(where, applicant, vacancy),)
    if applicant.work_format is WorkFormat.REMOTE and vacancy.work_format is not None:
        return Finding(
            share=share,
            lines=(_format_line(Verdict.UNMET, vacancy.work_format), *lines),
            reason=Reason(code="not_remote", data={"format": vacancy.work_format.value, "area": vacancy.area or ""}),
        )
    return Finding(share=share, lines=lines, reason=None if where is None else _reason(where, opening, vacancy))


def _reason(where: _Where, opening: Opening, vacancy: Vacancy) -> Reason:
    travel = {"travel": opening.rotation.value} if opening.rotation is not None and where not in _FITTING else {}
    return Reason(code=where.value, data={"area": vacancy.area or "", **travel})


def _where(applicant: Applicant, opening: Opening) -> _Where | None:
    """Return where the work is; `None` where either place is not known well enough."""
    where, home = opening.place, applicant.place
    if where is None or home is None:
        return None
    if where.city is not None and where == home:
        return _Where.SAME_CITY
    if _near(where, home):
        return _Where.SAME_REGION
    if where.country == home.country and None in (where.region, home.region):
        # A country alone contradicts none of its cities, and fits none of them for certain.
        return None
    if opening.rotation is None:
        return _Where.ELSEWHERE
    # People come to work on rotation from anywhere, unless they must pay for the way.
    return _Where.ROTATION_OWN if opening.rotation is Rotation.OWN else _Where.ROTATION


def _near(one: Place, other: Place) -> bool:
    if one.region is None or other.region is None:
        return False
    return one.region == other.region or any({one.region, other.region} <= around for around in _AROUND)


def _area_line(where: _Where, applicant: Applicant, vacancy: Vacancy) -> Line:
    verdict = Verdict.MET if where in _FITTING else Verdict.UNMET
    return Line(
        aspect=Aspect.PLACE,
        subject="area",
        verdict=verdict,
        must=True,
        asked=vacancy.area or "",
        proof=applicant.region or None,
    )


def _format_line(verdict: Verdict, work_format: WorkFormat) -> Line:
    return Line(aspect=Aspect.PLACE, subject="format", verdict=verdict, must=True, asked=work_format.value)
