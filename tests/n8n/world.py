"""The state of the stand-in for n8n, and what a test does to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Condition, Event, Thread
from typing import Any, Literal

from tests.n8n.answers import Answer

PATIENCE = 30.0
"""Seconds after which a test gives up waiting."""

TOKEN, CALLBACK_SECRET, PIPELINE_KEY = (
    "token-of-the-webhooks",
    "secret-that-signs-callbacks",
    "pipeline-key-of-the-tests",
)
SEARCH, READING = "vacancy-search", "resume-parse"

Stage = Literal["asking", "ranking", "sending"]


class NodeFailed(Exception):
    """A node has failed; its name is the text."""


class Killed(BaseException):
    """n8n was killed while this execution was under way; nothing of it goes on."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request as it came; header names are in lower case. `files` hold name, bytes and media type of each part."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes, str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What befalls a call of a webhook: it waits, and is then answered so, or as ever, or not at all (`cut`)."""

    answer: Answer | None = None
    wait: float = 0.0
    cut: bool = False


@dataclass(eq=False)
class Execution:
    """One run of a workflow. `told` is what the backend answered to its callbacks: path and status."""

    id: str
    workflow: str
    body: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes, str]]
    status: Literal["running", "success", "error", "crashed", "lost"] = "running"
    told: list[tuple[str, int]] = field(default_factory=list)
    thread: Thread | None = None
    started: Event = field(default_factory=Event)


@dataclass(frozen=True, kw_only=True)
class Published:
    """A workflow that answers at its webhook."""

    workflow: str
    version: int = 2
    installation: str = "by hand"
    reaches_backend: bool | None = None
    signature: str | None = None


@dataclass(eq=False)
class N8n:
    """An n8n with our workflows in it.

    `queue_mode`: webhooks answer before their workflow begins, always the same. `silent`: work is taken and lost.
    `fails`: a node of that stage fails, and n8n says so.
    `adds` is what `resume-parse` says of every file. `own_vacancies` are found by a source of the operator's own.
    `pause` is how many seconds pass between tries, `lag` how many probes the version before still answers after
    another was published. `public_api`: it is switched on; `forbids`: its key has not the scopes.
    """

    token: str = TOKEN
    callback_secret: str = CALLBACK_SECRET
    pipeline_key: str = PIPELINE_KEY
    backend_url: str = "http://127.0.0.1:1"
    api_key: str = "key-of-the-public-api"
    public_api: bool = True
    forbids: bool = False
    queue_mode: bool = False
    silent: bool = False
    fails: Stage | None = None
    page_size: int = 200
    pause: float = 0.02
    lag: int = 0
    adds: Mapping[str, Any] = field(default_factory=dict)
    own_vacancies: list[Mapping[str, Any]] = field(default_factory=list)
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    executions: list[Execution] = field(default_factory=list)
    credentials: list[dict[str, Any]] = field(default_factory=list)
    workflows: list[dict[str, Any]] = field(default_factory=list)
    published: dict[str, Published] = field(
        default_factory=lambda: {f"job-assistant-{each}": Published(workflow=each) for each in (SEARCH, READING)}
    )
    kill: Callable[[], None] = lambda: None
    """End at once: connections break, executions stay where they are. The server sets these three."""
    stop: Callable[[], None] = lambda: None
    """End when what is under way has ended."""
    start: Callable[[], None] = lambda: None
    """Listen again on the same port; what was under way when it was killed has crashed, and is told so."""
    broken: list[BaseException] = field(default_factory=list)
    _coming: dict[str, tuple[int, Published]] = field(default_factory=dict)
    _held_at: set[Stage] = field(default_factory=set)
    _changed: Condition = field(default_factory=Condition)

    @property
    def running(self) -> list[Execution]:
        return [each for each in self.executions if each.status == "running"]

    def unpublish(self) -> None:
        self.published.clear()

    def publish(self, path: str, published: Published) -> None:
        """Let a workflow answer there: at once where none did, else after so many probes as the lag says."""
        if path in self.published and self.lag:
            self._coming[path] = (self.lag, published)
        else:
            self.published[path] = published

    def probed(self, path: str) -> None:
        """Come nearer to what was published."""
        if path in self._coming:
            left, published = self._coming.pop(path)
            if left > 1:
                self._coming[path] = (left - 1, published)
            else:
                self.published[path] = published

    def meets(self, *troubles: Trouble) -> None:
        """Let the next calls of webhooks meet these troubles, one each."""
        self.troubles += troubles

    def hold(self, stage: Stage) -> None:
        """Let executions wait before this stage until `go_on`."""
        with self._changed:
            self._held_at.add(stage)

    def go_on(self) -> None:
        with self._changed:
            self._held_at.clear()
            self._changed.notify_all()

    def await_quiet(self) -> None:
        """Wait until no execution is under way."""
        for each in list(self.executions):
            if each.thread is not None:
                # Whoever handed the work out may hear of it a moment sooner than it begins.
                assert each.started.wait(PATIENCE), f"{each.workflow} {each.id} does not begin"
                each.thread.join(PATIENCE)
                assert not each.thread.is_alive(), f"{each.workflow} {each.id} does not end"

    def begun(self, workflow: str, body: Mapping[str, Any], files: Mapping[str, tuple[str, bytes, str]]) -> Execution:
        with self._changed:
            execution = Execution(str(len(self.executions) + 1), workflow, body, files)
            self.executions.append(execution)
            return execution

    def died(self) -> None:
        """Let all that is under way end at its next stage, as `SIGKILL` does."""
        with self._changed:
            for each in self.running:
                each.status = "crashed"
            self._changed.notify_all()

    def reach(self, stage: Stage, execution: Execution) -> None:
        """Let an execution come to a stage, when it may; raise `Killed` where n8n is not the one it began in."""
        with self._changed:
            waited = self._changed.wait_for(
                lambda: stage not in self._held_at or execution.status == "crashed", timeout=PATIENCE
            )
        assert waited, f"nobody let {execution.workflow} go on"
        if execution.status == "crashed":
            raise Killed
        if self.fails == stage:
            raise NodeFailed(stage)
