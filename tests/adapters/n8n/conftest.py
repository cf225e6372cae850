"""An n8n with nothing in it, and its public API."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.n8n.public_api import PublicApi
from tests.n8n import N8n, n8n


@pytest.fixture
def empty() -> Iterator[N8n]:
    """Return an n8n with nothing in it."""
    with n8n(N8n(published={})) as running:
        yield running


@pytest.fixture
def api(empty: N8n) -> PublicApi:
    return PublicApi(empty.url, empty.api_key)
