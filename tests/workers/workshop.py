"""The product with workers that really run, on a store, a clock and a reader in a test's hand."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from adapters.bootstrap import Platform, compose, open_platform
from adapters.dramatiq.tasks import DramatiqTasks
from adapters.memory.outside import FixedClock, RecordingErasures
from adapters.memory.store import MemoryStore
from adapters.memory.vacancy_queues import MemoryVacancyQueues
from domain.application import Application
from domain.matching.lexicon import Encoder
from domain.resumes.upload import Upload, UploadStatus
from domain.search.filters import Filters
from domain.search.gathering import SearchEngine
from domain.search.run import RunStatus, SearchRun
from domain.transactions import Transaction, Transactions
from domain.work import Work
from tests.builders import ANNA, NOW, a_resume_content, a_user
from tests.domain.outsiders import ScriptedReader

PATIENCE = 30.0
"""Seconds after which a test gives up waiting; a hundred times what is needed."""


def until(happened: Callable[[], bool], what: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < limit, what
        time.sleep(0.01)


class TroubledStore:
    """A store that raises its `trouble`, while it has any; counts how often it was asked."""

    def __init__(self, store: Transactions) -> None:
        self._store = store
        self.trouble: Exception | None = None
        self.asked = 0

    @contextmanager
    def __call__(self) -> Iterator[Transaction]:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        with self._store() as tx:
            yield tx


@dataclass
class Workshop:
    """A platform and what its application stands on; `sweeping` is the store as the sweep sees it."""

    platform: Platform
    sweeping: TroubledStore
    clock: FixedClock
    reader: ScriptedReader

    @property
    def application(self) -> Application:
        return self.platform.application

    def search_with(self, *engines: SearchEngine) -> None:
        """Let these engines answer from now on."""
        changed = replace(self.application, run_search=replace(self.application.run_search, engines=engines))
        self.platform = replace(self.platform, application=changed)

    def embed_with(self, encoder: Encoder) -> None:
        """Let vacancies be embedded by this model."""
        changed = replace(self.application.embed_vacancies, encoder=encoder)
        self.platform = replace(self.platform, application=replace(self.application, embed_vacancies=changed))

    def send(self, content: bytes = b"%PDF one") -> Upload:
        """Give a résumé file of Anna's."""
        return self.application.submit_file(telegram_id=ANNA, filename="cv.pdf", content=content).value

    def start(self) -> SearchRun:
        """Start a search of Anna's, who has filled in the form."""
        self.application.submit_resume(telegram_id=ANNA, content=a_resume_content())
        return self.application.start_search(telegram_id=ANNA, filters=Filters()).value

    def upload(self, upload: Upload) -> Upload:
        return self.application.show_upload(telegram_id=ANNA, upload_id=upload.id)[0]

    def run(self) -> SearchRun:
        return self.application.show_search(telegram_id=ANNA)

    def await_upload(self, upload: Upload, status: UploadStatus) -> Upload:
        until(lambda: self.upload(upload).status is status, f"the upload never is {status.value}")
        return self.upload(upload)

    def await_run(self, status: RunStatus) -> SearchRun:
        until(lambda: self.run().status is status, f"the run never is {status.value}")
        return self.run()

    def await_failures(self, count: int, work: Callable[[], Work]) -> None:
        until(lambda: work().failures == count, f"never {count} failures")

    def await_sweeps(self, count: int) -> None:
        goal = self.sweeping.asked + count
        until(lambda: self.sweeping.asked >= goal, f"no {count} sweeps")


@contextmanager
def opened_workshop(folder: Path) -> Iterator[Workshop]:
    """Open a workshop in which Anna has a profile; nobody works yet."""
    platform = open_platform({"DATA_DIR": str(folder), "WORKER_THREADS": "2", "TRUDVSEM_URL": "none"})
    store, clock, reader = MemoryStore(), FixedClock(NOW), ScriptedReader()
    sweeping = TroubledStore(store)
    made = compose(
        platform.settings,
        store,
        DramatiqTasks(*platform.brokers),
        reader,
        queues=MemoryVacancyQueues(),
        in_hand=platform.in_hand,
        erasures=RecordingErasures(),
        clock=clock,
    )
    application = replace(
        made,
        submit_file=replace(made.submit_file, clock=clock),
        parse_upload=replace(made.parse_upload, clock=clock),
        submit_resume=replace(made.submit_resume, clock=clock),
        start_search=replace(made.start_search, clock=clock),
        run_search=replace(made.run_search, clock=clock),
        sweep_work=replace(made.sweep_work, clock=clock, transaction=sweeping),
    )
    with store() as tx:
        tx.users.save(a_user())
    try:
        yield Workshop(replace(platform, application=application), sweeping, clock, reader)
    finally:
        platform.close()
