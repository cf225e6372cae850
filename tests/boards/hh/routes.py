"""Which handler of the loopback hh.ru answers which request."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from tests.boards.hh import applicants, authorize, dictionaries, errors, listings, token_endpoint
from tests.boards.hh.access import check_user_agent
from tests.boards.hh.exchange import Answer, Host, Request, as_html
from tests.boards.hh.world import HhRu

Handler = Callable[..., Answer]


def _whole(name: str) -> Handler:
    return partial(dictionaries.body, name=name)


_TOKEN: list[tuple[str, str, Handler]] = [
    ("POST", r"/oauth/token", token_endpoint.give_token),
    ("DELETE", r"/oauth/token", token_endpoint.drop_token),
]
_ROUTES: dict[Host, list[tuple[str, str, Handler]]] = {
    "site": [
        ("GET", r"/oauth/authorize", authorize.show_consent),
        ("POST", r"/oauth/authorize", authorize.take_consent),
        *_TOKEN,
    ],
    "api": [
        *_TOKEN,
        ("POST", r"/token", token_endpoint.give_token),
        ("DELETE", r"/token", token_endpoint.drop_token),
        ("GET", r"/me", applicants.me),
        ("GET", r"/resumes/mine", applicants.my_resumes),
        ("GET", r"/resumes/([^/]+)", applicants.resume),
        ("GET", r"/negotiations", applicants.negotiations),
        ("GET", r"/vacancies", listings.vacancies),
        ("GET", r"/vacancies/([^/]+)", listings.vacancy),
        ("GET", r"/dictionaries", _whole("dictionaries")),
        ("GET", r"/areas", _whole("areas")),
        ("GET", r"/areas/countries", dictionaries.countries),
        ("GET", r"/areas/([^/]+)", dictionaries.area),
        ("GET", r"/languages", _whole("languages")),
        ("GET", r"/professional_roles", _whole("professional_roles")),
        ("GET", r"/suggests/([^/]+)", dictionaries.suggests),
    ],
}


def handle(hh: HhRu, request: Request) -> Answer:
    """Answer a request as hh.ru would, one at a time."""
    try:
        if request.host == "api" or request.path == "/oauth/token":
            check_user_agent(request)
        with hh.lock:
            return _answer(hh, request)
    except errors.ApiError as error:
        if request.host == "site" and request.path != "/oauth/token":
            return as_html(f"<h1>{error.status}</h1>", status=error.status)
        return error.answer(request.id)


def _answer(hh: HhRu, request: Request) -> Answer:
    known = False
    for method, path, handler in _ROUTES[request.host]:
        match = re.fullmatch(path, request.path)
        if match and method == request.method:
            return handler(hh, request, *match.groups())
        known = known or match is not None
    raise errors.method_not_allowed() if known else errors.not_found()
