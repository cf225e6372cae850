"""`keys`: what an operator does with this installation's keys."""

from __future__ import annotations

import sys

import click

from entrypoints.cli.running import migrated_platform, told_plainly


@click.group()
def keys() -> None:
    """The keys of this installation."""


@keys.command()
def rotate() -> None:
    """Seal every token that is kept with the first of TOKEN_ENCRYPTION_KEYS, so that the others can be taken away.

    Every process must have been started with the new key before: first append it, then move it to the front. Works on
    the store alone, beside whatever runs on it, and is safe to run again. Exit status 1 while a token still needs
    another key. A link to sign in that was made before the key moved is good as long as the old one stays: a quarter
    of an hour at most.
    """
    with told_plainly(), migrated_platform(works=False) as platform:
        sealed = platform.application.seal_anew()
    click.echo(f"Sealed anew: {sealed.done}.")
    if sealed.busy:
        click.echo(f"In use at the moment: {sealed.busy}. Run it again in a few minutes.", err=True)
    if sealed.lost:
        click.echo(
            f"Opened by none of the keys: {sealed.lost}. Add the key that sealed them to TOKEN_ENCRYPTION_KEYS and run"
            " it again; without it people sign in anew.",
            err=True,
        )
    if not sealed.busy and not sealed.lost:
        click.echo("Nothing is left that needs another key than the first.")
    sys.exit(1 if sealed.busy or sealed.lost else 0)
