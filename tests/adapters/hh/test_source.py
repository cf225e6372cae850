"""The source `hh`: what a search brings, whatever stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from adapters.composition import lexicon
from adapters.hh.dictionaries import FreshDictionaries
from adapters.hh.gateway import HhGateway
from adapters.hh.source import HhSource
from adapters.lexicon.markup import HtmlMarkup
from adapters.lexicon.titles import TitleCatalogue
from adapters.memory.store import MemoryStore
from domain.errors import Unavailable
from domain.identifiers import VacancyId
from domain.matching.scorer import Scorer
from domain.resumes.content import ResumeContent, WorkFormat
from domain.search.filters import Filters
from domain.search.gathering import Gathered, VacancySource
from domain.search.run import Outcome
from domain.search.shortlist import Shortlist
from domain.vacancies.arrival import Arrivals
from domain.vacancies.vacancy import SalaryPeriod, Vacancy
from tests.adapters.hh.askers import Hours, a_gateway, token_requests
from tests.boards.hh import HhRu, a_vacancy, errors, faults
from tests.boards.hh.exchange import as_json

MEASURES = lexicon("none")
assert isinstance(MEASURES.titles, TitleCatalogue)
ROLE_NAMES = MEASURES.titles.names
RESUME = ResumeContent(
    desired_position="Python-разработчик",
    years_experience=2,
    skills=("Python", "Django", "PostgreSQL"),
    region="Казань",
)
EVERYTHING = ResumeContent()


@dataclass
class Searching:
    """A source with everything around it in a test's hand."""

    hh: HhRu
    hours: Hours
    gateway: HhGateway
    source: HhSource
    closed: list[VacancyId] = field(default_factory=list)

    def find(self, resume: ResumeContent = RESUME, **filters: Any) -> Gathered:
        return self.source.find(resume, Filters(**filters))

    def found(self, resume: ResumeContent = RESUME, **filters: Any) -> dict[str, Vacancy]:
        gathered = self.find(resume, **filters)
        assert [(report.source, report.found) for report in gathered.reports] == [("hh", len(gathered.vacancies))]
        assert len({vacancy.id for vacancy in gathered.vacancies}) == len(gathered.vacancies)
        return {vacancy.id: vacancy for vacancy in gathered.vacancies}

    def outcome(self, resume: ResumeContent = RESUME, **filters: Any) -> tuple[Outcome, int]:
        (report,) = self.find(resume, **filters).reports
        return report.outcome, report.found

    @property
    def read_in_full(self) -> list[str]:
        return [request.path.rpartition("/")[2] for request in self.hh.asked("/vacancies/")]

    @property
    def searches(self) -> int:
        return len(self.hh.asked("/vacancies", exact=True))


def searching(hh: HhRu, hours: Hours, *, every: float = 0.0, **changes: Any) -> Searching:
    gateway = a_gateway(hh, hours, MemoryStore(), every=timedelta(seconds=every))
    closed: list[VacancyId] = []
    arrivals = Arrivals(HtmlMarkup(), MEASURES.skills)
    source = HhSource(
        gateway,
        FreshDictionaries(gateway, MEASURES.places, hours),
        arrivals,
        MEASURES,
        ROLE_NAMES,
        Shortlist(Scorer(MEASURES)),
        closed.extend,
        hours,
        monotonic=hours.monotonic,
        sleep=hours.sleep,
        **changes,
    )
    return Searching(hh, hours, gateway, source, closed)


@pytest.fixture
def at(hh: HhRu, hours: Hours) -> Searching:
    hh.vacancies.clear()
    return searching(hh, hours)


def _python(hh: HhRu, id_: str, **changes: Any) -> None:
    """Let there be a vacancy that fits the résumé, published a moment ago."""
    told = {
        "name": "Python-разработчик",
        "description": "<p>Пишем на <strong>Python</strong> и Django.</p>",
        "key_skills": ("Python", "Django"),
        "area": "88",
        "schedule": "fullDay",
        "work_format": ("ON_SITE",),
        "published_at": hh.clock.now() - timedelta(hours=1),
    }
    hh.vacancies.add(a_vacancy(id=id_, **{**told, **changes}))


def test_a_search_brings_what_fits_read_in_full(at: Searching) -> None:
    _python(at.hh, "1", salary=(100_000, 200_000), gross=True)
    _python(at.hh, "2", name="Водитель", description="Возить.", key_skills=())

    found = at.found()

    assert list(found) == ["hh-1"]
    vacancy = found["hh-1"]
    assert (vacancy.source, vacancy.title, vacancy.area) == ("hh", "Python-разработчик", "Казань")
    assert (vacancy.company, vacancy.url) == ("Пример, филиал", "https://hh.ru/vacancy/1")
    assert vacancy.description == "Пишем на Python и Django."
    assert set(vacancy.skills) >= {"Python", "Django"}
    assert vacancy.salary is not None
    assert (vacancy.salary.from_, vacancy.salary.to) == (Decimal(100_000), Decimal(200_000))
    assert (vacancy.salary.currency, vacancy.salary.gross, vacancy.salary.period) == ("RUB", True, SalaryPeriod.MONTH)
    assert vacancy.work_format is WorkFormat.OFFICE
    assert vacancy.experience is not None
    assert vacancy.published_at is not None
    assert vacancy.first_seen_at <= at.hours.now()


@pytest.mark.parametrize(
    ("changes", "pay"),
    [
        ({"salary": (5_000, None), "currency": "BYR"}, (Decimal(5_000), "BYN", SalaryPeriod.MONTH)),
        ({"salary_range": None}, (Decimal(85_000), "RUB", SalaryPeriod.MONTH)),
        (
            {
                "salary_range": {
                    "from": 900,
                    "to": None,
                    "currency": "RUR",
                    "gross": False,
                    "mode": {"id": "HOUR", "name": "За час"},
                    "frequency": None,
                }
            },
            (Decimal(900), "RUB", SalaryPeriod.HOUR),
        ),
    ],
)
def test_pay_comes_in_the_old_shape_and_in_the_new(
    at: Searching, changes: dict[str, Any], pay: tuple[Decimal, str, SalaryPeriod]
) -> None:
    _python(at.hh, "1", **changes)

    salary = at.found()["hh-1"].salary

    assert salary is not None
    assert (salary.from_, salary.currency, salary.period) == pay


def test_nothing_found_is_empty(at: Searching) -> None:
    assert at.outcome() == (Outcome.EMPTY, 0)


def test_few_finds_widen_the_search_and_enough_do_not(at: Searching) -> None:
    for number in range(60):
        _python(at.hh, str(number + 1))
    assert at.outcome() == (Outcome.OK, 60)
    assert at.searches == 1

    at.hh.vacancies.clear()
    _python(at.hh, "101", experience="moreThan6")
    _python(at.hh, "102", name="Backend-разработчик")
    _python(at.hh, "103", area="1652")
    _python(at.hh, "104", area="2", work_format=("REMOTE",), schedule="remote")
    _python(at.hh, "105", area="2")
    assert set(at.found()) == {"hh-101", "hh-102", "hh-103", "hh-104"}


def test_no_more_is_looked_through_than_is_wanted(hh: HhRu, hours: Hours) -> None:
    hh.vacancies.clear()
    at = searching(hh, hours, wanted=150, detailed=0)
    for number in range(350):
        _python(hh, str(number + 1))

    assert at.outcome() == (Outcome.OK, 200)
    assert at.searches == 2


def test_only_the_best_are_read_in_full(hh: HhRu, hours: Hours) -> None:
    hh.vacancies.clear()
    at = searching(hh, hours, detailed=3)
    for number in range(4, 9):
        _python(hh, str(number), name="Менеджер по продажам", description="Python", key_skills=())
    for number in range(1, 4):
        _python(hh, str(number))

    found = at.found()

    assert sorted(at.read_in_full) == ["1", "2", "3"]
    assert len(found) == 8
    assert found["hh-1"].description
    assert found["hh-4"].description == ""


def test_what_is_not_read_in_full_is_told_in_pieces(at: Searching) -> None:
    _python(at.hh, "1")
    at.hh.faults.add("/vacancies/1", faults.captcha())

    vacancy = at.found()["hh-1"]

    assert vacancy.description == ""
    assert "Пишем на" in vacancy.responsibilities + vacancy.requirements


def test_the_source_says_what_it_told_whole_and_what_in_outline(hh: HhRu, hours: Hours) -> None:
    hh.vacancies.clear()
    at = searching(hh, hours, detailed=1)
    _python(hh, "1")
    _python(hh, "2", name="Менеджер по продажам", description="Python", key_skills=())

    assert {id_: vacancy.outline for id_, vacancy in at.found().items()} == {"hh-1": False, "hh-2": True}


REWRITTEN: list[dict[str, Any]] = [
    {"name": "Старший Python-разработчик"},
    {"salary": (300_000, None)},
    {"salary": None},
    {"area": "1624"},
    {"published_at": "2026-11-23T09:00:00+0300"},
]


@pytest.mark.parametrize("rewritten", REWRITTEN)
def test_details_kept_from_before_the_employer_changed_them_are_read_anew(
    at: Searching, rewritten: dict[str, Any]
) -> None:
    _python(at.hh, "1", salary=(100_000, None), published_at="2026-11-20T09:00:00+0300")
    before = at.found()["hh-1"]
    at.hours.forward(hours=1)
    assert at.found()["hh-1"].description == before.description
    assert at.read_in_full == ["1"]

    told = {"salary": (100_000, None), "published_at": "2026-11-20T09:00:00+0300", "description": "Пишем на Go."}
    _python(at.hh, "1", **{**told, **rewritten})
    after = at.found()["hh-1"]

    assert (after.description, after.outline) == ("Пишем на Go.", False)
    assert replace(after, **_words_of(before)) != before
    assert at.read_in_full == ["1", "1"]
    assert at.found()["hh-1"].title == after.title
    assert at.read_in_full == ["1", "1"]


def _words_of(vacancy: Vacancy) -> dict[str, Any]:
    names = ("description", "asks", "first_seen_at", "last_seen_at")
    return {name: getattr(vacancy, name) for name in names}


def test_old_details_are_not_laid_over_a_fresher_item_where_newer_ones_cannot_be_had(at: Searching) -> None:
    _python(at.hh, "1", salary=(100_000, None))
    at.found()
    _python(at.hh, "1", salary=(300_000, None), name="Старший Python-разработчик")
    at.hh.faults.add("/vacancies/1", faults.captcha())

    vacancy = at.found()["hh-1"]

    assert vacancy.salary is not None
    assert (vacancy.title, vacancy.salary.from_) == ("Старший Python-разработчик", Decimal(300_000))
    assert vacancy.outline


def test_closed_vacancies_are_left_out_and_told(at: Searching) -> None:
    for number in range(1, 5):
        _python(at.hh, str(number))
    ended = at.hh.vacancies.find("2")
    assert ended is not None
    at.hh.faults.add("/vacancies/2", faults.answered(as_json(ended.details | {"archived": True})))
    at.hh.faults.add("/vacancies/3", faults.refused(errors.not_found()))
    item = at.hh.vacancies.find("4")
    assert item is not None
    item.item["archived"] = "true"

    assert list(at.found()) == ["hh-1"]

    assert sorted(at.closed) == ["hh-2", "hh-3", "hh-4"]


def test_filters_hold_for_what_is_known_in_the_end(at: Searching) -> None:
    _python(at.hh, "1", salary=(100_000, 120_000))
    _python(at.hh, "2", salary=(300_000, None))
    _python(at.hh, "3", salary=None)

    assert set(at.found(salary_from=Decimal(200_000))) == {"hh-2", "hh-3"}
    assert set(at.found(region="Набережные Челны")) == set()
    assert set(at.found(work_format=WorkFormat.REMOTE)) == set()


def test_words_typed_are_looked_for_in_the_whole_text(at: Searching) -> None:
    long = "<p>" + "Много слов. " * 60 + "</p><p>Нужен опыт с метеоритами.</p>"
    _python(at.hh, "1", description=long)
    _python(at.hh, "2")

    assert set(at.found(EVERYTHING, text="метеоритами")) == {"hh-1"}
    # hh.ru has found the words in what we have pieces of only.
    at.hh.faults.add("/vacancies/", faults.too_many())
    at.hours.forward(hours=7)
    assert set(at.found(EVERYTHING, text="метеоритами")) == {"hh-1"}


DETAIL_TROUBLES = [
    (faults.captcha(), Outcome.CAPTCHA),
    (faults.captcha(typed=False), Outcome.CAPTCHA),
    (faults.too_many(retry_after=30), Outcome.RATE_LIMITED),
    (faults.forbidden(), Outcome.CLOSED_BY_PROVIDER),
    (faults.ddos_guard(), Outcome.GEO_BLOCKED),
]


@pytest.mark.parametrize(("fault", "outcome"), DETAIL_TROUBLES)
def test_a_trouble_with_the_details_leaves_the_items(at: Searching, fault: faults.Fault, outcome: Outcome) -> None:
    for number in range(1, 6):
        _python(at.hh, str(number))
    at.hh.faults.add("/vacancies/", fault, times=None, after=2)

    assert at.outcome() == (outcome, 5)

    # Nothing more is asked after the first refusal.
    assert len(at.read_in_full) == 3


def test_a_vacancy_that_is_troublesome_by_itself_keeps_nobody_from_the_others(at: Searching) -> None:
    for number in range(1, 6):
        _python(at.hh, str(number))
    at.hh.faults.add("/vacancies/1", faults.bad_gateway(), times=None, exact=True)

    gathered = at.find()

    assert gathered.reports[0].outcome is Outcome.ERROR
    assert sum(bool(vacancy.description) for vacancy in gathered.vacancies) == 4
    at.hh.faults.add("/vacancies/", faults.bad_gateway(), times=None)
    at.hours.forward(hours=7)
    before = len(at.read_in_full)
    assert at.outcome() == (Outcome.ERROR, 5)
    assert len(at.read_in_full) - before <= 9


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        *DETAIL_TROUBLES,
        (faults.geo_blocked(), Outcome.GEO_BLOCKED),
        (faults.refused(errors.oauth("no_scope")), Outcome.NOT_APPROVED),
        (faults.refused(errors.bad_user_agent("unset")), Outcome.NOT_CONFIGURED),
        (faults.bad_gateway(), Outcome.ERROR),
        (faults.not_json(), Outcome.ERROR),
    ],
)
@pytest.mark.parametrize("after", [0, 1])
def test_a_trouble_with_the_search_leaves_what_came_before(
    at: Searching, fault: faults.Fault, outcome: Outcome, after: int
) -> None:
    for number in range(1, 6):
        _python(at.hh, str(number))
    at.hh.faults.add("/vacancies", fault, times=None, exact=True, after=after)

    assert at.outcome() == (outcome, 5 * after)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (faults.token_error("invalid_client", "client_id or client_secret not found"), Outcome.NOT_APPROVED),
        (faults.token_error("invalid_request", "account is locked"), Outcome.NOT_APPROVED),
        (faults.token_error("forbidden", "app token refresh too early", status=403), Outcome.RATE_LIMITED),
        (faults.ddos_guard(), Outcome.GEO_BLOCKED),
    ],
)
def test_without_a_token_the_reason_is_told(at: Searching, fault: faults.Fault, outcome: Outcome) -> None:
    at.hh.faults.add("/token", fault)

    assert [at.outcome() for _ in range(2)] == [(outcome, 0)] * 2

    assert token_requests(at.hh) == 1


def test_a_query_that_hh_dislikes_does_not_end_the_search(at: Searching) -> None:
    _python(at.hh, "1")
    at.hh.faults.add("/vacancies", faults.refused(errors.bad_argument("search_field")), exact=True)

    assert at.outcome() == (Outcome.ERROR, 1)


def test_the_search_ends_in_its_time_and_hands_over_what_it_has(hh: HhRu, hours: Hours) -> None:
    hh.vacancies.clear()
    at = searching(hh, hours, every=2.0)
    for number in range(60):
        _python(hh, str(number + 1))

    assert at.outcome() == (Outcome.OK, 60)

    assert 20 < hours.monotonic() <= 28
    assert 5 < len(at.read_in_full) < 15


def test_a_vacancy_that_makes_no_sense_is_left_out(at: Searching) -> None:
    _python(at.hh, "1")
    _python(at.hh, "2", name=" ")
    broken = at.hh.vacancies.find("1")
    assert broken is not None
    strange = [{"name": "Без номера"}, {"id": "3", "name": None}, {"id": "../4", "name": "Дорога"}]
    hh_answer = {"found": 4, "pages": 1, "items": [*strange, broken.item]}
    at.hh.faults.add("/vacancies", faults.answered(as_json(hh_answer)), times=None, exact=True)

    assert list(at.found()) == ["hh-1"]


def test_details_of_another_vacancy_are_not_believed(at: Searching) -> None:
    _python(at.hh, "1")
    _python(at.hh, "2", name="Python-разработчик без опыта")
    other = at.hh.vacancies.find("2")
    assert other is not None
    at.hh.faults.add("/vacancies/1", faults.answered(as_json(other.details)), exact=True)

    assert at.found()["hh-1"].title == "Python-разработчик"


def test_more_than_hh_lists_is_reached_where_it_is_wanted(
    hh: HhRu, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    hh.vacancies.clear()
    # A tenth of the real depth, for the loopback takes its time over thousands.
    monkeypatch.setattr("adapters.hh.reach.DEPTH", 200)
    monkeypatch.setattr("tests.boards.hh.listings.DEPTH", 200)
    at = searching(hh, hours, wanted=1_000, detailed=0)
    for number in range(450):
        _python(hh, str(number + 1), published_at=hh.clock.now() - timedelta(hours=number))

    assert at.outcome() == (Outcome.OK, 450)


def test_a_fault_of_ours_is_an_error_and_takes_nobody_along(at: Searching, caplog: pytest.LogCaptureFixture) -> None:
    _python(at.hh, "1")

    def broken(*_: object) -> Sequence[Vacancy]:
        raise Unavailable("store_unavailable")

    gathered = replace(at.source, shortlist=broken).find(RESUME, Filters())

    assert [(report.outcome, report.found) for report in gathered.reports] == [(Outcome.ERROR, 1)]
    assert [vacancy.id for vacancy in gathered.vacancies] == ["hh-1"]
    assert "searching hh.ru failed" in caplog.text


def test_what_was_found_is_kept_though_what_closed_cannot_be_told(at: Searching) -> None:
    _python(at.hh, "1")
    _python(at.hh, "2")
    at.hh.faults.add("/vacancies/2", faults.refused(errors.not_found()))

    def broken(_: object) -> None:
        raise Unavailable("store_unavailable")

    gathered = replace(at.source, close=broken).find(RESUME, Filters())

    assert [vacancy.id for vacancy in gathered.vacancies] == ["hh-1"]


def test_without_a_store_the_dictionaries_shipped_do(at: Searching, monkeypatch: pytest.MonkeyPatch) -> None:
    _python(at.hh, "1")

    def broken(**_: object) -> bytes:
        raise Unavailable("store_unavailable")

    monkeypatch.setattr(HhGateway, "areas", lambda _, **__: broken())

    assert at.outcome() == (Outcome.OK, 1)


def test_what_an_item_tells_is_read_once(at: Searching) -> None:
    read: list[str] = []

    class Counted(HtmlMarkup):
        def plain(self, text: str) -> str:
            read.append(text)
            return super().plain(text)

    _python(at.hh, "1")
    at.hh.faults.add("/vacancies/1", faults.captcha())

    replace(at.source, arrivals=Arrivals(Counted(), MEASURES.skills)).find(RESUME, Filters())

    assert read.count("Python-разработчик") == 1


def test_no_more_is_asked_than_a_limit_takes(at: Searching) -> None:
    for number in range(150):
        _python(at.hh, str(number + 1))

    gathered = at.source.find(RESUME, Filters(), limit=3)

    assert gathered.reports[0].outcome is Outcome.OK
    assert (at.searches, len(at.read_in_full)) == (1, 3)


def test_it_is_a_source_like_any_other(at: Searching) -> None:
    source: VacancySource = at.source

    assert (source.name, source.patience) == ("hh", 30.0)
