"""The program is killed while it is full of work, three times over: nothing is lost and nothing repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.e2e.callers import Caller
from tests.e2e.programs import BY_WORDS, Machine, Server, until
from tests.e2e.samples import slow_file, vacancies, variation

SENDERS = tuple(range(810_000_001, 810_000_011))
SEARCHERS = tuple(range(820_000_001, 820_000_006))
READER = 830_000_001
"""Somebody in the middle of a queue of vacancies."""
ERASED_BEFORE, ERASED_BETWEEN = 840_000_001, 840_000_002
UPLOADS_EACH = 2

UNFINISHED_UPLOADS = "SELECT count(*) FROM uploads WHERE status IN ('queued', 'parsing')"
UNFINISHED_RUNS = "SELECT count(*) FROM search_runs WHERE status IN ('queued', 'gathering', 'ranking')"


@dataclass
class Story:
    """What happened, and what was left at each kill."""

    uploads: dict[int, list[str]] = field(default_factory=dict)
    runs: dict[int, str] = field(default_factory=dict)
    served: dict[int, list[str]] = field(default_factory=dict)
    before_the_kill: str = ""
    after_the_kill: str = ""
    left: list[tuple[int, int]] = field(default_factory=list)
    readers_left: list[int] = field(default_factory=list)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    # One reader, so that twenty files take a while.
    return Machine(tmp_path_factory.mktemp("killed"), READER_PROCESSES="1", **BY_WORDS)


@pytest.fixture(scope="module")
def story(machine: Machine) -> Story:
    told = Story()
    with machine.up() as server, server.caller() as caller:
        _begin(caller, told)
        _fill_with_work(caller, told)
        _kill(machine, server, told)
    with machine.up() as server, server.caller() as caller:
        told.after_the_kill = caller.next(READER, after=told.served[READER][-1]).text
        _await_progress(machine, told)
        _kill(machine, server, told)
    with machine.up() as server, server.caller() as caller:
        told.served[READER] += caller.served(READER, most=3)
        caller.erase(ERASED_BETWEEN)
        _await_progress(machine, told)
        _kill(machine, server, told)
    return told


@pytest.fixture(scope="module")
def survived(machine: Machine, story: Story) -> Iterator[Caller]:
    """Return a caller of the program started for the last time, all its work done."""
    assert story.left
    with machine.up() as server, server.caller() as caller:
        until(lambda: machine.count(UNFINISHED_UPLOADS) + machine.count(UNFINISHED_RUNS) == 0, "all work done")
        yield caller
        assert server.terminate() == 0


def _begin(caller: Caller, told: Story) -> None:
    caller.fill(vacancies())
    for person in (*SENDERS, *SEARCHERS, READER, ERASED_BEFORE, ERASED_BETWEEN):
        caller.welcome(person)
    for person in (*SEARCHERS, READER, ERASED_BEFORE, ERASED_BETWEEN):
        caller.submit(person)
    for person in (SEARCHERS[0], READER):
        caller.start(person)
        caller.found(person)
        told.served[person] = caller.served(person, most=4)
    told.before_the_kill = caller.next(READER, after=told.served[READER][-1]).text


def _fill_with_work(caller: Caller, told: Story) -> None:
    files = [variation(number) for number in range(len(SENDERS) * UPLOADS_EACH)]
    # The one reader is busy with these two for a while, so that the rest has to wait.
    slow = [(ERASED_BEFORE, ("slow.rtf", slow_file())), (ERASED_BETWEEN, ("slow.rtf", slow_file()))]
    for person, (name, content) in [*slow, *zip(SENDERS * UPLOADS_EACH, files, strict=True)]:
        upload = caller.send(person, name, content)
        told.uploads.setdefault(person, []).append(upload["upload_id"])
    caller.start(ERASED_BEFORE)
    for person in (*SEARCHERS, ERASED_BETWEEN):
        told.runs[person] = caller.start(person, salary_from=1)["search_id"]
    caller.erase(ERASED_BEFORE)


def _kill(machine: Machine, server: Server, told: Story) -> None:
    server.kill()
    told.left.append((machine.count(UNFINISHED_UPLOADS), machine.count(UNFINISHED_RUNS)))
    until(lambda: not machine.readers(), "the readers end with their parent", seconds=20)


def _await_progress(machine: Machine, told: Story) -> None:
    before, _ = told.left[-1]
    assert before > 0, "the kill came too late"
    until(lambda: machine.count(UNFINISHED_UPLOADS) < before, "an upload was read", pause=0.002)


def test_each_kill_came_while_uploads_were_pending_and_the_first_one_while_searches_were(story: Story) -> None:
    uploads = [uploads for uploads, _ in story.left]

    assert len(uploads) == 3
    assert uploads == sorted(set(uploads), reverse=True)
    assert uploads[-1] > 0
    assert story.left[0][1] > 0


def test_every_upload_ends_parsed_in_one_revision(story: Story, survived: Caller) -> None:
    ended: dict[str, Any] = {}
    revisions: Counter[str] = Counter()
    for person in SENDERS:
        ended |= {upload: survived.upload(person, upload) for upload in story.uploads[person]}
        revisions.update(revision["upload_id"] for revision in survived.history("resume", person))

    assert len(ended) == len(SENDERS) * UPLOADS_EACH
    assert {upload["status"] for upload in ended.values()} == {"parsed"}
    assert revisions == Counter(ended.keys())


def test_the_current_resume_is_of_the_file_sent_last(story: Story, survived: Caller) -> None:
    current = {person: survived.get(f"/resume/{person}")["upload_id"] for person in SENDERS}

    assert current == {person: story.uploads[person][-1] for person in SENDERS}


def test_every_search_ends_ready(story: Story, survived: Caller) -> None:
    runs = {person: survived.get(f"/search/status/{person}") for person in SEARCHERS}

    assert {person: run["search_id"] for person, run in runs.items()} == {
        person: story.runs[person] for person in SEARCHERS
    }
    assert {run["status"] for run in runs.values()} == {"ready"}
    assert all(run["counts"]["queued"] > 20 for run in runs.values())


def test_no_vacancy_is_served_twice_across_the_kills(story: Story, survived: Caller) -> None:
    for person in (READER, SEARCHERS[0]):
        waiting = survived.get(f"/search/history/{person}", state="waiting")["total"]
        served = [*story.served[person], *survived.served(person)]

        assert len(served) == len(set(served)), person
        assert len(served) == len(story.served[person]) + waiting, person
        assert waiting > 20, person


def test_a_card_that_was_lost_in_the_kill_is_given_again(story: Story) -> None:
    assert "vacancy_id" in story.before_the_kill
    assert story.after_the_kill == story.before_the_kill


def test_who_was_erased_in_the_middle_stays_erased(story: Story, survived: Caller, machine: Machine) -> None:
    with machine.opened() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = {
            table: connection.execute(
                f"SELECT count(*) FROM {table} WHERE telegram_id IN (?, ?)",  # noqa: S608 — our own tables' names
                (ERASED_BEFORE, ERASED_BETWEEN),
            ).fetchone()[0]
            for table in tables
            if "telegram_id" in [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
        }
        uploads = [upload for person in (ERASED_BEFORE, ERASED_BETWEEN) for upload in story.uploads[person]]
        files = connection.execute("SELECT count(*) FROM files WHERE upload_id IN (?, ?)", uploads).fetchone()[0]

    assert set(kept) >= {"users", "uploads", "resumes", "search_runs", "matches"}
    assert set(kept.values()) == {0}
    assert files == 0
    assert survived.ask("GET", f"/users/{ERASED_BEFORE}").status_code == 404
    assert survived.ask("GET", f"/resume/{ERASED_BETWEEN}").status_code == 404
