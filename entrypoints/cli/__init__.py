"""The command line `job-assistant`."""

from __future__ import annotations

import click

from entrypoints.cli.demo import demo
from entrypoints.cli.doctor import doctor
from entrypoints.cli.documents import parse, rank
from entrypoints.cli.erasures import erase_again
from entrypoints.cli.evaluate import evaluate
from entrypoints.cli.evaluate_skills import skills
from entrypoints.cli.jobs import jobs
from entrypoints.cli.keys import keys
from entrypoints.cli.n8n import n8n
from entrypoints.cli.running import migrate, serve, up, worker
from entrypoints.cli.vacancies import vacancies


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="job-assistant")
def main() -> None:
    """Job Assistant: résumés in, the best vacancies out, one at a time, explained.

    Settings are environment variables; the README lists them. `job-assistant demo` shows everything in a minute.
    """


evaluate.add_command(skills)
for command in (
    up,
    demo,
    serve,
    worker,
    migrate,
    parse,
    rank,
    evaluate,
    vacancies,
    jobs,
    keys,
    n8n,
    erase_again,
    doctor,
):
    main.add_command(command)
