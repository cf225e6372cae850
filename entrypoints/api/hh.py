"""Accounts at hh.ru over HTTP: for the bot, and for the browser that hh.ru leads back here."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, request
from flask.views import MethodView

from domain.errors import Conflict, DomainError, Invalid
from domain.hh.bringing import Brought
from domain.hh.sign_in import ACCESS_DENIED
from domain.hh.use_cases import AuthLink, HhStatus
from domain.identifiers import TelegramId
from entrypoints.api.blueprint import BOT, Blueprint, must_hold
from entrypoints.api.pages import sign_in_page
from entrypoints.api.problems import CONTENT_TYPE, ProblemView
from entrypoints.api.request import is_about, said_in, use_cases
from entrypoints.api.schemas.hh import (
    AuthLinkQuery,
    AuthLinkView,
    BroughtView,
    ConfirmForm,
    HhStatusView,
    ImportQuery,
    SyncQuery,
)

blueprint = Blueprint("hh", key=BOT, url_prefix="/hh", description="Accounts at hh.ru.")
redirects = Blueprint("hh-redirects", key=None, url_prefix="/hh", description="Where hh.ru leads people back to.")

_PAGE = {"text/html": {"schema": {"type": "string"}}}


def _told(*statuses: HTTPStatus) -> dict[int, Any]:
    """Document that an operation may answer with these problems: as JSON, or as a page for people."""
    content = {CONTENT_TYPE: {"schema": ProblemView}, **_PAGE}
    return {status.value: {"description": status.phrase, "content": content} for status in statuses}


_TROUBLES = _told(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE)


@blueprint.route("/auth_link")
class AuthLinks(MethodView):
    @blueprint.arguments(AuthLinkQuery, location="query")
    @blueprint.response(200, AuthLinkView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
    def get(self, query: dict[str, int]) -> AuthLink:
        """Where the person signs in at hh.ru; one made earlier is void."""
        telegram_id = TelegramId(query["telegram_id"])
        is_about(telegram_id)
        return use_cases().link_hh(telegram_id=telegram_id)


@redirects.route("/import")
class Import(MethodView):
    @redirects.arguments(ImportQuery, location="query")
    @redirects.response(200, BroughtView)
    @redirects.doc(security=[{BOT.kind: []}, {}], responses={200: {"content": _PAGE}, **_TROUBLES})
    @redirects.may_refuse(HTTPStatus.UNAUTHORIZED)
    def get(self, query: dict[str, Any]) -> Any:
        """Bring a person's résumé and applications by the code that hh.ru handed out.

        With the bot's key: JSON. Without it: a page for the person's browser, that names to whom the résumé will go and
        does nothing before they confirm.
        """
        if "telegram_id" not in query and BOT.header not in request.headers:
            return _page_for_browser(query)
        must_hold(BOT)
        if missing := [name for name in ("telegram_id", "code") if name not in query]:
            raise Invalid({name: ["required"] for name in missing})
        telegram_id = TelegramId(query["telegram_id"])
        is_about(telegram_id)
        brought = use_cases().import_from_hh(
            code=query["code"],
            state=query.get("state"),
            telegram_id=telegram_id,
            resume_id=query.get("resume_id"),
        )
        return brought_view(brought)

    @redirects.arguments(ConfirmForm, location="form")
    @redirects.response(200, {"type": "string"}, content_type="text/html")
    @redirects.doc(responses=_TROUBLES)
    def post(self, form: dict[str, str]) -> Response:
        """What the page's button does: bring the résumé to the person that the page named."""
        try:
            brought = use_cases().import_from_hh(code=form["code"], state=form["state"])
        except DomainError as trouble:
            return sign_in_page(said_in(), trouble=trouble)
        is_about(brought.link.telegram_id)
        return sign_in_page(said_in(), brought=brought)


@blueprint.route("/status/<telegram_id:telegram_id>")
class Status(MethodView):
    @blueprint.response(200, HhStatusView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, telegram_id: TelegramId) -> dict[str, Any]:
        """How things stand between the person and hh.ru."""
        return _status_view(use_cases().show_hh(telegram_id=telegram_id))


@blueprint.route("/sync/<telegram_id:telegram_id>")
class Sync(MethodView):
    @blueprint.arguments(SyncQuery, location="query")
    @blueprint.response(200, BroughtView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE)
    def post(self, query: dict[str, str], telegram_id: TelegramId) -> dict[str, Any]:
        """Bring the résumé and the applications once more."""
        return brought_view(use_cases().sync_hh(telegram_id=telegram_id, resume_id=query.get("resume_id")))


@blueprint.route("/connection/<telegram_id:telegram_id>")
class Connection(MethodView):
    @blueprint.response(204)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def delete(self, telegram_id: TelegramId) -> None:
        """Unlink: the tokens are forgotten here and made worthless there."""
        use_cases().unlink_hh(telegram_id=telegram_id)


def _page_for_browser(query: dict[str, Any]) -> Response:
    state = query.get("state", "")
    try:
        if "code" in query:
            person = use_cases().show_sign_in(state=state)
            return sign_in_page(said_in(), confirm=person, code=query["code"], state=state)
        if query.get("error") != ACCESS_DENIED:
            # Something went wrong at hh.ru: the person may try again by the same link.
            raise Conflict("sign_in_failed")
        use_cases().refuse_sign_in(state=state)
        raise Conflict("sign_in_refused")
    except DomainError as trouble:
        return sign_in_page(said_in(), trouble=trouble)


def brought_view(brought: Brought) -> dict[str, Any]:
    return {
        "state": brought.link.state.value,
        "resume_id": brought.resume.id,
        "new": brought.new,
        "hh_resume_id": brought.hh_resume_id,
        "resumes": brought.found,
        "applications": brought.applied,
    }


def _status_view(status: HhStatus) -> dict[str, Any]:
    link = status.link
    return {
        "state": status.state,
        "advice": said_in().hh_advice(status.state),
        "hh_resume_id": link.resume_id if link is not None else None,
        "linked_at": link.linked_at if link is not None else None,
        "synced_at": link.synced_at if link is not None else None,
    }
