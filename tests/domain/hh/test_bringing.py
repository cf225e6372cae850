"""What is brought from hh.ru: the résumé meant, as a revision, and what the person applied to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Conflict, NotFound, Unavailable
from domain.hh.bringing import Applied, Brought
from domain.hh.ports import HhApplication, HhResume
from domain.hh.troubles import Blocked, ClosedByProvider, LinkedAlready, NotReached
from domain.identifiers import VacancyId
from domain.resumes.resume import ResumeSource
from domain.search.applications import JobApplication, ToldBy
from tests.builders import ANNA, NOW, a_resume_content
from tests.domain.hh.given import link_of, sign_in, state_of, sync
from tests.domain.hh.scripted import A_RESUME
from tests.domain.product import Product

HOUR = timedelta(hours=1)
APPLIED = HhApplication(vacancy_id=VacancyId("hh-1"), applied_at=NOW - HOUR)


@pytest.fixture(autouse=True)
def _anna(product: Product) -> None:
    product.welcome()


def a_cv(id: str, fullness: int, at: timedelta | None = timedelta(), **says: object) -> HhResume:  # noqa: A002 — hh.ru's name for it
    content = a_resume_content(**{"summary": id, **says})
    return replace(A_RESUME, id=id, fullness=fullness, updated_at=None if at is None else NOW + at, content=content)


def test_a_resume_becomes_a_revision_from_hh(product: Product) -> None:
    brought = sign_in(product)

    assert (brought.new, brought.hh_resume_id, brought.found) == (True, "hh-cv", (A_RESUME,))
    assert (brought.resume.source, brought.resume.content) == (ResumeSource.HH, A_RESUME.content)
    assert product.current() == A_RESUME.content
    assert brought.link == link_of(product)
    assert (brought.link.resume_id, brought.link.synced_at, brought.link.held_until) == ("hh-cv", NOW, None)


@pytest.mark.parametrize(
    ("found", "chosen"),
    [
        ([a_cv("short", 3), a_cv("full", 9), a_cv("fuller once", 8, HOUR)], "full"),
        ([a_cv("old", 5), a_cv("new", 5, HOUR)], "new"),
        ([a_cv("undated", 5, None), a_cv("dated", 5)], "dated"),
        ([a_cv("a", 5), a_cv("b", 5)], "b"),
    ],
    ids=["fullest", "updated last", "with a date", "by id"],
)
def test_the_fullest_resume_is_brought(product: Product, found: list[HhResume], chosen: str) -> None:
    product.hh.found = found

    brought = sign_in(product)

    assert (brought.hh_resume_id, product.current().summary) == (chosen, chosen)
    assert brought.found == tuple(found)


def test_two_resumes_alike_and_without_dates_are_chosen_from_by_id(product: Product) -> None:
    product.hh.found = [a_cv("b", 5, None), a_cv("a", 5, None)]

    assert sign_in(product).hh_resume_id == "b"


def test_the_resume_asked_for_is_brought(product: Product) -> None:
    product.hh.found = [a_cv("short", 3), a_cv("full", 9)]

    assert sign_in(product, resume_id="short").hh_resume_id == "short"
    assert sync(product, resume_id="full").hh_resume_id == "full"
    assert sync(product, resume_id="short").hh_resume_id == "short"


def test_a_sync_keeps_to_the_resume_chosen_last_while_it_is_there(product: Product) -> None:
    product.hh.found = [a_cv("short", 3), a_cv("full", 9)]
    sign_in(product, resume_id="short")

    again = sync(product)
    assert (again.hh_resume_id, again.new) == ("short", False)

    product.hh.found = [a_cv("full", 9), a_cv("fuller", 10)]
    instead = sync(product)
    assert (instead.hh_resume_id, instead.new, product.current().summary) == ("fuller", True, "fuller")


def test_a_resume_that_is_not_there_brings_nothing_and_the_link_stands(product: Product) -> None:
    with pytest.raises(NotFound, match="hh_resume_not_found"):
        sign_in(product, resume_id="another's")

    assert state_of(product) == "connected"
    assert link_of(product).held_until is None
    with pytest.raises(NotFound, match="resume_not_found"):
        product.current()
    assert sync(product).new


def test_who_has_no_resume_at_hh_is_told_and_the_link_stands(product: Product) -> None:
    product.hh.found = []

    with pytest.raises(Conflict, match="no_resume_at_hh"):
        sign_in(product)

    assert state_of(product) == "connected"


def test_the_same_content_makes_no_new_revision(product: Product) -> None:
    first = sign_in(product)
    product.clock.forward(HOUR)

    again = sync(product)

    assert (again.new, again.resume) == (False, first.resume)
    assert link_of(product).synced_at == NOW + HOUR
    product.hh.found = [replace(A_RESUME, content=a_resume_content(summary="Иначе"))]
    assert sync(product).new


def test_what_has_not_changed_at_hh_is_not_laid_over_what_the_person_gave_since(product: Product) -> None:
    first = sign_in(product)
    product.parse(product.send(b"%PDF one"))

    again = sync(product)

    assert (again.new, again.resume) == (False, first.resume)
    assert product.current().desired_position == "%PDF one"
    product.hh.found = [replace(A_RESUME, content=a_resume_content(summary="Иначе"))]
    assert sync(product).new
    assert product.current().summary == "Иначе"


@pytest.mark.parametrize("bring", [sign_in, lambda product: sync(product, resume_id="hh-cv")], ids=["import", "by id"])
def test_what_the_person_asks_for_is_laid_over_what_they_gave_since(
    product: Product, bring: Callable[[Product], Brought]
) -> None:
    sign_in(product)
    product.parse(product.send(b"%PDF one"))

    assert bring(product).new
    assert product.current() == A_RESUME.content


def test_a_resume_that_takes_the_place_of_one_gone_is_brought_though_it_was_once_before(product: Product) -> None:
    product.hh.found = [a_cv("first", 3)]
    sign_in(product)
    product.parse(product.send(b"%PDF one"))
    product.hh.found = [replace(a_cv("first", 3), id="its twin")]

    assert sync(product).new


def test_a_first_sync_after_an_import_that_broke_off_brings_what_there_is(product: Product) -> None:
    product.hh.troubles["resumes"] = [NotReached()]
    with pytest.raises(LinkedAlready, match="hh_unavailable"):
        sign_in(product)

    assert sync(product).new


def test_applications_are_noted_alone(product: Product) -> None:
    sign_in(product)
    product.parse(product.send(b"%PDF one"))
    product.hh.found = [replace(A_RESUME, content=a_resume_content(summary="Иначе"))]
    product.hh.applied = [APPLIED]
    product.hh.asked.clear()

    noted = product.application.sync_applications(telegram_id=ANNA)

    assert (noted.applied, noted.link.resume_id) == (Applied(noted=1), "hh-cv")
    assert product.hh.asked == ["applications"]
    assert product.current().desired_position == "%PDF one"
    assert noted.link == link_of(product)
    assert link_of(product).held_until is None


def test_why_applications_alone_cannot_be_had_is_told_and_the_link_stands(product: Product) -> None:
    sign_in(product)
    product.hh.troubles["applications"] = [ClosedByProvider()]

    noted = product.application.sync_applications(telegram_id=ANNA)

    assert noted.applied == Applied(trouble="closed_by_provider")
    assert state_of(product) == "connected"


def test_what_the_person_confirmed_and_denied_outlives_an_import(product: Product) -> None:
    product.submit()
    product.edit(denied=["Python"], confirmed=["Docker"])

    sign_in(product)

    assert "Python" not in product.current().skills
    assert "Docker" in product.current().skills


def test_applications_come_along_and_each_is_noted_once(product: Product) -> None:
    product.hh.applied = [APPLIED]

    assert sign_in(product).applied == Applied(noted=1)
    assert sync(product).applied == Applied(noted=0)
    with product.store() as tx:
        assert tx.job_applications.all_of(ANNA) == [
            JobApplication(telegram_id=ANNA, vacancy_id=VacancyId("hh-1"), applied_at=NOW - HOUR, told_by=ToldBy.HH)
        ]


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (ClosedByProvider(), "closed_by_provider"),
        (Unavailable("hh_unavailable"), "hh_unavailable"),
        (NotReached(), "hh_unavailable"),
        (Blocked(), "hh_blocked"),
    ],
)
def test_a_resume_comes_without_applications_that_cannot_be_had(
    product: Product, trouble: ClosedByProvider | Blocked | Unavailable, code: str
) -> None:
    product.hh.troubles["applications"] = [trouble]

    brought = sign_in(product)

    assert (brought.new, brought.applied) == (True, Applied(trouble=code))
    assert state_of(product) == "connected"
