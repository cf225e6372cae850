"""`keys rotate`: an old key is needed no longer."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from adapters.bootstrap import open_platform
from adapters.vault import CannotOpen, Vault
from domain.hh.connection import SealedTokens
from domain.identifiers import TelegramId
from tests.builders import a_link, a_sign_in, a_user
from tests.entrypoints.cli.conftest import Run
from tests.entrypoints.installation import ANNA, BORIS

OLD, NEW = "an-old-token-encryption-key", "a-new-token-encryption-key"
NOTHING_LEFT = "Nothing is left that needs another key than the first.\n"
TOMORROW = datetime.now(timezone.utc) + timedelta(days=1)


def kept() -> Mapping[TelegramId, str]:
    with closing(open_platform(os.environ)) as platform, platform.application.show_user.transaction() as tx:
        return tx.hh_connections.sealed()


@pytest.fixture
def sealed(run: Run) -> None:
    """Keep a token of Anna's and one of Boris's, sealed with the old key."""
    run("migrate")
    with closing(open_platform(os.environ)) as platform, platform.application.show_user.transaction() as tx:
        for person in (ANNA, BORIS):
            tokens = SealedTokens(sealed=Vault([OLD]).seal(f"tokens of {person}"), expires_at=TOMORROW)
            tx.users.save(a_user(telegram_id=TelegramId(person)))
            tx.hh_connections.put(a_link(telegram_id=TelegramId(person), tokens=tokens))


@pytest.mark.usefixtures("sealed")
def test_after_it_the_old_key_is_needed_no_longer(run: Run) -> None:
    ended = run("keys", "rotate", TOKEN_ENCRYPTION_KEYS=f"{NEW},{OLD}")

    assert (ended.status, ended.out, ended.err) == (0, "Sealed anew: 2.\n" + NOTHING_LEFT, "")
    assert [Vault([NEW]).open(each) for each in kept().values()] == [f"tokens of {ANNA}", f"tokens of {BORIS}"]
    with pytest.raises(CannotOpen):
        Vault([OLD]).open(kept()[TelegramId(ANNA)])
    again = run("keys", "rotate", TOKEN_ENCRYPTION_KEYS=NEW)
    assert (again.status, again.out) == (0, "Sealed anew: 2.\n" + NOTHING_LEFT)


def test_who_is_at_hh_meanwhile_comes_back_all_the_same(run: Run) -> None:
    run("migrate")
    sign_in = a_sign_in(telegram_id=TelegramId(ANNA), verifier=Vault([OLD]).seal("verifier"), expires_at=TOMORROW)
    with closing(open_platform(os.environ)) as platform, platform.application.show_user.transaction() as tx:
        tx.users.save(a_user(telegram_id=TelegramId(ANNA)))
        tx.sign_ins.put(sign_in)

    ended = run("keys", "rotate", TOKEN_ENCRYPTION_KEYS=f"{NEW},{OLD}")

    assert (ended.status, ended.out) == (0, "Sealed anew: 1.\n" + NOTHING_LEFT)
    with closing(open_platform(os.environ)) as platform, platform.application.show_user.transaction() as tx:
        kept = tx.sign_ins.of(TelegramId(ANNA))
    assert kept is not None
    assert kept.verifier is not None
    assert Vault([NEW]).open(kept.verifier) == "verifier"


@pytest.mark.usefixtures("sealed")
def test_what_no_key_opens_is_told_and_stays(run: Run) -> None:
    before = kept()

    ended = run("keys", "rotate", TOKEN_ENCRYPTION_KEYS=NEW)

    assert (ended.status, ended.out) == (1, "Sealed anew: 0.\n")
    assert ended.err.startswith("Opened by none of the keys: 2.")
    assert OLD not in ended.err
    assert kept() == before


@pytest.mark.usefixtures("sealed")
def test_what_is_in_use_is_told_to_be_tried_again(run: Run) -> None:
    with closing(open_platform(os.environ)) as platform, platform.application.show_user.transaction() as tx:
        link = tx.hh_connections.find(TelegramId(BORIS))
        assert link is not None
        tx.hh_connections.put(replace(link, held_until=TOMORROW))

    ended = run("keys", "rotate", TOKEN_ENCRYPTION_KEYS=f"{NEW},{OLD}")

    assert (ended.status, ended.out) == (1, "Sealed anew: 1.\n")
    assert ended.err.startswith("In use at the moment: 1.")


def test_what_the_key_made_here_sealed_opens_also_once_keys_are_given(run: Run, tmp_path: Path) -> None:
    run("migrate")
    # Started once without a key given, it made one.
    kept()
    made = json.loads((tmp_path / "data" / "keys.json").read_text("utf-8"))["token_encryption"]
    with closing(open_platform(os.environ)) as platform, platform.application.show_user.transaction() as tx:
        tokens = SealedTokens(sealed=Vault([made]).seal("tokens of Anna"), expires_at=TOMORROW)
        tx.users.save(a_user(telegram_id=TelegramId(ANNA)))
        tx.hh_connections.put(a_link(telegram_id=TelegramId(ANNA), tokens=tokens))

    ended = run("keys", "rotate", TOKEN_ENCRYPTION_KEYS=NEW)

    assert (ended.status, ended.out, ended.err) == (0, "Sealed anew: 1.\n" + NOTHING_LEFT, "")
    assert Vault([NEW]).open(kept()[TelegramId(ANNA)]) == "tokens of Anna"


def test_where_nothing_is_kept_there_is_nothing_to_do(run: Run) -> None:
    run("migrate")

    assert run("keys", "rotate").out == "Sealed anew: 0.\n" + NOTHING_LEFT


def test_a_store_that_is_not_ready_is_refused(run: Run) -> None:
    ended = run("keys", "rotate")

    assert ended.status == 1
    assert "job-assistant migrate" in ended.err
