"""`jobs`: accepted work for the operator: listed, looked at, retried when it failed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any

import click

from domain.application import Application
from domain.errors import Refused
from domain.jobs import NOT_DONE, STATUSES, Job, JobKind, ListJobs
from entrypoints.cli.running import migrated_platform, told_plainly
from entrypoints.messages.words import words

_COLUMNS = ("kind", "id", "status", "reason", "attempt", "interruptions", "failures", "created_at", "finished_at")

_kind = click.option("--kind", type=click.Choice([kind.value for kind in JobKind]), help="Files or searches alone.")
_reason = click.option("--reason", metavar="CODE", help="Those alone that failed because of this, such as `no_text`.")
_as_json = click.option("--json", "as_json", is_flag=True, help="A JSON object a line, with every value.")
_person = click.option("--person", is_flag=True, help="Tell whose it is, too: the telegram_id.")


@click.group()
def jobs() -> None:
    """Accepted work: list it, look at one piece, retry what failed.

    A job is a résumé file to be read or a search to be carried out. These commands work on the store alone, beside
    whatever runs on it, and say nothing of the people behind the jobs unless asked for `--person`.
    """


@jobs.command("list")
@_kind
@click.option(
    "statuses",
    "--status",
    type=click.Choice(STATUSES),
    multiple=True,
    help=f"Jobs in this state; may be given several times. Unless given: {', '.join(NOT_DONE)}.",
)
@_reason
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many at most.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="How many of the newest to pass over.")
@_as_json
@_person
def list_jobs(
    kind: str | None,
    statuses: Sequence[str],
    reason: str | None,
    limit: int,
    offset: int,
    as_json: bool,
    person: bool,
) -> None:
    """List jobs, the newest first, and how many there are in all.

    With --json the number comes on standard error, so that the output is JSON and nothing else.
    """
    with _application() as application:
        page = application.list_jobs(
            kind=_kind_of(kind), statuses=statuses or NOT_DONE, reason=reason, limit=limit, offset=offset
        )
    told = [_values(job, person=person) for job in page.items]
    if as_json:
        for each in told:
            click.echo(json.dumps(each))
    elif told:
        columns = (*_COLUMNS, "telegram_id") if person else _COLUMNS
        _tell_table(columns, [[_cell(each[column]) for column in columns] for each in told])
    click.echo(f"{len(told)} of {page.total} in all.", err=as_json)


@jobs.command("show")
@click.argument("job_id", metavar="ID")
@_as_json
@_person
def show_job(job_id: str, as_json: bool, person: bool) -> None:
    """Show everything about one job: its state, why it failed, how often it was tried, when it is due."""
    with _application() as application:
        try:
            told = _values(application.show_job(job_id=job_id), person=person)
        except Refused as refused:
            raise click.ClickException(f"{job_id}: {_worded(refused)}") from None
    if as_json:
        click.echo(json.dumps(told))
        return
    for name, value in told.items():
        click.echo(f"{name:<14} {_cell(value)}")


@jobs.command("retry")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("all_failed", "--failed", is_flag=True, help="Every job that failed, instead of those named.")
@_kind
@_reason
@click.option("--yes", is_flag=True, help="With --failed: do not ask first.")
def retry_jobs(ids: Sequence[str], all_failed: bool, kind: str | None, reason: str | None, yes: bool) -> None:
    """Queue failed jobs anew: those named, or all with --failed (of a --kind, because of a --reason).

    They count as never tried, and whatever works off the queue takes them within seconds. What became of each is told
    in a line of its own. Exit status 1 when one could not be retried: it has not failed, its file is no longer kept,
    or the person has started another search since.
    """
    if bool(ids) == all_failed:
        raise click.UsageError("Name the jobs to retry, or give --failed, but not both.")
    if not all_failed and (kind or reason):
        raise click.UsageError("--kind and --reason choose among all that failed: give --failed, too.")
    with _application() as application:
        if all_failed:
            ids = _failed(application.list_jobs, _kind_of(kind), reason)
            if ids and not yes:
                click.confirm(f"Retry {len(ids)} failed job{'s' if len(ids) > 1 else ''}?", abort=True)
        refused = [job_id for job_id in dict.fromkeys(ids) if not _retried(application, job_id)]
    click.echo(f"{len(set(ids)) - len(refused)} retried, {len(refused)} not.")
    sys.exit(1 if refused else 0)


@contextmanager
def _application() -> Iterator[Application]:
    # The data folder is not taken: `up` may have it, and the store is made to be shared.
    with told_plainly(), migrated_platform(works=False) as platform:
        yield platform.application


def _failed(list_jobs: ListJobs, kind: JobKind | None, reason: str | None) -> list[str]:
    statuses = ("failed",)
    total = list_jobs(kind=kind, statuses=statuses, reason=reason, limit=0, offset=0).total
    page = list_jobs(kind=kind, statuses=statuses, reason=reason, limit=total, offset=0)
    return [job.id for job in page.items]


def _retried(application: Application, job_id: str) -> bool:
    try:
        job = application.retry_job(job_id=job_id)
    except Refused as refused:
        click.echo(f"{job_id}  {_worded(refused)}")
        return False
    click.echo(f"{job_id}  {job.status}")
    return True


def _worded(refused: Refused) -> str:
    return f"{refused.code}: {words('en').problem(refused.code, refused.data)}"


def _kind_of(kind: str | None) -> JobKind | None:
    return JobKind(kind) if kind is not None else None


def _values(job: Job, *, person: bool) -> dict[str, Any]:
    """Return what is told of a job, as JSON can hold it."""
    told = {
        "kind": job.kind.value,
        "id": job.id,
        "status": job.status,
        "reason": job.reason,
        "attempt": job.work.attempt,
        "interruptions": job.work.interruptions,
        "failures": job.work.failures,
        "due_at": _time(job.work.due_at),
        "sent_at": _time(job.work.sent_at),
        "lease_until": _time(job.work.lease_until),
        "created_at": _time(job.created_at),
        "finished_at": _time(job.finished_at),
    }
    return {**told, "telegram_id": job.telegram_id} if person else told


def _time(time: datetime | None) -> str | None:
    if time is None:
        return None
    return time.astimezone(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def _cell(value: object) -> str:
    return "-" if value is None else str(value)


def _tell_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [columns, *rows]
    widths = [max(len(line[index]) for line in lines) for index in range(len(columns))]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
