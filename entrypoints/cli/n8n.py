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
    Done,
    Kit,
    Probed,
    PublicApi,
    Settings,
    Step,
    await_answers,
    n8n_kit,
    n8n_missing,
    put_in,
    read_settings,
    write_folder,
)
from entrypoints.cli.n8n_answers import between, is_outdated, is_silent
from entrypoints.cli.running import told_plainly

_TELLS = {
    Done.LEFT: (
        "left as it is: changed in n8n since it was installed. It keeps the address of the API that it has. For ours in"
        " its place export what you want to keep, and say --replace: that keeps what the notes call yours to set."
    ),
    Done.STRANGE: "not ours, and left as it is. Rename it, or say --replace.",
}


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
        # Where n8n is comes later: it wants others, and what is missing is told at once.
        settings = read_settings({name: value for name, value in os.environ.items() if name != "N8N_URL"})
        if folder is not None:
            _write(n8n_kit(settings, queue_mode=queue_mode), folder)
            return
        where = url or os.environ.get("N8N_URL")
        if not where:
            raise click.UsageError("Say where n8n is (--url, or N8N_URL), or --folder for its own command line.")
        missing = n8n_missing(settings)
        if settings.n8n_api_key is None:
            missing.append("N8N_API_KEY (made in n8n under Settings, n8n API; --folder needs none)")
        if missing:
            raise click.ClickException(f"{', '.join(missing)}: needed to install.")
        settings = read_settings({**os.environ, "N8N_URL": where})
        _put_in(n8n_kit(settings, queue_mode=queue_mode), settings, replace=replace, wait=wait)


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
    """Put the kit into the n8n of the settings, which must say where it is and hold its keys."""
    url, token, key = (str(each) for each in (settings.n8n_url, settings.n8n_token, settings.n8n_api_key))
    steps: list[Step] = []
    try:
        for step in put_in(PublicApi(url, key), kit, replace=replace):
            click.echo(f"{step.done.value:<9} {step.what:<10} {step.name}")
            steps.append(step)
    except ApiTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    for step in steps:
        if step.done in _TELLS:
            click.echo(f"{step.name}: {_TELLS[step.done]}", err=True)
        if step.published:
            click.echo(f"{step.name}: what was saved there and not published is published now.", err=True)
    answers = {each.id: each.answers_as for each in kit.workflows if each.answers_as is not None}
    marks = {answers[each.id]: each.installation for each in steps if each.id in answers and each.installation}
    if not _answer(url, token, marks, wait) or any(step.done is Done.STRANGE for step in steps):
        sys.exit(1)


def _answer(url: str, token: str, marks: Mapping[str, str], wait: float) -> bool:
    """Wait until the workflows answer; say what is wrong, and return whether they do as they should."""
    told = await_answers(url, token, marks, seconds=wait) if marks else {}
    wrong: dict[str, list[str]] = {}
    well = True
    for workflow, answered in told.items():
        if not isinstance(answered, Probed):
            trouble = is_silent(answered)
        elif answered.installation != marks[workflow]:
            trouble = "the version before still answers. Start n8n anew, then run this again."
        else:
            trouble = is_outdated(workflow, answered)
        well = well and trouble is None
        if trouble is None and isinstance(answered, Probed):
            # Perhaps the API is started only now, or with what was put in just now.
            trouble = between(answered)
        if trouble is not None:
            wrong.setdefault(trouble, []).append(workflow)
    for trouble, workflows in wrong.items():
        click.echo(f"{' and '.join(workflows)}: {trouble}", err=True)
    if told and well:
        click.echo(f"{' and '.join(told)} answer. Set N8N_URL={url} for the API and the workers.")
    return well
