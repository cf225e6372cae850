"""What a taste is made of, and how far it moves what is offered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.matching.assessment import Reason
from domain.matching.requirements import Requirement
from domain.resumes.content import WorkFormat
from domain.search.learning import FURTHEST, WORTH, Taste, Trait, Traits, shift, taste_of, traits_of
from domain.search.match import UNMOVED, MatchState
from domain.vacancies.vacancy import ExperienceAsked, SalaryRange
from tests.builders import a_vacancy
from tests.domain.instruments import MEASURES

LIKED, DISLIKED, APPLIED, HIDDEN = MatchState.LIKED, MatchState.DISLIKED, MatchState.APPLIED, MatchState.HIDDEN
SILENT: dict[str, Any] = {
    "title": "Кто-нибудь",
    "company": None,
    "salary": None,
    "area": None,
    "work_format": None,
    "experience": None,
    "asks": (),
}


def _asked(*skills: str) -> tuple[Requirement, ...]:
    return tuple(Requirement(skill=skill, must=True, words=skill) for skill in skills)


def _traits(**told: Any) -> Traits:
    """Return the traits of a vacancy that is silent about all but this."""
    return traits_of(a_vacancy(**{**SILENT, **told}), MEASURES)


def _values(**told: Any) -> dict[Trait, tuple[str, ...]]:
    return {trait: values for trait, values in _traits(**told).values.items() if values}


_NAMES = st.sampled_from(["один", "два", "три"])
_ANY_TRAITS = st.builds(
    Traits,
    values=st.fixed_dictionaries(
        {
            trait: st.lists(
                st.sampled_from(["0", "1", "3"]), unique=True, max_size=3 if trait is Trait.SKILLS else 1
            ).map(tuple)
            for trait in Trait
        }
    ),
    title=_NAMES,
    company=_NAMES,
    area=_NAMES,
)
_ANY_VERDICTS = st.lists(st.tuples(_ANY_TRAITS, st.sampled_from([LIKED, DISLIKED, APPLIED, HIDDEN])), max_size=12)


def test_a_vacancy_has_the_traits_that_it_tells_of() -> None:
    assert _values(
        title="Старший разработчик Python",
        company="ООО «Вымысел»",
        salary=SalaryRange(to=Decimal(200_000)),
        area="Казань",
        work_format=WorkFormat.REMOTE,
        experience=ExperienceAsked(least=3),
        asks=_asked("Python", "Docker", "ПК", "Нечто"),
    ) == {
        Trait.SKILLS: ("Docker", "Python"),
        Trait.ROLE: ("software",),
        Trait.EMPLOYER: ("вымысел",),
        Trait.FORMAT: ("remote",),
        Trait.PAY: ("150000",),
        Trait.AREA: ("Казань",),
        Trait.EXPERIENCE: ("3",),
    }


def test_a_silent_vacancy_has_no_traits() -> None:
    assert _values() == {}
    assert _values(area="Нигде", salary=SalaryRange(to=Decimal(1), currency="XXX")) == {}


@pytest.mark.parametrize(
    ("pay", "band"), [(-1, "0"), (0, "0"), (59_999, "0"), (60_000, "60000"), (399_999, "250000"), (9_000_000, "400000")]
)
def test_pay_is_told_by_its_band(pay: int, band: str) -> None:
    assert _values(salary=SalaryRange(to=Decimal(pay))) == {Trait.PAY: (band,)}


@pytest.mark.parametrize(("years", "band"), [(0, "0"), (0.5, "0"), (1, "1"), (2, "1"), (3, "3"), (5, "3"), (10, "6")])
def test_experience_is_told_by_its_band(years: float, band: str) -> None:
    assert _values(experience=ExperienceAsked(least=years)) == {Trait.EXPERIENCE: (band,)}


@given(_ANY_TRAITS)
@settings(max_examples=30)
def test_without_verdicts_nothing_moves(traits: Traits) -> None:
    assert shift(taste_of([]), traits) == shift(Taste(), traits) == UNMOVED


@given(_ANY_VERDICTS, _ANY_TRAITS)
@settings(max_examples=200)
def test_a_shift_is_bounded_and_has_its_reason_whenever_it_moves(
    judged: list[tuple[Traits, MatchState]], traits: Traits
) -> None:
    moved = shift(taste_of(judged), traits)

    assert abs(moved.points) <= FURTHEST
    if moved.reason is None:
        assert moved.points == 0
    else:
        way, _, trait = moved.reason.code.partition("_")
        assert way == ("liked" if moved.points > 0 else "passed")
        assert traits.values[Trait(trait)]


@given(_ANY_VERDICTS, _ANY_TRAITS, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_in_which_order_verdicts_were_given_moves_nothing(
    judged: list[tuple[Traits, MatchState]], traits: Traits, chance: Any
) -> None:
    shuffled = chance.sample(judged, len(judged))

    assert shift(taste_of(shuffled), traits).points == shift(taste_of(judged), traits).points
    assert taste_of(shuffled).odds == taste_of(judged).odds


@given(_ANY_VERDICTS, _ANY_TRAITS)
@settings(max_examples=60)
def test_one_more_like_of_its_like_moves_nothing_down(judged: list[tuple[Traits, MatchState]], traits: Traits) -> None:
    before, after = shift(taste_of(judged), traits), shift(taste_of([(traits, LIKED), *judged]), traits)

    assert after.points >= before.points


@given(_ANY_VERDICTS, _ANY_TRAITS)
@settings(max_examples=60)
def test_one_more_dislike_of_its_like_moves_nothing_up(judged: list[tuple[Traits, MatchState]], traits: Traits) -> None:
    before, after = shift(taste_of(judged), traits), shift(taste_of([(traits, DISLIKED), *judged]), traits)

    assert after.points <= before.points


def test_the_worths_of_all_traits_make_the_furthest() -> None:
    assert sum(WORTH.values()) == FURTHEST
    assert WORTH.keys() == set(Trait)


def test_who_always_likes_the_same_has_it_moved_the_furthest() -> None:
    whole = traits_of(a_vacancy(), MEASURES)

    points = [shift(taste_of([(whole, LIKED)] * count), whole).points for count in (1, 3, 7, 100)]
    assert points == [3, 6, 8, 8]
    assert shift(taste_of([(whole, DISLIKED)] * 13), whole).points == -FURTHEST


def test_an_application_weighs_more_than_a_like_and_a_hidden_employer_less_than_a_dislike() -> None:
    taste = {
        state: taste_of([(_traits(asks=_asked("Python")), state)]).odds[Trait.SKILLS, "Python"]
        for state in (APPLIED, LIKED, HIDDEN, DISLIKED)
    }

    assert taste[APPLIED] > taste[LIKED] > 0 > taste[HIDDEN] > taste[DISLIKED]


def test_a_hidden_employer_is_withheld_and_not_moved_besides() -> None:
    taste = taste_of([(_traits(company="Вымысел", work_format=WorkFormat.FIELD), HIDDEN)])

    assert taste.odds.keys() == {(Trait.FORMAT, "field")}


def test_what_was_liked_as_often_as_not_moves_nothing() -> None:
    traits = _traits(work_format=WorkFormat.OFFICE)

    assert shift(taste_of([(traits, LIKED), (traits, DISLIKED)]), traits) == UNMOVED


def test_of_many_skills_asked_each_has_its_part() -> None:
    taste = taste_of([(_traits(asks=_asked("Python")), LIKED)] * 13)

    assert shift(taste, _traits(asks=_asked("Python"))).points == 2
    assert shift(taste, _traits(asks=_asked("Python", "Docker"))).points == 1
    assert shift(taste, _traits(asks=_asked("Docker"))) == UNMOVED


def test_a_shift_names_the_skills_that_made_it_the_strongest_first() -> None:
    judged = [
        *[(_traits(asks=_asked("Docker", "Redis", "SQL", "Python")), LIKED)] * 6,
        *[(_traits(asks=_asked("Docker")), LIKED)] * 6,
        *[(_traits(asks=_asked("Excel")), DISLIKED)] * 2,
    ]

    moved = shift(taste_of(judged), _traits(asks=_asked("Excel", "Python", "SQL", "Redis", "Docker")))
    assert moved.reason == Reason(code="liked_skills", data={"names": ["Docker", "Python", "Redis"]})

    away = shift(taste_of([*judged, *judged[-2:] * 6]), _traits(asks=_asked("Excel", "Apache Kafka")))
    assert away.reason == Reason(code="passed_skills", data={"names": ["Excel"]})


@pytest.mark.parametrize(
    ("told", "code", "data"),
    [
        ({"title": "Водитель"}, "role", {"title": "Водитель"}),
        ({"company": "ООО «Вымысел»"}, "employer", {"company": "ООО «Вымысел»"}),
        ({"work_format": WorkFormat.REMOTE}, "format", {"format": "remote"}),
        ({"area": "Казань"}, "area", {"area": "Казань"}),
        ({"salary": SalaryRange(to=Decimal(90_000))}, "pay", {"least": 60_000, "most": 100_000}),
        ({"salary": SalaryRange(to=Decimal(900_000))}, "pay", {"least": 400_000, "most": 0}),
    ],
)
def test_a_shift_is_explained_by_the_trait_that_made_it(
    told: dict[str, Any], code: str, data: Mapping[str, object]
) -> None:
    traits = _traits(**told)

    for state, way in ((LIKED, "liked"), (DISLIKED, "passed")):
        assert shift(taste_of([(traits, state)] * 13), traits).reason == Reason(code=f"{way}_{code}", data=data)


def test_a_shift_may_come_from_the_experience_asked() -> None:
    judged = _traits(experience=ExperienceAsked(least=3), work_format=WorkFormat.REMOTE)
    against = _traits(work_format=WorkFormat.REMOTE)

    moved = shift(taste_of([*[(judged, LIKED)] * 13, *[(against, DISLIKED)] * 13]), judged)

    # Half a point is rounded to the even number: nothing. With a little more of anything it moves.
    assert moved == UNMOVED
    helped = _traits(experience=ExperienceAsked(least=3), area="Казань")
    assert shift(taste_of([*[(judged, LIKED)] * 13, (_traits(area="Казань"), LIKED)]), helped).reason == Reason(
        code="liked_experience", data={"least": 3, "most": 6}
    )


def test_a_role_is_shown_by_the_title_judged_last() -> None:
    drivers = [(_traits(title="Водитель погрузчика"), LIKED), (_traits(title="Водитель"), LIKED)]
    passed = [(_traits(title="Водитель такси"), DISLIKED)]

    moved = shift(taste_of([*passed, *drivers * 6]), _traits(title="Водитель автобуса"))

    assert moved.reason == Reason(code="liked_role", data={"title": "Водитель погрузчика"})


def test_what_moves_one_way_most_is_named_even_where_something_moves_the_other_way() -> None:
    remote, driver = _traits(work_format=WorkFormat.REMOTE), _traits(title="Водитель")

    taste = taste_of([*[(driver, LIKED)] * 13, *[(remote, DISLIKED)] * 3])
    moved = shift(taste, _traits(title="Водитель", work_format=WorkFormat.REMOTE))

    assert (moved.points, moved.reason) == (1, Reason(code="liked_role", data={"title": "Водитель"}))
