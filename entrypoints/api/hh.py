"""Accounts at hh.ru over HTTP: for the bot, and for the browser that hh.ru leads back here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, request
from flask.views import MethodView

from domain.errors import Conflict, DomainError, Invalid, Unavailable
from domain.hh.bringing import Brought, Noted
from domain.hh.sign_in import ACCESS_DENIED
from domain.hh.use_cases import AuthLink, HhStatus
from domain.identifiers import TelegramId
from entrypoints.api.blueprint import BOT, Blueprint
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

_FULL_SECONDS = 5.0
_PAGE = {"text/html": {"schema": {"type": "string"}}}


_RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds after which to ask again."}}
_FROM_HH = (
    *("hh_relogin_needed", "closed_by_provider", "hh_blocked", "not_an_applicant", "no_resume_at_hh"),
    *("hh_not_configured", "hh_busy"),
)
_NOT_NOW = ("hh_unavailable", "hh_captcha", "hh_rate_limited", "hh_busy_now", "hh_tokens_sealed", "store_unavailable")
_OF_A_SIGN_IN = (
    *("no_pending_sign_in", "sign_in_over", "sign_in_refused", "sign_in_failed", "import_running", "already_imported"),
    *("hh_linked_sync", "hh_code_used", "hh_code_expired", "hh_answer_lost", "hh_account_barred", "hh_not_approved"),
)


def _told(codes: dict[HTTPStatus, tuple[str, ...]], *, on_a_page: bool = False) -> dict[int, Any]:
    """Document with which codes an operation may answer problems: as JSON, or `on_a_page` for people, too."""
    content = {CONTENT_TYPE: {"schema": ProblemView}, **(_PAGE if on_a_page else {})}
    return {
        status.value: {
            "description": f"{status.phrase}: {', '.join(f'`{code}`' for code in named)}",
            "content": content,
            **({"headers": _RETRY_AFTER} if status in (HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE) else {}),
        }
        for status, named in codes.items()
    }


@contextmanager
def _at_hh() -> Iterator[None]:
    """Let the block ask hh.ru for a person, or raise `Unavailable('hh_busy_now')` at once.

    Half of the threads at most ask it at a time: one call may take a quarter of a minute and more.
    """
    room = current_app.config["HH_ROOM"]
    if not room.acquire(blocking=False):
        raise Unavailable("hh_busy_now", retry_after=_FULL_SECONDS)
    try:
        yield
    finally:
        room.release()


_TROUBLES = _told(
    {
        HTTPStatus.NOT_FOUND: ("sign_in_not_found", "hh_resume_not_found", "user_not_found"),
        HTTPStatus.CONFLICT: (*_OF_A_SIGN_IN, *_FROM_HH),
        HTTPStatus.SERVICE_UNAVAILABLE: (*_NOT_NOW, "hh_answer_lost"),
    },
    on_a_page=True,
)


@blueprint.route("/auth_link")
class AuthLinks(MethodView):
    @blueprint.arguments(AuthLinkQuery, location="query")
    @blueprint.response(200, AuthLinkView)
    @blueprint.doc(
        responses=_told({HTTPStatus.NOT_FOUND: ("user_not_found",), HTTPStatus.CONFLICT: ("hh_not_configured",)})
    )
    def get(self, query: dict[str, int]) -> AuthLink:
        """Where the person signs in at hh.ru, and a code to show beside the link; one made earlier is void."""
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

        With the bot's key: JSON; the bot may also pass on hh.ru's `error` instead of a code. Without the key: a page
        for the person's browser, that shows to whom the résumé will go and the link's code, and does nothing before
        they confirm.
        """
        if "telegram_id" not in query and BOT.header not in request.headers:
            return _page_for_browser(query)
        BOT.check()
        handed_out = "error" if "error" in query else "code"
        if missing := [name for name in ("telegram_id", handed_out) if name not in query]:
            raise Invalid({name: ["required"] for name in missing})
        telegram_id = TelegramId(query["telegram_id"])
        is_about(telegram_id)
        if "code" not in query:
            raise _not_let_in(query["error"], state=query.get("state"), telegram_id=telegram_id)
        with _at_hh():
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
        """What the page's button does: bring the résumé to the person that the page showed."""
        try:
            with _at_hh():
                brought = use_cases().import_from_hh(code=form["code"], state=form["state"])
        except DomainError as trouble:
            return sign_in_page(said_in(), code=form["code"], state=form["state"], trouble=trouble)
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
    @blueprint.doc(
        responses=_told(
            {
                HTTPStatus.NOT_FOUND: ("user_not_found", "hh_not_linked", "hh_resume_not_found"),
                HTTPStatus.CONFLICT: _FROM_HH,
                HTTPStatus.SERVICE_UNAVAILABLE: _NOT_NOW,
            }
        )
    )
    def post(self, query: dict[str, Any], telegram_id: TelegramId) -> dict[str, Any]:
        """Bring the résumé and the applications once more.

        Without a `resume_id` the résumé brought last is looked at, and makes a revision only if it has changed at
        hh.ru: what the person gave since stays theirs. With `only=applications` no résumé is asked for.
        """
        with _at_hh():
            if "alone" in query:
                return _noted_view(use_cases().sync_applications(telegram_id=telegram_id))
            brought = use_cases().sync_hh(telegram_id=telegram_id, resume_id=query.get("resume_id"))
        return brought_view(brought)


@blueprint.route("/connection/<telegram_id:telegram_id>")
class Connection(MethodView):
    @blueprint.response(204)
    @blueprint.doc(
        responses=_told(
            {
                HTTPStatus.NOT_FOUND: ("user_not_found", "hh_not_linked"),
                HTTPStatus.SERVICE_UNAVAILABLE: ("hh_busy_now", "store_unavailable"),
            }
        )
    )
    def delete(self, telegram_id: TelegramId) -> None:
        """Unlink: the tokens are forgotten here and made worthless there."""
        with _at_hh():
            use_cases().unlink_hh(telegram_id=telegram_id)


def _page_for_browser(query: dict[str, Any]) -> Response:
    state, code = query.get("state", ""), query.get("code", "")
    try:
        if not code:
            raise _not_let_in(query.get("error"), state=state)
        return sign_in_page(said_in(), confirm=use_cases().show_sign_in(state=state), code=code, state=state)
    except DomainError as trouble:
        return sign_in_page(said_in(), code=code, state=state, trouble=trouble)


def _not_let_in(error: str | None, *, state: str | None, telegram_id: TelegramId | None = None) -> Conflict:
    """Return what there is to say where hh.ru handed out no code; a sign-in that the person refused is over."""
    if error != ACCESS_DENIED:
        # Something went wrong at hh.ru: the person may try again by the same link.
        return Conflict("sign_in_failed")
    use_cases().refuse_sign_in(state=state, telegram_id=telegram_id)
    return Conflict("sign_in_refused")


def brought_view(brought: Brought) -> dict[str, Any]:
    return {
        "state": brought.link.state.value,
        "resume_id": brought.resume.id,
        "new": brought.new,
        "hh_resume_id": brought.hh_resume_id,
        "resumes": brought.found,
        "applications": brought.applied,
    }


def _noted_view(noted: Noted) -> dict[str, Any]:
    return {
        "state": noted.link.state.value,
        "resume_id": None,
        "new": False,
        "hh_resume_id": noted.link.resume_id,
        "resumes": [],
        "applications": noted.applied,
    }


def _status_view(status: HhStatus) -> dict[str, Any]:
    link = status.link
    return {
        "state": status.state,
        "advice": said_in().hh_advice(status.advised),
        "hh_resume_id": link.resume_id if link is not None else None,
        "linked_at": link.linked_at if link is not None else None,
        "synced_at": link.synced_at if link is not None else None,
    }
