"""Who may ask what of the loopback hh.ru."""

from __future__ import annotations

from tests.boards.hh import errors
from tests.boards.hh.exchange import Request
from tests.boards.hh.grants import AppToken, Pair
from tests.boards.hh.people import Account
from tests.boards.hh.world import DEFAULT_UAS, HhRu


def check_user_agent(request: Request) -> None:
    """Refuse a caller that does not say who it is; `HH-User-Agent` counts before `User-Agent`."""
    name = request.headers.get("hh-user-agent") or request.headers.get("user-agent")
    if not name:
        raise errors.bad_user_agent("unset")
    if name.lower().startswith(DEFAULT_UAS):
        raise errors.bad_user_agent("blacklisted")


def caller(hh: HhRu, request: Request) -> AppToken | Pair | None:
    """Return whose token came, or `None` without any `Authorization`; refuse a bad one, even where none is needed."""
    if "authorization" not in request.headers:
        return None
    if request.bearer is None:
        raise errors.bad_authorization()
    return hh.grants.holder(request.bearer)


def applicant(hh: HhRu, request: Request) -> Account:
    """Return the applicant who asks, or refuse everybody else."""
    account = person(hh, request).account
    if account.kind != "applicant" or hh.applicants == "closed":
        raise errors.forbidden()
    return account


def person(hh: HhRu, request: Request) -> Pair:
    asks = caller(hh, request)
    if asks is None:
        raise errors.bad_authorization()
    if isinstance(asks, AppToken):
        raise errors.user_auth_expected()
    return asks


def may_search(hh: HhRu, request: Request) -> None:
    """Refuse a search or a vacancy to those who may not see it: nobody without a token, applicants while closed."""
    asks = caller(hh, request)
    if asks is None and not hh.anonymous_search:
        raise errors.forbidden()
    if isinstance(asks, Pair) and asks.account.kind == "applicant" and hh.applicants == "closed":
        raise errors.forbidden()
