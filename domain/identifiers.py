"""The ids that name things across the product."""

from __future__ import annotations

from typing import NewType

TelegramId = NewType("TelegramId", int)
"""A person's Telegram id: positive, at most 63 bits."""

ResumeId = NewType("ResumeId", str)
UploadId = NewType("UploadId", str)
RunId = NewType("RunId", str)

VacancyId = NewType("VacancyId", str)
"""`<source>-<id at the source>`."""

LARGEST_TELEGRAM_ID = 2**63 - 1
