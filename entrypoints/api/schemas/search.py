"""Searches, cards, verdicts."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from domain.matching.assessment import Aspect
from domain.matching.assessment import Verdict as LineVerdict
from domain.resumes.content import WorkFormat
from domain.search.filters import Filters
from domain.search.match import FilterReason, MatchState, Verdict
from domain.search.run import RunStatus
from domain.search.use_cases import Notice
from entrypoints.api.schemas.fields import Amount, Choice, Many, Moment, Part, Schema, Text, Whole
from entrypoints.api.schemas.resumes import NewResume
from entrypoints.api.schemas.vacancies import SalaryView, SourceReportView, VacancyView, each_for_itself, links_view

_IN_THEIR_LANGUAGE = {"description": "Named in the caller's language."}
_SOME_WORD = validate.Regexp(r"[\s\S]*\w", error="no_words")


class NewSearch(Schema):
    """What the search is narrowed down to; all optional."""

    text = Text(
        most=500,
        also=[_SOME_WORD],
        allow_none=True,
        metadata={"description": "A role, skills, other words: a vacancy must be of that role, ask and hold them all."},
    )
    region = Text(most=200, allow_none=True, metadata={"description": "A city, region or country; remote work passes."})
    salary_from = Amount(allow_none=True, metadata={"description": "RUB a month, net; silence about pay passes."})
    work_format = Choice(WorkFormat, allow_none=True)
    sources = Many(Text(most=31), most=10, allow_none=True)

    @ma.post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Filters]:
        told = {name: value for name, value in data.items() if value is not None}
        if "sources" in told:
            told["sources"] = tuple(sorted(set(told["sources"])))
        return {"filters": Filters(**told)}


class FiltersView(Schema):
    text = ma.fields.String(required=True, allow_none=True)
    region = ma.fields.String(required=True, allow_none=True)
    salary_from = Amount(required=True, allow_none=True)
    work_format = Choice(WorkFormat, required=True, allow_none=True)
    sources = ma.fields.List(ma.fields.String(), required=True)


class CountsView(Schema):
    found = ma.fields.Integer(
        required=True,
        metadata={
            "description": "Jobs: one that several sources have, or one has twice, counts once, so that the numbers of"
            " the sources may come to more. While they are ranked: what the sources found, together."
        },
    )
    queued = ma.fields.Integer(required=True)
    filtered = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer(), required=True)


class SearchRunView(Schema):
    search_id = ma.fields.String(attribute="id", required=True)
    status = Choice(RunStatus, required=True)
    engine = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "`n8n` from when n8n has the search; otherwise who has gathered, `builtin` or `n8n`, and"
            " `null` until somebody has."
        },
    )
    resume_id = ma.fields.String(required=True, allow_none=True)
    filters = Part(FiltersView, required=True)
    sources = ma.fields.List(Part(SourceReportView), required=True)
    counts = Part(CountsView, required=True)
    similarity = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The model of meaning that compared; `null`: words alone, or not ready yet."},
    )
    reason = ma.fields.String(required=True, allow_none=True, metadata={"description": "A stable code."})
    created_at = Moment(required=True)
    finished_at = Moment(required=True, allow_none=True)


class CardView(Schema):
    """A vacancy as it is offered: short, with its score and the reasons for it."""

    vacancy_id = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    company = ma.fields.String(required=True, allow_none=True)
    salary = Part(SalaryView, required=True, allow_none=True)
    area = ma.fields.String(required=True, allow_none=True)
    work_format = Choice(WorkFormat, required=True, allow_none=True)
    responsibilities = ma.fields.String(required=True, metadata={"description": "At most 300 characters."})
    skills_match_percent = ma.fields.Integer(
        required=True, allow_none=True, metadata={"description": "`null`: nothing recognisable is asked."}
    )
    score = ma.fields.Integer(required=True, metadata={"description": "0 to 100."})
    matched_skills = ma.fields.List(ma.fields.String(), required=True, metadata=_IN_THEIR_LANGUAGE)
    missing_skills = ma.fields.List(ma.fields.String(), required=True, metadata=_IN_THEIR_LANGUAGE)
    reasons = ma.fields.List(ma.fields.String(), required=True)
    url = ma.fields.String(required=True, allow_none=True)
    published_at = Moment(required=True, allow_none=True)
    source = ma.fields.String(required=True)
    links = links_view()
    state = Choice(MatchState, required=True)
    position = ma.fields.Integer(
        required=True, allow_none=True, metadata={"description": "Which card of its search it is, from 1."}
    )
    remaining = ma.fields.Integer(required=True, metadata={"description": "How many cards wait behind it."})
    notice = Choice(
        Notice,
        required=True,
        allow_none=True,
        metadata={"description": "`weak_from_here`: the first card below 40; the last reason says so."},
    )


class LineView(Schema):
    """One requirement: what is asked, in the vacancy's words, and what answers it, in the résumé's words."""

    aspect = Choice(Aspect, required=True)
    subject = ma.fields.String(required=True)
    verdict = Choice(LineVerdict, required=True)
    must = ma.fields.Boolean(required=True)
    asked = ma.fields.String(required=True)
    proof = ma.fields.String(required=True, allow_none=True)
    text = ma.fields.String(required=True, metadata={"description": "The line in the caller's language."})


class PointsView(Schema):
    aspect = Choice(Aspect, required=True)
    points = ma.fields.Float(required=True)
    possible = ma.fields.Integer(required=True)
    known = ma.fields.Boolean(required=True, metadata={"description": "False where somebody kept silent about it."})


class LimitView(Schema):
    code = ma.fields.String(required=True)
    times = ma.fields.Float(required=True)
    text = ma.fields.String(required=True, metadata={"description": "The limit in the caller's language."})


class ExplanationView(Schema):
    """Where the score comes from: the points of the parts, summed, times each limit, no more than its caps allow.

    Only the best 200 of a run keep their lines.
    """

    score = ma.fields.Integer(required=True)
    skills_match_percent = ma.fields.Integer(required=True, allow_none=True)
    parts = ma.fields.List(Part(PointsView), required=True)
    limits = ma.fields.List(Part(LimitView), required=True)
    caps = ma.fields.List(ma.fields.String(), required=True)
    lines = ma.fields.List(Part(LineView), required=True)
    reasons = ma.fields.List(ma.fields.String(), required=True)
    scorer_version = ma.fields.String(required=True)


class ShiftView(Schema):
    """How verdicts moved the vacancy in the queue. The score and the skills match stay as they are."""

    points = ma.fields.Integer(required=True, metadata={"description": "-8 to 8, in points of score."})
    reason = ma.fields.String(required=True)


class DetailsView(Schema):
    vacancy = Part(VacancyView, required=True)
    state = Choice(MatchState, required=True)
    matched_skills = ma.fields.List(ma.fields.String(), required=True, metadata=_IN_THEIR_LANGUAGE)
    missing_skills = ma.fields.List(ma.fields.String(), required=True, metadata=_IN_THEIR_LANGUAGE)
    explanation = Part(ExplanationView, required=True)
    shift = Part(ShiftView, required=True, allow_none=True)


class NextQuery(Schema):
    after = Text(most=200, metadata={"description": "The vacancy received last, `none` before the first."})


class NewVerdict(Schema):
    verdict = Choice(Verdict, required=True)


class MatchView(Schema):
    vacancy_id = ma.fields.String(required=True)
    search_id = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    company = ma.fields.String(required=True, allow_none=True)
    area = ma.fields.String(required=True, allow_none=True)
    url = ma.fields.String(required=True, allow_none=True)
    state = Choice(MatchState, required=True)
    filter_reason = Choice(FilterReason, required=True, allow_none=True)
    score = ma.fields.Integer(required=True)
    skills_match_percent = ma.fields.Integer(required=True, allow_none=True)
    position = ma.fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Its place among all that was found, what was withheld since included."},
    )
    found_at = Moment(required=True)
    shown_at = Moment(required=True, allow_none=True)
    judged_at = Moment(required=True, allow_none=True)


class MatchesView(Schema):
    items = ma.fields.List(Part(MatchView), required=True)
    total = ma.fields.Integer(required=True)


class PageQuery(Schema):
    limit = Whole(least=1, most=100, strict=False, load_default=20)
    offset = Whole(least=0, most=1_000_000, strict=False, load_default=0)


class HistoryQuery(PageQuery):
    state = Many(Choice(MatchState), most=8, metadata={"description": "Repeat it for several; left out: all states."})


class NewRanking(Schema):
    """A résumé, or the search whose résumé it is, and up to 1,000 vacancies."""

    resume = Part(NewResume)
    search_id = Text(
        most=64,
        metadata={"description": "In place of the résumé; then vacancies that we hold may be given by their ids."},
    )
    vacancies = each_for_itself("NewVacancy", "KnownVacancy", least=0)

    @ma.validates_schema
    def one_or_the_other(self, data: dict[str, Any], **_: Any) -> None:
        if "resume" in data and "search_id" in data:
            raise ma.ValidationError({"search_id": ["not_with_resume"]})
        if not data.keys() & {"resume", "search_id"}:
            raise ma.ValidationError({"resume": ["required"]})


class RankedView(Schema):
    """A vacancy scored; with `search_id` nothing is told but its place, its id and the score."""

    index = ma.fields.Integer(
        metadata={"description": "With `search_id`: the item's place in the call, from 0; of two with one id the last."}
    )
    vacancy_id = ma.fields.String(required=True)
    score = ma.fields.Integer(required=True)
    skills_match_percent = ma.fields.Integer(allow_none=True)
    matched_skills = ma.fields.List(ma.fields.String(), metadata=_IN_THEIR_LANGUAGE)
    missing_skills = ma.fields.List(ma.fields.String(), metadata=_IN_THEIR_LANGUAGE)
    reasons = ma.fields.List(ma.fields.String())
    explanation = Part(ExplanationView)


class RefusedItemView(Schema):
    """An item that was left out, and why."""

    index = ma.fields.Integer(required=True, metadata={"description": "The item's place in the call, from 0."})
    errors = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.List(ma.fields.Dict()), required=True)


class RankingView(Schema):
    items = ma.fields.List(Part(RankedView), required=True)
    refused = ma.fields.List(
        Part(RefusedItemView),
        metadata={"description": "With `search_id`: the items that were left out. With a résumé a bad one is a 422."},
    )
