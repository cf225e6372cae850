"""What the commands that start something refuse, and how plainly."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from adapters import data_folder
from entrypoints.version import VERSION
from tests.entrypoints.cli.conftest import Run

COMMANDS = (
    *("demo", "doctor", "erase-again", "jobs", "keys", "migrate", "parse", "rank", "serve", "up", "vacancies"),
    "worker",
)
A_KEY = "0123456789abcdef"

# What is not refused would serve until it is stopped.
pytestmark = pytest.mark.timeout(30)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "many"),
        ("PORT", "70000"),
        ("BOT_KEYS", "short"),
        ("MAX_UPLOAD_MB", "0"),
        ("RETENTION_DAYS", "-1"),
        ("WORKER_THREADS", "x"),
        ("API_PROCESSES", "0"),
        ("GRACE_SECONDS", "-1"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("DATABASE_URL", "not a url"),
        ("DATABASE_URL", "nosuchdatabase://127.0.0.1/x"),
        ("DATA_DIR", __file__),
        ("HOST", "no such host"),
    ],
)
def test_a_bad_setting_stops_the_start_with_one_line_that_names_it(run: Run, variable: str, value: str) -> None:
    keys = {"BOT_KEYS": A_KEY, "PIPELINE_KEYS": A_KEY}

    ended = run("up", **{**keys, variable: value})

    assert (ended.status, ended.out) == (1, "")
    assert variable in ended.err
    assert ended.err.startswith("Error: ")
    assert ended.err.count("\n") == 1


def test_production_without_keys_is_refused(run: Run, tmp_path: Path) -> None:
    ended = run("serve", DATABASE_URL=f"sqlite:///{tmp_path / 'store.db'}")

    assert ended.status == 1
    assert "BOT_KEYS, PIPELINE_KEYS, OPERATOR_KEYS" in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_store_that_is_not_ready_is_refused(run: Run, command: str) -> None:
    ended = run(command)

    assert ended.status == 1
    assert "job-assistant migrate" in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("command", ["up", "serve", "worker"])
def test_a_folder_that_another_process_has_is_refused(run: Run, tmp_path: Path, command: str) -> None:
    run("migrate")
    with data_folder.take(tmp_path / "data", alone=True):
        ended = run(command)

    assert ended.status == 1
    assert "another job-assistant is running" in ended.err
    assert ended.err.count("\n") == 1


def test_up_is_refused_beside_those_that_share_the_folder(run: Run, tmp_path: Path) -> None:
    with data_folder.take(tmp_path / "data", alone=False):
        ended = run("up")

    assert ended.status == 1
    assert "another job-assistant is running" in ended.err


@pytest.mark.parametrize("host", ["127.0.0.1", "no such host", "192.0.2.1"])
def test_an_address_that_cannot_be_had_is_told_before_processes_are_started(run: Run, host: str) -> None:
    run("migrate")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = run("serve", REDIS_URL="redis://127.0.0.1:1/0", HOST=host, PORT=str(taken.getsockname()[1]))

    assert (ended.status, ended.out) == (1, "")
    assert "set HOST or PORT" in ended.err


def test_migrating_twice_does_it_once(run: Run) -> None:
    first, again = run("migrate"), run("migrate")

    assert (first.status, again.status) == (0, 0)
    assert first.out.startswith("Applied: 0001")
    assert again.out == "Nothing to do: the database is up to date.\n"


@pytest.mark.parametrize("command", ["up", "serve", "migrate"])
def test_a_file_that_is_no_database_is_told_in_one_line(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "job-assistant.sqlite3").write_text("a letter, no database, and long enough to look like one")

    ended = run(command)

    *logged, told = ended.err.splitlines()
    assert (ended.status, ended.out) == (1, "")
    assert told.startswith("Error: ")
    assert "database" in told
    assert all(" WARNING adapters.sql.engine: " in line for line in logged)


def test_the_help_names_every_command_and_each_has_its_own(run: Run) -> None:
    general = run("--help")

    assert general.status == 0
    for command in COMMANDS:
        own = run(command, "-h")
        assert f"\n  {command} " in general.out
        assert own.status == 0
        assert len(own.out) > 150


def test_the_version_is_the_products(run: Run) -> None:
    assert VERSION in run("--version").out
