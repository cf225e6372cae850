"""Forms and edits: what a person says of themselves counts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from domain.errors import Invalid, NotFound, Stale
from domain.resumes.content import Contact, Language, LanguageLevel, Money, ResumeContent
from domain.resumes.resume import ResumeSource
from tests.builders import ANNA, BORIS, a_resume_content
from tests.domain.product import Product

PARSED = b"%PDF first"


def test_a_form_becomes_the_current_résumé(product: Product) -> None:
    product.welcome()

    saved = product.application.submit_resume(telegram_id=ANNA, content=a_resume_content())

    assert saved.new
    assert saved.value == product.application.show_resume(telegram_id=ANNA)
    assert saved.value.content == a_resume_content()
    assert saved.value.revision.source is ResumeSource.MANUAL


def test_the_same_content_makes_no_new_revision(product: Product) -> None:
    first = product.welcome_with_resume()

    again = product.application.submit_resume(telegram_id=ANNA, content=a_resume_content())

    assert not again.new
    assert again.value == first
    assert product.application.list_revisions(telegram_id=ANNA, limit=10, offset=0).total == 1


def test_other_content_makes_a_new_revision(product: Product) -> None:
    first = product.welcome_with_resume()

    second = product.application.submit_resume(telegram_id=ANNA, content=a_resume_content(region="Москва"))

    assert second.new
    assert second.value.version != first.version
    assert second.value.revision.submission > first.revision.submission
    assert product.current().region == "Москва"


def test_going_back_to_an_earlier_content_makes_a_new_revision(product: Product) -> None:
    product.welcome_with_resume()
    product.submit(region="Москва")

    product.submit()

    assert product.current() == a_resume_content()
    assert product.application.list_revisions(telegram_id=ANNA, limit=10, offset=0).total == 3


def test_nobody_unknown_has_or_gives_a_résumé(product: Product) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        product.application.submit_resume(telegram_id=ANNA, content=a_resume_content())
    with pytest.raises(NotFound, match="user_not_found"):
        product.application.show_resume(telegram_id=ANNA)
    with pytest.raises(NotFound, match="user_not_found"):
        product.application.list_revisions(telegram_id=ANNA, limit=10, offset=0)
    with pytest.raises(NotFound, match="user_not_found"):
        product.application.edit_resume(telegram_id=ANNA, version="", patch={})


def test_who_gave_no_résumé_has_none_to_see_or_edit(product: Product) -> None:
    product.welcome()

    with pytest.raises(NotFound, match="resume_not_found"):
        product.application.show_resume(telegram_id=ANNA)
    with pytest.raises(NotFound, match="resume_not_found"):
        product.application.edit_resume(telegram_id=ANNA, version="", patch={})
    assert product.application.list_revisions(telegram_id=ANNA, limit=10, offset=0).items == []


def test_revisions_come_in_pages_the_last_submitted_first(product: Product) -> None:
    product.welcome_with_resume()
    product.submit(region="Москва")
    product.edit(region="Химки")
    product.welcome_with_resume(BORIS)

    page = product.application.list_revisions(telegram_id=ANNA, limit=2, offset=0)
    rest = product.application.list_revisions(telegram_id=ANNA, limit=2, offset=2)

    assert [revision.content.region for revision in page.items] == ["Химки", "Москва"]
    assert [revision.content.region for revision in rest.items] == [a_resume_content().region]
    assert page.total == rest.total == 3


def test_an_edit_is_a_revision_of_its_own_and_the_form_stays(product: Product) -> None:
    form = product.welcome_with_resume()

    edited = product.edit(region="Москва")

    assert edited.content == a_resume_content(region="Москва")
    assert edited.revision.source is ResumeSource.EDITED
    assert edited.revision.content == edited.content
    assert edited.base == form.revision
    assert edited.version != form.version


def test_an_edit_of_what_is_no_longer_current_is_refused(product: Product) -> None:
    version = product.welcome_with_resume().version
    product.edit(region="Москва")

    with pytest.raises(Stale, match="stale_resume"):
        product.application.edit_resume(telegram_id=ANNA, version=version, patch={"region": "Химки"})

    assert product.current().region == "Москва"


def test_the_version_changes_with_every_revision_that_counts(product: Product) -> None:
    versions = [product.welcome_with_resume().version]
    versions.append(product.edit(region="Москва").version)
    versions.append(product.edit(denied=["Python"]).version)
    product.parse(product.send(PARSED))
    versions.append(product.application.show_resume(telegram_id=ANNA).version)
    versions.append(product.submit(region="Химки").version)

    assert len(set(versions)) == len(versions)


def test_null_clears_a_field_back_to_its_silence(product: Product) -> None:
    product.welcome_with_resume()

    cleared = product.edit(
        summary=None, salary=None, contact=None, languages=None, skills=None, years_experience=None
    ).content

    silence = ResumeContent()
    for field in ("summary", "salary", "contact", "languages", "skills", "years_experience"):
        assert getattr(cleared, field) == getattr(silence, field)
    assert cleared.desired_position == a_resume_content().desired_position


def test_a_part_of_the_contact_block_may_be_patched(product: Product) -> None:
    product.welcome_with_resume()

    contact = product.edit(contact={"city": "Москва", "middle_name": None}).content.contact

    assert contact == Contact(
        first_name="Анна",
        last_name="Вымышленная",
        email="anna@example.ru",
        phone="+79000000001",
        city="Москва",
        hh_profile_url="https://hh.ru/resume/0123456789abcdef0123456789abcdef012345",
    )


def test_a_part_of_the_salary_may_be_patched(product: Product) -> None:
    product.welcome_with_resume()

    assert product.edit(salary={"currency": "USD"}).content.salary == Money(amount=Decimal("250000.50"), currency="USD")
    assert product.edit(salary={"amount": Decimal(900)}).content.salary == Money(amount=Decimal(900), currency="USD")


def test_a_salary_not_told_before_must_be_told_whole(product: Product) -> None:
    product.welcome_with_resume(salary=None)

    for part, missing in (
        ({"amount": Decimal(1)}, "currency"),
        ({"currency": "RUB"}, "amount"),
        ({"amount": Decimal(1), "currency": None}, "currency"),
    ):
        with pytest.raises(Invalid) as caught:
            product.edit(salary=part)
        assert caught.value.errors == {f"salary.{missing}": ["required"]}

    assert product.edit(salary={}).content.salary is None
    whole = product.edit(salary={"amount": Decimal(1), "currency": "RUB"}).content.salary
    assert whole == Money(amount=Decimal(1), currency="RUB")


@pytest.mark.parametrize("part", [{"currency": None}, {"amount": None}])
def test_a_salary_cannot_lose_a_half_of_itself(product: Product, part: dict[str, Any]) -> None:
    product.welcome_with_resume()

    with pytest.raises(Invalid):
        product.edit(salary=part)

    assert product.current() == a_resume_content()


def test_a_salary_that_loses_both_halves_is_cleared(product: Product) -> None:
    product.welcome_with_resume()

    assert product.edit(salary={"amount": None, "currency": None}).content.salary is None


def test_a_list_is_replaced_whole(product: Product) -> None:
    product.welcome_with_resume()
    german = (Language(name="German", level=LanguageLevel.B1),)

    assert product.edit(languages=german).content.languages == german
    assert product.edit(experience=()).content.experience == ()


def test_a_list_of_skills_is_replaced_whole(product: Product) -> None:
    product.welcome_with_resume(skills=("Python", "SQL"))

    assert product.edit(skills=("SQL", "Redis")).content.skills == ("SQL", "Redis")
    assert product.edit(skills=("redis", "SQL")).content.skills == ("redis", "SQL")


def test_a_field_not_patched_stays(product: Product) -> None:
    product.welcome_with_resume()

    assert product.edit().content == a_resume_content()
