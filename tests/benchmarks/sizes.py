"""How many bytes a person and a vacancy take in a store, indexes included."""

from __future__ import annotations

import random
from collections.abc import Mapping

from sqlalchemy import text

from adapters.bootstrap import Platform
from adapters.sql.store import SqlTransactions
from adapters.system import SystemClock
from domain.identifiers import TelegramId, UploadId
from domain.resumes.upload import UploadStatus
from tests.benchmarks import stores
from tests.benchmarks.printing import table
from tests.builders import an_upload

_VACANCIES, _PEOPLE, _FILE = 2_000, 90, 50_000
_FOUND = (300, 1_000)
_SIZE = (
    "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


def print_sizes(stores_by_name: Mapping[str, Mapping[str, str]]) -> None:
    """Fill an empty store of each kind, given by its settings, and print what it grew by."""
    rows: dict[str, list[str]] = {}
    for environ in stores_by_name.values():
        with stores.opened(**environ) as platform:
            for what, size in _sizes(platform).items():
                rows.setdefault(what, []).append(f"{size / 1_000:.1f}")
    table("kB stored, indexes included", ["", *stores_by_name], [[what, *sizes] for what, sizes in rows.items()])


def _sizes(platform: Platform) -> dict[str, float]:
    before = _size(platform)
    stores.keep_vacancies(platform, _VACANCIES)
    sizes = {"a vacancy": (_size(platform) - before) / _VACANCIES}
    first, resumes = stores.FIRST_COPY, stores.RESUMES[::4]
    for person, content in enumerate(resumes, 1):
        stores.welcome(platform, person, content)
        stores.search(platform, person)
    for found in _FOUND:
        before = _size(platform)
        for person in range(1, len(resumes) + 1):
            last = first + _PEOPLE // len(resumes)
            stores.copy_person(platform, person, first=first, last=last, found=found)
            first = last
        sizes[f"a person with a form and a search of {found:,}"] = (_size(platform) - before) / _PEOPLE
    before = _size(platform)
    _keep_a_file(platform)
    stores.copy_upload(platform, "upload-1", first=stores.FIRST_COPY, last=stores.FIRST_COPY + _PEOPLE)
    sizes[f"a file of {_FILE // 1_000} kB, kept"] = (_size(platform) - before) / (_PEOPLE + 1)
    return sizes


def _keep_a_file(platform: Platform) -> None:
    # As documents are: compressed already.
    content = random.Random(1).randbytes(_FILE)  # noqa: S311 — no secret
    with SqlTransactions(platform.engine)() as tx:
        upload = an_upload(
            id=UploadId("upload-1"),
            telegram_id=TelegramId(1),
            size=_FILE,
            status=UploadStatus.PARSED,
            finished_at=SystemClock().now(),
        )
        tx.uploads.add(upload)
        tx.files.put(upload.id, content)


def _size(platform: Platform) -> float:
    stores.settle(platform)
    with platform.engine.begin() as connection:
        if platform.engine.dialect.name == "postgresql":
            return float(connection.scalar(text(_SIZE)) or 0)
        pages, page = (connection.scalar(text(f"PRAGMA {name}")) for name in ("page_count", "page_size"))
        return float(pages * page)
