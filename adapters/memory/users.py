"""Profiles in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from adapters.memory.tables import Tables
from domain.handing_out.hand_out import HandOut
from domain.identifiers import TelegramId
from domain.resumes.resume import Resume
from domain.resumes.upload import Upload
from domain.search.applications import JobApplication
from domain.search.match import Match
from domain.search.run import SearchRun
from domain.users.user import User

K = TypeVar("K")
Owned = TypeVar("Owned", Resume, Upload, SearchRun, Match, HandOut, JobApplication)


class MemoryUsers:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, telegram_id: TelegramId) -> User:
        return self._tables.must_know(telegram_id)

    def find(self, telegram_id: TelegramId) -> User | None:
        return self._tables.users.get(telegram_id)

    def save(self, user: User) -> None:
        self._tables.users[user.telegram_id] = user

    def hold(self, telegram_id: TelegramId) -> User:
        # The whole store is held by one transaction at a time.
        return self.get(telegram_id)

    def next_submission(self, telegram_id: TelegramId) -> int:
        self._tables.must_know(telegram_id)
        number = self._tables.submissions.get(telegram_id, 0) + 1
        self._tables.submissions[telegram_id] = number
        return number

    def all_ids(self) -> Sequence[TelegramId]:
        return sorted(self._tables.users)

    def erase(self, telegram_id: TelegramId) -> None:
        self._tables.must_know(telegram_id)
        for upload in _owned(self._tables.uploads, telegram_id).values():
            self._tables.files.pop(upload.id, None)
        _drop(self._tables.uploads, telegram_id)
        _drop(self._tables.resumes, telegram_id)
        _drop(self._tables.search_runs, telegram_id)
        _drop(self._tables.matches, telegram_id)
        for hand_out in _owned(self._tables.hand_outs, telegram_id).values():
            self._tables.drop_pages(hand_out.id)
            self._tables.handed_texts.pop(hand_out.id, None)
        _drop(self._tables.hand_outs, telegram_id)
        _drop(self._tables.job_applications, telegram_id)
        self._tables.hh_connections.pop(telegram_id, None)
        self._tables.sign_ins.pop(telegram_id, None)
        self._tables.submissions.pop(telegram_id, None)
        del self._tables.users[telegram_id]


def _owned(table: dict[K, Owned], telegram_id: TelegramId) -> dict[K, Owned]:
    return {key: entity for key, entity in table.items() if entity.telegram_id == telegram_id}


def _drop(table: dict[K, Owned], telegram_id: TelegramId) -> None:
    for key in _owned(table, telegram_id):
        del table[key]
