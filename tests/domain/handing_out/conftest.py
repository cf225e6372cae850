"""What tests of hand-outs begin with."""

from __future__ import annotations

import pytest

from tests.domain.handing_out.given import Handing, a_handing


@pytest.fixture
def handing() -> Handing:
    return a_handing()
