"""The machine's own clock and chance."""

from __future__ import annotations

import uuid
from datetime import datetime, timezone


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(timezone.utc)


class RandomIds:
    def new(self) -> str:
        return str(uuid.uuid4())
