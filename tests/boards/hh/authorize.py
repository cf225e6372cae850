"""The pages of the loopback hh.ru where a person lets an application in."""

from __future__ import annotations

from html import escape
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit, urlunsplit

from tests.boards.hh.exchange import Answer, Request, as_html, elsewhere
from tests.boards.hh.people import Account
from tests.boards.hh.world import HhRu

_KEPT = ("response_type", "client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method")


def show_consent(hh: HhRu, request: Request) -> Answer:
    """Show the form, or send a person who is signed in and has let the application in before straight back."""
    asked = {name: request.one(name) or "" for name in _KEPT if request.one(name) is not None}
    wrong = _wrong(hh, asked)
    if wrong is not None:
        return as_html(f"<h1>{escape(wrong)}</h1>", status=400)
    account = _signed_in(hh, request)
    if account is not None and request.one("force_login") != "true" and hh.grants.granted(hh.application, account):
        return _with_code(hh, asked, account)
    return as_html(_page(hh, asked), headers={"Cache-Control": "no-store"})


def take_consent(hh: HhRu, request: Request) -> Answer:
    asked = {name: request.form[name] for name in _KEPT if name in request.form}
    account = hh.accounts.get(request.form.get("account", ""))
    wrong = _wrong(hh, asked) or ("no such account" if account is None else None)
    if wrong is not None or account is None:
        return as_html(f"<h1>{escape(str(wrong))}</h1>", status=400)
    if request.form.get("decision") != "accept":
        return elsewhere(_back(hh, asked, error="access_denied"))
    return _with_code(hh, asked, account)


def _with_code(hh: HhRu, asked: dict[str, str], account: Account) -> Answer:
    code = hh.grants.new_code(
        hh.application, account, redirect_uri=asked.get("redirect_uri"), challenge=asked.get("code_challenge")
    )
    cookie = f"hhlogin={account.login}; Path=/; HttpOnly"
    return elsewhere(_back(hh, asked, code=code.value), headers={"Set-Cookie": cookie})


def _back(hh: HhRu, asked: dict[str, str], **said: str) -> str:
    """Return the address that the person is sent to; the state comes back on a refusal too."""
    if "state" in asked:
        said["state"] = asked["state"]
    scheme, host, path, query, _ = urlsplit(asked.get("redirect_uri") or hh.application.redirect_uri)
    return urlunsplit((scheme, host, path, "&".join(filter(None, (query, urlencode(said)))), ""))


def _wrong(hh: HhRu, asked: dict[str, str]) -> str | None:
    """Say why nobody can be sent back at all. What hh.ru's own page says then is not documented."""
    if asked.get("client_id") != hh.application.client_id or hh.application.deleted:
        return "unknown client_id"
    if "redirect_uri" in asked and not hh.application.may_redirect_to(asked["redirect_uri"]):
        return "bad redirect url"
    if asked.get("response_type") != "code":
        return "unsupported response_type"
    if "code_challenge" in asked and asked.get("code_challenge_method") != "S256":
        return "unsupported code_challenge_method"
    return None


def _signed_in(hh: HhRu, request: Request) -> Account | None:
    cookie = SimpleCookie(request.headers.get("cookie", "")).get("hhlogin")
    return hh.accounts.get(cookie.value) if cookie else None


def _page(hh: HhRu, asked: dict[str, str]) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in asked.items()
    )
    people = "".join(f"<option>{escape(login)}</option>" for login in hh.accounts)
    return f"""<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>Вход на hh.ru</title></head>
<body><h1>Приложение просит доступ к вашему резюме</h1>
<form method="post" action="/oauth/authorize">{hidden}
<label>Войти как <select name="account">{people}</select></label>
<button name="decision" value="accept">Продолжить</button>
<button name="decision" value="deny">Отказать</button>
</form></body></html>"""
