"""Everything is killed, one after another, under load: nothing is lost and nothing repeats.

Two API processes and three workers take 300 files, 30 of them bad, and 100 searches, while every few seconds one of
them, Redis or PostgreSQL is killed with SIGKILL and started again, or frozen for a while.
"""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from tests.e2e.callers import FORM, profile
from tests.e2e.farm import HEADERS, Farm, running_farm
from tests.e2e.programs import BY_WORDS
from tests.e2e.samples import bad_file, vacancies, variation

BOUND_SECONDS = 120.0
SENDERS = [850_000_000 + number for number in range(60)]
SEARCHERS = [860_000_000 + number for number in range(100)]
FILES, BAD = 300, 30
CARDS_DURING = 6
BOTS = 6
LOAD_SECONDS = 50.0
PAUSE_SECONDS = 1.5
FROZEN_SECONDS = 3.0
MIN_KILLS = 12
VICTIMS = (
    "worker",
    "api",
    "redis",
    "postgres",
    "worker, frozen",
    "worker",
    "redis, frozen",
    "postgres",
    "api",
    "redis",
)

pytestmark = pytest.mark.timeout(400)


@dataclass
class Story:
    """What was accepted, what was shown, and what the killing cost."""

    expected: dict[str, str] = field(default_factory=dict)
    """By upload: `parsed`, or the reason why a bad file fails."""
    runs: dict[int, str] = field(default_factory=dict)
    shown: dict[int, list[str]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    longest_call: float = 0.0
    load_seconds: float = 0.0
    recovery_seconds: float = 0.0
    whole_seconds: float = 0.0


class Bot:
    """Calls whichever API answers, and repeats every call until it is answered, as a bot does."""

    def __init__(self, farm: Farm, story: Story) -> None:
        self._farm = farm
        self._story = story
        self._calls = requests.Session()
        self._calls.trust_env = False
        self._calls.headers.update(HEADERS)
        self._turn = itertools.count()

    def ask(self, method: str, path: str, *accepted: int, **kwargs: Any) -> requests.Response:
        began = time.monotonic()
        while (answer := self._try(method, path, **kwargs)) is None or answer.status_code not in accepted:
            assert answer is None or answer.status_code == 503, f"{method} {path}: {answer.status_code} {answer.text}"
            assert time.monotonic() - began < BOUND_SECONDS, f"{method} {path} was never answered"
            time.sleep(0.2)
        self._story.longest_call = max(self._story.longest_call, time.monotonic() - began)
        return answer

    def _try(self, method: str, path: str, **kwargs: Any) -> requests.Response | None:
        apis = list(self._farm.apis)
        url = apis[next(self._turn) % len(apis)].url
        try:
            return self._calls.request(method, url + path, timeout=30, **kwargs)
        except requests.RequestException:
            return None


class Killer(threading.Thread):
    """Kills or freezes one part after another, and has it back soon, until it is told to stop."""

    def __init__(self, farm: Farm, story: Story) -> None:
        super().__init__(name="killer")
        self._farm = farm
        self._story = story
        self.stopped = threading.Event()
        self.error: BaseException | None = None

    def run(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "worker": self._worker,
            "api": self._api,
            "redis": self._redis,
            "postgres": self._postgres,
            "worker, frozen": self._frozen_worker,
            "redis, frozen": self._frozen_redis,
        }
        try:
            for victim in itertools.cycle(VICTIMS):
                if self.stopped.wait(PAUSE_SECONDS):
                    return
                deeds[victim]()
                self._story.kills[victim] += 1
        except BaseException as error:
            self.error = error
            raise

    def _worker(self) -> None:
        self._farm.workers.pop(0).kill()
        self._farm.start_worker()

    def _api(self) -> None:
        # The other one goes on answering; who had asked this one asks again there.
        self._farm.apis.pop(0).kill()
        self._farm.add_api()

    def _redis(self) -> None:
        self._farm.redis.kill()
        self._farm.redis.start()

    def _frozen_worker(self) -> None:
        worker = self._farm.workers[0]
        worker.freeze()
        time.sleep(FROZEN_SECONDS)
        worker.thaw()

    def _frozen_redis(self) -> None:
        with self._farm.redis.frozen():
            time.sleep(FROZEN_SECONDS)

    def _postgres(self) -> None:
        self._farm.postgres.kill()
        self._farm.postgres.start()


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    with running_farm(tmp_path_factory.mktemp("chaos"), apis=2, workers=3, READER_PROCESSES="1", **BY_WORDS) as farm:
        yield farm


@pytest.fixture(scope="module")
def story(farm: Farm) -> Story:
    story = Story()
    with farm.caller() as caller:
        caller.fill(vacancies(60))
    began = time.monotonic()
    killer = Killer(farm, story)
    killer.start()
    try:
        _load(farm, story)
    finally:
        killer.stopped.set()
        killer.join()
    assert killer.error is None
    story.load_seconds = time.monotonic() - began
    story.recovery_seconds = farm.await_all_done(seconds=60)
    story.whole_seconds = time.monotonic() - began
    return story


def _load(farm: Farm, story: Story) -> None:
    bots = threading.local()

    def with_a_bot(errand: Callable[[Bot], None]) -> None:
        if not hasattr(bots, "bot"):
            bots.bot = Bot(farm, story)
        errand(bots.bot)

    def in_its_time(turn: tuple[int, Callable[[Bot], None]]) -> None:
        number, errand = turn
        # However quick the machine, the load lasts as long as the killing.
        time.sleep(max(0.0, began + LOAD_SECONDS * number / len(errands) - time.monotonic()))
        with_a_bot(errand)

    errands = [_sending(story, number) for number in range(FILES)] + [_searching(story, person) for person in SEARCHERS]
    random.Random(3).shuffle(errands)  # noqa: S311 — an order, no secret
    with ThreadPoolExecutor(BOTS) as pool:
        list(pool.map(with_a_bot, [_welcoming(person) for person in (*SENDERS, *SEARCHERS)]))
        began = time.monotonic()
        list(pool.map(in_its_time, enumerate(errands)))


def _welcoming(person: int) -> Callable[[Bot], None]:
    return lambda bot: void(bot.ask("POST", "/users/", 200, 201, json=profile(person)))


def _sending(story: Story, number: int) -> Callable[[Bot], None]:
    bad = number < BAD
    name, content, expected = bad_file(number) if bad else (*variation(number), "parsed")

    def send(bot: Bot) -> None:
        path = f"/resume/file/{SENDERS[number % len(SENDERS)]}"
        answer = bot.ask("POST", path, 200, 202, files={"file": (name, content)})
        story.expected[answer.json()["upload_id"]] = expected

    return send


def _searching(story: Story, person: int) -> Callable[[Bot], None]:
    def search(bot: Bot) -> None:
        bot.ask("POST", f"/resume/json/{person}", 200, 201, json=FORM)
        story.runs[person] = bot.ask("POST", f"/search/start/{person}", 200, 202, json={}).json()["search_id"]
        shown = story.shown.setdefault(person, [])
        limit = time.monotonic() + 4
        while len(shown) < CARDS_DURING and time.monotonic() < limit:
            after = shown[-1] if shown else "none"
            answer = bot.ask("GET", f"/search/next/{person}", 200, 202, params={"after": after})
            if answer.status_code == 200:
                shown.append(answer.json()["vacancy_id"])
            else:
                time.sleep(0.3)

    return search


def void(_: object) -> None:
    """Drop an answer that nobody needs."""


def test_it_ends_within_its_bound(story: Story, farm: Farm, capsys: pytest.CaptureFixture[str]) -> None:
    marks = [*farm.rows("SELECT interruptions, failures FROM uploads")]
    marks += farm.rows("SELECT interruptions, failures FROM search_runs")
    interruptions, failures = (sum(counts) for counts in zip(*marks, strict=True))
    with capsys.disabled():
        print(  # noqa: T201 — the figures are for whoever runs it
            f"\nchaos: {sum(story.kills.values())} blows {dict(story.kills)}, {interruptions} interruptions, "
            f"{failures} failures; {FILES} files and {len(SEARCHERS)} searches accepted in {story.load_seconds:.0f} s, "
            f"all done {story.recovery_seconds:.1f} s after the last; the longest call took {story.longest_call:.1f} s"
        )

    assert sum(story.kills.values()) >= MIN_KILLS
    assert set(story.kills) == set(VICTIMS)
    assert story.whole_seconds < BOUND_SECONDS


def test_every_valid_file_is_parsed_and_every_bad_one_fails_with_its_reason(story: Story, farm: Farm) -> None:
    ended = {
        upload: reason if status == "failed" else status
        for upload, status, reason in farm.rows("SELECT id, status, reason FROM uploads")
    }

    assert len(story.expected) == FILES
    assert {upload: ended.get(upload) for upload in story.expected} == story.expected
    # Accepted, though the answer was lost: these files were sent again, and are as good as the others.
    assert Counter(ended[upload] for upload in ended.keys() - story.expected.keys()).keys() <= set(
        story.expected.values()
    )


def test_every_upload_that_was_parsed_makes_one_revision(story: Story, farm: Farm) -> None:
    revisions = Counter(upload for (upload,) in farm.rows("SELECT upload_id FROM resumes WHERE upload_id IS NOT NULL"))
    parsed = [upload for (upload,) in farm.rows("SELECT id FROM uploads WHERE status = 'parsed'")]

    assert set(parsed) >= {upload for upload, expected in story.expected.items() if expected == "parsed"}
    assert revisions == Counter(parsed)


def test_every_search_is_ready(story: Story, farm: Farm) -> None:
    ended = dict(farm.rows("SELECT id, status FROM search_runs"))

    assert len(story.runs) == len(SEARCHERS)
    assert {run: ended.get(run) for run in story.runs.values()} == dict.fromkeys(story.runs.values(), "ready")
    assert set(ended.values()) == {"ready"}


def test_no_vacancy_is_shown_twice_to_one_person(story: Story, farm: Farm) -> None:
    bot = Bot(farm, story)
    some = [person for person in SEARCHERS if story.shown[person]][:10]
    for person in some:
        after = story.shown[person][-1]
        while (
            answer := bot.ask("GET", f"/search/next/{person}", 200, 204, params={"after": after})
        ).status_code == 200:
            after = answer.json()["vacancy_id"]
            story.shown[person].append(after)

    assert some
    for person in SEARCHERS:
        rows = farm.rows(
            "SELECT vacancy_id, posting FROM matches WHERE telegram_id = %s AND shown_at IS NOT NULL", person
        )
        assert len(rows) == len({posting for _, posting in rows}), person
        assert len(story.shown[person]) == len(set(story.shown[person])), person
        assert set(story.shown[person]) <= {vacancy for vacancy, _ in rows}, person
