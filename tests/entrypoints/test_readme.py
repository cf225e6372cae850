"""The README's tables say what the code does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from adapters.settings import Settings
from tests.entrypoints.installation import ANNA, Installation, told

README = Path(__file__).parents[2] / "README.md"
_ROW = re.compile(r"^\|(.+)\|\s*$", re.MULTILINE)
_SETTING = re.compile(r"`([A-Z][A-Z0-9_]*)`")
_OPERATION = re.compile(r"`((?:GET|POST|PUT|PATCH|DELETE) /\S*)`")


def _rows() -> list[list[str]]:
    """Return the cells of every row of every table."""
    return [[cell.strip() for cell in row.split("|")] for row in _ROW.findall(README.read_text("utf-8"))]


def _as_documented(value: object) -> str:
    """Return a default as the table writes it: in backticks, or nothing where nothing is set."""
    return "" if value in (None, ()) else f"`{value}`"


def test_the_table_of_settings_is_that_of_the_code() -> None:
    documented = {
        match.group(1): (cells[1], cells[2])
        for cells in _rows()
        if len(cells) == 3 and (match := _SETTING.fullmatch(cells[0]))
    }

    assert documented == {
        each.name.upper(): (each.metadata["meaning"], _as_documented(each.default)) for each in fields(Settings)
    }


def test_the_table_of_endpoints_is_that_of_the_specification(api: Installation) -> None:
    documented = [
        (match.group(1), cells[1]) for cells in _rows() if (match := _OPERATION.fullmatch(cells[0])) is not None
    ]

    specification = told(api.stranger.get("/openapi.json"))
    described = [
        (f"{method.upper()} {path}", "".join(kind for kinds in item[method].get("security", ()) for kind in kinds))
        for path, item in specification["paths"].items()
        for method in item
        if method in ("get", "post", "put", "patch", "delete")
    ]
    assert sorted(documented) == sorted(described)


def test_the_columns_of_applications_are_those_that_are_read(with_anna: Installation) -> None:
    columns = {cells[0]: re.findall(r"`([^`]+)`", f"{cells[0]} {cells[1]}") for cells in _rows() if len(cells) == 3}
    page, names, dates = columns["`url`"], columns["`vacancy_id`"], columns["`applied_at`"]
    lists = [
        *(f"{name}\nhh.ru/vacancy/1\n" for name in (*page, *names)),
        *(f"{name}\nhh-1\n" for name in names),
        *(f"url,{name}\nhh.ru/vacancy/1,2026-11-23\nhh.ru/vacancy/2,yesterday\n" for name in dates),
    ]

    answers = [told(with_anna.bot.send(f"/search/applications/{ANNA}", each.encode())) for each in lists]

    assert [list(each["errors"]) for each in answers] == [[]] * (len(page) + 2 * len(names)) + [["3"]] * len(dates)
    assert min(len(page), len(names), len(dates)) > 2
