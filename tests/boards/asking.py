"""One who asks the loopback hh.ru, as a program would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

from tests.boards.hh import HhRu


@dataclass
class Asker:
    """Asks the loopback hh.ru under a truthful name, over one kept connection."""

    hh: HhRu
    session: requests.Session

    def get(self, address: str, token: str | None = None, **headers: str) -> requests.Response:
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        url = self.hh.api_url + address
        return self.session.get(url, headers={**bearer, **said}, timeout=5, allow_redirects=False)

    def found(self, address: str, token: str) -> list[str]:
        """Return the names of the vacancies that a search gives."""
        answer = self.get(address, token)
        assert answer.status_code == 200, answer.text
        return [item["name"] for item in answer.json()["items"]]

    def token(self, **form: str) -> requests.Response:
        return self.session.post(f"{self.hh.api_url}/token", data=form, timeout=5)

    def app(self, **changes: str) -> requests.Response:
        pair = {"client_id": self.hh.application.client_id, "client_secret": self.hh.application.client_secret}
        return self.token(grant_type="client_credentials", **{**pair, **changes})

    def exchange(self, code: str, **more: str) -> requests.Response:
        pair = {"client_id": self.hh.application.client_id, "client_secret": self.hh.application.client_secret}
        return self.token(**{"grant_type": "authorization_code", "code": code, **pair, **more})

    def refresh(self, token: str) -> requests.Response:
        return self.token(grant_type="refresh_token", refresh_token=token)


def without_id(body: dict[str, Any]) -> dict[str, Any]:
    """Return an error's body but for the id of its request, which is ever another."""
    return {key: value for key, value in body.items() if key != "request_id"}
