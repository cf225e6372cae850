"""Profiles: created, updated, erased, exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.errors import Invalid, NotFound, Unavailable
from domain.identifiers import TelegramId
from domain.resumes.content import ResumeContent
from domain.search.match import Verdict
from domain.users.use_cases import REQUIRED
from domain.users.user import Consent
from tests.builders import ANNA, BORIS, NOW, a_user, a_vacancy
from tests.domain.product import Product, a_product

FIELDS: dict[str, Any] = {
    "first_name": "Анна",
    "last_name": "Вымышленная",
    "age": 29,
    "city": "Казань",
    "email": "anna@example.ru",
    "phone": "+79000000001",
}


def test_a_new_person_is_created(product: Product) -> None:
    saved = product.application.save_user(telegram_id=ANNA, fields=FIELDS)

    assert saved.new
    assert saved.value == a_user(hh_profile_url=None, consent=None)
    assert product.application.show_user(telegram_id=ANNA) == saved.value


def test_texts_are_trimmed_and_the_phone_is_written_in_full(product: Product) -> None:
    fields = FIELDS | {"first_name": "  Анна ", "email": " anna@example.ru\n", "phone": "8 (900) 000-00-01"}

    assert product.application.save_user(telegram_id=ANNA, fields=fields).value.first_name == "Анна"
    assert product.application.show_user(telegram_id=ANNA).email == "anna@example.ru"
    assert product.application.show_user(telegram_id=ANNA).phone == "+79000000001"


@pytest.mark.parametrize("field", REQUIRED)
def test_a_new_person_must_give_every_required_field(product: Product, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        product.application.save_user(telegram_id=ANNA, fields={k: v for k, v in FIELDS.items() if k != field})

    assert caught.value.errors == {field: ["required"]}
    with pytest.raises(NotFound, match="user_not_found"):
        product.application.show_user(telegram_id=ANNA)


def test_a_bad_profile_is_not_kept(product: Product) -> None:
    with pytest.raises(Invalid):
        product.application.save_user(telegram_id=ANNA, fields=FIELDS | {"age": 5})

    with pytest.raises(NotFound, match="user_not_found"):
        product.application.show_user(telegram_id=ANNA)


def test_an_update_changes_the_fields_sent_and_no_others(product: Product) -> None:
    product.welcome(ANNA)
    product.clock.forward(timedelta(days=1))

    saved = product.application.save_user(telegram_id=ANNA, fields={"city": "Москва", "hh_profile_url": None})

    assert not saved.new
    assert saved.value == a_user(city="Москва", hh_profile_url=None, updated_at=NOW + timedelta(days=1))
    assert product.application.show_user(telegram_id=ANNA) == saved.value


def test_a_bad_update_changes_nothing(product: Product) -> None:
    product.welcome(ANNA)

    with pytest.raises(Invalid):
        product.application.save_user(telegram_id=ANNA, fields={"city": "Москва", "age": 5})

    assert product.application.show_user(telegram_id=ANNA) == a_user()


def test_consent_is_kept_with_its_version_and_time(product: Product) -> None:
    saved = product.application.save_user(telegram_id=ANNA, fields=FIELDS, consent_version="2026-02")

    assert saved.value.consent == Consent(version="2026-02", at=NOW)


def test_an_update_without_consent_keeps_the_one_given(product: Product) -> None:
    product.welcome(ANNA)
    product.clock.forward(timedelta(days=1))

    assert product.application.save_user(telegram_id=ANNA, fields={"age": 30}).value.consent == a_user().consent
    renewed = product.application.save_user(telegram_id=ANNA, fields={}, consent_version="2026-03").value
    assert renewed.consent == Consent(version="2026-03", at=NOW + timedelta(days=1))


@pytest.mark.parametrize("version", [None, "2025-01"])
def test_a_new_person_must_agree_to_the_present_terms_where_that_is_required(version: str | None) -> None:
    product = a_product(consent_required="2026-02")

    with pytest.raises(Invalid) as caught:
        product.application.save_user(telegram_id=ANNA, fields={"age": 29}, consent_version=version)

    assert caught.value.errors["consent_version"] == ["consent_required"]
    assert caught.value.errors["phone"] == ["required"]


def test_a_new_person_who_agrees_is_let_in() -> None:
    product = a_product(consent_required="2026-02")

    assert product.application.save_user(telegram_id=ANNA, fields=FIELDS, consent_version="2026-02").new


def test_nobody_is_shown_or_erased_who_is_not_there(product: Product) -> None:
    for ask in (product.application.show_user, product.application.erase_user, product.application.export_user):
        with pytest.raises(NotFound, match="user_not_found"):
            ask(telegram_id=TelegramId(1))


def _with_everything(product: Product, telegram_id: TelegramId) -> None:
    product.welcome_with_resume(telegram_id)
    content = b"%PDF of " + str(telegram_id).encode()
    product.reader.says[content] = ResumeContent(desired_position="Разработчик Python")
    product.parse(product.send(content, telegram_id))
    product.search(telegram_id)
    card = product.next(telegram_id=telegram_id)
    product.application.judge_vacancy(telegram_id=telegram_id, vacancy_id=card.vacancy.id, verdict=Verdict.LIKE)


def test_an_export_holds_everything_of_the_person_and_nothing_of_others(product: Product) -> None:
    product.keep(a_vacancy(), a_vacancy(id="internal-2", title="Водитель"))
    for person in (ANNA, BORIS):
        _with_everything(product, person)

    export = product.application.export_user(telegram_id=ANNA)

    assert export.user.telegram_id == ANNA
    assert [resume.source for resume in export.resumes] == ["manual", "file"]
    assert len(export.uploads) == len(export.search_runs) == 1
    assert export.files == {export.uploads[0].id: b"%PDF of " + str(ANNA).encode()}
    assert len(export.matches) == 2
    assert {each.telegram_id for each in export.resumes} == {ANNA}
    assert {each.telegram_id for each in export.uploads} == {ANNA}
    assert {each.telegram_id for each in export.search_runs} == {ANNA}
    assert {each.telegram_id for each in export.matches} == {ANNA}


def test_an_export_leaves_out_files_no_longer_kept(product: Product) -> None:
    product.keep(a_vacancy())
    _with_everything(product, ANNA)
    product.clock.forward(timedelta(days=100))
    product.application.drop_old_files()

    export = product.application.export_user(telegram_id=ANNA)

    assert export.files == {}
    assert len(export.uploads) == 1


def test_erasing_removes_everything_of_the_person_and_nothing_of_others(product: Product) -> None:
    product.keep(a_vacancy())
    for person in (ANNA, BORIS):
        _with_everything(product, person)
    before = product.application.export_user(telegram_id=BORIS)

    product.application.erase_user(telegram_id=ANNA)

    with pytest.raises(NotFound, match="user_not_found"):
        product.application.show_user(telegram_id=ANNA)
    assert product.application.export_user(telegram_id=BORIS) == before
    product.welcome(ANNA)
    export = product.application.export_user(telegram_id=ANNA)
    assert (*export.resumes, *export.uploads, *export.search_runs, *export.matches) == ()
    assert export.files == {}


@dataclass
class Watched:
    """Notes who was in the store when an erasure was noted; or fails, where it is told to."""

    product: Product
    error: Exception | None = None
    seen: list[TelegramId] = field(default_factory=list)

    def note(self, telegram_id: TelegramId) -> None:
        if self.error is not None:
            raise self.error
        self.seen.append(self.product.application.show_user(telegram_id=telegram_id).telegram_id)


def test_an_erasure_is_noted_outside_the_store_before_it_happens(product: Product) -> None:
    product.welcome(ANNA)
    watched = Watched(product)

    replace(product.application.erase_user, erasures=watched)(telegram_id=ANNA)

    assert watched.seen == [ANNA]
    assert people(product) == []


def test_what_the_process_remembers_of_peoples_words_is_forgotten_with_a_person(product: Product) -> None:
    product.welcome()

    product.application.erase_user(telegram_id=ANNA)

    assert product.encoder.forgot == 1


def test_nobody_is_erased_whose_erasure_cannot_be_noted(product: Product) -> None:
    product.welcome(ANNA)
    unable = Watched(product, Unavailable("erasures_unavailable"))

    with pytest.raises(Unavailable, match="erasures_unavailable"):
        replace(product.application.erase_user, erasures=unable)(telegram_id=ANNA)

    assert people(product) == [ANNA]


def test_an_erasure_of_nobody_is_not_noted(product: Product) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        product.application.erase_user(telegram_id=ANNA)

    assert product.erasures.people == []


def people(product: Product) -> Sequence[TelegramId]:
    with product.store() as tx:
        return tx.users.all_ids()


def _pseudonyms_of(telegram_id: TelegramId) -> frozenset[str]:
    return frozenset({f"new-{telegram_id}", f"old-{telegram_id}"})


def _erase_again(product: Product, *pseudonyms: str, at: datetime = NOW, pretend: bool = False) -> int:
    return product.application.erase_again(
        erased=dict.fromkeys(pseudonyms, at), pseudonyms_of=_pseudonyms_of, pretend=pretend
    )


def test_those_erased_before_a_restore_are_erased_again(product: Product) -> None:
    product.welcome(ANNA)
    product.welcome(BORIS)

    count = _erase_again(product, "old-999", f"old-{ANNA}")

    assert count == 1
    assert people(product) == [BORIS]
    assert product.erasures.people == [ANNA]


def test_pretending_erases_nobody(product: Product) -> None:
    product.welcome(ANNA)

    count = _erase_again(product, f"new-{ANNA}", pretend=True)

    assert count == 1
    assert people(product) == [ANNA]


def test_who_registered_anew_after_the_last_erasure_stays(product: Product) -> None:
    product.welcome(ANNA)
    product.welcome(BORIS, created_at=NOW + timedelta(seconds=1))
    last = {f"old-{person}": NOW - timedelta(days=1) for person in (ANNA, BORIS)}

    count = product.application.erase_again(
        erased=last | {f"new-{ANNA}": NOW, f"new-{BORIS}": NOW}, pseudonyms_of=_pseudonyms_of
    )

    assert count == 1
    assert people(product) == [BORIS]


def test_whoever_is_erased_by_somebody_else_meanwhile_is_passed_over(product: Product) -> None:
    product.welcome(ANNA)
    product.welcome(BORIS)

    class Quicker:
        """Erases everybody else as soon as one is about to be erased."""

        def note(self, telegram_id: TelegramId) -> None:
            for other in {ANNA, BORIS} - {telegram_id}:
                product.application.erase_user(telegram_id=other)

    again = product.application.erase_again
    again = replace(again, erase_user=replace(again.erase_user, erasures=Quicker()))
    count = again(erased={f"new-{ANNA}": NOW, f"new-{BORIS}": NOW}, pseudonyms_of=_pseudonyms_of)

    assert count == 1
    assert people(product) == []
