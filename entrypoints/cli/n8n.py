"""`n8n`: what an operator does with the n8n beside this installation."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from adapters.bootstrap import (
    N8N_SCRIPT,
    ApiTrouble,
    Kit,
    N8nTrouble,
    Probed,
    PublicApi,
    Settings,
    WasChanged,
    await_answers,
    n8n_kit,
    put_in,
    read_settings,
    write_folder,
)
from entrypoints.cli.running import told_plainly

WHAT_TO_DO: Mapping[N8nTrouble, str] = {
    N8nTrouble.UNREACHED: "n8n is not reached there. Check the address (N8N_URL), and that it runs.",
    N8nTrouble.SILENT: (
        "n8n does not answer in time. Look at its log; in queue mode one of its workers must be alive, or the workflows"
        " be installed with --queue-mode."
    ),
    N8nTrouble.WRONG_TOKEN: "n8n does not take N8N_TOKEN. Run `job-assistant n8n install`, which puts it into n8n.",
    N8nTrouble.NOT_PUBLISHED: (
        "n8n has no such webhook. Run `job-assistant n8n install`, or publish the workflow in n8n. If n8n has just been"
        " started, wait for half a minute."
    ),
    N8nTrouble.FAILS: (
        "the workflow fails before it answers. Look at its executions in n8n; `job-assistant n8n install --replace`"
        " puts ours in its place."
    ),
    N8nTrouble.SOMETHING_ELSE: (
        "what answers there is not our workflow. Check the address (N8N_URL); if it is n8n's, run `job-assistant n8n"
        " install --replace`."
    ),
}
"""What is wrong with a webhook of ours and what to do, in a sentence or two."""


@click.group()
def n8n() -> None:
    """The n8n that gathers vacancies for this installation."""


@n8n.command()
@click.option("--url", help="An n8n that runs, such as http://127.0.0.1:5678; N8N_URL by default. Needs N8N_API_KEY.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write files for n8n's own command line instead; they hold secrets.",
)
@click.option(
    "--queue-mode", is_flag=True, help="For an n8n in queue mode: webhooks answer before their workflow begins."
)
@click.option(
    "--replace", is_flag=True, help="Also replace workflows that were changed in n8n; its history keeps them."
)
@click.option(
    "--wait", default=60.0, show_default=True, help="For so many seconds the version before may still answer."
)
def install(url: str | None, folder: Path | None, queue_mode: bool, replace: bool, wait: float) -> None:
    """Put our workflows, and the credentials they use, into an n8n, or bring those that are there up to date.

    Needs N8N_TOKEN, N8N_CALLBACK_SECRET and N8N_BACKEND_URL, and one of PIPELINE_KEYS. Safe to run again: nothing is
    doubled. With --url the workflows are published, and the command waits until n8n answers with them.
    """
    if url is not None and folder is not None:
        raise click.UsageError("--url and --folder exclude each other.")
    with told_plainly():
        settings = read_settings(os.environ | ({"N8N_URL": url} if url else {}))
        kit = n8n_kit(settings, queue_mode=queue_mode)
    if folder is not None:
        _write(kit, folder)
    else:
        _put_in(kit, settings, replace=replace, wait=wait)


def _write(kit: Kit, folder: Path) -> None:
    try:
        commands = write_folder(kit, folder)
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror}.") from None
    click.echo(f"Written to {folder}, readable by you alone: credentials.json holds secrets.", err=True)
    click.echo("In that folder, where n8n is, and before it is started:", err=True)
    for command in commands:
        click.echo(command)
    click.echo(f"{N8N_SCRIPT} there does the same, and only what has not been done.", err=True)


def _put_in(kit: Kit, settings: Settings, *, replace: bool, wait: float) -> None:
    if settings.n8n_url is None or settings.n8n_token is None:
        raise click.UsageError("Say where n8n is (--url, or N8N_URL), or --folder for its own command line.")
    if settings.n8n_api_key is None:
        raise click.ClickException(
            "N8N_API_KEY is not set. Make a key in n8n under Settings, n8n API, or use --folder, which needs none."
        )
    try:
        for step in put_in(PublicApi(settings.n8n_url, settings.n8n_api_key), kit, replace=replace):
            click.echo(f"{'added' if step.new else 'updated':<8} {step.what:<10} {step.name}")
    except WasChanged as changed:
        raise click.ClickException(
            f"{', '.join(changed.names)}: changed in n8n since it was installed, or not ours. Nothing was written."
            " Export what you want to keep, then say --replace."
        ) from None
    except ApiTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    _await(kit, settings.n8n_url, settings.n8n_token, wait)


def _await(kit: Kit, url: str, token: str, wait: float) -> None:
    told = await_answers(url, token, kit, seconds=wait)
    wanted = {each.answers_as: each.installation for each in kit.workflows}
    well = True
    for workflow, answered in told.items():
        if not isinstance(answered, Probed):
            click.echo(f"{workflow}: {WHAT_TO_DO[answered]}", err=True)
            well = False
        elif answered.installation != wanted[workflow]:
            click.echo(f"{workflow}: the version before still answers. Start n8n anew, then run this again.", err=True)
            well = False
    if not well:
        sys.exit(1)
    click.echo(f"{' and '.join(told)} answer. Set N8N_URL={url} for the API and the workers.")
