"""Everything held about a person."""

from __future__ import annotations

import marshmallow as ma

from domain.handing_out.hand_out import HandOutKind, HandOutStatus
from domain.hh.connection import HhState
from domain.matching.assessment import Aspect, Verdict
from domain.resumes.reading import FileType, FileWarning
from domain.resumes.upload import UploadStatus
from domain.search.applications import ToldBy
from domain.search.match import FilterReason, MatchState
from entrypoints.api.schemas.fields import Choice, Moment, Part, Schema
from entrypoints.api.schemas.resumes import API_NAMES, RevisionView
from entrypoints.api.schemas.search import PointsView, SearchRunView
from entrypoints.api.schemas.users import UserView
from entrypoints.api.schemas.vacancies import SourceReportView


class ExportedUploadView(Schema):
    upload_id = ma.fields.String(attribute="id", required=True)
    filename = ma.fields.String(required=True)
    file_type = Choice(FileType, required=True)
    size = ma.fields.Integer(required=True)
    sha256 = ma.fields.String(required=True)
    status = Choice(UploadStatus, required=True)
    reason = ma.fields.String(required=True, allow_none=True)
    resume_id = ma.fields.String(required=True, allow_none=True)
    warnings = ma.fields.List(Choice(FileWarning), required=True)
    created_at = Moment(required=True)
    finished_at = Moment(required=True, allow_none=True)


class CorrectionsView(Schema):
    """What the person corrected, until then: the fields' names, and skills by what they said of them."""

    fields_ = ma.fields.Function(
        lambda corrections: sorted(API_NAMES.get(name, name) for name in corrections.fields), data_key="fields"
    )
    confirmed_skills = ma.fields.List(ma.fields.String(), required=True)
    denied_skills = ma.fields.List(ma.fields.String(), required=True)


class ExportedRevisionView(RevisionView):
    corrections = Part(CorrectionsView, required=True, allow_none=True)


class ExportedReasonView(Schema):
    code = ma.fields.String(required=True)
    data = ma.fields.Dict(keys=ma.fields.String(), required=True)


class ExportedLineView(Schema):
    aspect = Choice(Aspect, required=True)
    subject = ma.fields.String(required=True)
    verdict = Choice(Verdict, required=True)
    must = ma.fields.Boolean(required=True)
    asked = ma.fields.String(required=True)
    proof = ma.fields.String(required=True, allow_none=True)


class AssessmentView(Schema):
    score = ma.fields.Integer(required=True)
    skills_match_percent = ma.fields.Integer(attribute="skills_match", required=True, allow_none=True)
    matched_skills = ma.fields.List(ma.fields.String(), required=True)
    missing_skills = ma.fields.List(ma.fields.String(), required=True)
    parts = ma.fields.List(Part(PointsView), required=True)
    caps = ma.fields.List(ma.fields.String(), required=True)
    lines = ma.fields.List(Part(ExportedLineView), required=True)
    reasons = ma.fields.List(Part(ExportedReasonView), required=True)
    scorer_version = ma.fields.String(required=True)


class ExportedShiftView(Schema):
    points = ma.fields.Integer(required=True)
    reason = Part(ExportedReasonView, required=True, allow_none=True)


class ExportedMatchView(Schema):
    vacancy_id = ma.fields.String(required=True)
    search_id = ma.fields.String(attribute="run_id", required=True)
    state = Choice(MatchState, required=True)
    filter_reason = Choice(FilterReason, required=True, allow_none=True)
    position = ma.fields.Integer(attribute="place", required=True, allow_none=True)
    assessment = Part(AssessmentView, required=True)
    shift = Part(ExportedShiftView, required=True)
    verdicts = ma.fields.List(Choice(MatchState), required=True)
    forgotten = ma.fields.Boolean(required=True, metadata={"description": "Nothing is learned from the verdicts."})
    forgotten_before = ma.fields.Integer(
        required=True, metadata={"description": "From the first so many nothing is learned, also after an undo."}
    )
    found_at = Moment(required=True)
    shown_at = Moment(required=True, allow_none=True)
    judged_at = Moment(required=True, allow_none=True)


class ExportedApplicationView(Schema):
    vacancy_id = ma.fields.String(required=True)
    applied_at = Moment(required=True)
    told_by = Choice(ToldBy, required=True)


class ExportedPageView(Schema):
    """A page of what came: once it was used it says no more which vacancies it brought."""

    number = ma.fields.Integer(required=True)
    vacancy_ids = ma.fields.List(ma.fields.String(), required=True)
    sources = ma.fields.List(Part(SourceReportView), required=True)
    used = ma.fields.Boolean(required=True)


class ExportedHandOutView(Schema):
    """What was handed out to the outside automation: the search, or the upload, under its own id."""

    handed_out_id = ma.fields.String(attribute="id", required=True)
    kind = Choice(HandOutKind, required=True)
    status = Choice(HandOutStatus, required=True)
    execution_id = ma.fields.String(required=True, allow_none=True)
    reason = ma.fields.String(required=True, allow_none=True)
    created_at = Moment(required=True)
    finished_at = Moment(required=True, allow_none=True)


class ExportedHhView(Schema):
    """The link to hh.ru, without its tokens."""

    state = Choice(HhState, required=True)
    hh_resume_id = ma.fields.String(attribute="resume_id", required=True, allow_none=True)
    linked_at = Moment(required=True)
    synced_at = Moment(required=True, allow_none=True)


class ExportedSignInView(Schema):
    """The last sign-in at hh.ru, without what proves it."""

    expires_at = Moment(required=True)
    taken_at = Moment(required=True, allow_none=True)
    failure = ma.fields.String(required=True, allow_none=True)


class ExportView(Schema):
    """`files` gives the bytes of each upload, by its id, in base64, as long as they are kept.

    `delivered` gives what has come of each hand-out, by its id.
    """

    user = Part(UserView, required=True)
    resumes = ma.fields.List(Part(ExportedRevisionView), required=True)
    uploads = ma.fields.List(Part(ExportedUploadView), required=True)
    files = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String(), required=True)
    search_runs = ma.fields.List(Part(SearchRunView), required=True)
    matches = ma.fields.List(Part(ExportedMatchView), required=True)
    hand_outs = ma.fields.List(Part(ExportedHandOutView), required=True)
    delivered = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.List(Part(ExportedPageView)), required=True)
    job_applications = ma.fields.List(Part(ExportedApplicationView), required=True)
    hh = Part(ExportedHhView, required=True, allow_none=True)
    hh_sign_in = Part(ExportedSignInView, required=True, allow_none=True)
