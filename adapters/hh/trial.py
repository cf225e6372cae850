"""Tries whether hh.ru answers and knows this application, for whoever sets it up."""

from __future__ import annotations

from dataclasses import replace

from adapters.boards.http import Client, NoAnswer
from adapters.hh.answers import Kind, trouble_in

SILENT = "silent"
"""No answer came."""

_TRIAL_SECONDS = 5.0
_NO_CODE = "none"
_KNOWS_US = frozenset({Kind.CODE_DEAD, Kind.CODE_USED, Kind.TOKEN_DEAD, Kind.BAD_REQUEST})
"""What hh.ru has against the code, once it has nothing against who brings it."""


def hh_refusal(client: Client, *, client_id: str, client_secret: str, redirect_url: str | None) -> str | None:
    """Ask shortly; return what is the matter, a `Kind` or `SILENT`; `None` where hh.ru knows the application.

    A code is brought that nobody was given. The application's own token is not asked for: hh.ru gives one in five
    minutes at most, and makes that worthless which searches use.
    """
    form = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "client_secret": client_secret,
        "code": _NO_CODE,
        **({"redirect_uri": redirect_url} if redirect_url is not None else {}),
    }
    try:
        answer = replace(client, call_seconds=_TRIAL_SECONDS).post_form("/token", form.items())
    except NoAnswer:
        return SILENT
    trouble = trouble_in(answer.status, answer.headers, answer.body, from_token_endpoint=True)
    return None if trouble is None or trouble.kind in _KNOWS_US else trouble.kind.value
