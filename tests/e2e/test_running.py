"""How the program starts, shares a machine, and ends."""

from __future__ import annotations

import json
import re
import socket
import stat
import time
from collections.abc import Iterator

import pytest

from tests.e2e.callers import Caller
from tests.e2e.programs import BY_WORDS, Machine, Server, until
from tests.e2e.samples import variation

WARM_SECONDS = 15.0
"""Three times what is promised for a quiet machine."""

ENDING_SECONDS = 15.0
"""Some seconds, on a busy machine."""

TROUBLE = re.compile(r"WARNING|ERROR|CRITICAL|Traceback")

UNFINISHED = "SELECT count(*) FROM uploads WHERE status IN ('queued', 'parsing')"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("running"))


@pytest.fixture(scope="module")
def running(machine: Machine) -> Iterator[Server]:
    with machine.up() as server:
        yield server


def is_plain(said: str, *words: str) -> bool:
    """Tell whether it is one line with these words in it."""
    return said.count("\n") == 1 and all(word in said for word in words)


def test_a_second_up_on_the_same_folder_is_refused(machine: Machine, running: Server) -> None:
    ended = machine.run("up")

    assert ended.status == 1
    assert is_plain(ended.err, "another job-assistant is running", str(machine.data), "DATA_DIR"), ended.err
    with running.caller() as caller:
        assert caller.get("/health/ready") == {"status": "up", "parts": {"store": "up"}}


def test_a_port_that_is_taken_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        ended = Machine(tmp_path_factory.mktemp("taken"), **BY_WORDS).run("up", PORT=port)

    assert ended.status == 1
    assert is_plain(ended.err, f"127.0.0.1:{port}", "PORT"), ended.err


def test_a_warm_start_answers_soon_and_a_restart_keeps_the_keys(machine: Machine, running: Server) -> None:
    keys = {kind: running.key(kind) for kind in ("bot", "pipeline", "operator")}
    running.terminate()

    with machine.up() as server, server.caller() as caller:
        seconds = until(lambda: server.wait_for("Stop") if caller.get("/health/live") else None, "it answers")
        again = {kind: server.key(kind) for kind in ("bot", "pipeline", "operator")}
        server.terminate()

    file = machine.data / "keys.json"
    print(f"up answers after {seconds:.1f} s")  # noqa: T201 — the figure is worth reading with `-rP`
    assert seconds < WARM_SECONDS
    kept = json.loads(file.read_text("utf-8"))
    # What seals tokens is nobody's to send, and so not printed.
    assert kept.pop("token_encryption")
    assert again == keys == kept
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(machine.data.stat().st_mode) == 0o700


def test_keys_that_were_given_work_and_are_not_printed(tmp_path_factory: pytest.TempPathFactory) -> None:
    machine = Machine(tmp_path_factory.mktemp("given"), BOT_KEYS="old-key-of-the-bot,new-key-of-the-bot", **BY_WORDS)
    with machine.up() as server:
        answers: list[str] = []
        for key in ("old-key-of-the-bot", "new-key-of-the-bot", "another-key-of-a-bot"):
            with Caller(server.url, {"X-BOT-KEY": key}) as caller:
                answers.append(caller.ask("GET", "/users/1").json()["code"])

        assert answers == ["user_not_found", "user_not_found", "unauthorized"]
        assert "key-of-the-bot" not in server.out.read_text()
        assert server.key("pipeline")


def test_sigterm_ends_it_in_the_middle_of_work_without_a_word(tmp_path_factory: pytest.TempPathFactory) -> None:
    machine = Machine(tmp_path_factory.mktemp("ended"), READER_PROCESSES="1", **BY_WORDS)
    with machine.up() as server, server.caller() as caller:
        caller.welcome(1)
        for number in range(12):
            caller.send(1, *variation(number))

        began = time.monotonic()
        status = server.terminate()

        assert status == 0
        assert time.monotonic() - began < ENDING_SECONDS
        assert not TROUBLE.search(server.err.read_text())
        assert machine.count(UNFINISHED) > 0
        until(lambda: not machine.readers(), "the readers ended", seconds=5)
    with machine.up() as server:
        until(lambda: machine.count("SELECT count(*) FROM uploads WHERE status = 'parsed'") == 12, "all were read")


def test_a_worker_finishes_what_a_server_that_died_has_left(tmp_path_factory: pytest.TempPathFactory) -> None:
    machine = Machine(tmp_path_factory.mktemp("apart"), READER_PROCESSES="1", **BY_WORDS)
    assert machine.run("migrate").status == 0
    with machine.up("serve") as server, server.caller() as caller:
        caller.welcome(1)
        uploads = [caller.send(1, *variation(number))["upload_id"] for number in range(8)]
        server.kill()
    left = machine.count(UNFINISHED)
    make_old(machine)

    with machine.working() as worker:
        until(lambda: machine.count(UNFINISHED) == 0, "the worker has done all of it")
        with machine.up("serve") as server, server.caller() as caller:
            ended = [caller.upload(1, upload)["status"] for upload in uploads]
            later = caller.parsed(1, caller.send(1, *variation(9))["upload_id"])
            revisions = caller.history("resume", 1)
            assert server.terminate() == 0
        assert worker.terminate() == 0
        told = worker.err.read_text().splitlines()
        # What the dead server had in hand is taken back, and nothing else is worth a warning.
        assert [line for line in told if TROUBLE.search(line) and " taken back " not in line] == []

    assert left > 0
    assert [*ended, later["status"]] == ["parsed"] * 9
    assert len(revisions) == 9


def make_old(machine: Machine) -> None:
    """Let much time pass over the uploads: leases run out, messages are taken for lost."""
    with machine.opened() as connection:
        for column in ("due_at", "sent_at", "lease_until"):
            connection.execute(
                f"UPDATE uploads SET {column} = ? WHERE {column} IS NOT NULL",  # noqa: S608 — our own names
                ["2020-01-01T00:00:00.000000+00:00"],
            )
