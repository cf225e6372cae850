"""Answers that a client may keep: with `ETag`, `Cache-Control` and `Expires`, and 304 for one who has them."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

from tests.boards.hh.exchange import Answer, Request, as_json
from tests.boards.hh.world import HhRu

_FRESH = timedelta(hours=1)


def cached(hh: HhRu, request: Request, body: Any) -> Answer:
    tag = '"' + hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32] + '"'
    headers = {
        "ETag": tag,
        "Cache-Control": f"max-age={int(_FRESH.total_seconds())}, public",
        "Expires": format_datetime(hh.clock.now() + _FRESH, usegmt=True),
    }
    asked = [known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")]
    if tag in asked or "*" in asked:
        return Answer(status=304, headers=headers)
    return as_json(body, headers=headers)
