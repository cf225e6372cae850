"""Résumés and their files over HTTP."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, request, url_for
from flask.views import MethodView
from werkzeug.datastructures import FileStorage

from domain.errors import Invalid, Refused
from domain.identifiers import TelegramId, UploadId
from domain.resumes.content import ResumeContent
from domain.resumes.resume import CurrentResume, Resume
from domain.resumes.upload import Upload
from entrypoints.api.blueprint import BOT, Blueprint
from entrypoints.api.request import said_in, use_cases
from entrypoints.api.schemas.resumes import (
    API_NAMES,
    EXAMPLE,
    HistoryView,
    NewFile,
    NewResume,
    ResumePatch,
    ResumeView,
    UploadView,
)
from entrypoints.api.schemas.search import PageQuery
from entrypoints.messages.views import warning_view

blueprint = Blueprint("resumes", key=BOT, url_prefix="/resume", description="Résumés and the files they come from.")

ETAG = {"ETag": {"schema": {"type": "string"}, "description": "The résumé's version, for `If-Match`."}}
_IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "The `ETag` of the résumé that is edited; without it the answer is 428.",
}
_IF_NONE_MATCH = {"in": "header", "name": "If-None-Match", "required": False, "schema": {"type": "string"}}


def _tagged(current: CurrentResume) -> dict[str, str]:
    return {"ETag": f'"{current.version}"'}


@blueprint.route("/json/<telegram_id:telegram_id>")
class Form(MethodView):
    @blueprint.arguments(NewResume, example=EXAMPLE)
    @blueprint.response(201, ResumeView, headers=ETAG)
    @blueprint.alt_response(200, schema=ResumeView, success=True, description="The current one says the same")
    @blueprint.may_refuse(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    def post(
        self, body: dict[str, ResumeContent], telegram_id: TelegramId
    ) -> tuple[CurrentResume, int, dict[str, str]]:
        """Give a résumé by the form: a new revision."""
        saved = use_cases().submit_resume(telegram_id=telegram_id, content=body["content"])
        return saved.value, 201 if saved.new else 200, _tagged(saved.value)


@blueprint.route("/file/<telegram_id:telegram_id>")
class File(MethodView):
    @blueprint.arguments(NewFile, location="multipart")
    @blueprint.response(202, UploadView)
    @blueprint.alt_response(200, schema=UploadView, success=True, description="These bytes were sent before")
    @blueprint.may_refuse(
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    )
    def post(self, form: dict[str, FileStorage], telegram_id: TelegramId) -> tuple[dict[str, Any], int]:
        """Give a résumé file (PDF, DOCX, RTF) to be read in the background."""
        file = form["file"]
        saved = use_cases().submit_file(
            telegram_id=telegram_id, filename=file.filename or "", content=file.stream.read()
        )
        return _upload_view(saved.value, None), 202 if saved.new else 200


@blueprint.route("/file/<telegram_id:telegram_id>/<upload_id>")
class FileStatus(MethodView):
    @blueprint.response(200, UploadView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, telegram_id: TelegramId, upload_id: str) -> dict[str, Any]:
        """The upload's status, the résumé it became, or why it failed."""
        upload, resume = use_cases().show_upload(telegram_id=telegram_id, upload_id=UploadId(upload_id))
        return _upload_view(upload, resume)


@blueprint.route("/<telegram_id:telegram_id>")
class CurrentOne(MethodView):
    @blueprint.response(200, ResumeView, headers=ETAG)
    @blueprint.doc(parameters=[_IF_NONE_MATCH])
    @blueprint.alt_response(304, description="Not changed since that `ETag`")
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, telegram_id: TelegramId) -> tuple[CurrentResume, int, dict[str, str]] | Response:
        """The current résumé."""
        current = use_cases().show_resume(telegram_id=telegram_id)
        if request.if_none_match.contains_weak(current.version):
            return Response(status=304, headers=_tagged(current))
        return current, 200, _tagged(current)

    @blueprint.arguments(ResumePatch, example={"desired_position": "Backend-разработчик", "denied_skills": ["PHP"]})
    @blueprint.response(200, ResumeView, headers=ETAG)
    @blueprint.doc(parameters=[_IF_MATCH])
    @blueprint.may_refuse(
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.PRECONDITION_FAILED,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.PRECONDITION_REQUIRED,
    )
    def patch(self, body: dict[str, Any], telegram_id: TelegramId) -> tuple[CurrentResume, int, dict[str, str]]:
        """Correct the current résumé (JSON merge patch): a new revision; corrections outlive later files."""
        # Sent as null they are cleared, not sent they stay.
        said = {name: body.pop(name) or () for name in ("confirmed_skills", "denied_skills") if name in body}
        try:
            current = use_cases().edit_resume(
                telegram_id=telegram_id, version=self._version(telegram_id), patch=body, **said
            )
        except Invalid as invalid:
            raise Invalid({_api_path(path): codes for path, codes in invalid.errors.items()}) from None
        return current, 200, _tagged(current)

    def _version(self, telegram_id: TelegramId) -> str:
        """Return the version that the caller edits: the current one if they name it, else one that is none."""
        named = request.if_match
        if not named.star_tag and not named.as_set(include_weak=True):
            raise Refused("if_match_required")
        current = use_cases().show_resume(telegram_id=telegram_id).version
        return current if named.contains(current) else ""


@blueprint.route("/<telegram_id:telegram_id>/history")
class History(MethodView):
    @blueprint.arguments(PageQuery, location="query")
    @blueprint.response(200, HistoryView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, query: dict[str, int], telegram_id: TelegramId) -> dict[str, Any]:
        """Revisions, the one submitted last first."""
        page = use_cases().list_revisions(telegram_id=telegram_id, **query)
        return {"items": page.items, "total": page.total}


def _api_path(path: str) -> str:
    name, dot, rest = path.partition(".")
    return API_NAMES.get(name, name) + dot + rest


def _upload_view(upload: Upload, resume: Resume | None) -> dict[str, Any]:
    return {
        "upload_id": upload.id,
        "status": upload.status,
        "status_url": url_for("resumes.FileStatus", telegram_id=upload.telegram_id, upload_id=upload.id),
        "filename": upload.filename,
        "file_type": upload.file_type,
        "size": upload.size,
        "sha256": upload.sha256,
        "reason": upload.reason,
        "detail": said_in().problem(upload.reason) if upload.reason else None,
        "warnings": [warning_view(each, said_in()) for each in upload.warnings],
        "resume": resume,
        "created_at": upload.created_at,
        "finished_at": upload.finished_at,
    }
