"""How many requests a second the API answers, in each way to run it."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from tests.benchmarks import stores
from tests.benchmarks.callers import Callers, Slice, calling
from tests.benchmarks.extent import Extent, Note
from tests.benchmarks.load import Plan
from tests.benchmarks.printing import rounded, table
from tests.benchmarks.spent import started_with
from tests.e2e.callers import FORM
from tests.e2e.farm import BOT_KEY, Farm, running_farm
from tests.e2e.programs import Machine, Server
from tests.servers.process import free_port

CLIENTS, PERSONS = 8, 64
SAMPLE_VACANCIES = 260
YARDSTICK = "up, SQLite"
CALLS = {
    "next": "GET /search/next",
    "status": "GET /search/status",
    "resume": "GET /resume",
    "form": "POST /resume/json",
}


def _people_with_queues(*, ways: int, vacancies: int, **environ: str) -> None:
    """Fill a store: for each way to run the API, people who have a whole queue before them."""
    with stores.opened(**environ) as platform:
        stores.keep_vacancies(platform, vacancies, sought=stores.RESUMES[0].desired_position)
        stores.welcome(platform, 1, stores.RESUMES[0])
        stores.search(platform, 1)
        first = stores.FIRST_COPY
        stores.copy_person(platform, 1, first=first, last=first + ways * PERSONS, found=vacancies)
        stores.settle(platform)


def _persons(way: int) -> list[int]:
    return [stores.FIRST_COPY + way * PERSONS + number for number in range(PERSONS)]


@contextmanager
def _apis(farm: Farm, folder: Path) -> Iterator[dict[str, Callers]]:
    """Start the API in each way, with callers of its own."""
    embedded = Machine(folder, **stores.KEYS)
    embedded.data.mkdir(parents=True)
    _people_with_queues(ways=1, vacancies=SAMPLE_VACANCIES, DATA_DIR=str(embedded.data))
    nobody = f"redis://127.0.0.1:{free_port()}/0"
    ways: dict[str, dict[str, str]] = {
        "PG alone": {"REDIS_URL": ""},
        "1 process, Redis away": {"REDIS_URL": nobody},
        "1 process": {},
        "2 processes": {"API_PROCESSES": "2"},
    }
    _people_with_queues(ways=len(ways), vacancies=SAMPLE_VACANCIES, DATABASE_URL=farm.database)
    postgres = started_with(f"-D {farm.postgres.folder}/data")
    with ExitStack() as stack:

        def called(server: Server, bot_key: str, persons: list[int], *store: int) -> Callers:
            plan = Plan(int(server.url.rpartition(":")[2]), bot_key, CLIENTS, FORM, persons)
            return stack.enter_context(calling(plan, api=server.process.pid, store=store))

        apis = {YARDSTICK: called(stack.enter_context(embedded.up()), stores.BOT_KEY, _persons(0))}
        for number, (way, settings) in enumerate(ways.items()):
            apis[way] = called(farm.add_api(**settings), BOT_KEY, _persons(number), postgres)
        yield apis


def measure_requests(extent: Extent, note: Note) -> None:
    """Print how many requests a second each way to run the API answers."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_farm(Path(folder), apis=0, workers=0) as farm,
        _apis(farm, Path(folder) / "embedded") as apis,
    ):
        note("the APIs are up")
        for callers in apis.values():
            for call in CALLS:
                callers.ask(call, extent.seconds / 6)
        slices: dict[str, dict[str, list[Slice]]] = {call: {way: [] for way in apis} for call in CALLS}
        for number in range(extent.rounds):
            for call in CALLS:
                for way, callers in apis.items():
                    slices[call][way].append(callers.ask(call, extent.seconds))
            note(f"round {number + 1} of {extent.rounds} is done")
    _print(slices)


def _print(slices: dict[str, dict[str, list[Slice]]]) -> None:
    ways = list(slices["next"])

    def rows(cell: Callable[[str, str], str]) -> list[list[str]]:
        return [[name, *(cell(call, way) for way in ways)] for call, name in CALLS.items()]

    def median(call: str, way: str, of: str) -> float:
        return statistics.median(float(getattr(each, of)) for each in slices[call][way])

    def rate(call: str, way: str) -> str:
        a_second = median(call, way, "a_second")
        return f"{a_second:.0f} ×{a_second / median(call, YARDSTICK, 'a_second'):.2f}"

    def joined(call: str, way: str, sign: str, *parts: str) -> str:
        return sign.join(rounded(median(call, way, part)) for part in parts)

    head = ["", *ways]
    table(f"Requests a second, × those of `up` ({CLIENTS} callers, each waits for its answer)", head, rows(rate))
    table("Milliseconds, p50 / p99", head, rows(lambda call, way: joined(call, way, " / ", "p50", "p99")))
    table(
        "Milliseconds of a processor that a request took: API + PostgreSQL + callers",
        head,
        rows(lambda call, way: joined(call, way, " + ", "api", "store", "callers")),
    )
    others = sorted(each.others for by_way in slices.values() for some in by_way.values() for each in some)
    click.echo(f"\nOther programs took {statistics.median(others):.0%} of the machine, at worst {others[-1]:.0%}.")
