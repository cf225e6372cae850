"""A person's browser at the loopback hh.ru: it signs in, and stops before it leaves for the application."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin

import requests


class Browser:
    """It keeps cookies, as one browser does for one person."""

    def __init__(self) -> None:
        self._cookies: dict[str, str] = {}

    def consents(self, auth_url: str, *, account: str = "ivan") -> str:
        """Open the address, let the application in, and return where hh.ru sends the person (code, state)."""
        return self._decides(auth_url, {"account": account, "decision": "accept"})

    def refuses(self, auth_url: str, *, account: str = "ivan") -> str:
        """Open the address, refuse, and return where hh.ru sends the person (error, state)."""
        return self._decides(auth_url, {"account": account, "decision": "deny"})

    def opens(self, auth_url: str) -> str | None:
        """Open the address; return where hh.ru sends the person without a question, or `None` when it asks."""
        return self._ask("GET", auth_url).headers.get("Location")

    def _decides(self, auth_url: str, choice: dict[str, str]) -> str:
        page = self._ask("GET", auth_url)
        if "Location" in page.headers:
            return page.headers["Location"]
        page.raise_for_status()
        form = _Form()
        form.feed(page.text)
        sent = self._ask("POST", urljoin(auth_url, form.action), form.hidden | choice)
        sent.raise_for_status()
        return sent.headers["Location"]

    def _ask(self, method: str, url: str, form: dict[str, str] | None = None) -> requests.Response:
        headers = {"User-Agent": "Mozilla/5.0"}
        answer = requests.request(
            method, url, data=form, headers=headers, cookies=self._cookies, allow_redirects=False, timeout=10
        )
        self._cookies.update(answer.cookies.get_dict())
        return answer


class _Form(HTMLParser):
    """Reads the form of a page: where it goes, and its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.hidden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = named["action"]
        if tag == "input" and named.get("type") == "hidden":
            self.hidden[named["name"]] = named["value"]
