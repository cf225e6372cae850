"""What tests of the domain are given."""

from __future__ import annotations

import pytest

from tests.domain.product import Product, a_product


@pytest.fixture
def product() -> Product:
    return a_product()
