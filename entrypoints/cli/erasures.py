"""`erase-again`: after a restore, erase those who had been erased since the backup was made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from typing import IO

import click

from entrypoints.cli.running import migrated_platform, told_plainly

_FORMATS = ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%MZ", "%Y-%m-%d")
_OBJECT = re.compile(r"\{.*\}")


@click.command("erase-again")
@click.argument("logs", metavar="LOG…", nargs=-1, required=True, type=click.File(encoding="utf-8", errors="replace"))
@click.option(
    "--since",
    required=True,
    type=click.DateTime(_FORMATS),
    help="When the backup was made, in UTC. What was erased before is not in it, and may have come back by itself.",
)
@click.option("--yes", is_flag=True, help="Do it. Without, only say how many there are.")
def erase_again(logs: Sequence[IO[str]], since: datetime, yes: bool) -> None:
    """Erase those who came back with a restored backup, though they had been erased since it was made.

    LOG… are the logs of the API (LOG_FORMAT=json), `-` for standard input: their lines `erased` say who, by a hash
    keyed with the operator's keys. Keep those keys and the logs apart from the database.
    """
    pseudonyms = {each for log in logs for each in _erased(log, since.replace(tzinfo=timezone.utc))}
    with told_plainly(), migrated_platform(works=False) as platform:
        count = platform.application.erase_again(
            pseudonyms=pseudonyms, pseudonyms_of=platform.pseudonyms_of, pretend=not yes
        )
    click.echo(f"Erased since then: {len(pseudonyms)}. Of these in the store again: {count}.")
    if count:
        click.echo("They are erased now." if yes else "Nothing is done yet; say --yes to erase them.")


def _erased(log: IO[str], since: datetime) -> Iterator[str]:
    for line in log:
        # Whoever collects logs may have put words of their own before each line.
        found = _OBJECT.search(line) if '"erased"' in line else None
        try:
            told = json.loads(found[0]) if found else {}
            if told.get("event") == "erased" and datetime.fromisoformat(told["time"].replace("Z", "+00:00")) >= since:
                yield str(told["person"])
        except (KeyError, ValueError):
            raise click.ClickException(f"{log.name}: a line cannot be understood: {line.strip()[:80]}") from None
