"""People's links to hh.ru, and their sign-ins, in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, or_, select, update

from adapters.sql.board_tables import hh_connections, hh_sign_ins
from adapters.sql.columns import Timestamp
from adapters.sql.writing import owner_known, upsert
from domain.hh.connection import HhConnection, HhState, SealedTokens
from domain.hh.sign_in import ACCESS_DENIED, SignIn
from domain.identifiers import ResumeId, TelegramId

_ITS_PERSON = hh_connections.c.telegram_id == bindparam("person")
_FIND = select(hh_connections).where(_ITS_PERSON)
_IS_FREE = or_(hh_connections.c.held_until.is_(None), hh_connections.c.held_until <= bindparam("now", type_=Timestamp))
_CLAIM = (
    update(hh_connections)
    .where(_ITS_PERSON, _IS_FREE)
    .values(attempt=hh_connections.c.attempt + 1, held_until=bindparam("until", type_=Timestamp))
    .returning(*hh_connections.c)
)
_SETTLE = update(hh_connections).where(
    _ITS_PERSON,
    hh_connections.c.linked_at == bindparam("since", type_=Timestamp),
    hh_connections.c.attempt == bindparam("claimed"),
    hh_connections.c.held_until.is_not(None),
)
_REMOVE = delete(hh_connections).where(_ITS_PERSON).returning(*hh_connections.c)
_SEALED = (
    select(hh_connections.c.telegram_id, hh_connections.c.tokens)
    .where(hh_connections.c.tokens.is_not(None))
    .order_by(hh_connections.c.telegram_id)
)
_RESEAL = (
    update(hh_connections)
    .where(_ITS_PERSON, _IS_FREE, hh_connections.c.tokens == bindparam("was"))
    .values(tokens=bindparam("now_sealed"))
)

_OF_PERSON = select(hh_sign_ins).where(hh_sign_ins.c.telegram_id == bindparam("person"))
_BY_STATE = select(hh_sign_ins).where(hh_sign_ins.c.state == bindparam("its_state"))
_PENDING = update(hh_sign_ins).where(
    hh_sign_ins.c.state == bindparam("its_state"),
    hh_sign_ins.c.taken_at.is_(None),
    hh_sign_ins.c.failure.is_(None),
    hh_sign_ins.c.expires_at > bindparam("now", type_=Timestamp),
)
_TAKE = _PENDING.values(taken_at=bindparam("now", type_=Timestamp)).returning(*hh_sign_ins.c)
_REFUSE = _PENDING.values(failure=ACCESS_DENIED)
_RESEAL_VERIFIER = _PENDING.where(hh_sign_ins.c.verifier == bindparam("was")).values(verifier=bindparam("now_sealed"))
_VERIFIERS = (
    select(hh_sign_ins.c.state, hh_sign_ins.c.verifier)
    .where(
        hh_sign_ins.c.verifier.is_not(None),
        hh_sign_ins.c.resume_id.is_(None),
        hh_sign_ins.c.failure.is_(None),
        hh_sign_ins.c.expires_at > bindparam("now", type_=Timestamp),
    )
    .order_by(hh_sign_ins.c.telegram_id)
)
_SETTLE_SIGN_IN = update(hh_sign_ins).where(hh_sign_ins.c.state == bindparam("its_state"))


class SqlHhConnections:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, telegram_id: TelegramId) -> HhConnection | None:
        return _link_or_none(self._connection.execute(_FIND, {"person": telegram_id}).one_or_none())

    def put(self, connection: HhConnection) -> None:
        with owner_known("user_not_found"):
            statement = upsert(hh_connections, self._connection.dialect.name)
            self._connection.execute(statement, _columns(connection))

    def claim(self, telegram_id: TelegramId, *, at: datetime, until: datetime) -> HhConnection | None:
        row = self._connection.execute(_CLAIM, {"person": telegram_id, "now": at, "until": until}).one_or_none()
        return _link_or_none(row)

    def settle(self, connection: HhConnection) -> bool:
        statement = _SETTLE.values(_columns(connection))
        asked = {
            "person": connection.telegram_id,
            "since": connection.linked_at,
            "claimed": connection.attempt,
        }
        return self._connection.execute(statement, asked).rowcount == 1

    def remove(self, telegram_id: TelegramId) -> HhConnection | None:
        return _link_or_none(self._connection.execute(_REMOVE, {"person": telegram_id}).one_or_none())

    def sealed(self) -> Mapping[TelegramId, str]:
        return {TelegramId(row.telegram_id): row.tokens for row in self._connection.execute(_SEALED)}

    def reseal(self, telegram_id: TelegramId, *, was: str, now: str, at: datetime) -> bool:
        asked = {"person": telegram_id, "was": was, "now_sealed": now, "now": at}
        return self._connection.execute(_RESEAL, asked).rowcount == 1


class SqlSignIns:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, sign_in: SignIn) -> None:
        with owner_known("user_not_found"):
            statement = upsert(hh_sign_ins, self._connection.dialect.name)
            self._connection.execute(statement, _sign_in_columns(sign_in))

    def of(self, telegram_id: TelegramId) -> SignIn | None:
        return _sign_in_or_none(self._connection.execute(_OF_PERSON, {"person": telegram_id}).one_or_none())

    def by_state(self, state: str) -> SignIn | None:
        return _sign_in_or_none(self._connection.execute(_BY_STATE, {"its_state": state}).one_or_none())

    def take(self, state: str, *, at: datetime) -> SignIn | None:
        return _sign_in_or_none(self._connection.execute(_TAKE, {"its_state": state, "now": at}).one_or_none())

    def refuse(self, state: str, *, at: datetime) -> bool:
        return self._connection.execute(_REFUSE, {"its_state": state, "now": at}).rowcount == 1

    def settle(self, sign_in: SignIn) -> bool:
        statement = _SETTLE_SIGN_IN.values(_sign_in_columns(sign_in))
        return self._connection.execute(statement, {"its_state": sign_in.state}).rowcount == 1

    def sealed(self, *, at: datetime) -> Mapping[str, str]:
        return {row.state: row.verifier for row in self._connection.execute(_VERIFIERS, {"now": at})}

    def reseal(self, state: str, *, was: str, now: str, at: datetime) -> bool:
        asked = {"its_state": state, "was": was, "now_sealed": now, "now": at}
        return self._connection.execute(_RESEAL_VERIFIER, asked).rowcount == 1


def _columns(link: HhConnection) -> dict[str, Any]:
    return {
        "telegram_id": link.telegram_id,
        "state": link.state.value,
        "tokens": link.tokens.sealed if link.tokens is not None else None,
        "expires_at": link.tokens.expires_at if link.tokens is not None else None,
        "resume_id": link.resume_id,
        "unanswered": link.unanswered,
        "linked_at": link.linked_at,
        "synced_at": link.synced_at,
        "attempt": link.attempt,
        "held_until": link.held_until,
    }


def _link_or_none(row: Row[Any] | None) -> HhConnection | None:
    if row is None:
        return None
    return HhConnection(
        telegram_id=TelegramId(row.telegram_id),
        state=HhState(row.state),
        tokens=SealedTokens(sealed=row.tokens, expires_at=row.expires_at) if row.tokens is not None else None,
        resume_id=row.resume_id,
        unanswered=row.unanswered,
        linked_at=row.linked_at,
        synced_at=row.synced_at,
        attempt=row.attempt,
        held_until=row.held_until,
    )


def _sign_in_columns(sign_in: SignIn) -> dict[str, Any]:
    return {
        "telegram_id": sign_in.telegram_id,
        "state": sign_in.state,
        "verifier": sign_in.verifier,
        "expires_at": sign_in.expires_at,
        "taken_at": sign_in.taken_at,
        "resume_id": sign_in.resume_id,
        "failure": sign_in.failure,
    }


def _sign_in_or_none(row: Row[Any] | None) -> SignIn | None:
    if row is None:
        return None
    return SignIn(
        telegram_id=TelegramId(row.telegram_id),
        state=row.state,
        verifier=row.verifier,
        expires_at=row.expires_at,
        taken_at=row.taken_at,
        resume_id=ResumeId(row.resume_id) if row.resume_id is not None else None,
        failure=row.failure,
    )
