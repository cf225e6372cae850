"""How the calls and a search grow with the rows, and how many bytes a person and a vacancy take.

    python -m tests.benchmarks.growth [--quick]

One caller, in this process, with nothing else going on: the milliseconds are those of the product and of its store, the
network left out. People have ten matches each, besides those who are measured, who have searched.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import click
from flask.testing import FlaskClient

from adapters.bootstrap import Platform
from entrypoints.api.wsgi import api_of
from tests.benchmarks import stores
from tests.benchmarks.printing import rounded, table
from tests.benchmarks.sizes import print_sizes
from tests.e2e.samples import vacancies
from tests.servers.databases import new_database
from tests.servers.postgres import running_postgres
from tests.servers.redis import running_redis

KEPT, MATCHES_OF_A_COPY = 1_000, 10
_CALLS_OF_A_PERSON = 24
_HEADERS = {"X-BOT-KEY": stores.BOT_KEY, "X-PIPELINE-KEY": stores.PIPELINE_KEY}


@dataclass
class Grown:
    """A store filled up to some number of people and vacancies; `took` holds seconds, by call and by that number."""

    platform: Platform
    client: FlaskClient
    rows: int = 0
    measured: int = 0
    took: dict[str, dict[int, list[float]]] = field(default_factory=dict)

    def grow(self, rows: int) -> None:
        if self.rows == 0:
            stores.keep_vacancies(self.platform, KEPT)
            # The one whom all the others copy.
            stores.welcome(self.platform, 1, stores.RESUMES[0])
            stores.search(self.platform, 1)
        already = max(self.rows, KEPT)
        if rows > already:
            stores.copy_vacancies(self.platform, kept=KEPT, first=already, last=rows)
        first, last = stores.FIRST_COPY + self.rows, stores.FIRST_COPY + rows
        stores.copy_person(self.platform, 1, first=first, last=last, found=MATCHES_OF_A_COPY)
        stores.settle(self.platform)
        self.rows = rows

    def measure(self, persons: int) -> None:
        """Let some new people search and look, each call once more than is counted."""
        for number in range(persons):
            self.measured += 1
            self._measure_person(100 + self.measured, number, counted=number > 0)
        for portion in range(4):
            fresh = [{**each, "id": f"{each['id']}-{self.rows}-{portion}"} for each in vacancies(100)]
            with self._timed("POST /vacancies/ of 100", counted=portion > 0):
                answer = self.client.post("/vacancies/", json={"vacancies": fresh}, headers=_HEADERS)
            assert answer.status_code == 200, answer.text

    def _measure_person(self, person: int, number: int, *, counted: bool) -> None:
        stores.welcome(self.platform, person, stores.RESUMES[number % len(stores.RESUMES)])
        with self._timed("a whole search", counted=counted):
            stores.search(self.platform, person)
        after = "none"
        for _ in range(_CALLS_OF_A_PERSON):
            after = self._get("GET /search/next", f"/search/next/{person}?after={after}", counted)["vacancy_id"]
            self._get("GET /search/status", f"/search/status/{person}", counted)
            self._get("GET /resume", f"/resume/{person}", counted)
            self._get("GET /search/history", f"/search/history/{person}", counted)

    def _get(self, call: str, path: str, counted: bool) -> Any:
        with self._timed(call, counted=counted):
            answer = self.client.get(path, headers=_HEADERS)
        assert answer.status_code == 200, answer.text
        return answer.json

    @contextmanager
    def _timed(self, call: str, *, counted: bool) -> Iterator[None]:
        began = time.perf_counter()
        yield
        if counted:
            self.took.setdefault(call, {}).setdefault(self.rows, []).append(time.perf_counter() - began)

    def medians(self) -> dict[str, dict[int, float]]:
        """Return the milliseconds of each call by the number of rows."""
        return {
            call: {rows: statistics.median(times) * 1_000 for rows, times in by_rows.items()}
            for call, by_rows in self.took.items()
        }


def _measure(name: str, steps: list[int], persons: int, note: Callable[[str], None], **environ: str) -> None:
    with stores.opened(**environ) as platform:
        grown = Grown(platform, api_of(platform).test_client())
        for rows in steps:
            began = time.monotonic()
            grown.grow(rows)
            note(f"{name}: {rows:,} people and vacancies are there after {time.monotonic() - began:.0f} s")
            grown.measure(persons)
    first = steps[0]
    table(
        f"{name}: milliseconds, and how many times those of {first:,}",
        ["people, vacancies (matches: ten times as many)", *(f"{rows:,}" for rows in steps)],
        [
            [call, *(_cell(by_rows[rows], by_rows[first], first=rows == first) for rows in steps)]
            for call, by_rows in grown.medians().items()
        ],
    )


def _cell(milliseconds: float, at_first: float, *, first: bool) -> str:
    return rounded(milliseconds) + ("" if first else f" (×{milliseconds / at_first:.1f})")


@click.command()
@click.option("--quick", is_flag=True, help="A try of about a minute.")
def main(quick: bool) -> None:
    """Print how calls, searches and bytes grow."""
    began = time.monotonic()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        postgres = stack.enter_context(running_postgres(durable=True))
        redis = stack.enter_context(running_redis(durable=True))
        persons = 3 if quick else 8

        def note(text: str) -> None:
            click.echo(f"[{time.monotonic() - began:4.0f} s] {text}", err=True)

        with new_database(postgres.url) as url:
            steps = [1_000, 10_000] if quick else [1_000, 10_000, 100_000]
            _measure("PostgreSQL and Redis", steps, persons, note, DATABASE_URL=url, REDIS_URL=redis.url)
        _measure("SQLite", [1_000, 10_000], persons, note, DATA_DIR=f"{folder}/grown")
        note("measuring bytes")
        with new_database(postgres.url) as url:
            print_sizes({"PostgreSQL": {"DATABASE_URL": url}, "SQLite": {"DATA_DIR": f"{folder}/measured"}})
        note("done")


if __name__ == "__main__":
    main()
