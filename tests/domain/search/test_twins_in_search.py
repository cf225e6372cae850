"""A job that several sources have, from search to search."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import NotFound
from domain.identifiers import VacancyId
from domain.resumes.content import ResumeContent
from domain.search.applications import JobApplication, ToldBy
from domain.search.applying import note_applications
from domain.search.filters import Filters
from domain.search.gathering import Gathered
from domain.search.match import MatchState, Verdict
from domain.search.run import Counts
from domain.vacancies.arrival import Draft
from domain.vacancies.closing import CloseVacancies
from domain.vacancies.use_cases import Arrival
from domain.vacancies.vacancy import Link, Vacancy
from tests.builders import ANNA, NOW, a_vacancy
from tests.domain.outsiders import ScriptedSource
from tests.domain.product import Product, a_product

WHOLE = (
    "Разрабатывать сервис доставки на Python и Django. Проектировать API для мобильного приложения."
    " Покрывать код тестами. Ждём опыта с PostgreSQL от трёх лет."
)
PIECE = "Разрабатывать сервис доставки на Python и Django. Проектировать API для мобил..."


def _posted(id: str, **changes: Any) -> Vacancy:  # noqa: A002 — the field's own name
    told = {"company": "Сеть", "responsibilities": "", "requirements": "", "description": WHOLE, "asks": ()}
    source, url = id.split("-", 1)[0], f"https://example.com/{id}"
    return a_vacancy(**{**told, "id": VacancyId(id), "source": source, "url": url, **changes})


OURS, AT_TRUDVSEM = _posted("internal-1"), _posted("trudvsem-1")
AT_HH = _posted("hh-1", description=PIECE, outline=True)


class _Boards:
    """The product with two boards, and what they have."""

    def __init__(self) -> None:
        self.hh, self.trudvsem = ScriptedSource("hh"), ScriptedSource("trudvsem")
        self.product: Product = a_product(sources=(self.hh, self.trudvsem))
        self.product.welcome_with_resume()

    def search(self, *, hh: tuple[Vacancy, ...] = (), trudvsem: tuple[Vacancy, ...] = ()) -> Counts:
        self.hh.vacancies, self.trudvsem.vacancies = hh, trudvsem
        return self.product.search().counts

    def kept(self, vacancy_id: str) -> Vacancy:
        with self.product.store() as tx:
            return tx.vacancies.get(VacancyId(vacancy_id))

    def applied(self, vacancy_id: str) -> None:
        told = JobApplication(telegram_id=ANNA, vacancy_id=VacancyId(vacancy_id), applied_at=NOW, told_by=ToldBy.HH)
        with self.product.store() as tx:
            note_applications(tx, ANNA, [told], at=NOW)


@pytest.fixture
def boards() -> _Boards:
    return _Boards()


def test_one_job_in_three_sources_is_one_card_with_three_links(boards: _Boards) -> None:
    boards.product.keep(OURS)

    counts = boards.search(hh=(AT_HH,), trudvsem=(AT_TRUDVSEM,))

    assert counts == Counts(found=1, queued=1)
    card = boards.product.next()
    assert [(link.source, link.url) for link in card.vacancy.links] == [
        ("internal", OURS.url),
        ("hh", AT_HH.url),
        ("trudvsem", AT_TRUDVSEM.url),
    ]
    assert boards.product.all_cards() == []


def test_two_jobs_of_one_employer_are_two_cards(boards: _Boards) -> None:
    counts = boards.search(hh=(AT_HH,), trudvsem=(replace(AT_TRUDVSEM, description="Считать зарплату и налоги."),))

    assert counts.queued == 2


@pytest.mark.parametrize("other", ["hh", "trudvsem"])
def test_a_job_shown_is_not_offered_again_when_only_another_source_has_it(boards: _Boards, other: str) -> None:
    boards.search(hh=(AT_HH,), trudvsem=(AT_TRUDVSEM,))
    boards.product.next()

    reworded = {"hh": (_posted("hh-1", title="Инженер"),), "trudvsem": (_posted("trudvsem-1", title="Инженер"),)}
    counts = boards.search(**{other: reworded[other]})

    assert counts == Counts(found=1, queued=0, filtered={"already_shown": 1})


ELSEWHERE_IN_OTHER_WORDS = _posted("trudvsem-1", description=WHOLE + " Звоните нам.")


@pytest.mark.parametrize(
    "found",
    [
        {"trudvsem": (ELSEWHERE_IN_OTHER_WORDS,)},
        {"hh": (replace(ELSEWHERE_IN_OTHER_WORDS, id=VacancyId("hh-9"), source="hh"),)},
    ],
)
def test_a_job_shown_is_not_offered_again_in_other_words_under_an_id_not_heard_of(
    boards: _Boards, found: dict[str, tuple[Vacancy, ...]]
) -> None:
    boards.search(hh=(_posted("hh-1"),))
    boards.product.next()

    counts = boards.search(**found)

    assert counts == Counts(found=1, queued=0, filtered={"already_shown": 1})


def test_what_was_applied_to_is_not_offered_in_other_words_under_an_id_not_heard_of(boards: _Boards) -> None:
    boards.search(hh=(_posted("hh-1"),))
    boards.applied("hh-1")
    assert boards.product.all_cards() == []

    assert boards.search(trudvsem=(ELSEWHERE_IN_OTHER_WORDS,)).filtered == {"already_applied": 1}


def test_what_was_shown_and_is_not_found_again_is_nothing_that_was_found(boards: _Boards) -> None:
    boards.search(hh=(_posted("hh-1"),))
    boards.product.next()

    assert boards.search(trudvsem=(_posted("trudvsem-1", description="Считать зарплату и налоги."),)) == Counts(
        found=1, queued=1
    )


def test_a_job_shown_that_closed_there_stands_open_for_where_it_is_found_now(boards: _Boards) -> None:
    boards.search(hh=(_posted("hh-1"),))
    boards.product.next()
    CloseVacancies(boards.product.store, boards.product.clock)(ids=[VacancyId("hh-1")])

    assert boards.search(trudvsem=(ELSEWHERE_IN_OTHER_WORDS,)).filtered == {"already_shown": 1}

    kept = boards.kept("hh-1")
    assert kept.is_open(at=boards.product.clock.now())
    assert (kept.url, [link.url for link in kept.links]) == (
        ELSEWHERE_IN_OTHER_WORDS.url,
        [None, ELSEWHERE_IN_OTHER_WORDS.url],
    )


def test_a_job_shown_before_it_was_known_as_another_ones_twin_is_not_offered_again(boards: _Boards) -> None:
    boards.search(trudvsem=(replace(AT_TRUDVSEM, description="", title="Разработчик"),))
    boards.product.next()
    boards.product.keep(replace(OURS, first_seen_at=NOW - timedelta(days=1)))

    counts = boards.search(trudvsem=(AT_TRUDVSEM,))

    assert counts == Counts(found=1, queued=0, filtered={"already_shown": 1})


def test_what_was_applied_to_elsewhere_is_not_offered_under_another_id(boards: _Boards) -> None:
    boards.product.keep(OURS)
    boards.search(hh=(AT_HH,))

    boards.applied("hh-1")

    assert boards.product.all_cards() == []
    assert boards.search() == Counts(found=1, queued=0, filtered={"already_applied": 1})
    assert boards.search(hh=(AT_HH,)) == Counts(found=1, queued=0, filtered={"already_applied": 1})


def test_an_application_to_what_stands_counts_for_the_other(boards: _Boards) -> None:
    boards.search(hh=(_posted("hh-1"),), trudvsem=(AT_TRUDVSEM,))
    boards.applied("hh-1")

    assert boards.search(trudvsem=(AT_TRUDVSEM,)).filtered == {"already_applied": 1}


def test_a_match_is_found_by_any_of_its_ids(boards: _Boards) -> None:
    boards.search(hh=(_posted("hh-1"),), trudvsem=(AT_TRUDVSEM,))
    shown = boards.product.next()

    application, twin = boards.product.application, VacancyId("trudvsem-1")
    judged = application.judge_vacancy(telegram_id=ANNA, vacancy_id=twin, verdict=Verdict.LIKE)
    found = application.show_details(telegram_id=ANNA, vacancy_id=twin)

    assert (judged.vacancy, judged.match.state) == (shown.vacancy, MatchState.LIKED)
    assert found.match == judged.match
    with pytest.raises(NotFound, match="match_not_found"):
        application.show_details(telegram_id=ANNA, vacancy_id=VacancyId("trudvsem-2"))


def test_a_twin_whose_vacancy_was_never_found_for_the_person_is_not_theirs(boards: _Boards) -> None:
    with boards.product.store() as tx:
        tx.vacancies.save([replace(OURS, links=(*OURS.every_link, *AT_HH.every_link))])

    with pytest.raises(NotFound, match="match_not_found"):
        boards.product.application.show_details(telegram_id=ANNA, vacancy_id=AT_HH.id)


def test_a_later_sighting_by_one_source_loses_neither_links_nor_texts(boards: _Boards) -> None:
    boards.search(hh=(_posted("hh-1"),), trudvsem=(AT_TRUDVSEM,))
    before = boards.kept("hh-1")
    boards.product.clock.forward(timedelta(days=2))

    now = boards.product.clock.now()
    boards.search(hh=(replace(AT_HH, skills=(), first_seen_at=now, last_seen_at=now),))

    assert boards.kept("hh-1") == replace(before, last_seen_at=now)
    assert len(before.links) == 2


def test_two_of_our_own_become_one_though_nothing_else_is_new(boards: _Boards) -> None:
    boards.product.keep(OURS, _posted("internal-2", description=PIECE))

    assert boards.search() == Counts(found=1, queued=1)
    assert boards.search() == Counts(found=1, queued=1)
    with boards.product.store() as tx:
        assert tx.vacancies.same_as([VacancyId("internal-2")]) == {"internal-2": "internal-1"}


def test_what_was_seen_later_meanwhile_stays_and_gains_the_link(boards: _Boards) -> None:
    later = replace(OURS, title="Разработчик Python и Go", last_seen_at=NOW + timedelta(minutes=1))

    class Meanwhile(ScriptedSource):
        def find(self, resume: ResumeContent, filters: Filters, *, limit: int | None = None) -> Gathered:
            with boards.product.store() as tx:
                tx.vacancies.save([later])
            return super().find(resume, filters, limit=limit)

    boards.product = product = a_product(sources=(Meanwhile("hh", (AT_HH,)),))
    product.welcome_with_resume()
    product.keep(OURS)
    product.search()

    links = (*OURS.every_link, *AT_HH.every_link)
    assert boards.kept("internal-1") == replace(later, links=links)


DRAFT = Draft(
    id="7", title="Разработчик Python", company="Сеть", area="Казань", description=PIECE.replace("мобил...", "")
)


def test_what_a_source_of_ours_posts_again_keeps_what_others_told(boards: _Boards) -> None:
    store = boards.product.application.store_vacancies
    store(drafts=[DRAFT])
    boards.search(hh=(AT_HH,), trudvsem=(AT_TRUDVSEM,))
    before = boards.kept("internal-7")
    assert (before.description, len(before.links)) == (WHOLE, 3)

    (again,) = store(drafts=[DRAFT])
    (changed,) = store(drafts=[replace(DRAFT, experience="1-3", url="https://example.com/7")])

    assert (again.arrival, changed.arrival) == (Arrival.UNCHANGED, Arrival.UPDATED)
    after = boards.kept("internal-7")
    assert (after.description, after.url) == (WHOLE, "https://example.com/7")
    assert after.links == (
        Link(source="internal", vacancy_id=VacancyId("internal-7"), url="https://example.com/7"),
        # The experience it tells itself by now.
        replace(before.links[1], told=("published_at", "salary", "work_format")),
        replace(before.links[2], told=("skills", "texts")),
    )
