"""Figures of a process, and of several that share a folder."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters import metrics
from adapters.metrics import Telemetry
from adapters.settings import BadSetting
from domain.figures import Figures
from domain.handing_out.hand_out import HandOutKind, HandOutStatus
from domain.handing_out.ports import HandOutFigures
from domain.resumes.ports import UploadFigures
from domain.resumes.upload import UploadStatus
from domain.search.ports import RunFigures
from domain.search.run import Outcome, RunStatus
from tests.builders import NOW

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]

FIGURES = Figures(
    uploads=UploadFigures(
        under_way={UploadStatus.QUEUED: 3},
        oldest_due_at=NOW,
        ended={(UploadStatus.PARSED, None): 5, (UploadStatus.FAILED, "no_text"): 2},
    ),
    search_runs=RunFigures(
        under_way={RunStatus.RANKING: 1},
        oldest_due_at=None,
        ended={(RunStatus.READY, "builtin"): 4, (RunStatus.CANCELLED, None): 1},
        sources={("internal", Outcome.OK): 4, ("hh", Outcome.NOT_CONFIGURED): 1},
    ),
    hand_outs=HandOutFigures(
        outstanding={(HandOutKind.SEARCH, HandOutStatus.GIVEN): 2},
        ended={(HandOutKind.SEARCH, HandOutStatus.FAILED, "n8n_unreachable"): 3},
    ),
    longest_upload_wait=timedelta(seconds=12.5),
    longest_search_wait=timedelta(0),
    unembedded=7,
)

ELSEWHERE = """
import sys
from adapters.metrics import Telemetry
telemetry = Telemetry(folder=sys.argv[1])
telemetry.task(actor="run_search", outcome="done", seconds=2.0)
telemetry.close()
"""


PARTS = {"store": True, "redis": False}


def samples(telemetry: Telemetry, figures: Figures | None = None) -> Samples:
    """Return the value of every sample by its name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(telemetry.exposition(figures, PARTS).decode())
        for sample in family.samples
    }


def value(found: Samples, name: str, **labels: str) -> float | None:
    return found.get((f"job_assistant_{name}", tuple(sorted(labels.items()))))


def work(telemetry: Telemetry) -> None:
    """Note two requests, one that is refused, and a task."""
    for seconds in (0.02, 2.0):
        telemetry.request(method="GET", route="/users/<telegram_id>", status=200, seconds=seconds)
    telemetry.request(method="GET", route="/jobs", status=404, seconds=0.1, refusal="job_not_found")
    telemetry.refused_items({"title.required": 2, "url.not_a_web_address": 1})
    telemetry.task(actor="run_search", outcome="store_unavailable", seconds=4.0)


@pytest.mark.parametrize("shared", [False, True])
def test_requests_and_tasks_are_counted_and_timed(tmp_path: Path, shared: bool) -> None:
    telemetry = Telemetry(folder=str(tmp_path) if shared else None)
    work(telemetry)

    found = samples(telemetry)
    telemetry.close()

    route = "/users/<telegram_id>"
    assert value(found, "requests_total", method="GET", route=route, status="200") == 2
    assert value(found, "request_seconds_count", route=route) == 2
    assert value(found, "request_seconds_sum", route=route) == pytest.approx(2.02)
    assert value(found, "request_seconds_bucket", route=route, le="0.025") == 1
    assert value(found, "refusals_total", route="/jobs", code="job_not_found") == 1
    assert value(found, "items_refused_total", code="title.required") == 2
    assert value(found, "items_refused_total", code="url.not_a_web_address") == 1
    assert value(found, "tasks_total", actor="run_search", outcome="store_unavailable") == 1
    assert value(found, "task_seconds_bucket", actor="run_search", le="2.5") == 0
    assert value(found, "task_seconds_bucket", actor="run_search", le="5.0") == 1
    assert not any(name.endswith("_created") for name, _ in found)


def test_installations_in_one_process_count_for_themselves(tmp_path: Path) -> None:
    folders = [None, str(tmp_path / "one"), None, str(tmp_path / "two")]
    several = [Telemetry(folder=folder) for folder in folders]
    for count, telemetry in enumerate(several):
        for _ in range(count):
            telemetry.task(actor="run_search", outcome="done", seconds=1.0)

    counted = [value(samples(each), "tasks_total", actor="run_search", outcome="done") for each in several]
    for each in several:
        each.close()

    assert counted == [None, 1, 2, 3]


def test_processes_that_share_a_folder_tell_of_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "when needed"
    first, second = Telemetry(folder=str(folder)), Telemetry(folder=str(folder))
    first.task(actor="run_search", outcome="done", seconds=1.0)
    second.task(actor="run_search", outcome="done", seconds=1.0)
    subprocess.run([sys.executable, "-c", ELSEWHERE, folder], check=True, cwd=Path(__file__).parents[2])  # noqa: S603 — our own program

    told = [value(samples(each), "tasks_total", actor="run_search", outcome="done") for each in (first, second)]
    first.close()
    second.close()

    assert told == [3, 3]
    assert len(list(folder.glob("counter_*.db"))) == 3


def test_what_is_done_after_the_end_is_not_counted_and_breaks_nothing(tmp_path: Path) -> None:
    telemetry = Telemetry(folder=str(tmp_path))
    work(telemetry)
    telemetry.close()

    work(telemetry)

    assert value(samples(telemetry), "request_seconds_count", route="/users/<telegram_id>") == 2


def test_a_folder_that_cannot_be_used_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BadSetting, match=r"^METRICS_DIR: "):
        Telemetry(folder=str(tmp_path / "file"))


def test_in_a_folder_without_room_a_process_counts_for_itself_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(metrics, "_ROOM", 2**62)

    telemetry = Telemetry(folder=str(tmp_path))
    telemetry.task(actor="run_search", outcome="ready", seconds=1.0)

    assert value(samples(telemetry), "tasks_total", actor="run_search", outcome="ready") == 1
    assert list(tmp_path.iterdir()) == []
    assert "METRICS_DIR" in caplog.text


def test_the_store_is_told_whole() -> None:
    found = samples(Telemetry(), FIGURES)

    assert value(found, "part_up", part="redis") == 0
    assert value(found, "under_way", kind="file", status="queued") == 3
    assert value(found, "under_way", kind="search", status="ranking") == 1
    assert value(found, "longest_wait_seconds", kind="file") == 12.5
    assert value(found, "vacancies_without_vectors") == 7
    assert value(found, "files_last_hour", status="parsed", reason="") == 5
    assert value(found, "files_last_hour", status="failed", reason="no_text") == 2
    assert value(found, "searches_last_hour", status="ready", engine="builtin") == 4
    assert value(found, "searches_last_hour", status="cancelled", engine="") == 1
    assert value(found, "hand_outs", kind="search", status="given") == 2
    assert value(found, "hand_outs_last_hour", kind="search", status="failed", reason="n8n_unreachable") == 3
    assert value(found, "source_answers_last_hour", source="hh", outcome="not_configured") == 1


def test_nothing_under_way_is_told_as_zero_so_that_no_line_breaks_off() -> None:
    found = samples(Telemetry(), FIGURES)

    assert value(found, "under_way", kind="file", status="parsing") == 0
    assert value(found, "under_way", kind="search", status="queued") == 0
    assert value(found, "under_way", kind="search", status="gathering") == 0
    assert value(found, "hand_outs", kind="file", status="late") == 0
    assert value(found, "longest_wait_seconds", kind="search") == 0


def test_a_store_that_does_not_answer_is_down_and_has_no_figures() -> None:
    found = samples(Telemetry(), None)

    assert found == {
        ("job_assistant_part_up", (("part", "redis"),)): 0,
        ("job_assistant_part_up", (("part", "store"),)): 1,
    }


def test_a_person_is_named_alike_by_all_processes_of_an_installation_alone() -> None:
    one, other, stranger = Telemetry(secret="s" * 16), Telemetry(secret="s" * 16), Telemetry()

    assert one.person(1) == other.person(1) != stranger.person(1)
