"""The store as use cases see it: everything inside one transaction holds together or is undone."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from domain.boards import Boards
from domain.handing_out.ports import HandOuts
from domain.hh.ports import HhConnections, SignIns
from domain.resumes.ports import Files, Resumes, Uploads
from domain.search.applications import JobApplications
from domain.search.ports import Matches, SearchRuns
from domain.users.ports import Users
from domain.vacancies.ports import Vacancies, Vectors


class Transaction(Protocol):
    @property
    def users(self) -> Users: ...
    @property
    def resumes(self) -> Resumes: ...
    @property
    def uploads(self) -> Uploads: ...
    @property
    def files(self) -> Files: ...
    @property
    def vacancies(self) -> Vacancies: ...
    @property
    def vectors(self) -> Vectors: ...
    @property
    def boards(self) -> Boards: ...
    @property
    def search_runs(self) -> SearchRuns: ...
    @property
    def matches(self) -> Matches: ...
    @property
    def hand_outs(self) -> HandOuts: ...
    @property
    def job_applications(self) -> JobApplications: ...
    @property
    def hh_connections(self) -> HhConnections: ...
    @property
    def sign_ins(self) -> SignIns: ...

    def hold_sweep(self) -> bool:
        """Take the one lock of the periodic work until this transaction ends; False when somebody else has it."""


class Transactions(Protocol):
    def __call__(self) -> AbstractContextManager[Transaction]:
        """Open a transaction: committed at the end of the block, rolled back on an error.

        Raises `Unavailable('store_unavailable')` when the store does not answer.
        """
