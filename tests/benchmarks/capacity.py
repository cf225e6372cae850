"""How many requests and jobs a second one machine carries.

    python -m tests.benchmarks.capacity [--quick]

Ways to run the API are measured in turns, a slice of time each, and so are numbers of workers; medians are printed. The
yardstick is `up`: one process on SQLite.
"""

from __future__ import annotations

import time

import click

from tests.benchmarks.extent import QUICK, WHOLE
from tests.benchmarks.jobs import measure_jobs
from tests.benchmarks.requesting import measure_requests


@click.command()
@click.option("--quick", is_flag=True, help="A try of about a minute.")
def main(quick: bool) -> None:
    """Print how many requests and jobs a second this machine carries."""
    began, extent = time.monotonic(), QUICK if quick else WHOLE

    def note(text: str) -> None:
        click.echo(f"[{time.monotonic() - began:4.0f} s] {text}", err=True)

    measure_requests(extent, note)
    measure_jobs(extent, note)
    note("done")


if __name__ == "__main__":
    main()
