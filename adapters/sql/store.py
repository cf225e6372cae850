"""The store in SQL, one database transaction at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Connection, Engine

from adapters.sql.boards import SqlBoards
from adapters.sql.engine import PATIENCE, answering, forget_log
from adapters.sql.hand_outs import SqlHandOuts
from adapters.sql.hh import SqlHhConnections, SqlSignIns
from adapters.sql.job_applications import SqlJobApplications
from adapters.sql.matches import SqlMatches
from adapters.sql.resumes import SqlResumes
from adapters.sql.search_runs import SqlSearchRuns
from adapters.sql.uploads import SqlFiles, SqlUploads
from adapters.sql.users import SqlUsers
from adapters.sql.vacancies import SqlVacancies
from adapters.sql.vectors import SqlVectors
from adapters.sql.writing import hold_sweep
from domain.errors import Unavailable


class SqlTransaction:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.users = SqlUsers(connection)
        self.resumes = SqlResumes(connection)
        self.uploads = SqlUploads(connection)
        self.files = SqlFiles(connection)
        self.vacancies = SqlVacancies(connection)
        self.vectors = SqlVectors(connection)
        self.boards = SqlBoards(connection)
        self.search_runs = SqlSearchRuns(connection)
        self.matches = SqlMatches(connection)
        self.hand_outs = SqlHandOuts(connection)
        self.job_applications = SqlJobApplications(connection)
        self.hh_connections = SqlHhConnections(connection)
        self.sign_ins = SqlSignIns(connection)

    def hold_sweep(self) -> bool:
        return hold_sweep(self._connection)


class SqlTransactions:
    """Call it to open a transaction. Threads may share it; a transaction belongs to the thread that opened it.

    `patience` is how many seconds a thread waits for its turn where there is but one at a time.
    """

    def __init__(self, engine: Engine, *, patience: float = PATIENCE) -> None:
        self._engine = engine
        self._patience = patience
        self._one_by_one = engine.dialect.name == "sqlite"
        self._turn = Lock()

    @contextmanager
    def __call__(self) -> Iterator[SqlTransaction]:
        with self._in_turn(), answering():
            with self._engine.begin() as connection:
                transaction = SqlTransaction(connection)
                yield transaction
            if transaction.users.erased:
                forget_log(self._engine)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._one_by_one:
            yield
            return
        # SQLite lets one in at a time, and who waits for it looks again only now and then: threads queue up here.
        if not self._turn.acquire(timeout=self._patience):
            raise Unavailable("store_unavailable")
        try:
            yield
        finally:
            self._turn.release()
