"""Search by meaning: how long it takes, what it keeps in memory, and what encoding does to those who are served.

    python -m tests.benchmarks.matching [--quick]

SQLite, one process. The yardstick of the matrix is what numpy alone does with the same numbers as float32, four times
the memory; that of encoding is `next` with nothing else going on.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import numpy as np
from sqlalchemy import update

from adapters.bootstrap import Platform, encoder, lexicon
from adapters.similarity.matrix import StoryMatrix
from adapters.similarity.similarity import VectorSimilarity
from adapters.sql.store import SqlTransactions
from adapters.sql.tables import vacancy_vectors
from adapters.system import SystemClock
from domain.identifiers import VacancyId
from domain.matching.scorer import Scorer
from domain.matching.stories import sought_with
from domain.search.engine import Catalogue
from domain.search.filters import Filters
from entrypoints.api.wsgi import api_of
from tests.benchmarks import stores
from tests.benchmarks.printing import rounded, table
from tests.contracts.sample_catalogue import catalogue

_KEPT = 1_000
_HEADERS = {"X-BOT-KEY": stores.BOT_KEY}


def _milliseconds(act: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1_000


def _resident() -> float:
    """Return the memory of this process in bytes."""
    gc.collect()
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1_024.0
    raise LookupError("VmRSS")


def _yardstick(rows: int, times: int) -> float:
    plain = np.random.default_rng(1).standard_normal((rows, 512), dtype=np.float32)
    return _milliseconds(lambda: plain @ plain[0], times)


def _long_ago(platform: Platform) -> None:
    """Let everything have been embedded a while ago: what came just now is read again before each search."""
    with platform.engine.begin() as connection:
        earlier = SystemClock().now() - timedelta(hours=1)
        connection.execute(update(vacancy_vectors).values(embedded_at=earlier))


def _search(platform: Platform, rows: int, times: int) -> list[str]:
    """Return one person's search among so many vacancies, step by step."""
    transaction, meanings, resume = SqlTransactions(platform.engine), encoder("use"), stores.RESUMES[0]
    matrix = StoryMatrix(meanings, transaction, SystemClock())
    sought = sought_with(resume, lexicon("use"))
    meanings.encode_persons(sought)
    before, began = _resident(), time.perf_counter()
    matrix.nearest(sought, limit=10_000)
    loaded, grown = time.perf_counter() - began, _resident() - before
    yardstick = _yardstick(rows, times)
    nearest = _milliseconds(lambda: matrix.nearest(sought, limit=10_000), times)
    measures = replace(lexicon("use"), similarity=VectorSimilarity(meanings, transaction))
    source = Catalogue(transaction, SystemClock(), measures, matrix)
    found = source.find(resume, Filters()).vacancies
    scorer = Scorer(measures)
    scorer.assess(resume, found)
    gathered = _milliseconds(lambda: source.find(resume, Filters()), max(times // 3, 1))
    weighed = _milliseconds(lambda: scorer.assess(resume, found), max(times // 3, 1))
    return [
        f"{rows:,}",
        f"{loaded:.1f} s",
        f"{grown / rows:.0f}",
        rounded(yardstick),
        f"{rounded(nearest)} ×{nearest / yardstick:.1f}",
        rounded(gathered),
        f"{rounded(weighed)} of {len(found):,}",
    ]


def _arrive(platform: Platform, count: int) -> None:
    """Let vacancies arrive that nobody has encoded yet."""
    now = SystemClock().now()
    fresh = [
        replace(
            each,
            id=VacancyId(f"internal-fresh{number}"),
            title=f"{each.title} {number}",
            first_seen_at=now,
            last_seen_at=now,
            closes_at=None,
        )
        for number, each in enumerate(catalogue(count))
    ]
    with SqlTransactions(platform.engine)() as tx:
        tx.vacancies.save(fresh)


def _serve(platform: Platform, person: int, goes_on: Callable[[int], bool]) -> list[float]:
    """Take card after card while it goes on; return how long each took, in milliseconds."""
    client, after = api_of(platform).test_client(), "none"
    took: list[float] = []
    while goes_on(len(took)):
        began = time.perf_counter()
        answer = client.get(f"/search/next/{person}?after={after}", headers=_HEADERS)
        took.append((time.perf_counter() - began) * 1_000)
        assert answer.status_code == 200, answer.text
        body: Any = answer.json
        after = body["vacancy_id"]
    return took


def _background(platform: Platform, count: int) -> tuple[list[list[str]], float]:
    """Return how quickly `next` answers without and with a batch being encoded, and how many a second that were."""
    for person in (1, 2):
        stores.welcome(platform, person, stores.RESUMES[0])
        stores.search(platform, person)
    alone = _serve(platform, 1, lambda served: served < 300)
    _arrive(platform, count)
    took: list[float] = []

    def embed() -> None:
        began = time.perf_counter()
        while platform.application.embed_vacancies().more:
            pass
        took.append(time.perf_counter() - began)

    thread = threading.Thread(target=embed)
    thread.start()
    beside = _serve(platform, 2, lambda served: thread.is_alive() and served < 900)
    thread.join()
    rows = []
    for what, share in (("p50", 0.5), ("p99", 0.99)):
        first, second = _at(alone, share), _at(beside, share)
        rows.append([what, rounded(first), f"{rounded(second)} ×{second / first:.1f}"])
    return [*rows, ["answers", f"{len(alone)}", f"{len(beside)}"]], count / took[0]


def _at(took: list[float], share: float) -> float:
    return sorted(took)[min(int(share * len(took)), len(took) - 1)]


@click.command()
@click.option("--quick", is_flag=True, help="A try of about a minute.")
def main(quick: bool) -> None:
    """Print what vectors cost, and what they spare."""
    sizes, batch, times = ((5_000,), 200, 3) if quick else ((5_000, 100_000), 1_000, 9)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            with stores.opened(DATA_DIR=f"{folder}/{size}") as platform:
                stores.keep_vacancies(platform, _KEPT)
                stores.copy_vacancies(platform, kept=_KEPT, first=_KEPT, last=size)
                _long_ago(platform)
                rows.append(_search(platform, size, times))
        table(
            "one person against so many vacancies; milliseconds where nothing else is said",
            ["vacancies", "loading", "bytes each", "numpy, float32", "nearest 10,000", "candidates read", "weighed"],
            rows,
        )
        with stores.opened(DATA_DIR=f"{folder}/background") as platform:
            stores.keep_vacancies(platform, 2 * _KEPT, sought=stores.RESUMES[0].desired_position)
            served, a_second = _background(platform, batch)
    table(
        f"`next`, milliseconds, while {batch:,} new vacancies are encoded ({a_second:.0f} a second)",
        ["", "alone", "meanwhile"],
        served,
    )


if __name__ == "__main__":
    main()
