"""`vacancies import`: a file of vacancies into the catalogue."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from adapters.bootstrap import migrate_store, open_platform
from domain.vacancies.use_cases import Arrival, StoreVacancies
from entrypoints.cli.json_lines import json_lines
from entrypoints.cli.running import told_plainly
from entrypoints.messages.words import Words, words
from entrypoints.spreadsheets import csv_rows, text_of
from entrypoints.vacancy_items import read_items

AT_ONCE = 200
# Characters; what is too long for a vacancy is told of that vacancy, not of the whole file.
_SKILL_MARKS = re.compile(r"[|;,]")


@click.group()
def vacancies() -> None:
    """The catalogue of vacancies."""


@vacancies.command("import")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", help="Where vacancies come from that do not say so themselves; `internal` unless given.")
@click.option("--language", type=click.Choice(["ru", "en"]), default="en", show_default=True, help="Of errors.")
def import_file(file: Path, source: str | None, language: str) -> None:
    """Put vacancies into the catalogue, from JSON Lines or CSV (a header row names the fields).

    Errors are told line by line on standard error, the rest goes in. Exit status 1 when nothing could be put in.
    """
    try:
        rows = list(_rows(file))
    except (OSError, csv.Error) as error:
        raise click.ClickException(f"{file}: {error}") from None
    counts = dict.fromkeys(Arrival, 0)
    with told_plainly(), ExitStack() as stack:
        platform = open_platform(os.environ)
        stack.callback(platform.close)
        migrate_store(platform.settings)
        bar = stack.enter_context(click.progressbar(length=len(rows), label="Importing", file=sys.stderr))
        for begin in range(0, len(rows), AT_ONCE):
            batch = rows[begin : begin + AT_ONCE]
            _import(batch, source, platform.application.store_vacancies, counts, words(language), file)
            bar.update(len(batch))
    click.echo(json.dumps({arrival.value: count for arrival, count in counts.items()}))
    sys.exit(1 if rows and counts[Arrival.REFUSED] == len(rows) else 0)


def _import(
    batch: list[tuple[int, Any]],
    source: str | None,
    store: StoreVacancies,
    counts: dict[Arrival, int],
    said: Words,
    file: Path,
) -> None:
    named = [{"source": source, **item} if source is not None and isinstance(item, dict) else item for _, item in batch]
    read = read_items(named)
    wrong = {batch[index][0]: errors for index, errors in read.errors.items()}
    right = [number for index, (number, _) in enumerate(batch) if index not in read.errors]
    for number, arrived in zip(right, store(drafts=read.drafts), strict=True):
        if arrived.errors is not None:
            wrong[number] = arrived.errors
        else:
            counts[arrived.arrival] += 1
    counts[Arrival.REFUSED] += len(wrong)
    for number, errors in sorted(wrong.items()):
        told = "; ".join(f"{name}: {said.field(code)}" for name, codes in errors.items() for code in codes)
        click.echo(f"{file}:{number}: {told}", err=True)


def _rows(file: Path) -> Iterator[tuple[int, Any]]:
    """Give each item with the number of its line; a line that is no JSON comes as its text."""
    text = text_of(file.read_bytes())
    if file.suffix.lower() in (".csv", ".tsv"):
        yield from _csv_rows(text)
        return
    yield from json_lines(text).items()


def _csv_rows(text: str) -> Iterator[tuple[int, Any]]:
    for number, row in csv_rows(text):
        item: dict[str, Any] = dict(row)
        if "skills" in item:
            item["skills"] = [part.strip() for part in _SKILL_MARKS.split(item["skills"]) if part.strip()]
        yield number, item
