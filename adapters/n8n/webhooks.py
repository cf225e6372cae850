"""The webhooks of n8n's workflows: work is handed out by calling them."""

from __future__ import annotations

import logging
import mimetypes
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from adapters.boards.http import Answer, Client, NoAnswer, Silent, Unreached
from adapters.boards.reading import json_of
from adapters.patience import Patience
from domain.errors import Unavailable
from domain.handing_out.errand import FileErrand, Query, SearchErrand

log = logging.getLogger(__name__)

CONNECT_SECONDS, READ_SECONDS = 3.0, 10.0
PAUSES = (0.3, 1.0)
LAST_TRY_WITHIN = 6.0
"""No try begins later than so many seconds after the first."""

LEFT_ALONE = 30.0
"""For so many seconds who did not answer is not asked."""

SEARCH, READING = "vacancy-search", "resume-parse"
"""The workflows that are handed work, as their answers call them."""

PATHS = {SEARCH: "webhook/job-assistant-vacancy-search", READING: "webhook/job-assistant-resume-parse"}

_TAKEN = 202
_UNREACHABLE = "n8n_unreachable"
# 500: the workflow fails so only before it answers, when nothing has run.
_TRIED_AGAIN = {404: "n8n_not_published", 500: "n8n_error"} | dict.fromkeys((502, 503, 504), _UNREACHABLE)
_UNAUTHORIZED = frozenset({401, 403})
_EXECUTION = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNKNOWN_MEDIA = "application/octet-stream"

Asking = Callable[[], Answer]


@dataclass(frozen=True)
class N8nWebhooks:
    """Hands work out; no error names the token, the address or what was sent.

    Repeated is only what surely nobody took: n8n does not recognise a repetition. Who was not reached, or did not
    answer in time, is left alone for a while: no worker waits for it with every search. `pause` waits for so many
    seconds, `moment` returns the seconds of a clock that only goes forward.
    """

    url: str
    token: str = field(repr=False)
    connect_seconds: float = CONNECT_SECONDS
    read_seconds: float = READ_SECONDS
    pause: Callable[[float], None] = time.sleep
    moment: Callable[[], float] = time.monotonic
    patience: Patience = field(
        default_factory=lambda: Patience("n8n", NoAnswer, pause=LEFT_ALONE), repr=False, compare=False
    )

    def search(self, errand: SearchErrand) -> str | None:
        """Hand out a search; return the id of what n8n carries it out by, `None` where it tells none.

        None is also told by who took it and gave no answer in time: perhaps n8n has it. Raises `Unavailable` where
        nobody took it: `n8n_unreachable`, `n8n_unauthorized`, `n8n_not_published`, `n8n_error`, `n8n_refused`; so, too,
        where the connection was cut, as it is at once where nobody is behind a proxy's port: what comes of it all the
        same comes late, and is merged.
        """
        body = {
            "search_id": errand.search_id,
            "deadline": _moment(errand.deadline),
            "sources": list(errand.sources),
            "limit": errand.limit,
            "query": _query(errand.query),
        }
        headers = self._headers(errand.search_id)
        return self._handed_out(SEARCH, lambda: self._client().send_json("POST", PATHS[SEARCH], body, headers=headers))

    def read(self, errand: FileErrand) -> str | None:
        """Hand out a file that was read, as `search` hands out a search."""
        fields = {"upload_id": errand.upload_id, "deadline": _moment(errand.deadline), "text": errand.text}
        media_type = mimetypes.guess_type(errand.filename)[0] or _UNKNOWN_MEDIA
        files = {"file": (errand.filename, errand.content, media_type)}
        headers = self._headers(errand.upload_id)
        return self._handed_out(
            READING, lambda: self._client().post_parts(PATHS[READING], fields, files, headers=headers)
        )

    def _client(self) -> Client:
        return Client(
            self.url,
            headers={"User-Agent": "JobAssistant/1.0", "X-N8N-TOKEN": self.token},
            connect_seconds=self.connect_seconds,
            read_seconds=self.read_seconds,
            call_seconds=self.connect_seconds + self.read_seconds,
            largest_body=2**16,
        )

    def _headers(self, key: str) -> Mapping[str, str]:
        return {"Idempotency-Key": key}

    def _handed_out(self, workflow: str, ask: Asking) -> str | None:
        if self.patience.exhausted:
            raise Unavailable(_UNREACHABLE)
        began, pauses = self.moment(), iter(PAUSES)
        while isinstance(taken := _taken(ask), _Refused):
            pause = next(pauses, None) if taken.heals else None
            if pause is None or self.moment() - began + pause > LAST_TRY_WITHIN:
                if taken.code == _UNREACHABLE:
                    self.patience.leave_alone("not reached")
                else:
                    log.warning("n8n does not take what it is handed: %s, %s", workflow, taken.code)
                raise Unavailable(taken.code)
            self.pause(pause)
        if taken.timed_out:
            self.patience.leave_alone("timed out")
        return taken.execution_id


@dataclass(frozen=True)
class _Taken:
    execution_id: str | None
    timed_out: bool = False


@dataclass(frozen=True)
class _Refused:
    code: str
    heals: bool


def _taken(ask: Asking) -> _Taken | _Refused:
    try:
        answer = ask()
    except Unreached:
        return _Refused(_UNREACHABLE, heals=True)
    except Silent as silent:
        # Something was sent: n8n may be at work on it, and is not asked again.
        return _Taken(None, timed_out=True) if silent.timed_out else _Refused(_UNREACHABLE, heals=False)
    if answer.status == _TAKEN:
        return _Taken(_execution_id(answer))
    if answer.status in _TRIED_AGAIN:
        return _Refused(_TRIED_AGAIN[answer.status], heals=True)
    return _Refused("n8n_unauthorized" if answer.status in _UNAUTHORIZED else "n8n_refused", heals=False)


def _execution_id(answer: Answer) -> str | None:
    """Return the id, `None` where the answer is no JSON or holds none: the one of queue mode is a word."""
    told = json_of(answer.body)
    given = told.get("execution_id") if isinstance(told, dict) else None
    known = str(given) if isinstance(given, (str, int)) and not isinstance(given, bool) else ""
    return known if _EXECUTION.fullmatch(known) else None


def _query(query: Query) -> Mapping[str, Any]:
    return {
        "position": query.position,
        "skills": list(query.skills),
        "region": query.region,
        "salary_from": _number(query.salary_from),
        "work_format": query.work_format.value if query.work_format is not None else None,
        "text": query.text,
    }


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _moment(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
