"""The operator's figures over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import TestResponse

from adapters.bootstrap import migrate_store, open_platform, read_settings
from entrypoints.api.wsgi import api_of
from tests.entrypoints.conftest import Install
from tests.entrypoints.installation import ANNA, Caller, Installation, a_job, code_of


def told(answer: TestResponse, name: str, **labels: str) -> float | None:
    """Return the value of a sample, or `None` when there is none."""
    assert answer.status_code == 200, answer.text
    return next(iter(_values(answer.text, f"job_assistant_{name}", labels)), None)


def _values(text: str, name: str, labels: dict[str, str]) -> Iterator[float]:
    for family in text_string_to_metric_families(text):
        yield from (sample.value for sample in family.samples if (sample.name, sample.labels) == (name, labels))


def test_they_are_in_the_text_format_of_prometheus(api: Installation) -> None:
    answer = api.operator.get("/metrics")

    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=")
    assert told(answer, "part_up", part="store") == 1


@pytest.mark.parametrize("who", ["bot", "pipeline", "stranger"])
def test_they_are_for_the_operator_alone(api: Installation, who: str) -> None:
    answer = getattr(api, who).get("/metrics")

    assert (answer.status_code, code_of(answer)) == (401, "unauthorized")


def test_requests_are_counted_by_their_rule_and_never_by_their_path(with_anna: Installation) -> None:
    for path in (f"/users/{ANNA}", f"/users/{ANNA}/", "/users/42", f"/users/{ANNA}/no/such/thing"):
        with_anna.bot.get(path)
    with_anna.bot.call("BREW", f"/users/{ANNA}")

    answer = with_anna.operator.get("/metrics")

    of_user = {"method": "GET", "route": "/users/<telegram_id>"}
    assert told(answer, "requests_total", **of_user, status="200") == 2
    assert told(answer, "requests_total", **of_user, status="404") == 1
    assert told(answer, "requests_total", method="GET", route="none", status="404") == 1
    assert told(answer, "requests_total", method="other", route="none", status="405") == 1
    assert told(answer, "request_seconds_count", route="/users/<telegram_id>") == 3
    assert str(ANNA) not in answer.text
    assert "BREW" not in answer.text


def test_refusals_are_counted_by_their_code(with_anna: Installation) -> None:
    for _ in range(2):
        with_anna.n8n.post("/n8n/failures", {"version": 1, "execution_id": "17"}, secret="a-secret-of-somebody-else")
    with_anna.bot.get("/users/42")
    with_anna.bot.get(f"/users/{ANNA}")

    answer = with_anna.operator.get("/metrics")

    assert told(answer, "refusals_total", route="/n8n/failures", code="bad_signature") == 2
    assert told(answer, "refusals_total", route="/users/<telegram_id>", code="user_not_found") == 1
    assert answer.text.count("job_assistant_refusals_total{") == 2


def test_work_is_told_as_it_stands_in_the_store(with_anna: Installation) -> None:
    with_anna.offer(a_job("1"))
    with_anna.search()
    with_anna.bot.send(f"/resume/file/{ANNA}", b"{\\rtf1 nothing}", "cv.rtf")

    before = with_anna.operator.get("/metrics")
    with_anna.work()
    after = with_anna.operator.get("/metrics")

    assert told(before, "under_way", kind="file", status="queued") == 1
    assert told(after, "under_way", kind="file", status="queued") == 0
    assert told(after, "files_last_hour", status="failed", reason="no_text") == 1
    assert told(after, "searches_last_hour", status="ready", engine="builtin") == 1
    assert told(after, "source_answers_last_hour", source="internal", outcome="ok") == 1


def test_two_installations_count_for_themselves(install: Install) -> None:
    one, other = install(), install()
    one.stranger.get("/health/live")

    counts = [
        told(each.operator.get("/metrics"), "requests_total", method="GET", route="/health/live", status="200")
        for each in (one, other)
    ]

    assert counts == [1, None]


def test_a_store_that_is_down_is_told_and_the_rest_still_is(tmp_path: Path) -> None:
    with closing(open_platform({"DATA_DIR": str(tmp_path)})) as platform:
        app = api_of(platform)
        Caller(app, {}).get("/health/live")
        answer = Caller(app, {"X-OPERATOR-KEY": platform.keys["operator"][0]}).get("/metrics")

    assert told(answer, "part_up", part="store") == 0
    assert told(answer, "under_way", kind="file", status="queued") is None
    assert told(answer, "requests_total", method="GET", route="/health/live", status="200") == 1


def test_processes_that_share_a_folder_answer_for_each_other(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path / "data"), "METRICS_DIR": str(tmp_path / "figures")}
    migrate_store(read_settings(environ))
    with closing(open_platform(environ)) as one, closing(open_platform(environ)) as other:
        Caller(api_of(one), {}).get("/health/live")
        one.telemetry.task(actor="run_search", outcome="done", seconds=1.0)
        answer = Caller(api_of(other), {"X-OPERATOR-KEY": other.keys["operator"][0]}).get("/metrics")

    assert told(answer, "requests_total", method="GET", route="/health/live", status="200") == 1
    assert told(answer, "tasks_total", actor="run_search", outcome="done") == 1
