"""How the calls and a search grow with the rows, and how many bytes a person and a vacancy take.

    python -m tests.benchmarks.growth [--quick]

One caller, in this process: the milliseconds are those of the product and of its store, the network left out. People
have ten matches each, besides those who are measured, who have searched. Stores of all sizes are measured in turns.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
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

_KEPT, _MATCHES_OF_A_COPY = 1_000, 10
_CALLS_OF_A_PERSON = 24
_HEADERS = {"X-BOT-KEY": stores.BOT_KEY, "X-PIPELINE-KEY": stores.PIPELINE_KEY}


@dataclass
class Grown:
    """A store with so many people and vacancies; `took` holds seconds by call."""

    platform: Platform
    rows: int
    client: FlaskClient
    took: dict[str, list[float]] = field(default_factory=dict)

    def measure(self, number: int, *, counted: bool) -> None:
        """Let somebody new search and look, and a hundred vacancies arrive."""
        person = 100 + number
        stores.welcome(self.platform, person, stores.RESUMES[number % len(stores.RESUMES)])
        with self._timed("a whole search", counted):
            stores.search(self.platform, person)
        after = "none"
        for _ in range(_CALLS_OF_A_PERSON):
            after = self._get("GET /search/next", f"/search/next/{person}?after={after}", counted)["vacancy_id"]
            self._get("GET /search/status", f"/search/status/{person}", counted)
            self._get("GET /resume", f"/resume/{person}", counted)
            self._get("GET /search/history", f"/search/history/{person}", counted)
        fresh = [{**each, "id": f"{each['id']}-{number}"} for each in vacancies(100)]
        with self._timed("POST /vacancies/ of 100", counted):
            answer = self.client.post("/vacancies/", json={"vacancies": fresh}, headers=_HEADERS)
        assert answer.status_code == 200, answer.text

    def milliseconds(self, call: str) -> float:
        return statistics.median(self.took[call]) * 1_000

    def _get(self, call: str, path: str, counted: bool) -> Any:
        with self._timed(call, counted):
            answer = self.client.get(path, headers=_HEADERS)
        assert answer.status_code == 200, answer.text
        return answer.json

    @contextmanager
    def _timed(self, call: str, counted: bool) -> Iterator[None]:
        began = time.perf_counter()
        yield
        if counted:
            self.took.setdefault(call, []).append(time.perf_counter() - began)


@contextmanager
def _grown(rows: int, **environ: str) -> Iterator[Grown]:
    with stores.opened(**environ) as platform:
        stores.keep_vacancies(platform, _KEPT)
        if rows > _KEPT:
            stores.copy_vacancies(platform, kept=_KEPT, first=_KEPT, last=rows)
        # The one whom all the others copy.
        stores.welcome(platform, 1, stores.RESUMES[0])
        stores.search(platform, 1)
        first = stores.FIRST_COPY
        stores.copy_person(platform, 1, first=first, last=first + rows, found=_MATCHES_OF_A_COPY)
        stores.settle(platform)
        yield Grown(platform, rows, api_of(platform).test_client())


def _print(name: str, sizes: list[Grown]) -> None:
    first, *others = sizes
    table(
        f"{name}: milliseconds, and how many times those of {first.rows:,}",
        ["people, vacancies (matches: ten times as many)", *(f"{each.rows:,}" for each in sizes)],
        [
            [
                call,
                rounded(first.milliseconds(call)),
                *(
                    f"{rounded(each.milliseconds(call))} ×{each.milliseconds(call) / first.milliseconds(call):.1f}"
                    for each in others
                ),
            ]
            for call in first.took
        ],
    )


@click.command()
@click.option("--quick", is_flag=True, help="A try of about a minute.")
def main(quick: bool) -> None:
    """Print how calls, searches and bytes grow."""
    began = time.monotonic()

    def note(text: str) -> None:
        click.echo(f"[{time.monotonic() - began:4.0f} s] {text}", err=True)

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        postgres = stack.enter_context(running_postgres(durable=True))
        redis = stack.enter_context(running_redis(durable=True))

        def on_postgresql(number: int, rows: int) -> Grown:
            url = stack.enter_context(new_database(postgres.url))
            # Databases of Redis of its own, since the people are the same ones.
            place = redis.url.rpartition("/")[0]
            return stack.enter_context(_grown(rows, DATABASE_URL=url, REDIS_URL=f"{place}/{2 * number}"))

        def on_sqlite(rows: int) -> Grown:
            return stack.enter_context(_grown(rows, DATA_DIR=f"{folder}/{rows}"))

        on_both = [1_000, 10_000]
        by_name = {
            "PostgreSQL and Redis": [
                on_postgresql(number, rows) for number, rows in enumerate(on_both if quick else [*on_both, 100_000])
            ],
            "SQLite": [on_sqlite(rows) for rows in on_both],
        }
        note("all stores are filled")
        for number in range(3 if quick else 8):
            for sizes in by_name.values():
                for grown in sizes:
                    # The first time is for what is loaded once.
                    grown.measure(number, counted=number > 0)
            note(f"person {number + 1} has searched and looked")
        for name, sizes in by_name.items():
            _print(name, sizes)
        url = stack.enter_context(new_database(postgres.url))
        print_sizes({"PostgreSQL": {"DATABASE_URL": url}, "SQLite": {"DATA_DIR": f"{folder}/measured"}})
        note("done")


if __name__ == "__main__":
    main()
