"""The folder in which embedded mode keeps its database and keys."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import IO

from adapters.settings import BadSetting

DATABASE = "job-assistant.sqlite3"


class AlreadyRunning(Exception):
    """Another process has the data folder."""


def make(folder: Path) -> None:
    """Make the folder and the database file for their owner alone, if they are not there. Raises `BadSetting`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The folder may have been there, open to others; the database, and what SQLite puts beside it, is not.
        os.close(os.open(folder / DATABASE, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise BadSetting(f"DATA_DIR: {folder} cannot be used ({error.strerror}).") from None


def take(folder: Path, *, alone: bool) -> IO[str]:
    """Take the folder until this process ends however it may, for it alone or beside others that are not alone either.

    Raises `AlreadyRunning`.
    """
    make(folder)
    lock = (folder / "lock").open("a+", encoding="utf-8")
    try:
        # The kernel lets go of it when the process ends, even by SIGKILL.
        fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise AlreadyRunning(str(folder)) from None
    return lock


def kept_keys(folder: Path, kinds: tuple[str, ...]) -> dict[str, str]:
    """Return a key for each kind, made once and kept in a file that its owner alone can read (mode 600).

    Raises `BadSetting` when the file holds something else.
    """
    path = folder / "keys.json"
    known = _known(path)
    keys = {kind: known.get(kind) or secrets.token_urlsafe(24) for kind in kinds}
    if keys.items() <= known.items():
        return keys
    fresh = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(known | keys, file, indent=2)
    fresh.replace(path)
    return keys


def made_key(folder: Path, kind: str) -> str | None:
    """Return the key of that kind that was made here once, `None` where none was. Raises `BadSetting` as above."""
    return _known(folder / "keys.json").get(kind)


def _known(path: Path) -> dict[str, str]:
    try:
        known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    except ValueError:
        known = None
    if not isinstance(known, dict):
        raise BadSetting(f"DATA_DIR: {path} is damaged; mend or delete it, new keys are made then.")
    return known
