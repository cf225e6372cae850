"""The page that a person sees when hh.ru leads their browser back here."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, render_template_string

from domain.errors import DomainError, NotFound, Unavailable
from domain.hh.bringing import Brought
from domain.hh.sign_in import SignIn
from domain.hh.troubles import AnswerLost, LinkedAlready
from entrypoints.api.problems import tell_when_again
from entrypoints.messages.words import Words

_PAGE = """<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8"><title>{{ title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{% if look_again %}<meta http-equiv="refresh" content="3; url={{ look_again }}">
{% endif %}<style>
body { font: 17px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 12vh auto 0; padding: 0 1.25rem; color: #1c2330 }
h1 { font-size: 1.4rem; line-height: 1.25 }
.who { border: 1px solid #c8d0dc; border-radius: .6rem; padding: .8rem 1rem; font-weight: 600 }
.who small { display: block; font-weight: 400; color: #55606f }
.code { display: block; font: 600 1.9rem/1.5 ui-monospace, monospace; letter-spacing: .08em }
button { font: inherit; font-weight: 600; padding: .7rem 1.4rem; border: 0; border-radius: .6rem; color: #fff;
  background: #1f6feb; cursor: pointer }
button:focus-visible { outline: 3px solid #9cc2ff }
.warn { color: #8a3b00 }
@media (prefers-color-scheme: dark) {
  body { background: #12161d; color: #e6eaf0 } .who { border-color: #39424f } .who small { color: #9aa5b4 }
  .warn { color: #ffb27a }
}
</style>
</head>
<body>
<h1>{{ title }}</h1>
{% if sign_in %}
<p>{{ question }}</p>
<p class="who"><small>Telegram ID</small>{{ sign_in.telegram_id }}</p>
<p>{{ compare }} <strong class="code" translate="no">{{ sign_in.confirmation_code }}</strong></p>
<p class="warn">{{ warning }}</p>
<form method="post" action="import">
<input type="hidden" name="code" value="{{ code }}">
<input type="hidden" name="state" value="{{ state }}">
<button type="submit">{{ button }}</button>
</form>
{% else %}
{% if text %}<p>{{ text }}</p>
{% endif %}<p>{{ back }}</p>
{% endif %}
</body>
</html>
"""

# Nothing is loaded, nobody may frame the page (a hidden click would confirm it), and the address, which holds the code,
# goes nowhere.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

# A second click is answered while the first one's answer is thrown away: it must not look like a failure.
_STEPS = {"already_imported": "done", "import_running": "running", "hh_linked_sync": "linked"}


def sign_in_page(
    words: Words,
    *,
    confirm: SignIn | None = None,
    code: str = "",
    state: str = "",
    brought: Brought | None = None,
    trouble: DomainError | None = None,
) -> Response:
    """Return the page: to confirm to whom the résumé will go, that it was brought, or what is the matter.

    It names nobody: what people call themselves is theirs to choose, also the name of whom they want to deceive.
    """
    step = "done" if brought is not None else "confirm"
    if trouble is not None:
        step = _step_after(trouble)
    said = words.page(step)
    # Whoever waits for what another click began sees its end: the address is the one that hh.ru led back to.
    look_again = f"import?{urlencode({'code': code, 'state': state})}" if step == "running" else None
    if trouble is not None:
        said["text"] = words.problem(trouble.code, trouble.data, retry_after=trouble.retry_after)
    page = Response(
        render_template_string(
            _PAGE, language=words.language, sign_in=confirm, code=code, state=state, look_again=look_again, **said
        ),
        status=_status(trouble),
        headers=_HEADERS,
        content_type="text/html; charset=utf-8",
    )
    tell_when_again(page, trouble.retry_after if trouble is not None else None)
    return page


def _step_after(trouble: DomainError) -> str:
    if isinstance(trouble, LinkedAlready):
        return "linked"
    # After an answer that was lost the code is spent.
    if isinstance(trouble, Unavailable) and not isinstance(trouble, AnswerLost):
        return "again"
    return _STEPS.get(trouble.code, "trouble")


def _status(trouble: DomainError | None) -> int:
    if trouble is None or _STEPS.get(trouble.code) == "done":
        return 200
    if isinstance(trouble, NotFound):
        return 404
    return 503 if isinstance(trouble, Unavailable) else 409
