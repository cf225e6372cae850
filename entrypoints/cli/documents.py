"""Commands on files given by path: `parse` and `rank`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import click
import marshmallow as ma

from adapters.bootstrap import files_reader, ranking, read_settings
from domain.errors import DomainError, Refused
from domain.resumes.content import ResumeContent
from domain.resumes.reading import ResumeReader
from entrypoints.api.problems import flat
from entrypoints.api.schemas.resumes import NewResume
from entrypoints.cli.json_lines import json_lines
from entrypoints.cli.running import told_plainly
from entrypoints.messages.views import explanation_view, ranked_view, warning_view
from entrypoints.messages.words import LANGUAGES, words
from entrypoints.vacancy_items import read_items

language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="Of reasons and details."
)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@language_option
def parse(files: Sequence[Path], language: str) -> None:
    """Read résumé files (PDF, DOCX, RTF) and print one JSON object a line for each, in the order given.

    Each has `file`, `ok`, `reason` (a stable code when not ok), `detail`, `warnings`, `resume` and `seconds`. Exit
    status 1 when none of the files could be read.
    """
    with told_plainly():
        settings = read_settings(os.environ)
    good = 0
    with files_reader(settings) as reader, ThreadPoolExecutor(settings.reader_processes) as threads:
        for told in threads.map(lambda path: _parsed(path, reader, settings.max_upload_mb, language), files):
            click.echo(_json(told))
            good += told["ok"]
    sys.exit(0 if good else 1)


def _parsed(path: Path, reader: ResumeReader, megabytes: int, language: str) -> dict[str, Any]:
    began = time.perf_counter()
    # A name that is no text in this system's encoding could not be printed.
    file = click.format_filename(path)
    told: dict[str, Any] = {"file": file, "ok": True, "reason": None, "detail": None, "warnings": [], "resume": None}
    said = words(language)
    try:
        read = reader.read(_resume_file(path, megabytes))
        told |= {"warnings": [warning_view(each, said) for each in read.warnings], "resume": _flat_resume(read.content)}
    except DomainError as error:
        told |= {"ok": False, "reason": error.code, "detail": said.problem(error.code, error.data)}
    return told | {"seconds": round(time.perf_counter() - began, 3)}


def _resume_file(path: Path, megabytes: int) -> bytes:
    """Return the bytes of a file that an upload would take; of a larger one no more is read than shows it."""
    content = _bytes_of(path, at_most=megabytes * 2**20 + 1)
    if len(content) > megabytes * 2**20:
        raise Refused("file_too_large", megabytes=megabytes)
    return content


def _bytes_of(path: Path, *, at_most: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(at_most)
    except OSError as error:
        raise Refused("file_unreadable", why=error.strerror) from None


def _flat_resume(content: ResumeContent) -> dict[str, Any]:
    flat_one = asdict(content)
    return {**flat_one.pop("contact"), **flat_one}


@click.command()
@click.argument("resume", metavar="RESUME", type=click.Path(path_type=Path))
@click.argument("vacancies", metavar="VACANCIES.jsonl", type=click.Path(path_type=Path))
@click.option("--explain", is_flag=True, help="Add where each score comes from.")
@language_option
def rank(resume: Path, vacancies: Path, explain: bool, language: str) -> None:
    """Rank vacancies for a résumé and print one JSON object a line for each, best first.

    RESUME is a résumé file, or JSON as `POST /resume/json` takes it. VACANCIES.jsonl holds one object a line: `id` and
    `title`, and optionally `company`, `area`, `salary_from`, `salary_to`, `currency`, `experience`, `skills`,
    `responsibilities`, `requirements`, `description`, `url`. A bad line is told on standard error and left out.
    """
    said = words(language)
    with told_plainly():
        settings = read_settings(os.environ)
    try:
        content = _resume_of(resume)
        lines = json_lines(_bytes_of(vacancies).decode("utf-8-sig", errors="replace"))
    except DomainError as error:
        raise click.ClickException(said.problem(error.code, error.data)) from None
    numbers = list(lines)
    read = read_items(lines.values())
    right = [number for index, number in enumerate(numbers) if index not in read.errors]
    ranked = ranking(settings)(resume=content, drafts=read.drafts)
    wrong = {numbers[index]: errors for index, errors in read.errors.items()}
    wrong |= {right[index]: errors for index, errors in ranked.errors.items()}
    for number, errors in sorted(wrong.items()):
        told = "; ".join(f"{name}: {said.field(code)}" for name, codes in errors.items() for code in codes)
        click.echo(f"{vacancies}:{number}: {told}", err=True)
    for vacancy, assessment in ranked.ranked:
        told_one = ranked_view(vacancy.id, assessment, said)
        if explain:
            told_one["explanation"] = _plain(explanation_view(assessment, said))
        click.echo(_json(told_one))
    sys.exit(1 if wrong and not ranked.ranked else 0)


def _resume_of(path: Path) -> ResumeContent:
    settings = read_settings(os.environ)
    content = _resume_file(path, settings.max_upload_mb)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and not content.lstrip().startswith(b"{\\rtf"):
        return _resume_of_json(content)
    with files_reader(settings) as reader:
        return reader.read(content).content


def _resume_of_json(content: bytes) -> ResumeContent:
    try:
        # A ranking makes do with less than the form asks for.
        loaded: dict[str, ResumeContent] = NewResume(partial=True, unknown=ma.EXCLUDE).load(
            json.loads(content.decode("utf-8-sig"))
        )
    except ma.ValidationError as error:
        told = "; ".join(f"{name}: {', '.join(codes)}" for name, codes in flat(error.messages).items())
        raise Refused("resume_json_invalid", errors=told) from None
    except (ValueError, RecursionError):
        raise Refused("bad_json") from None
    return loaded["content"]


def _plain(value: Any) -> Any:
    """Return a view with entities inside as JSON can hold it."""
    return json.loads(json.dumps(value, default=_as_json))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_as_json)


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, Enum):
        return value.value
    return asdict(value)
