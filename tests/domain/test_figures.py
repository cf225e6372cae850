"""The figures of the store, for whoever watches over the installation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from adapters.memory.store import MemoryTransaction
from domain.errors import Unavailable
from domain.figures import LATEST
from domain.resumes.upload import UploadStatus
from domain.search.run import Outcome, RunStatus
from tests.builders import BORIS, a_vacancy
from tests.domain.product import Product

SECOND = timedelta(seconds=1)
NOTHING = timedelta(0)


def test_nothing_is_under_way_where_nothing_happened(product: Product) -> None:
    figures = product.application.show_figures()

    assert figures is not None
    assert (figures.uploads.under_way, figures.uploads.ended, figures.search_runs.ended) == ({}, {}, {})
    assert (figures.longest_upload_wait, figures.longest_search_wait) == (NOTHING, NOTHING)


def test_the_longest_wait_is_that_of_the_oldest_nobody_has_taken(product: Product) -> None:
    product.welcome_with_resume()
    product.welcome_with_resume(BORIS)
    product.send(b"%PDF one")
    product.start()
    product.clock.forward(5 * SECOND)
    product.send(b"%PDF two", BORIS)
    product.clock.forward(3 * SECOND)

    figures = product.application.show_figures()

    assert figures is not None
    assert figures.uploads.under_way == {UploadStatus.QUEUED: 2}
    assert figures.search_runs.under_way == {RunStatus.QUEUED: 1}
    assert (figures.longest_upload_wait, figures.longest_search_wait) == (8 * SECOND, 8 * SECOND)


def test_what_became_of_the_last_hours_work_is_counted_and_what_was_before_is_not(product: Product) -> None:
    product.welcome_with_resume()
    product.keep(a_vacancy())
    product.parse(product.send(b"%PDF one"))
    product.search()
    product.clock.forward(LATEST)
    at_its_end = product.application.show_figures()
    product.clock.forward(SECOND)

    later = product.application.show_figures()

    assert at_its_end is not None
    assert at_its_end.uploads.ended == {(UploadStatus.PARSED, None): 1}
    assert at_its_end.search_runs.ended == {(RunStatus.READY, "builtin"): 1}
    assert at_its_end.search_runs.sources == {("internal", Outcome.OK): 1}
    assert later is not None
    assert (later.uploads.ended, later.search_runs.ended, later.search_runs.sources) == ({}, {}, {})


def test_a_store_that_does_not_answer_has_none(product: Product) -> None:
    @contextmanager
    def down() -> Iterator[MemoryTransaction]:
        raise Unavailable("store_unavailable")
        yield

    assert replace(product.application.show_figures, transaction=down)() is None
