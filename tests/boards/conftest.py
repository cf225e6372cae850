"""What tests of the loopback boards share: an hh.ru, and one who asks it under a truthful name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.boards.asking import Asker
from tests.boards.hh import HhRu, hh_ru

NAME = "JobAssistant/1.0 (ops@example.com)"


@pytest.fixture
def hh() -> Iterator[HhRu]:
    with hh_ru() as running:
        yield running


@pytest.fixture
def ask(hh: HhRu) -> Iterator[Asker]:
    with requests.Session() as session:
        session.headers["HH-User-Agent"] = NAME
        yield Asker(hh, session)
