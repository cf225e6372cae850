"""A store with runs that found nothing yet."""

from __future__ import annotations

import pytest

from domain.search.run import RunStatus
from domain.transactions import Transactions
from tests.builders import BORIS, a_run, a_user
from tests.contracts.matches.given import HIS, SECOND


@pytest.fixture
def store(with_anna: Transactions) -> Transactions:
    """Return a store with two runs of Anna and one of Boris, none of which found anything."""
    with with_anna() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
        tx.search_runs.add(a_run(status=RunStatus.READY))
        tx.search_runs.add(a_run(id=SECOND, number=2, status=RunStatus.READY))
        tx.search_runs.add(a_run(id=HIS, telegram_id=BORIS, status=RunStatus.READY))
    return with_anna
