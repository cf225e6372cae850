"""`n8n install`, and what `doctor` says of an n8n."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.bootstrap import n8n_versions
from tests.e2e.programs import Ended
from tests.entrypoints.cli.conftest import Run
from tests.n8n import N8n, Trouble, answers, n8n
from tests.n8n.world import CALLBACK_SECRET, PIPELINE_KEY, TOKEN, Published

SETTINGS = {
    "N8N_TOKEN": TOKEN,
    "N8N_CALLBACK_SECRET": f"{CALLBACK_SECRET},secret-of-old-callbacks",
    "PIPELINE_KEYS": f"{PIPELINE_KEY},pipeline-key-of-before",
    "N8N_BACKEND_URL": "http://api.example.org:8000",
}
WORKFLOWS = ("failures", "resume-parse", "vacancy-search")


@pytest.fixture
def empty() -> Iterator[N8n]:
    with n8n(N8n(published={})) as running:
        yield running


def secretless(ended: Ended) -> bool:
    return not any(secret in ended.out + ended.err for secret in (TOKEN, CALLBACK_SECRET, PIPELINE_KEY, "public-api"))


def test_installing_puts_in_publishes_and_waits(run: Run, empty: N8n) -> None:
    settings = {**SETTINGS, "N8N_API_KEY": empty.api_key}

    first = run("n8n", "install", "--url", empty.url, **settings)
    again = run("n8n", "install", **settings, N8N_URL=empty.url)

    assert (first.status, first.err, again.status, again.err) == (0, "", 0, "")
    assert first.out.count("added ") == 6
    assert again.out.count("written ") == again.out.count("unchanged ") == 3
    assert f"N8N_URL={empty.url}" in first.out
    assert secretless(first)
    assert set(empty.published) == {"job-assistant-vacancy-search", "job-assistant-resume-parse"}
    data = {each["data"].get("value") or each["data"]["hmacSecret"] for each in empty.credentials}
    assert data == {TOKEN, CALLBACK_SECRET, PIPELINE_KEY}


def test_what_was_changed_there_is_kept_unless_told_otherwise(run: Run, empty: N8n) -> None:
    settings = {**SETTINGS, "N8N_API_KEY": empty.api_key, "N8N_URL": empty.url}
    run("n8n", "install", **settings)
    for node in empty.workflows[-1]["nodes"]:
        node["disabled"] = True

    kept = run("n8n", "install", **{**settings, "N8N_CALLBACK_SECRET": "another-secret-from-now-on"})
    replaced = run("n8n", "install", "--replace", **settings)

    assert kept.status == 0
    assert "left " in kept.out
    assert f"{empty.workflows[-1]['name']}: left as it is" in kept.err
    assert "--replace" in kept.err
    assert (replaced.status, replaced.err) == (0, "")
    assert "updated " in replaced.out


def test_a_new_secret_gets_in_whatever_else_was_changed(run: Run, empty: N8n) -> None:
    settings = {**SETTINGS, "N8N_API_KEY": empty.api_key, "N8N_URL": empty.url}
    run("n8n", "install", **settings)
    empty.workflows[-1]["nodes"][-1]["disabled"] = True

    run("n8n", "install", **{**settings, "N8N_CALLBACK_SECRET": "another-secret-from-now-on"})

    assert [each["data"]["hmacSecret"] for each in empty.credentials if "hmacSecret" in each["data"]] == [
        "another-secret-from-now-on"
    ]


def test_what_was_changed_there_and_is_too_old_is_told(run: Run, empty: N8n) -> None:
    settings = {**SETTINGS, "N8N_API_KEY": empty.api_key, "N8N_URL": empty.url}
    run("n8n", "install", **settings)
    search = next(each for each in empty.workflows if "vacancy-search" in each["name"])
    search["nodes"][-1]["disabled"] = True
    path = "job-assistant-vacancy-search"
    empty.published[path] = replace(empty.published[path], version=1)

    ended = run("n8n", "install", **settings)

    assert ended.status == 1
    assert "vacancy-search: it is of version 1 in n8n" in ended.err
    # What was run just now would leave it again.
    assert "n8n install" not in ended.err


def test_a_strange_workflow_under_our_name_is_told_and_left(run: Run, empty: N8n) -> None:
    theirs = {"name": "Job Assistant - failures", "nodes": [], "connections": {}, "settings": {}, "isArchived": False}
    empty.workflows.append({"id": "x", **theirs})

    ended = run("n8n", "install", **SETTINGS, N8N_API_KEY=empty.api_key, N8N_URL=empty.url)

    assert ended.status == 1
    assert "Job Assistant - failures: not ours" in ended.err
    assert empty.workflows[0] == {"id": "x", **theirs}
    assert len(empty.credentials) == 3
    assert len(empty.published) == 2


def test_where_nothing_is_ours_nothing_is_waited_for(run: Run, empty: N8n) -> None:
    theirs = {"nodes": [], "connections": {}, "settings": {}, "isArchived": False}
    empty.workflows += [{"id": name, "name": f"Job Assistant - {name}", **theirs} for name in WORKFLOWS]

    ended = run("n8n", "install", **SETTINGS, N8N_API_KEY=empty.api_key, N8N_URL=empty.url)

    assert ended.status == 1
    assert "answer" not in ended.out
    assert ended.err.count("not ours") == len(WORKFLOWS)


@pytest.mark.parametrize(
    ("as_published", "told"),
    [({"reaches_backend": False}, "does not reach this API"), ({"signature": "bad_signature"}, "another secret")],
)
def test_what_is_wrong_between_n8n_and_the_api_is_told_once_and_no_failure(
    as_published: dict[str, Any], told: str, run: Run, empty: N8n
) -> None:
    """The API may be started only after this."""
    settings = {**SETTINGS, "N8N_API_KEY": empty.api_key, "N8N_URL": empty.url}
    run("n8n", "install", **settings)
    for path, published in empty.published.items():
        empty.published[path] = replace(published, **as_published)

    ended = run("n8n", "install", **settings)

    assert ended.status == 0
    assert ended.err.count(told) == 1
    assert "resume-parse and vacancy-search: " in ended.err


def test_an_n8n_that_does_not_answer_with_it_is_told(run: Run, empty: N8n) -> None:
    settings = {**SETTINGS, "N8N_API_KEY": empty.api_key, "N8N_URL": empty.url}
    empty.meets(*[Trouble(answer=answers.wrong_token())] * 1_000)

    ended = run("n8n", "install", "--wait", "0", **settings)

    assert ended.status == 1
    assert "N8N_TOKEN" in ended.err


def test_the_version_before_that_goes_on_answering_is_told(run: Run, empty: N8n) -> None:
    settings = {**SETTINGS, "N8N_API_KEY": empty.api_key, "N8N_URL": empty.url}
    run("n8n", "install", **settings)
    empty.lag = 1_000

    ended = run("n8n", "install", "--wait", "0", **{**settings, "N8N_BACKEND_URL": "http://moved.example.org"})

    assert ended.status == 1
    assert "resume-parse and vacancy-search: the version before still answers" in ended.err


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("N8N_TOKEN", "N8N_TOKEN"),
        ("N8N_CALLBACK_SECRET", "N8N_CALLBACK_SECRET"),
        ("N8N_BACKEND_URL", "N8N_BACKEND_URL"),
        ("N8N_API_KEY", "--folder"),
    ],
)
def test_what_is_missing_is_named(missing: str, told: str, run: Run, empty: N8n) -> None:
    given = {**SETTINGS, "N8N_API_KEY": empty.api_key}

    ended = run(
        "n8n", "install", "--url", empty.url, **{name: value for name, value in given.items() if name != missing}
    )

    assert ended.status == 1
    assert told in ended.err
    assert empty.calls == []


def test_everything_that_is_missing_is_named_at_once(run: Run) -> None:
    into_a_folder = run("n8n", "install", "--folder", "kit")
    by_its_api = run("n8n", "install", N8N_URL="http://127.0.0.1:1")

    for ended in (into_a_folder, by_its_api):
        assert ended.status == 1
        assert all(name in ended.err for name in ("N8N_TOKEN", "N8N_CALLBACK_SECRET", "N8N_BACKEND_URL"))
    assert "N8N_API_KEY" not in into_a_folder.err
    assert "N8N_API_KEY" in by_its_api.err


def test_where_to_must_be_said_once(run: Run, tmp_path: Path) -> None:
    nowhere = run("n8n", "install", **SETTINGS)
    twice = run("n8n", "install", "--url", "http://127.0.0.1:1", "--folder", tmp_path, **SETTINGS)

    assert (nowhere.status, twice.status) == (2, 2)
    assert "--folder" in nowhere.err


def test_an_n8n_that_is_not_there_is_told(run: Run, empty: N8n) -> None:
    empty.stop()

    ended = run("n8n", "install", "--url", empty.url, **SETTINGS, N8N_API_KEY="key")

    empty.start()
    assert ended.status == 1
    assert "not reached" in ended.err


def test_a_folder_needs_neither_a_key_nor_an_n8n(run: Run, tmp_path: Path) -> None:
    """And in embedded mode the pipeline's key is the one that is made."""
    ended = run(
        "n8n",
        "install",
        "--folder",
        tmp_path / "kit",
        "--queue-mode",
        **{name: value for name, value in SETTINGS.items() if name != "PIPELINE_KEYS"},
    )

    assert ended.status == 0
    assert [line.split()[1] for line in ended.out.splitlines()] == [
        "import:credentials",
        "import:workflow",
        *["publish:workflow"] * 3,
    ]
    assert secretless(ended)
    credentials = tmp_path / "kit" / "credentials.json"
    kept = json.loads((tmp_path / "data" / "keys.json").read_text())
    assert stat.S_IMODE(credentials.stat().st_mode) == 0o600
    assert any(key in credentials.read_text() for key in kept.values())


def test_a_folder_that_cannot_be_written_is_told(run: Run) -> None:
    ended = run("n8n", "install", "--folder", Path(__file__) / "kit", **SETTINGS)

    assert ended.status == 1
    assert "cannot be written" in ended.err


def _says(run: Run, url: str, **settings: str) -> str:
    """Return doctor's line about n8n."""
    ended = run("doctor", **{**SETTINGS, "N8N_URL": url, **settings})
    return next(line for line in ended.out.splitlines() if line.split()[1] == "n8n")


def test_doctor_says_what_is_wrong_with_n8n_and_what_to_do(run: Run) -> None:
    search = next(iter(n8n_versions()))
    with n8n() as running:
        well = _says(run, running.url)
        wrong_token = _says(run, running.url, N8N_TOKEN="another-token-than-theirs")
        running.publish(f"job-assistant-{search}", Published(workflow=search, version=0))
        old = _says(run, running.url)
        running.publish(f"job-assistant-{search}", Published(workflow=search, reaches_backend=False))
        cut_off = _says(run, running.url)
        running.publish(f"job-assistant-{search}", Published(workflow=search, signature="bad_signature"))
        mistrusted = _says(run, running.url)
        running.publish(f"job-assistant-{search}", Published(workflow=search, signature="signature_expired"))
        late = _says(run, running.url)
        for workflow in n8n_versions():
            running.publish(
                f"job-assistant-{workflow}", Published(workflow=workflow, reaches_backend=True, signature="known")
            )
        reaching = _says(run, running.url)
        running.unpublish()
        unpublished = _says(run, running.url)
        url = running.url
    gone = _says(run, url)

    assert well.split()[0] == reaching.split()[0] == "ok"
    assert "reach this API" not in well
    assert "reach this API" in reaching
    assert {line.split()[0] for line in (wrong_token, old, cut_off, mistrusted, late, unpublished, gone)} == {"!!"}
    assert "N8N_TOKEN" in wrong_token
    assert "version 0" in old
    assert "N8N_BACKEND_URL" in cut_off
    assert "N8N_CALLBACK_SECRET" in mistrusted
    assert "clocks" in late
    assert "publish the workflow" in unpublished
    assert "not reached" in gone
    assert "built-in engine" in gone


def test_doctor_is_content_without_n8n(run: Run) -> None:
    ended = run("doctor")

    assert "not configured (N8N_URL)" in ended.out
