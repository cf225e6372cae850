"""A person's own list of what they applied to, over HTTP."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timezone
from http import HTTPStatus
from typing import Any

from flask.views import MethodView
from werkzeug.datastructures import FileStorage

from domain.errors import Invalid, Refused
from domain.identifiers import TelegramId
from entrypoints.api.blueprint import BOT, Blueprint
from entrypoints.api.request import said_in, use_cases
from entrypoints.api.schemas.hh import NewApplications, NotedView
from entrypoints.spreadsheets import csv_columns, csv_rows, text_of

MOST_LINES = 5_000
LARGEST_LIST = 2**20

# A link says which vacancy is meant; under the others people also write titles.
_VACANCY = ("url", "link", "ссылка", "vacancy_id", "vacancy", "вакансия")
_WHEN = ("applied_at", "date", "дата", "дата отклика")
_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)|(?P<D>\d\d)\.(?P<M>\d\d)\.(?P<Y>\d{4})(?!\d)")

blueprint = Blueprint(
    "applications", key=BOT, url_prefix="/search/applications", description="What people applied to elsewhere."
)


@blueprint.route("/<telegram_id:telegram_id>")
class Applications(MethodView):
    @blueprint.arguments(NewApplications, location="multipart")
    @blueprint.response(200, NotedView)
    @blueprint.may_refuse(
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    )
    def post(self, form: dict[str, FileStorage], telegram_id: TelegramId) -> dict[str, Any]:
        """Give a list of vacancies applied to, as CSV: none of them is offered again."""
        content = form["file"].stream.read(LARGEST_LIST + 1)
        if len(content) > LARGEST_LIST:
            raise Refused("list_too_large")
        told: dict[int, tuple[tuple[str, ...], datetime | None]] = {}
        wrong: dict[int, str] = {}
        for line, row in _rows(content):
            when = next(iter(_cells(row, _WHEN)), "")
            applied_at = _moment(when)
            if when and applied_at is None:
                wrong[line] = "not_a_date"
            else:
                told[line] = (_cells(row, _VACANCY), applied_at)
        noted = use_cases().note_applications(telegram_id=telegram_id, told=told)
        words = said_in()
        errors = {str(line): words.field(code) for line, code in sorted({**noted.errors, **wrong}.items())}
        return {"new": noted.new, "known": noted.known, "errors": errors}


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    text = text_of(content)
    try:
        columns, rows = csv_columns(text), list(csv_rows(text))
    except csv.Error:
        raise Invalid({"file": ["not_a_table"]}) from None
    if len(rows) > MOST_LINES:
        raise Invalid({"file": ["list_too_large"]})
    if not {name.lower() for name in columns} & set(_VACANCY):
        raise Invalid({"file": ["no_vacancy_column"]})
    if not rows:
        raise Invalid({"file": ["no_rows"]})
    for line, row in rows:
        yield line, {name.lower(): value.strip() for name, value in row.items()}


def _cells(row: dict[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row[name] for name in names if name in row)


def _moment(text: str) -> datetime | None:
    """Return the day told, from its beginning in UTC, or `None` where none is."""
    if not (told := _DAY.match(text)):
        return None
    year, month, day = (int(part) for part in (told.group("y", "m", "d") if told["y"] else told.group("Y", "M", "D")))
    with suppress(ValueError):
        return datetime(year, month, day, tzinfo=timezone.utc)
    return None
