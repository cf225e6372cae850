"""`POST /token` and `DELETE /token` of the loopback hh.ru."""

from __future__ import annotations

from tests.boards.hh.access import person
from tests.boards.hh.errors import TokenError
from tests.boards.hh.exchange import Answer, Request, as_json
from tests.boards.hh.grants import Pair
from tests.boards.hh.people import Application
from tests.boards.hh.world import HhRu


def give_token(hh: HhRu, request: Request) -> Answer:
    try:
        return as_json(_given(hh, request), headers={"Cache-Control": "no-store"})
    except TokenError as error:
        return error.answer()


def drop_token(hh: HhRu, request: Request) -> Answer:
    """Kill the pair of a live access token; an application's token is not dropped so."""
    person(hh, request).dead = "token was revoked"
    return Answer(status=204)


def _given(hh: HhRu, request: Request) -> dict[str, object]:
    form = request.form
    grant_type = form.get("grant_type")
    if grant_type == "authorization_code":
        application = _application(hh, request)
        if not form.get("code"):
            raise TokenError("invalid_request", "code not found")
        return _body(
            hh,
            hh.grants.exchange(
                application, form["code"], redirect_uri=form.get("redirect_uri"), verifier=form.get("code_verifier")
            ),
        )
    if grant_type == "refresh_token":
        # No pair of the application is asked for: the token alone is enough.
        if not form.get("refresh_token"):
            raise TokenError("invalid_request", "token is empty")
        return _body(hh, hh.grants.refresh(form["refresh_token"]))
    if grant_type == "client_credentials":
        token = hh.grants.new_app_token(_application(hh, request))
        return {"access_token": token.access, "token_type": "bearer"}
    raise TokenError("unsupported_grant_type", "unsupported grant_type")


def _body(hh: HhRu, pair: Pair) -> dict[str, object]:
    seconds = int(hh.grants.token_lifetime.total_seconds())
    tokens = {"access_token": pair.access, "token_type": "bearer"}
    return {**tokens, "expires_in": seconds, "refresh_token": pair.refresh}


def _application(hh: HhRu, request: Request) -> Application:
    ours = hh.application
    pair = (request.form.get("client_id"), request.form.get("client_secret"))
    if ours.deleted or pair != (ours.client_id, ours.client_secret):
        raise TokenError("invalid_client", "client_id or client_secret not found")
    return ours
