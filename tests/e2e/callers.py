"""The bot's side: what it asks of the API and how it waits for the answers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import requests

SECONDS = 60.0
FORM = {
    "current_position": "Младший разработчик",
    "desired_position": "Python-разработчик",
    "years_experience": 3.5,
    "skills": ["Python", "Django", "PostgreSQL", "Docker", "Git"],
    "preferred_salary": {"amount": 180000, "currency": "RUB"},
    "preferred_region": "Казань",
    "work_format": "hybrid",
    "languages": [{"name": "English", "level": "B2"}],
    "education_level": "bachelor",
}


def profile(person: int) -> dict[str, Any]:
    """Return what somebody fills in first."""
    return {
        "telegram_id": person,
        "first_name": "Анна",
        "last_name": "Вымышленная",
        "age": 30,
        "city": "Казань",
        "email": f"person{person}@example.com",
        "phone": "+79000000001",
    }


class Caller:
    """One who holds the keys. A call that is not answered as wanted fails the test."""

    def __init__(self, url: str, keys: Mapping[str, str]) -> None:
        self._url = url
        self._calls = requests.Session()
        # No proxy of this machine stands between us and the server.
        self._calls.trust_env = False
        self._calls.headers.update(keys)

    def __enter__(self) -> Caller:
        return self

    def __exit__(self, *_: object) -> None:
        self._calls.close()

    def ask(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        return self._calls.request(method, self._url + path, timeout=SECONDS, **kwargs)

    def get(self, path: str, **params: Any) -> Any:
        return _body(self.ask("GET", path, params=params), 200)

    def fill(self, vacancies: list[Any]) -> None:
        _body(self.ask("POST", "/vacancies/", json={"vacancies": vacancies}), 200)

    def welcome(self, person: int) -> None:
        _body(self.ask("POST", "/users/", json=profile(person)), 201)

    def erase(self, person: int) -> None:
        _body(self.ask("DELETE", f"/users/{person}"), 204)

    def submit(self, person: int, **changes: Any) -> Any:
        """Give a résumé by the form."""
        return _body(self.ask("POST", f"/resume/json/{person}", json={**FORM, **changes}), 201)

    def send(self, person: int, name: str, content: bytes) -> Any:
        """Give a résumé file; return the upload, which is under way."""
        return _body(self.ask("POST", f"/resume/file/{person}", files={"file": (name, content)}), 202)

    def upload(self, person: int, upload_id: str) -> Any:
        return self.get(f"/resume/file/{person}/{upload_id}")

    def parsed(self, person: int, upload_id: str) -> Any:
        """Wait until an upload ended; return it."""
        limit = time.monotonic() + SECONDS
        while (upload := self.upload(person, upload_id))["status"] in ("queued", "parsing"):
            assert time.monotonic() < limit, upload
            time.sleep(0.05)
        return upload

    def start(self, person: int, **filters: Any) -> Any:
        """Start a search; return the run, which is under way."""
        return _body(self.ask("POST", f"/search/start/{person}", json=filters), 202)

    def found(self, person: int) -> Any:
        """Wait until the person's search ended; return it."""
        limit = time.monotonic() + SECONDS
        while (run := self.get(f"/search/status/{person}"))["status"] in ("queued", "gathering", "ranking"):
            assert time.monotonic() < limit, run
            time.sleep(0.05)
        return run

    def next(self, person: int, after: str | None = None) -> requests.Response:
        return self.ask("GET", f"/search/next/{person}", params={} if after is None else {"after": after})

    def served(self, person: int, most: int = 1_000) -> list[str]:
        """Take up to so many cards, one after the other; return their vacancies' ids."""
        ids: list[str] = []
        while len(ids) < most and (answer := self.next(person)).status_code != 204:
            ids.append(_body(answer, 200)["vacancy_id"])
        return ids

    def history(self, kind: str, person: int) -> list[Any]:
        """Return all pages of `resume` or `search` history."""
        items: list[Any] = []
        while True:
            page = self.get(
                f"/{kind}/{person}/history" if kind == "resume" else f"/search/history/{person}",
                limit=100,
                offset=len(items),
            )
            items += page["items"]
            if len(items) >= page["total"]:
                return items


def _body(answer: requests.Response, status: int) -> Any:
    assert answer.status_code == status, f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else None
