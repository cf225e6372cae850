"""One n8n for all tests of this folder, with what an operator may add to its workflows, and what it talks to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.boards.hh import HhRu, a_vacancy, hh_ru
from tests.e2e.farm import PIPELINE_KEY
from tests.e2e.n8n import installing
from tests.e2e.n8n.roads import Additions, Road, serving
from tests.e2e.n8n.running import CALLBACK_SECRET, READING, SEARCH, TOKEN, N8n, edit, killed_in_the_end, kit
from tests.e2e.programs import Machine

HH_JOBS = 6


@dataclass(frozen=True)
class Installed:
    """An n8n with our workflows, and the same before they were published."""

    n8n: N8n
    unpublished: N8n


@pytest.fixture(scope="session")
def road() -> Iterator[Road]:
    road = Road()
    with serving(road.answer) as road.url:
        yield road


@pytest.fixture(scope="session")
def additions() -> Iterator[Additions]:
    added = Additions()
    with serving(added.answer) as added.url:
        yield added


@pytest.fixture(scope="session")
def set_up(road: Road, additions: Additions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Install n8n if need be, import our workflows with an operator's additions into it, and publish them."""
    programs = installing.installed()
    folder = tmp_path_factory.mktemp("n8n")
    home = folder / "published"
    home.mkdir()
    n8n = N8n(home, programs)
    commands = kit(Machine(folder), n8n, pipeline_key=PIPELINE_KEY, backend_url=road.url)
    edit(n8n, SEARCH, lambda workflow: _with_a_source(workflow, additions.url))
    edit(n8n, READING, lambda workflow: _with_a_model(workflow, additions.url))
    imports = [line for line in commands if " publish:" not in line]
    for line in imports:
        n8n.command(line, inside=home / "kit")
    unpublished = n8n.copied(folder / "unpublished")
    for line in commands[len(imports) :]:
        n8n.command(line, inside=home / "kit")
    with killed_in_the_end(n8n), killed_in_the_end(unpublished):
        yield Installed(n8n, unpublished)


@pytest.fixture
def n8n(set_up: Installed) -> N8n:
    """Return n8n at work; tests may have killed it before."""
    if set_up.n8n.is_down:
        set_up.n8n.start()
    set_up.n8n.await_webhooks()
    return set_up.n8n


@pytest.fixture
def hh() -> Iterator[HhRu]:
    with an_hh() as hh:
        yield hh


@pytest.fixture
def settings(set_up: Installed, hh: HhRu) -> Mapping[str, str]:
    return settings_for(set_up.n8n, hh)


@pytest.fixture(autouse=True)
def as_ever(road: Road, additions: Additions) -> None:
    """Let each test begin with everything as it was."""
    road.clear(leads_to=None)
    additions.jobs, additions.tells, additions.bare, additions.when_asked = [], {}, False, lambda: None
    additions.asked.clear()


@contextmanager
def an_hh() -> Iterator[HhRu]:
    """Run an hh.ru with a few vacancies for Python developers.

    Each installation needs one of its own: hh.ru gives an application no second token within minutes.
    """
    with hh_ru() as hh:
        hh.vacancies.clear()
        for number in range(HH_JOBS):
            hh.vacancies.add(
                a_vacancy(
                    name="Python-разработчик",
                    key_skills=("Python", "Django", "PostgreSQL"),
                    description=f"<p>Ищем в команду «Ёж №{number}».</p><ul><li>Python</li><li>Django</li></ul>",
                    employer=f"Компания {number}",
                    published_at=hh.clock.now(),
                )
            )
        yield hh


def settings_for(n8n: N8n, hh: HhRu) -> Mapping[str, str]:
    """Return the settings of an installation that has n8n and hh.ru."""
    return {
        "N8N_URL": n8n.url,
        "N8N_TOKEN": TOKEN,
        "N8N_CALLBACK_SECRET": CALLBACK_SECRET,
        "HH_CLIENT_ID": hh.application.client_id,
        "HH_CLIENT_SECRET": hh.application.client_secret,
        "HH_USER_AGENT": "Tests/1.0 (tests@example.org)",
        "HH_API_URL": hh.api_url,
        "HH_SITE_URL": hh.site_url,
        "TOKEN_ENCRYPTION_KEYS": "a-key-that-seals-in-tests",
    }


def _node(workflow: dict[str, Any], name: str) -> dict[str, Any]:
    return next(node for node in workflow["nodes"] if node["name"] == name)


def _with_a_source(workflow: dict[str, Any], url: str) -> None:
    """Switch on the source that is there as an example, as its note says."""
    node = _node(workflow, "Ask a source of your own")
    node["disabled"] = False
    node["parameters"]["url"] = f"{url}/jobs"


def _with_a_model(workflow: dict[str, Any], url: str) -> None:
    """Switch the AI step on, as its note says."""
    fields = _node(workflow, "Where the backend is")["parameters"]["assignments"]["assignments"]
    values = {"ai": True, "ai_url": f"{url}/v1/chat/completions", "ai_model": "invented"}
    for each in fields:
        each["value"] = values.get(each["name"], each["value"])
    # No key is wanted on loopback.
    del _node(workflow, "Ask the model")["parameters"]["authentication"]
