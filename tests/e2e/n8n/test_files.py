"""A résumé file through a real n8n, whose operator has switched the AI step on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.e2e.callers import Caller
from tests.e2e.n8n.roads import Additions, Road
from tests.e2e.n8n.running import N8n
from tests.e2e.programs import Machine, Server, until
from tests.e2e.samples import PDF

pytestmark = [pytest.mark.n8n, pytest.mark.timeout(1_800)]

PERSON = 890_000_001
NAME = "Резюме Ивановой (новое) №2.pdf"


@pytest.fixture
def server(machine: Machine, settings: Mapping[str, str], road: Road, as_ever: None) -> Iterator[Server]:
    del as_ever
    with machine.up(**settings, N8N_RESUME_FILES="true") as server:
        road.leads_to = server.url
        yield server


@pytest.fixture
def caller(server: Server) -> Iterator[Caller]:
    with server.caller() as caller:
        caller.welcome(PERSON)
        yield caller


@pytest.mark.parametrize("words", ["Извините, я не могу помочь.", '["Python"]', "null"])
def test_a_model_that_is_not_understood_is_told_as_a_failure(
    n8n: N8n, caller: Caller, road: Road, additions: Additions, words: str
) -> None:
    del n8n
    additions.tells = words

    caller.parsed(PERSON, caller.send(PERSON, NAME, PDF.read_bytes())["upload_id"])
    [told] = until(lambda: road.failures or None, "the failure")

    assert (told.status, told.answered["status"]) == (200, "noted")
    assert told.told["node"] in ("Read its answer", "Is it understood")
    assert road.calls("/resume/parsed/") == []


def test_what_n8n_reads_in_a_file_with_a_russian_name_lies_under_what_we_read(
    n8n: N8n, caller: Caller, road: Road, additions: Additions
) -> None:
    kept: list[list[str]] = []
    additions.when_asked = lambda: kept.append(n8n.files_kept())
    additions.tells = {
        "desired_position": "Космонавт",
        "skills": ["Erlang", "Личные кабинеты"],
        "education_level": "wizard",
        "telegram_id": PERSON,
    }

    upload = caller.parsed(PERSON, caller.send(PERSON, NAME, PDF.read_bytes())["upload_id"])
    ours = upload["resume"]
    resume = until(lambda: _with_more_skills(caller, ours), "what n8n adds")

    assert upload["status"] == "parsed"
    assert [told["skill"] if isinstance(told, dict) else told for told in resume["skills"]] == [
        *ours["skills"],
        "Личные кабинеты",
    ]
    assert resume["desired_position"] == ours["desired_position"] != "Космонавт"
    [told] = road.calls("/resume/parsed/")
    assert (told.status, told.answered["status"], told.answered["added"]) == (200, "taken", ["skills"])
    assert set(told.told["added"]) == {"desired_position", "skills"}
    # The file came under its name, the model was shown the text alone, and nothing of it stays with n8n.
    assert kept == [[NAME]]
    [(_, asked)] = additions.asked
    assert "Python" in asked["messages"][1]["content"]
    until(lambda: n8n.files_kept() == [], "n8n erases the file")


def _with_more_skills(caller: Caller, ours: Any) -> Any:
    now = caller.get(f"/resume/{PERSON}")
    return now if len(now["skills"]) > len(ours["skills"]) else None
