"""The store in memory: one transaction at a time, undone from a snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from adapters.memory.boards import MemoryBoards
from adapters.memory.hand_outs import MemoryHandOuts
from adapters.memory.hh import MemoryHhConnections, MemorySignIns
from adapters.memory.job_applications import MemoryJobApplications
from adapters.memory.matches import MemoryMatches
from adapters.memory.resumes import MemoryResumes
from adapters.memory.search_runs import MemorySearchRuns
from adapters.memory.tables import Tables
from adapters.memory.uploads import MemoryFiles, MemoryUploads
from adapters.memory.users import MemoryUsers
from adapters.memory.vacancies import MemoryVacancies
from adapters.memory.vectors import MemoryVectors


class MemoryTransaction:
    def __init__(self, tables: Tables) -> None:
        self.users = MemoryUsers(tables)
        self.resumes = MemoryResumes(tables)
        self.uploads = MemoryUploads(tables)
        self.files = MemoryFiles(tables)
        self.vacancies = MemoryVacancies(tables)
        self.vectors = MemoryVectors(tables)
        self.boards = MemoryBoards(tables)
        self.search_runs = MemorySearchRuns(tables)
        self.matches = MemoryMatches(tables)
        self.hand_outs = MemoryHandOuts(tables)
        self.job_applications = MemoryJobApplications(tables)
        self.hh_connections = MemoryHhConnections(tables)
        self.sign_ins = MemorySignIns(tables)

    def hold_sweep(self) -> bool:
        # Whoever is inside a transaction is alone in the whole store.
        return True


class MemoryStore:
    """Call it to open a transaction. A transaction inside another one, in the same thread, undoes only itself."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._tables = Tables()

    @contextmanager
    def __call__(self) -> Iterator[MemoryTransaction]:
        with self._lock:
            before = self._tables.snapshot()
            try:
                yield MemoryTransaction(self._tables)
            except BaseException:
                self._tables.restore(before)
                raise
