"""n8n's public API, as far as putting credentials and workflows into it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from adapters.boards.http import Answer, Client, NoAnswer, Unreached
from adapters.boards.reading import json_of

CALL_SECONDS = 30.0
_LISTED = 100
_LONGEST_WORDS = 300


class ApiTrouble(Exception):
    """What n8n's public API did not do, and what to do about it, in a sentence or two that hold no secret."""


@dataclass(frozen=True)
class PublicApi:
    """Calls `/api/v1` with a key of its owner or an admin. Every method raises `ApiTrouble`."""

    url: str
    key: str = field(repr=False)
    seconds: float = CALL_SECONDS

    def credentials(self) -> list[Mapping[str, Any]]:
        return list(self._all("credentials"))

    def workflows(self) -> list[Mapping[str, Any]]:
        return list(self._all("workflows", excludePinnedData="true"))

    def add_credential(self, body: Mapping[str, Any]) -> str:
        return str(self._call("POST", "credentials", body)["id"])

    def change_credential(self, credential_id: str, body: Mapping[str, Any]) -> None:
        self._call("PATCH", f"credentials/{quote(credential_id, safe='')}", body)

    def add_workflow(self, body: Mapping[str, Any]) -> str:
        return str(self._call("POST", "workflows", body)["id"])

    def change_workflow(self, workflow_id: str, body: Mapping[str, Any]) -> None:
        self._call("PUT", f"workflows/{quote(workflow_id, safe='')}", body)

    def unarchive(self, workflow_id: str) -> None:
        self._call("POST", f"workflows/{quote(workflow_id, safe='')}/unarchive", {})

    def publish(self, workflow_id: str) -> None:
        self._call("POST", f"workflows/{quote(workflow_id, safe='')}/activate", {})

    def _all(self, kind: str, **query: str) -> Iterator[Mapping[str, Any]]:
        query["limit"] = str(_LISTED)
        while True:
            page = self._call("GET", f"{kind}?{urlencode(query)}")
            yield from page["data"]
            if not page.get("nextCursor"):
                return
            query["cursor"] = page["nextCursor"]

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        client = Client(
            self.url,
            headers={"User-Agent": "JobAssistant/1.0", "X-N8N-API-KEY": self.key},
            connect_seconds=3.0,
            call_seconds=self.seconds,
        )
        try:
            answer = client.get(f"api/v1/{path}") if body is None else client.send_json(method, f"api/v1/{path}", body)
        except Unreached:
            raise ApiTrouble(f"n8n is not reached at {self.url}. Check the address, and that n8n runs.") from None
        except NoAnswer:
            raise ApiTrouble(f"n8n at {self.url} does not answer in time. Try again; look at its log.") from None
        if not 200 <= answer.status < 300:
            raise ApiTrouble(_refusal(answer, f"{method} /api/v1/{path.partition('?')[0]}"))
        told = json_of(answer.body)
        if told is None:
            raise ApiTrouble(f"{self.url} does not answer as n8n does. Check the address.")
        return told


def _refusal(answer: Answer, what: str) -> str:
    if answer.status == 401:
        return "n8n does not know the API key. Make one in n8n under Settings, n8n API, and give it as N8N_API_KEY."
    if answer.status == 404 and not _said(answer):
        return (
            "n8n has no public API there: it is switched off (N8N_PUBLIC_API_DISABLED), or the address is not n8n's."
            " Switch it on, or use --folder."
        )
    said = f": {_said(answer)}" if _said(answer) else ""
    if answer.status == 403:
        return (
            f"n8n does not let this API key do that ({what}){said}. It must be the owner's or an admin's, and have the"
            " scopes to list, create and update credentials and workflows, to activate workflows, and to delete them"
            " where one is to be taken out of the archive."
        )
    return f"n8n refuses ({what}, status {answer.status}){said}."


def _said(answer: Answer) -> str:
    """Return n8n's own words about a refusal, which repeat nothing of what was sent."""
    told = json_of(answer.body)
    words = told.get("message") if isinstance(told, dict) else None
    return " ".join(words.split())[:_LONGEST_WORDS] if isinstance(words, str) else ""
