"""A person who signs in at the loopback hh.ru, over HTTP alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

from sqlalchemy import update
from werkzeug.test import TestResponse

from adapters.sql.board_tables import hh_connections
from tests.boards.hh import Browser, HhRu
from tests.entrypoints.installation import ANNA, Installation, told

PUBLIC_URL = "https://assistant.example.com"
SEALING_KEY = "token-encryption-key-of-the-tests"
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def known_to(hh: HhRu) -> dict[str, str]:
    """Return the settings of an installation that this hh.ru knows."""
    return {
        "HH_CLIENT_ID": hh.application.client_id,
        "HH_CLIENT_SECRET": hh.application.client_secret,
        "HH_USER_AGENT": "JobAssistant/1.0 (ops@example.com)",
        "HH_API_URL": hh.api_url,
        "HH_SITE_URL": hh.site_url,
        "PUBLIC_URL": PUBLIC_URL,
        "TOKEN_ENCRYPTION_KEYS": SEALING_KEY,
    }


@dataclass(frozen=True)
class Back:
    """Where hh.ru led a person back to, with what it handed out."""

    url: str

    @property
    def path(self) -> str:
        """The address on our side, with its query."""
        _, _, path, query, _ = urlsplit(self.url)
        return f"{path}?{query}"

    @property
    def code(self) -> str:
        return parse_qs(urlsplit(self.url).query)["code"][0]

    @property
    def state(self) -> str:
        return parse_qs(urlsplit(self.url).query)["state"][0]


def auth_url(api: Installation, telegram_id: int = ANNA) -> str:
    answer = api.bot.get(f"/hh/auth_link?telegram_id={telegram_id}")
    assert answer.status_code == 200, answer.text
    return str(told(answer)["auth_url"])


def consented(api: Installation, *, telegram_id: int = ANNA, account: str = "ivan") -> Back:
    """Get a link for the person and let `account` open it in a browser of theirs and agree."""
    return Back(Browser().consents(auth_url(api, telegram_id), account=account))


def bot_import(api: Installation, back: Back, *, telegram_id: int = ANNA, **more: str) -> TestResponse:
    asked = {"telegram_id": str(telegram_id), "code": back.code, "state": back.state, **more}
    return api.bot.get(f"/hh/import?{urlencode(asked)}")


def linked(api: Installation, account: str = "ivan") -> None:
    """Sign Anna in, with whatever that account has."""
    answer = bot_import(api, consented(api, account=account))
    assert answer.status_code == 200, answer.text


def hidden_in(page: TestResponse) -> dict[str, str]:
    """Return the hidden fields of a page's form."""
    return {name: unescape(value) for name, value in _HIDDEN.findall(page.text)}


def confirm(api: Installation, page: TestResponse) -> TestResponse:
    """Press the page's button."""
    return api.stranger.call("POST", "/hh/import", data=hidden_in(page))


def status(api: Installation, telegram_id: int = ANNA) -> str:
    return str(told(api.bot.get(f"/hh/status/{telegram_id}"))["state"])


def sync(api: Installation, query: str = "") -> TestResponse:
    return api.bot.post(f"/hh/sync/{ANNA}{query}")


def run_out(api: Installation, hh: HhRu) -> None:
    """Let the time go by in which access tokens hold."""
    hh.clock.forward(days=15)
    with api.engine.begin() as connection:
        past = datetime.now(timezone.utc) - timedelta(days=1)
        connection.execute(update(hh_connections).values(expires_at=past))


def history(api: Installation, telegram_id: int = ANNA) -> list[str]:
    """Return the sources of the person's revisions, the latest first."""
    return [each["source"] for each in told(api.bot.get(f"/resume/{telegram_id}/history"))["items"]]


def tokens_asked(hh: HhRu, grant: str) -> int:
    return len([each for each in hh.asked("/token", exact=True) if each.form.get("grant_type") == grant])
