"""What sources are told to have answered by the pages of a hand-out."""

from __future__ import annotations

from domain.handing_out.hand_out import Page, reports_in
from domain.identifiers import VacancyId
from domain.search.run import MOST_SOURCES, Outcome, SourceReport
from domain.vacancies.vacancy import Vacancy
from tests.builders import a_vacancy


def _of(source: str) -> Vacancy:
    return a_vacancy(id=VacancyId(f"{source}-1"), source=source)


def _ok(source: str, found: int = 1) -> SourceReport:
    return SourceReport(source=source, outcome=Outcome.OK, found=found)


def test_a_source_that_gave_something_unreported_has_answered() -> None:
    pages = [Page(number=1, sources=(_ok("hh"),))]

    assert reports_in(pages, [_of("hh"), _of("boutique")]) == (_ok("hh"), _ok("boutique"))


def test_the_catalogue_tells_of_all_who_posted_in_it() -> None:
    pages = [Page(number=1, sources=(_ok("internal", 2),))]

    assert reports_in(pages, [_of("partner"), _of("another"), _of("hh")]) == (_ok("internal", 2), _ok("hh"))


def test_of_two_reports_of_a_source_the_better_one_counts() -> None:
    failed = SourceReport(source="hh", outcome=Outcome.ERROR)
    pages = [Page(number=1, sources=(_ok("hh", 2), failed)), Page(number=2, sources=(_ok("hh", 3),))]

    assert reports_in(pages, []) == (_ok("hh", 3),)


def test_of_too_many_sources_ours_are_told_first_and_then_those_that_answered() -> None:
    silent = [SourceReport(source=f"silent{number}", outcome=Outcome.ERROR) for number in range(MOST_SOURCES)]
    closed = SourceReport(source="internal", outcome=Outcome.CLOSED_BY_PROVIDER)
    pages = [Page(number=1, sources=(*silent, _ok("boutique"))), Page(number=2, sources=(_ok("hh"), closed))]

    assert reports_in(pages, []) == (_ok("hh"), closed, _ok("boutique"), *silent[: MOST_SOURCES - 3])


def test_as_many_sources_as_may_be_are_told_in_the_order_in_which_they_were_reported() -> None:
    reports = tuple(_ok(f"boutique{number}") for number in range(MOST_SOURCES - 1))

    assert reports_in([Page(number=1, sources=(*reports, _ok("hh")))], []) == (*reports, _ok("hh"))
