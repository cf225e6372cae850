"""What a process tells of its work in figures, in Prometheus' text format."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import socket
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar, Protocol, TypeVar

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, values
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from adapters.logs import pseudonym
from adapters.settings import BadSetting
from domain.figures import Figures
from domain.handing_out.hand_out import OUTSTANDING, HandOutKind
from domain.resumes.upload import UploadStatus
from domain.search.run import RunStatus

M = TypeVar("M", Counter, Histogram)

_UPLOADS_UNDER_WAY = (UploadStatus.QUEUED, UploadStatus.PARSING)
_SEARCHES_UNDER_WAY = (RunStatus.QUEUED, RunStatus.GATHERING, RunStatus.RANKING)

log = logging.getLogger(__name__)

_ROOM = 8 * 2**20
"""Bytes that must be free; a process needs a few hundred thousand."""

_FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_TASK_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600)


class Telemetry:
    """Counts what one process does; `secret` hides who is who.

    With a folder, processes of one machine that share it all tell of all of them; without, each tells of itself. Made
    in the process it counts for. Raises `BadSetting` when the folder cannot be used.
    """

    content_type: ClassVar[str] = CONTENT_TYPE_LATEST
    # The library chooses for the whole process where values are kept, and makes them at their first use.
    _choosing: ClassVar[Lock] = Lock()

    def __init__(self, *, secret: str | None = None, folder: str | None = None) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # as it is in the library
        self._secret = secret or secrets.token_urlsafe()
        shared = None if folder is None else _values_in(folder)
        self._folder = folder if shared is not None else None
        self._values: Any = shared or values.MutexValue
        self._closed = False
        self._registry = CollectorRegistry()
        self._children: dict[tuple[Counter | Histogram, tuple[str, ...]], Any] = {}
        self._requests = Counter(
            "job_assistant_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._refusals = Counter(
            "job_assistant_refusals",
            "Requests answered with a problem, by its code.",
            ("route", "code"),
            registry=self._registry,
        )
        self._items = Counter(
            "job_assistant_items_refused",
            "Items refused of what n8n handed in, by what is wrong with them.",
            ("code",),
            registry=self._registry,
        )
        self._request_seconds = Histogram(
            "job_assistant_request_seconds",
            "How long answering took.",
            ("route",),
            buckets=_REQUEST_SECONDS,
            registry=self._registry,
        )
        self._tasks = Counter("job_assistant_tasks", "Tasks ended.", ("actor", "outcome"), registry=self._registry)
        self._task_seconds = Histogram(
            "job_assistant_task_seconds",
            "How long a task took.",
            ("actor",),
            buckets=_TASK_SECONDS,
            registry=self._registry,
        )

    def person(self, telegram_id: int) -> str:
        """Return what stands for a person in the logs, in every process of this installation."""
        return pseudonym(self._secret, telegram_id)

    def request(self, *, method: str, route: str, status: int, seconds: float, refusal: str | None = None) -> None:
        """Count a request. `method` and `route` are ours, not the caller's words: each makes a figure of its own.

        So does `refusal`, the code of the problem that it was answered with.
        """
        self._count(self._requests, self._request_seconds, (method, route, str(status)), (route,), seconds)
        if refusal is not None and not self._closed:
            self._child(self._refusals, (route, refusal)).inc()

    def refused_items(self, codes: Mapping[str, int]) -> None:
        """Count what is wrong with items handed in: how often by field and code, which are ours."""
        if not self._closed:
            for code, count in codes.items():
                self._child(self._items, (code,)).inc(count)

    def task(self, *, actor: str, outcome: str, seconds: float) -> None:
        """Count a task; `outcome` is `done`, or the code or type of the error it ended by."""
        self._count(self._tasks, self._task_seconds, (actor, outcome), (actor,), seconds)

    def exposition(self, figures: Figures | None, parts: Mapping[str, bool]) -> bytes:
        """Return all figures as text, with those of the store unless it does not answer, and which parts are up."""
        counted: _Collects = self._registry if self._folder is None else _in_folder(self._folder)
        return generate_latest(_Together(counted.collect(), _of_parts(parts), _of_store(figures)))

    def close(self) -> None:
        """Close the files of the folder; what is done later is not counted."""
        self._closed = True
        if self._folder is not None:
            with self._choosing:
                self._values.close_all_files()

    def _count(
        self, counter: Counter, histogram: Histogram, counted: tuple[str, ...], timed: tuple[str, ...], seconds: float
    ) -> None:
        if not self._closed:
            self._child(counter, counted).inc()
            self._child(histogram, timed).observe(seconds)

    def _child(self, metric: M, labels: tuple[str, ...]) -> M:
        child: M | None = self._children.get((metric, labels))
        if child is None:
            with self._choosing:
                before, values.ValueClass = values.ValueClass, self._values
                try:
                    if self._folder is not None:
                        os.environ[_FOLDER_VARIABLE] = self._folder
                    child = self._children[metric, labels] = metric.labels(*labels)
                finally:
                    values.ValueClass = before
        return child


class _Collects(Protocol):
    def collect(self) -> Iterable[Metric]: ...


class _Together(Collector):
    def __init__(self, *parts: Iterable[Metric]) -> None:
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        for part in self._parts:
            yield from part


def _values_in(folder: str) -> Any:
    """Return the library's kind of value that is kept in a file of the folder, one for each process.

    `None` where the folder has no room for it.
    """
    try:
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(None, "not writable")
    except OSError as error:
        raise BadSetting(f"METRICS_DIR: {folder} cannot be used ({error.strerror}).") from None
    if shutil.disk_usage(folder).free < _ROOM:
        # A disk that is full kills whoever writes into such a file, and no figure is worth that.
        log.warning("METRICS_DIR is nearly full: this process tells of itself alone")
        return None
    # Processes in containers may have one number, and two of one time the same host's name.
    mark = f"{socket.gethostname()}-{secrets.token_hex(4)}"
    return values.MultiProcessValue(lambda: f"{mark}-{os.getpid()}")  # type: ignore[no-untyped-call]  # as above


def _in_folder(folder: str) -> _Collects:
    collector: _Collects = MultiProcessCollector(None, path=folder)  # type: ignore[no-untyped-call]  # as above
    return collector


def _of_parts(parts: Mapping[str, bool]) -> Iterator[Metric]:
    yield _gauge(
        "job_assistant_part_up",
        "Whether a part of the installation answers.",
        ("part",),
        {(name,): float(up) for name, up in parts.items()},
    )


def _of_store(figures: Figures | None) -> Iterator[Metric]:
    if figures is None:
        return
    uploads, runs, hand_outs = figures.uploads, figures.search_runs, figures.hand_outs
    yield _gauge(
        "job_assistant_under_way",
        "Accepted work that has not ended.",
        ("kind", "status"),
        {
            **{("file", status.value): uploads.under_way.get(status, 0) for status in _UPLOADS_UNDER_WAY},
            **{("search", status.value): runs.under_way.get(status, 0) for status in _SEARCHES_UNDER_WAY},
        },
    )
    yield _gauge(
        "job_assistant_longest_wait_seconds",
        "How long the oldest work that is due has been waiting for a worker.",
        ("kind",),
        {
            ("file",): figures.longest_upload_wait.total_seconds(),
            ("search",): figures.longest_search_wait.total_seconds(),
        },
    )
    yield _gauge(
        "job_assistant_vacancies_without_vectors",
        "Vacancies of ours whose meaning is not encoded yet.",
        (),
        {(): float(figures.unembedded)},
    )
    yield _gauge(
        "job_assistant_files_last_hour",
        "Files that ended in the last hour.",
        ("status", "reason"),
        {(status.value, reason or ""): count for (status, reason), count in uploads.ended.items()},
    )
    yield _gauge(
        "job_assistant_searches_last_hour",
        "Searches that ended in the last hour.",
        ("status", "engine"),
        {(status.value, engine or ""): count for (status, engine), count in runs.ended.items()},
    )
    yield _gauge(
        "job_assistant_hand_outs",
        "Work handed out to the outside automation whose end is open.",
        ("kind", "status"),
        {
            (kind.value, status.value): hand_outs.outstanding.get((kind, status), 0)
            for kind in HandOutKind
            for status in OUTSTANDING
        },
    )
    yield _gauge(
        "job_assistant_hand_outs_last_hour",
        "Work handed out that ended in the last hour.",
        ("kind", "status", "reason"),
        {(kind.value, status.value, reason or ""): count for (kind, status, reason), count in hand_outs.ended.items()},
    )
    yield _gauge(
        "job_assistant_source_answers_last_hour",
        "What sources answered to searches that ended in the last hour.",
        ("source", "outcome"),
        {(source, outcome.value): count for (source, outcome), count in runs.sources.items()},
    )


def _gauge(name: str, meaning: str, labels: tuple[str, ...], samples: dict[tuple[str, ...], float]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=labels)
    for told, value in sorted(samples.items()):
        family.add_metric(told, value)
    return family
