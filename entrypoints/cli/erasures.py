"""`erase-again`: after a restore, erase those who had been erased since the backup was made."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

import click

from adapters.bootstrap import BadErasures, KeptErasures, kept_erasures, read_settings
from entrypoints.cli.running import migrated_platform, told_plainly

_FORMATS = ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%MZ", "%Y-%m-%d")


@click.command("erase-again")
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--since",
    required=True,
    type=click.DateTime(_FORMATS),
    help="When the backup was begun, in UTC. An earlier time does no harm.",
)
@click.option("--until", type=click.DateTime(_FORMATS), help="Leave out what was erased later than this, in UTC.")
@click.option("--yes", is_flag=True, help="Do it. Without, only say how many there are.")
def erase_again(files: Sequence[Path], since: datetime, until: datetime | None, yes: bool) -> None:
    """Erase those who came back with a restored backup, though they had been erased since it was made.

    FILE… are the files of erasures of all machines that serve the API, `-` for standard input; without any it is
    ERASURES_FILE. They say who by a hash keyed with the operator's keys. Who has registered anew since is left alone,
    so it is safe to run again.
    """
    since, until = _in_utc(since), _in_utc(until) if until else None
    with told_plainly():
        erased = _latest(files or [read_settings(os.environ).erasures_path], since, until)
        with migrated_platform(works=False) as platform:
            count = platform.application.erase_again(
                erased=erased, pseudonyms_of=platform.pseudonyms_of, pretend=not yes
            )
    click.echo(f"Erased since then: {len(erased)}. Of these in the store again: {count}.")
    if count:
        click.echo("They are erased now." if yes else "Nothing is done yet; say --yes to erase them.")


def _latest(files: Sequence[Path], since: datetime, until: datetime | None) -> dict[str, datetime]:
    """Return when each person was erased last within the time, by pseudonym."""
    latest: dict[str, datetime] = {}
    for file in files:
        for person, at in _kept(file, since).erased:
            if at >= since and (until is None or at <= until):
                latest[person] = max(at, latest.get(person, at))
    return latest


def _kept(file: Path, since: datetime) -> KeptErasures:
    try:
        kept = kept_erasures(file)
    except BadErasures as error:
        raise click.ClickException(f"{file} {error}; nobody is erased") from None
    # As it is written below, without the fractions.
    if kept.since.replace(microsecond=0) > since:
        raise click.ClickException(
            f"{file} begins on {kept.since:%Y-%m-%dT%H:%M:%SZ}, the backup is older: whoever was erased between them"
            " is not in it; nobody is erased"
        )
    if kept.torn:
        click.echo(f"{file}: {kept.torn} line(s) torn by a crash; nobody was erased by them.", err=True)
    return kept


def _in_utc(time: datetime) -> datetime:
    return time.replace(tzinfo=timezone.utc)
