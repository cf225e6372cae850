"""Installations for the tests of entrypoints: what is slow to make is made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from adapters.bootstrap import files_reader, read_settings
from adapters.documents.reader import ChildProcessReader
from adapters.sql.migrate import migrate
from tests.boards.hh import HhRu, hh_ru
from tests.entrypoints.installation import AT_ONCE, Installation, installed
from tests.entrypoints.signing_in import known_to

Install = Callable[..., Installation]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty SQLite file that the real migrations made, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "store.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def reader() -> Iterator[ChildProcessReader]:
    with files_reader(read_settings({"READER_PROCESSES": "1"})) as opened:
        yield opened


@pytest.fixture(scope="session")
def idle_apps() -> list[Flask]:
    """Return the apps that answered for installations that are gone."""
    return []


@pytest.fixture
def install(tmp_path: Path, migrated: Path, reader: ChildProcessReader, idle_apps: list[Flask]) -> Iterator[Install]:
    """Return what makes an installation under the given environment variables, and asks hh.ru at once.

    `hh_every` says how long it waits between two requests, if it is to wait at all.
    """
    made: list[Installation] = []

    def install(*, hh_every: timedelta = AT_ONCE, **environ: str) -> Installation:
        folder = tmp_path / f"data-{len(made)}"
        folder.mkdir()
        made.append(installed(folder, migrated, reader, idle_apps, hh_every=hh_every, **environ))
        return made[-1]

    yield install
    for each in made:
        each.engine.dispose()
        idle_apps.append(each.app)


@pytest.fixture
def api(install: Install) -> Installation:
    """Return an installation with nobody in it."""
    return install()


@pytest.fixture
def with_anna(api: Installation) -> Installation:
    """Return an installation in which Anna has a profile and a résumé."""
    api.welcome()
    return api


@pytest.fixture
def hh() -> Iterator[HhRu]:
    """Return a loopback hh.ru, which knows ivan and his résumés."""
    with hh_ru() as running:
        yield running


@pytest.fixture
def at_hh(install: Install, hh: HhRu) -> Installation:
    """Return an installation that the loopback hh.ru knows, in which Anna has a profile and a résumé."""
    made = install(**known_to(hh))
    made.welcome()
    return made


@pytest.fixture(scope="module")
def module_api(
    tmp_path_factory: pytest.TempPathFactory, migrated: Path, reader: ChildProcessReader, idle_apps: list[Flask]
) -> Iterator[Installation]:
    """Return an installation that all tests of a module share."""
    made = installed(tmp_path_factory.mktemp("shared"), migrated, reader, idle_apps)
    yield made
    made.engine.dispose()
    idle_apps.append(made.app)
