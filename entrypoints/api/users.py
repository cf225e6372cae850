"""Profiles over HTTP."""

from __future__ import annotations

import base64
from http import HTTPStatus
from typing import Any

from flask.views import MethodView

from domain.identifiers import TelegramId
from domain.users.user import User
from entrypoints.api.blueprint import BOT, Blueprint
from entrypoints.api.request import is_about, note_erased, use_cases
from entrypoints.api.schemas.exports import ExportView
from entrypoints.api.schemas.users import EXAMPLE, NewUser, UserView

blueprint = Blueprint("users", key=BOT, url_prefix="/users", description="People's profiles.")


@blueprint.route("/")
class Users(MethodView):
    @blueprint.arguments(NewUser, example=EXAMPLE)
    @blueprint.response(201, UserView)
    @blueprint.alt_response(200, schema=UserView, success=True, description="Updated")
    @blueprint.may_refuse(HTTPStatus.BAD_REQUEST, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    def post(self, body: dict[str, Any]) -> tuple[User, int]:
        """Create a profile, or update the fields sent."""
        telegram_id = TelegramId(body.pop("telegram_id"))
        is_about(telegram_id)
        consent = body.pop("consent_version", None)
        saved = use_cases().save_user(telegram_id=telegram_id, fields=body, consent_version=consent)
        return saved.value, 201 if saved.new else 200


@blueprint.route("/<telegram_id:telegram_id>")
class OneUser(MethodView):
    @blueprint.response(200, UserView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, telegram_id: TelegramId) -> User:
        """The profile."""
        return use_cases().show_user(telegram_id=telegram_id)

    @blueprint.response(204)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def delete(self, telegram_id: TelegramId) -> None:
        """Erase everything about the person; what is under way for them ends without a trace."""
        use_cases().erase_user(telegram_id=telegram_id)
        note_erased(telegram_id)


@blueprint.route("/<telegram_id:telegram_id>/export")
class UserExport(MethodView):
    @blueprint.response(200, ExportView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, telegram_id: TelegramId) -> dict[str, Any]:
        """Everything held about the person, the files in base64."""
        export = use_cases().export_user(telegram_id=telegram_id)
        return {
            "user": export.user,
            "resumes": export.resumes,
            "uploads": export.uploads,
            "files": {name: base64.b64encode(content).decode() for name, content in export.files.items()},
            "search_runs": export.search_runs,
            "matches": export.matches,
            "hand_outs": export.hand_outs,
            "delivered": export.delivered,
            "job_applications": export.job_applications,
            "hh": export.hh,
            "hh_sign_in": export.sign_in,
        }
