"""How many files and searches a second workers get through."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.benchmarks import stores
from tests.benchmarks.extent import Extent, Note
from tests.benchmarks.printing import rounded, table
from tests.e2e.callers import Caller
from tests.e2e.farm import HEADERS, Farm, running_farm
from tests.e2e.programs import Program
from tests.e2e.samples import RESUMES, variation

_SAMPLES, _MANY = 260, 10_000
_PATIENCE = 300.0
# Not the same people: a file read would change what is searched for.
_SEARCHERS, _SENDERS = range(1, 41), range(101, 141)
_CLIENTS = 4
_NUMBERS = count()


def a_file() -> tuple[str, bytes]:
    """Return the name and the bytes of a résumé: every other one DOCX or RTF, the others PDF; no two are the same."""
    number = next(_NUMBERS)
    if number % 2:
        return variation(number)
    samples = sorted(RESUMES.glob("*.pdf"))
    # A comment after the end of the document.
    return f"{number}.pdf", samples[number // 2 % len(samples)].read_bytes() + b"%% %d\n" % number


def read_files(farm: Farm, files: int) -> float:
    """Have so many files read; return how many a second, from the first one's arrival to the end of the last."""
    contents = [a_file() for _ in range(files)]

    def send(caller: Caller, number: int) -> None:
        caller.send(_SENDERS[number % len(_SENDERS)], *contents[number])

    return _a_second(farm, files, send, "uploads")


def run_searches(farm: Farm, searches: int) -> float:
    """Have so many searches run; return how many a second, from the first one's start to the end of the last."""
    return _a_second(
        farm, searches, lambda caller, number: caller.start(_SEARCHERS[number % len(_SEARCHERS)]), "search_runs"
    )


def _a_second(farm: Farm, jobs: int, hand_in: Callable[[Caller, int], object], table: str) -> float:
    (began,) = farm.rows("SELECT now()")[0]

    def hand_some_in(client: int) -> None:
        with Caller(farm.apis[-1].url, HEADERS) as caller:
            for number in range(client, jobs, _CLIENTS):
                hand_in(caller, number)

    with ThreadPoolExecutor(_CLIENTS) as clients:
        list(clients.map(hand_some_in, range(_CLIENTS)))
    farm.await_all_done(_PATIENCE)
    well = "status IN ('parsed', 'ready')"
    (done, seconds) = farm.rows(
        f"SELECT count(*), extract(epoch FROM max(finished_at) - min(created_at)) FROM {table}"  # noqa: S608 — of our own words
        f" WHERE {well} AND created_at >= %s",
        began,
    )[0]
    assert done == jobs, f"{done} of {jobs} ended well"
    return jobs / float(seconds)


def measure_jobs(extent: Extent, note: Note) -> None:
    """Print how many jobs a second so many workers do; their number goes up and down again, to be fair to each."""
    rates: dict[str, dict[int, list[float]]] = {}
    for size, searches in ((_SAMPLES, extent.searches), (_MANY, extent.large_searches)):
        if not searches:
            continue
        with _filled_farm(size) as farm:
            note(f"a catalogue of {size:,} is there")
            for workers in extent.ladder:
                _have_workers(farm, workers)
                # What is new warms up.
                run_searches(farm, workers)
                measured = {f"searches of {size:,} vacancies": run_searches(farm, searches)}
                if size == _SAMPLES:
                    read_files(farm, 2 * workers)
                    measured["files read"] = read_files(farm, extent.files)
                for what, rate in measured.items():
                    rates.setdefault(what, {}).setdefault(workers, []).append(rate)
                note(f"{workers} workers: " + ", ".join(f"{rate:.2f} {what}" for what, rate in measured.items()))
    numbers = sorted({*extent.ladder})
    medians = {what: {n: statistics.median(by_number[n]) for n in numbers} for what, by_number in rates.items()}
    table(
        "Jobs a second, × those of one worker (READER_PROCESSES=1 each)",
        ["", *(f"{number} worker{'s' if number > 1 else ''}" for number in numbers)],
        [
            [what, *(f"{rounded(found[number])} ×{found[number] / found[1]:.2f}" for number in numbers)]
            for what, found in medians.items()
        ],
    )


@contextmanager
def _filled_farm(size: int) -> Iterator[Farm]:
    """Start servers and an API, with so many vacancies and the people who have jobs done; no worker yet."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_farm(Path(folder), apis=0, workers=0, READER_PROCESSES="1") as farm,
    ):
        with stores.opened(DATABASE_URL=farm.database) as platform:
            kept = min(size, 1_000)
            stores.keep_vacancies(platform, kept)
            if size > kept:
                stores.copy_vacancies(platform, kept=kept, first=kept, last=size)
            for person in (*_SEARCHERS, *_SENDERS):
                stores.welcome(platform, person, stores.RESUMES[person % len(stores.RESUMES)])
            stores.settle(platform)
        farm.add_api()
        yield farm


def _have_workers(farm: Farm, number: int) -> None:
    fresh: list[Program] = [farm.start_worker() for _ in range(number - len(farm.workers))]
    for worker in fresh:
        worker.wait_for("Working.")
    while len(farm.workers) > number:
        farm.workers.pop().terminate()
