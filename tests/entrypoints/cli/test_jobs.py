"""`jobs`: accepted work listed, looked at and retried from the command line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters import data_folder
from adapters.sql.engine import open_engine
from adapters.sql.store import SqlTransactions
from domain.identifiers import RunId, UploadId
from domain.resumes.upload import Upload, UploadStatus
from domain.search.run import RunStatus, SearchRun
from domain.transactions import Transactions
from domain.work import Work
from tests.builders import BORIS, NOW, a_run, a_user, an_upload
from tests.entrypoints.cli.conftest import Run

KEYS = {
    *("kind", "id", "status", "reason", "attempt", "interruptions", "failures"),
    *("due_at", "sent_at", "lease_until", "created_at", "finished_at"),
}
TRIED = Work(due_at=NOW, sent_at=NOW, attempt=4, interruptions=1, failures=3)


def _upload(number: int, **changes: Any) -> Upload:
    created_at = NOW + timedelta(seconds=number)
    return an_upload(id=UploadId(f"file-{number}"), submission=number, created_at=created_at, **changes)


def _search(number: int, **changes: Any) -> SearchRun:
    created_at = NOW + timedelta(seconds=number)
    return a_run(id=RunId(f"search-{number}"), number=number, created_at=created_at, **changes)


FAILED: dict[str, Any] = {"work": TRIED, "finished_at": NOW + timedelta(minutes=1)}
UPLOADS = (
    _upload(1, status=UploadStatus.FAILED, reason="no_text", **FAILED),
    _upload(2, status=UploadStatus.FAILED, reason="reader_crashed", **FAILED),
    _upload(3, status=UploadStatus.PARSED, finished_at=NOW),
)
SEARCHES = (
    _search(4, status=RunStatus.READY, finished_at=NOW),
    _search(5, status=RunStatus.FAILED, reason="no_resume", **FAILED),
    _search(6, status=RunStatus.RANKING, telegram_id=BORIS),
)


@pytest.fixture
def store(run: Run, tmp_path: Path) -> Iterator[Transactions]:
    """Return the store of an installation with the work above, of two people."""
    run("migrate")
    engine = open_engine(f"sqlite:///{tmp_path / 'data' / data_folder.DATABASE}")
    opened = SqlTransactions(engine)
    with opened() as tx:
        tx.users.save(a_user())
        tx.users.save(a_user(telegram_id=BORIS))
        for upload in UPLOADS:
            tx.uploads.add(upload)
            tx.files.put(upload.id, b"%PDF cv")
        for search in SEARCHES:
            tx.search_runs.add(search)
    yield opened
    engine.dispose()


def _answering(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))


def _statuses(run: Run) -> dict[str, str]:
    """Return the status of every job by its id."""
    every = [argument for status in (*UploadStatus, *RunStatus) for argument in ("--status", status.value)]
    return {job["id"]: job["status"] for job in run("jobs", "list", "--json", *every).objects}


@pytest.mark.usefixtures("store")
def test_what_is_not_done_is_listed_the_newest_first_with_the_total(run: Run) -> None:
    ended = run("jobs", "list")

    head, *rows, total = [line.split() for line in ended.out.splitlines()]
    assert (ended.status, ended.err) == (0, "")
    assert head[:4] == ["kind", "id", "status", "reason"]
    assert [row[:4] for row in rows] == [
        ["search", "search-6", "ranking", "-"],
        ["search", "search-5", "failed", "no_resume"],
        ["file", "file-2", "failed", "reader_crashed"],
        ["file", "file-1", "failed", "no_text"],
    ]
    assert rows[-1][4:] == ["4", "1", "3", "2026-03-02T09:30:01Z", "2026-03-02T09:31:00Z"]
    assert " ".join(total) == "4 of 4 in all."


@pytest.mark.usefixtures("store")
def test_json_lines_tell_everything_and_the_total_is_no_line_of_them(run: Run) -> None:
    ended = run("jobs", "list", "--json", "--limit", "2", "--offset", "1")

    assert ended.status == 0
    assert [set(job) for job in ended.objects] == [KEYS, KEYS]
    assert [job["id"] for job in ended.objects] == ["search-5", "file-2"]
    assert ended.objects[1]["due_at"] == "2026-03-02T09:30:00Z"
    assert (ended.objects[1]["attempt"], ended.objects[1]["lease_until"]) == (4, None)
    assert ended.err == "2 of 4 in all.\n"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--kind", "file"), ["file-2", "file-1"]),
        (("--kind", "search"), ["search-6", "search-5"]),
        (("--status", "ready", "--status", "parsed"), ["search-4", "file-3"]),
        (("--status", "failed", "--reason", "no_text"), ["file-1"]),
        (("--reason", "no_such_reason"), []),
        (("--status", "cancelled"), []),
    ],
)
def test_jobs_are_chosen_by_options(run: Run, options: tuple[str, ...], ids: list[str]) -> None:
    assert [job["id"] for job in run("jobs", "list", "--json", *options).objects] == ids


@pytest.mark.usefixtures("store")
def test_an_empty_list_is_its_total_alone(run: Run) -> None:
    assert run("jobs", "list", "--status", "cancelled").out == "0 of 0 in all.\n"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "command", [("list",), ("list", "--json"), ("show", "search-6"), ("show", "search-6", "--json")]
)
def test_the_person_is_told_only_when_asked_for(run: Run, command: tuple[str, ...]) -> None:
    person = str(BORIS)

    assert person not in run("jobs", *command).out
    assert person in run("jobs", *command, "--person").out


@pytest.mark.usefixtures("store")
def test_one_job_is_shown_with_all_its_values(run: Run) -> None:
    plain, as_json = run("jobs", "show", "file-1"), run("jobs", "show", "file-1", "--json")

    shown = dict(line.split() for line in plain.out.splitlines())
    assert (plain.status, as_json.status) == (0, 0)
    assert set(shown) == set(as_json.objects[0]) == KEYS
    assert (shown["kind"], shown["reason"], shown["failures"], shown["lease_until"]) == ("file", "no_text", "3", "-")
    assert shown == {name: "-" if value is None else str(value) for name, value in json.loads(as_json.out).items()}


@pytest.mark.usefixtures("store")
def test_a_job_that_is_not_there_is_told_in_one_line(run: Run) -> None:
    ended = run("jobs", "show", "file-9")

    assert (ended.status, ended.out) == (1, "")
    assert ended.err == "Error: file-9: job_not_found: There is no such job.\n"


def test_what_is_retried_is_due_and_left_for_the_sweep_to_send(run: Run, store: Transactions) -> None:
    ended = run("jobs", "retry", "file-1", "search-5", "file-1")

    assert (ended.status, ended.err) == (0, "")
    assert ended.out == "file-1  queued\nsearch-5  queued\n2 retried, 0 not.\n"
    with store() as tx:
        upload = tx.uploads.find(UploadId("file-1"))
        assert upload is not None
        assert tx.uploads.to_send(at=upload.work.due_at, sent_before=NOW, limit=9) == ["file-1"]
        assert tx.search_runs.to_send(at=upload.work.due_at + timedelta(minutes=1), sent_before=NOW, limit=9) == [
            "search-5"
        ]
    assert (upload.status, upload.work) == (UploadStatus.QUEUED, Work(due_at=upload.work.due_at, attempt=4))


def test_each_refusal_is_told_and_stops_no_other(run: Run, store: Transactions) -> None:
    with store() as tx:
        tx.search_runs.add(_search(7))
        tx.files.drop_finished(before=NOW + timedelta(seconds=1))
        tx.uploads.add(_upload(8, status=UploadStatus.FAILED, reason="no_text", **FAILED))

    ended = run("jobs", "retry", "file-9", "search-6", "search-5", "file-8", "file-2")

    told = dict(line.split("  ", 1) for line in ended.out.splitlines()[:-1])
    assert ended.status == 1
    assert {job_id: words.split(":")[0] for job_id, words in told.items()} == {
        "file-9": "job_not_found",
        "search-6": "job_not_failed",
        "search-5": "not_the_latest_search",
        "file-8": "file_gone",
        "file-2": "queued",
    }
    assert all(words.endswith(".") for words in told.values() if words != "queued")
    assert ended.out.endswith("\n1 retried, 4 not.\n")


@pytest.mark.usefixtures("store")
def test_all_that_failed_is_retried_once_it_is_confirmed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _statuses(run)

    _answering(monkeypatch, "n\n")
    refused = run("jobs", "retry", "--failed")
    after_no = _statuses(run)
    _answering(monkeypatch, "y\n")
    confirmed = run("jobs", "retry", "--failed")

    assert (refused.status, after_no) == (1, before)
    assert "Retry 3 failed jobs?" in refused.out
    assert confirmed.status == 0
    assert confirmed.out.endswith("3 retried, 0 not.\n")
    assert _statuses(run) == {**before, "file-1": "queued", "file-2": "queued", "search-5": "queued"}


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--kind", "file"), {"file-1", "file-2"}),
        (("--kind", "search"), {"search-5"}),
        (("--reason", "no_text"), {"file-1"}),
        (("--kind", "search", "--reason", "no_text"), set()),
    ],
)
def test_some_of_what_failed_is_retried_without_a_question(run: Run, options: tuple[str, ...], ids: set[str]) -> None:
    ended = run("jobs", "retry", "--failed", "--yes", *options)

    assert ended.status == 0
    assert ended.out.endswith(f"{len(ids)} retried, 0 not.\n")
    assert {job_id for job_id, status in _statuses(run).items() if status == "queued"} == ids


@pytest.mark.parametrize("arguments", [(), ("file-1", "--failed"), ("file-1", "--reason", "no_text")])
def test_what_to_retry_must_be_said_in_one_way(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run("jobs", "retry", *arguments)

    assert (ended.status, ended.out) == (2, "")
    assert "--failed" in ended.err


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("command", [("list",), ("show", "file-1"), ("retry", "file-1")])
def test_jobs_are_at_hand_while_up_has_the_folder(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    with data_folder.take(tmp_path / "data", alone=True):
        ended = run("jobs", *command)

    assert (ended.status, ended.err) == (0, "")
    assert "file-1" in ended.out


@pytest.mark.parametrize("command", [("list",), ("show", "file-1"), ("retry", "file-1"), ("retry", "--failed")])
def test_a_store_that_is_not_ready_is_refused(run: Run, command: tuple[str, ...]) -> None:
    ended = run("jobs", *command)

    assert ended.status == 1
    assert "job-assistant migrate" in ended.err
    assert ended.err.count("\n") == 1


def test_a_bad_setting_is_told_in_one_line(run: Run) -> None:
    ended = run("jobs", "list", PORT="many")

    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("Error: PORT")
    assert ended.err.count("\n") == 1


def test_the_help_tells_every_command_and_every_option(run: Run) -> None:
    general = run("jobs", "-h").out
    own = {name: run("jobs", name, "-h").out for name in ("list", "show", "retry")}

    assert all(f"\n  {name} " in general for name in own)
    assert all(f"--{option}" in own["list"] for option in ("kind", "status", "reason", "limit", "json", "person"))
    assert all(f"--{option}" in own["retry"] for option in ("failed", "kind", "reason", "yes"))
    assert "--json" in own["show"]
