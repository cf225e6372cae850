"""Place and pay: what agrees, what contradicts, what is not known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from domain.matching import aspects
from domain.matching.applicant import Applicant, measured
from domain.matching.assessment import Aspect, Finding, Verdict
from domain.matching.opening import opening_of
from domain.matching.pay import most_paid
from domain.matching.place import place
from domain.matching.weighing import SILENCE
from domain.resumes.content import Contact, Money, ResumeContent, WorkFormat
from domain.vacancies.vacancy import SalaryPeriod, SalaryRange, Vacancy
from tests.builders import a_vacancy
from tests.domain.instruments import MEASURES


def _applicant(**says: Any) -> Applicant:
    return measured(ResumeContent(**says), MEASURES)


def _share(finding: Finding) -> float:
    assert finding.share is not None
    return finding.share


def _verdict(finding: Finding) -> Verdict | None:
    return finding.lines[0].verdict if finding.lines else None


def _place(area: str | None, format_: WorkFormat | None = None, **says: Any) -> Finding:
    return _seen_from(_applicant(**says), a_vacancy(area=area, work_format=format_))


def _seen_from(applicant: Applicant, vacancy: Vacancy) -> Finding:
    return place(applicant, opening_of(vacancy, MEASURES), vacancy)


def _code(finding: Finding) -> str | None:
    return finding.reason.code if finding.reason is not None else None


def test_the_nearer_the_place_the_more_it_earns() -> None:
    city = _place("Химки", region="г. Химки")
    region = _place("Химки", region="Подольск")
    whole_region = _place("Московская область", region="Подольск")
    other = _place("Казань", region="Подольск")

    assert (city.share, region.share, whole_region.share) == (1.0, 0.8, 0.8)
    assert _share(other) < SILENCE
    assert [_code(finding) for finding in (city, region, whole_region, other)] == [
        "place_fits",
        "region_fits",
        "region_fits",
        "other_place",
    ]
    assert (city.lines[0].verdict, city.lines[0].asked, city.lines[0].proof) == (Verdict.MET, "Химки", "г. Химки")
    assert (other.lines[0].verdict, other.lines[0].proof) == (Verdict.UNMET, "Подольск")


def test_who_lives_around_a_capital_works_in_it() -> None:
    assert _place("Москва", region="Химки").share == _place("Химки", region="Москва").share == 0.8
    assert _place("Казань", region="Москва").share == 0.1


@pytest.mark.parametrize(
    ("says", "share"),
    [
        ({"title": "Повар вахтой"}, 0.7),
        ({"title": "Welder (rotation 28/28)"}, 0.7),
        ({"description": "Вахта 60/30, проезд за счёт компании."}, 0.7),
        ({"requirements": "Rotation 28/28."}, 0.7),
        ({"title": "Вахтёр"}, 0.1),
        ({"description": "Подбираем людей на вахту."}, 0.1),
    ],
)
def test_work_on_rotation_takes_people_from_elsewhere(says: dict[str, str], share: float) -> None:
    vacancy = a_vacancy(area="Химки", work_format=None, **says)
    elsewhere, at_home = (_seen_from(_applicant(region=home), vacancy) for home in ("Казань", "Химки"))

    assert elsewhere.share == share
    assert _code(elsewhere) == ("rotation" if share > 0.1 else "other_place")
    assert at_home.share == 1.0


@pytest.mark.parametrize(
    ("says", "travel"),
    [
        ("Вахта 30/30.", "unsaid"),
        ("Вахта 30/30, проезд за счёт компании.", "paid"),
        ("Вахта 30/30. Оплачиваем проезд.", "paid"),
        ("Rotation 28/28, flights are paid.", "paid"),
        ("Вахта 30/30, проезд за свой счёт.", "own"),
        ("Вахта 30/30. Билеты не оплачиваются, компенсируем питание.", "own"),
        ("Rotation 28/28, travel at your own expense.", "own"),
    ],
)
def test_who_pays_for_the_way_to_work_on_rotation_is_told_and_never_guessed(says: str, travel: str) -> None:
    vacancy = a_vacancy(area="Химки", work_format=None, description=says)

    finding = _seen_from(_applicant(region="Казань"), vacancy)

    assert finding.share == (0.1 if travel == "own" else 0.7)
    assert finding.reason is not None
    assert finding.reason.code == ("rotation_own" if travel == "own" else "rotation")
    assert finding.reason.data == {"area": "Химки", "travel": travel}


def test_the_city_of_the_contact_block_stands_in_for_a_region_not_wished() -> None:
    home = Contact(city="Казань")

    assert _code(_place("Казань", contact=home)) == "place_fits"
    assert _code(_place("Казань", contact=home, region="Москва")) == "other_place"


def test_remote_work_is_near_to_everybody_and_best_for_who_wishes_it() -> None:
    wished = _place("Минск", WorkFormat.REMOTE, region="Казань", work_format=WorkFormat.REMOTE)
    silent = _place("Минск", WorkFormat.REMOTE, region="Казань")
    office = _place(None, WorkFormat.REMOTE, work_format=WorkFormat.OFFICE)

    assert wished.share == 1.0
    assert SILENCE < _share(office) <= _share(silent) < 1.0
    assert _code(wished) == _code(silent) == _code(office) == "remote_fits"


def _lines(finding: Finding) -> list[tuple[str, Verdict, str, str | None]]:
    assert all(line.aspect is Aspect.PLACE and line.must for line in finding.lines)
    return [(line.subject, line.verdict, line.asked, line.proof) for line in finding.lines]


def test_remote_work_is_told_as_a_format_and_its_area_does_not_matter() -> None:
    assert _lines(_place("Минск", WorkFormat.REMOTE, region="Казань")) == [("format", Verdict.MET, "remote", None)]


def test_an_office_does_not_suit_who_wishes_to_work_remotely() -> None:
    office = _place("Казань", WorkFormat.OFFICE, region="Казань", work_format=WorkFormat.REMOTE)
    field = _place("Казань", WorkFormat.FIELD, region="Казань", work_format=WorkFormat.REMOTE)
    hybrid = _place("Казань", WorkFormat.HYBRID, region="Казань", work_format=WorkFormat.REMOTE)

    assert office.share == field.share
    assert _share(office) < SILENCE < _share(hybrid) < 1.0
    assert _code(office) == _code(field) == "not_remote"
    assert _lines(hybrid) == [("format", Verdict.UNMET, "hybrid", None), ("area", Verdict.MET, "Казань", "Казань")]
    assert hybrid.reason is not None
    assert (hybrid.reason.code, hybrid.reason.data) == ("not_remote", {"format": "hybrid", "area": "Казань"})


def test_an_office_far_away_suits_least_who_wishes_to_work_remotely() -> None:
    far = _place("Москва", WorkFormat.HYBRID, region="Казань", work_format=WorkFormat.REMOTE)
    near = _place("Казань", WorkFormat.HYBRID, region="Казань", work_format=WorkFormat.REMOTE)
    unknown = _place(None, WorkFormat.HYBRID, region="Казань", work_format=WorkFormat.REMOTE)

    assert _share(far) < _share(near) == _share(unknown)
    assert [verdict for _, verdict, _, _ in _lines(far)] == [Verdict.UNMET, Verdict.UNMET]
    assert len(unknown.lines) == 1


def test_a_format_kept_silent_leaves_the_place_to_decide() -> None:
    assert _code(_place("Казань", None, region="Казань", work_format=WorkFormat.REMOTE)) == "place_fits"


@pytest.mark.parametrize(
    ("area", "region"), [(None, "Казань"), ("Казань", None), ("Выдуманск", "Казань"), ("Казань", "Выдуманск")]
)
def test_an_unknown_place_is_no_agreement_and_no_contradiction(area: str | None, region: str | None) -> None:
    assert _place(area, WorkFormat.OFFICE, region=region) == Finding()


@pytest.mark.parametrize(("area", "region"), [("Россия", "Казань"), ("Казань", "Россия"), ("Россия", "Россия")])
def test_a_country_alone_contradicts_no_place_in_it(area: str, region: str) -> None:
    assert _verdict(_place(area, region=region)) is not Verdict.UNMET


def test_another_country_is_another_place() -> None:
    assert _code(_place("Беларусь", region="Казань")) == "other_place"
    assert _code(_place("Минск", region="Россия")) == "other_place"


def _salary(offer: SalaryRange | None, wished: str | None = "100000", currency: str = "RUB") -> Finding:
    wish = None if wished is None else Money(amount=Decimal(wished), currency=currency)
    return aspects.salary(_applicant(salary=wish), opening_of(a_vacancy(salary=offer), MEASURES))


def test_pay_that_reaches_the_wish_fits() -> None:
    finding = _salary(SalaryRange(from_=Decimal(80_000), to=Decimal(100_000)))

    assert finding.share == 1.0
    assert (finding.lines[0].verdict, finding.lines[0].asked, finding.lines[0].proof) == (
        Verdict.MET,
        "100000",
        "100000",
    )
    assert not finding.lines[0].must
    assert finding.reason is not None
    assert (finding.reason.code, finding.reason.data) == (
        "salary_fits",
        {"offered": 100_000, "wished": 100_000, "bound": "to"},
    )


@pytest.mark.parametrize(("most", "share"), [(75_000, 0.5), (90_000, 0.8), (50_000, 0.0), (10_000, 0.0)])
def test_pay_below_the_wish_earns_less_and_half_of_it_nothing(most: int, share: float) -> None:
    finding = _salary(SalaryRange(to=Decimal(most)))

    assert finding.share == share
    assert _verdict(finding) is Verdict.UNMET
    assert _code(finding) == "salary_low"


@pytest.mark.parametrize(
    ("least", "share", "verdict", "code"),
    [
        (100_000, 1.0, Verdict.MET, "salary_fits"),
        (90_000, 0.8, Verdict.UNKNOWN, "salary_open"),
        (75_000, 0.5, Verdict.UNKNOWN, "salary_open"),
        (30_000, 0.25, Verdict.UNKNOWN, "salary_open"),
    ],
)
def test_of_a_floor_alone_the_top_is_unknown(least: int, share: float, verdict: Verdict, code: str) -> None:
    finding = _salary(SalaryRange(from_=Decimal(least)))

    assert (finding.share, _verdict(finding), _code(finding)) == (share, verdict, code)
    assert finding.lines[0].subject == "salary_from"
    assert finding.reason is not None
    assert finding.reason.data == {"offered": least, "wished": 100_000, "bound": "from"}


@pytest.mark.parametrize(
    ("offer", "wished", "currency"),
    [
        (None, "100000", "RUB"),
        (SalaryRange(to=Decimal(100_000)), None, "RUB"),
        (SalaryRange(), "100000", "RUB"),
        (SalaryRange(to=Decimal(100_000), currency="XAU"), "100000", "RUB"),
        (SalaryRange(to=Decimal(100_000)), "100000", "XAU"),
        (SalaryRange(to=Decimal(100_000)), "0", "RUB"),
    ],
)
def test_pay_that_cannot_be_compared_is_not_known(offer: SalaryRange | None, wished: str | None, currency: str) -> None:
    assert _salary(offer, wished, currency) == Finding()


@pytest.mark.parametrize(
    ("offer", "most"),
    [
        (SalaryRange(from_=Decimal(70_000)), 70_000),
        (SalaryRange(from_=Decimal(70_000), to=Decimal(90_000)), 90_000),
        (SalaryRange(to=Decimal(0), from_=Decimal(1)), 0),
        (SalaryRange(to=Decimal(100_000), gross=True), 87_000),
        (SalaryRange(to=Decimal(100_000), gross=False), 100_000),
        (SalaryRange(to=Decimal(1_000), currency="USD"), 90_000),
        (SalaryRange(to=Decimal(1_200_000), period=SalaryPeriod.YEAR), 100_000),
        (SalaryRange(to=Decimal(30_000), period=SalaryPeriod.WEEK), 130_000),
        (SalaryRange(to=Decimal(5_000), period=SalaryPeriod.SHIFT), 75_000),
        (SalaryRange(to=Decimal(400), period=SalaryPeriod.HOUR), 66_000),
        (SalaryRange(), None),
        (SalaryRange(to=Decimal(1), currency="XAU"), None),
    ],
)
def test_all_pay_is_compared_as_roubles_a_month_net(offer: SalaryRange, most: int | None) -> None:
    assert most_paid(offer, MEASURES) == most


def test_a_wish_in_another_currency_is_compared_in_roubles() -> None:
    finding = _salary(SalaryRange(to=Decimal(90_000)), "1000", "USD")

    assert finding.share == 1.0


def test_a_wish_in_another_currency_is_told_as_it_was() -> None:
    abroad = _salary(SalaryRange(to=Decimal(90_000)), "2500", "USD")
    at_home = _salary(SalaryRange(to=Decimal(90_000)), "200000")

    assert abroad.lines[0].asked == "2500 USD"
    assert abroad.reason is not None
    assert abroad.reason.data["wish"] == "2500 USD"
    assert at_home.lines[0].asked == "200000"
    assert at_home.reason is not None
    assert "wish" not in at_home.reason.data
