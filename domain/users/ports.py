"""Where profiles and their erasures are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.identifiers import TelegramId
from domain.users.user import User


class Users(Protocol):
    def get(self, telegram_id: TelegramId) -> User:
        """Return the person, or raise `NotFound('user_not_found')`."""

    def find(self, telegram_id: TelegramId) -> User | None:
        """Return the person, or `None`."""

    def save(self, user: User) -> None:
        """Insert the person, or replace what is known of them."""

    def hold(self, telegram_id: TelegramId) -> User:
        """Return the person and let nobody else hold them until this transaction ends, or raise `NotFound`."""

    def next_submission(self, telegram_id: TelegramId) -> int:
        """Return the next number, from 1, of what this person submits: the order of submission."""

    def all_ids(self) -> Sequence[TelegramId]:
        """Return everybody, in the order of their ids."""

    def erase(self, telegram_id: TelegramId) -> None:
        """Remove the person and everything kept about them, or raise `NotFound`."""


class Remembered(Protocol):
    """What a process keeps in memory of people's words, to be quick."""

    def forget_people(self) -> None:
        """Forget it, whoever's it is: it is soon made anew."""


class Erasures(Protocol):
    """What a backup of the store does not undo: whoever restores one erases again those erased since."""

    def note(self, telegram_id: TelegramId) -> None:
        """Keep, outside the store, that this person is about to be erased.

        Raises `Unavailable('erasures_unavailable')` when that cannot be kept.
        """
