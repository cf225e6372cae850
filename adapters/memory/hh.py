"""People's links to hh.ru, and their sign-ins, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from adapters.memory.tables import Tables
from domain.hh.connection import HhConnection
from domain.hh.sign_in import ACCESS_DENIED, SignIn
from domain.identifiers import TelegramId


class MemoryHhConnections:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def find(self, telegram_id: TelegramId) -> HhConnection | None:
        return self._tables.hh_connections.get(telegram_id)

    def put(self, connection: HhConnection) -> None:
        self._tables.must_know(connection.telegram_id)
        self._tables.hh_connections[connection.telegram_id] = connection

    def claim(self, telegram_id: TelegramId, *, at: datetime, until: datetime) -> HhConnection | None:
        known = self.find(telegram_id)
        if known is None or _is_held(known, at):
            return None
        claimed = replace(known, attempt=known.attempt + 1, held_until=until)
        self._tables.hh_connections[telegram_id] = claimed
        return claimed

    def settle(self, connection: HhConnection) -> bool:
        known = self.find(connection.telegram_id)
        if known is None or known.held_until is None:
            return False
        if (known.linked_at, known.attempt) != (connection.linked_at, connection.attempt):
            return False
        self._tables.hh_connections[connection.telegram_id] = connection
        return True

    def remove(self, telegram_id: TelegramId) -> HhConnection | None:
        return self._tables.hh_connections.pop(telegram_id, None)

    def sealed(self) -> Mapping[TelegramId, str]:
        links = sorted(self._tables.hh_connections.items())
        return {telegram_id: link.tokens.sealed for telegram_id, link in links if link.tokens is not None}

    def reseal(self, telegram_id: TelegramId, *, was: str, now: str, at: datetime) -> bool:
        known = self.find(telegram_id)
        if known is None or known.tokens is None or known.tokens.sealed != was or _is_held(known, at):
            return False
        self._tables.hh_connections[telegram_id] = replace(known, tokens=replace(known.tokens, sealed=now))
        return True


class MemorySignIns:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put(self, sign_in: SignIn) -> None:
        self._tables.must_know(sign_in.telegram_id)
        self._tables.sign_ins[sign_in.telegram_id] = sign_in

    def of(self, telegram_id: TelegramId) -> SignIn | None:
        return self._tables.sign_ins.get(telegram_id)

    def by_state(self, state: str) -> SignIn | None:
        return next((each for each in self._tables.sign_ins.values() if each.state == state), None)

    def take(self, state: str, *, at: datetime) -> SignIn | None:
        known = self.by_state(state)
        if known is None or not known.pending(at=at):
            return None
        taken = known.taken(at=at)
        self._tables.sign_ins[known.telegram_id] = taken
        return taken

    def refuse(self, state: str, *, at: datetime) -> bool:
        known = self.by_state(state)
        if known is None or not known.pending(at=at):
            return False
        self._tables.sign_ins[known.telegram_id] = known.failed(ACCESS_DENIED)
        return True

    def settle(self, sign_in: SignIn) -> bool:
        if self.by_state(sign_in.state) is None:
            return False
        self._tables.sign_ins[sign_in.telegram_id] = sign_in
        return True

    def sealed(self, *, at: datetime) -> Mapping[str, str]:
        under_way = [each for _, each in sorted(self._tables.sign_ins.items()) if each.under_way(at=at)]
        return {each.state: each.verifier for each in under_way if each.verifier is not None}

    def reseal(self, state: str, *, was: str, now: str, at: datetime) -> bool:
        known = self.by_state(state)
        if known is None or known.verifier != was or not known.pending(at=at):
            return False
        self._tables.sign_ins[known.telegram_id] = replace(known, verifier=now)
        return True


def _is_held(link: HhConnection, at: datetime) -> bool:
    return link.held_until is not None and link.held_until > at
