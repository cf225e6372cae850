"""Profiles in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from adapters.sql.tables import users
from adapters.sql.writing import upsert
from domain.errors import NotFound
from domain.identifiers import TelegramId
from domain.users.user import Consent, User

_IS_THE_PERSON = users.c.telegram_id == bindparam("person")
_FIND = select(users).where(_IS_THE_PERSON)
# Weak enough to let others add rows that hang on the person, who need the key to stay: no deadlock with them.
_HOLD = _FIND.with_for_update(key_share=True)
_NEXT_SUBMISSION = (
    update(users).where(_IS_THE_PERSON).values(submissions=users.c.submissions + 1).returning(users.c.submissions)
)
_ALL_IDS = select(users.c.telegram_id).order_by(users.c.telegram_id)
_ERASE = delete(users).where(_IS_THE_PERSON)


class SqlUsers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.erased = False

    def get(self, telegram_id: TelegramId) -> User:
        return _known(self.find(telegram_id))

    def find(self, telegram_id: TelegramId) -> User | None:
        row = self._connection.execute(_FIND, {"person": telegram_id}).one_or_none()
        return _user(row) if row is not None else None

    def save(self, user: User) -> None:
        self._connection.execute(upsert(users, self._connection.dialect.name), _columns(user))

    def hold(self, telegram_id: TelegramId) -> User:
        row = self._connection.execute(_HOLD, {"person": telegram_id}).one_or_none()
        return _known(_user(row) if row is not None else None)

    def next_submission(self, telegram_id: TelegramId) -> int:
        number = self._connection.scalar(_NEXT_SUBMISSION, {"person": telegram_id})
        if number is None:
            raise NotFound("user_not_found")
        return int(number)

    def all_ids(self) -> Sequence[TelegramId]:
        return [TelegramId(each) for each in self._connection.scalars(_ALL_IDS)]

    def erase(self, telegram_id: TelegramId) -> None:
        # Everything else about the person hangs on this row by its foreign keys.
        if self._connection.execute(_ERASE, {"person": telegram_id}).rowcount == 0:
            raise NotFound("user_not_found")
        self.erased = True


def _known(user: User | None) -> User:
    if user is None:
        raise NotFound("user_not_found")
    return user


def _columns(user: User) -> dict[str, Any]:
    return {
        "telegram_id": user.telegram_id,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "age": user.age,
        "city": user.city,
        "email": user.email,
        "phone": user.phone,
        "hh_profile_url": user.hh_profile_url,
        "consent_version": user.consent.version if user.consent is not None else None,
        "consent_at": user.consent.at if user.consent is not None else None,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
    }


def _user(row: Row[Any]) -> User:
    return User(
        telegram_id=row.telegram_id,
        first_name=row.first_name,
        last_name=row.last_name,
        age=row.age,
        city=row.city,
        email=row.email,
        phone=row.phone,
        hh_profile_url=row.hh_profile_url,
        consent=Consent(version=row.consent_version, at=row.consent_at) if row.consent_version is not None else None,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
