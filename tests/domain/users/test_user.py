"""What makes a profile acceptable."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import Invalid
from domain.users.user import User, phone_number
from tests.builders import a_user


def _wrong(**changes: Any) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as caught:
        a_user(**changes)
    return caught.value.errors


@pytest.mark.parametrize("telegram_id", [1, 2**63 - 1])
def test_a_telegram_id_is_any_positive_number_of_63_bits(telegram_id: int) -> None:
    assert a_user(telegram_id=telegram_id).telegram_id == telegram_id


@pytest.mark.parametrize("telegram_id", [0, -1, 2**63])
def test_a_telegram_id_out_of_range_is_refused(telegram_id: int) -> None:
    assert _wrong(telegram_id=telegram_id) == {"telegram_id": ["out_of_range"]}


@pytest.mark.parametrize("field", ["first_name", "last_name", "city"])
@pytest.mark.parametrize("text", ["", "   ", "ы" * 101])
def test_an_empty_or_endless_name_is_refused(field: str, text: str) -> None:
    assert _wrong(**{field: text}) == {field: ["bad_length"]}


@pytest.mark.parametrize("field", ["first_name", "last_name", "city"])
@pytest.mark.parametrize("text", ["Я", "ы" * 100])
def test_a_name_has_one_to_a_hundred_letters(field: str, text: str) -> None:
    assert getattr(a_user(**{field: text}), field) == text


@pytest.mark.parametrize("age", [14, 100])
def test_people_of_14_to_100_are_served(age: int) -> None:
    assert a_user(age=age).age == age


@pytest.mark.parametrize("age", [13, 101, -5])
def test_an_age_out_of_range_is_refused(age: int) -> None:
    assert _wrong(age=age) == {"age": ["out_of_range"]}


@pytest.mark.parametrize("email", ["anna@example.ru", "a.b+c@mail.example.org", "почта@пример.рф", "a@b.co"])
def test_an_email_is_accepted(email: str) -> None:
    assert a_user(email=email).email == email


@pytest.mark.parametrize(
    "email",
    [
        "",
        "anna",
        "anna@",
        "@example.ru",
        "anna@example",
        "an na@example.ru",
        "anna@@example.ru",
        "anna@.ru",
        "anna@example..ru",
        "anna@example.ru\n",
        "anna@example.r",
        "a" * 65 + "@example.ru",
        "a@" + "b" * 62 + "." + ("c" * 62 + ".") * 3 + "ru",
    ],
)
def test_what_is_no_email_is_refused(email: str) -> None:
    assert _wrong(email=email) == {"email": ["not_an_email"]}


@pytest.mark.parametrize("phone", ["+79000000001", "+77000000001", "+375290000001", "+1200000", "+123456789012345"])
def test_a_phone_is_e164(phone: str) -> None:
    assert a_user(phone=phone).phone == phone


@pytest.mark.parametrize(
    "phone",
    [
        "",
        "79000000001",
        "+09000000001",
        "+7900000000x",
        "+7 900 000-00-01",
        "+120000",
        "+1234567890123456",
        "+79000000001\n",
        "+7٩000000001",
    ],
)
def test_what_is_no_e164_phone_is_refused(phone: str) -> None:
    assert _wrong(phone=phone) == {"phone": ["not_a_phone"]}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+7 (900) 000-00-01", "+79000000001"),
        ("8 900 000-00-01", "+79000000001"),
        ("8(900)0000001", "+79000000001"),
        ("8.900.000.00.01", "+79000000001"),
        ("+375 29 000-00-01", "+375290000001"),
        # As Telegram sends a contact, and as people write a mobile number.
        ("79000000001", "+79000000001"),
        ("375290000001", "+375290000001"),
        ("900 000-00-01", "+79000000001"),
        ("8 900 000", "8900000"),
        ("+8 900 000 00 01", "+89000000001"),
    ],
)
def test_a_phone_number_is_stripped_of_its_ornaments(written: str, number: str) -> None:
    assert phone_number(written) == number


@pytest.mark.parametrize(
    "url",
    [
        "https://hh.ru/resume/0123abcd",
        "https://kazan.hh.ru/resume/0123abcd?from=share",
        "https://HH.RU/resume/1",
        "https://hh.kz/resume/1",
        "https://hh.uz/resume/1",
        "https://headhunter.ge/resume/1",
        "https://headhunter.kg/resume/1",
        "https://rabota.by/resume/1",
        "https://hh1.az/resume/1",
        None,
    ],
)
def test_a_profile_at_hh_is_accepted(url: str | None) -> None:
    assert a_user(hh_profile_url=url).hh_profile_url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hh.ru/resume/1",
        "http://hh.ru/resume/1",
        "javascript://hh.ru/%0aalert(1)",
        "ftp://hh.ru/resume/1",
        "https:///resume/1",
        "https://hh.ru.evil.example/resume/1",
        "https://hh.ru.evil.com",
        "https://evilhh.ru/resume/1",
        "https://evil.example/hh.ru",
        "https://evil.example#.hh.ru",
        "https://evil.example?.hh.ru",
        "https://hh.ru@evil.example/resume/1",
        "https://anna@hh.ru/resume/1",
        "https://anna:secret@hh.ru/resume/1",
        "https://hh.ru:8443/resume/1",
        "https://hh.ru:port/resume/1",
        "https://[hh.ru/resume/1",
        "https://hh.ru/" + "1" * 500,
    ],
)
def test_what_is_no_profile_at_hh_is_refused(url: str) -> None:
    assert _wrong(hh_profile_url=url) == {"hh_profile_url": ["not_an_hh_url"]}


@pytest.mark.parametrize(
    "url", ["https://evil.example\\.hh.ru/resume/1", "https://hh.\nru/resume/1", "https://hh.ru/resume 1"]
)
def test_an_address_that_a_browser_reads_otherwise_than_we_do_is_refused(url: str) -> None:
    assert _wrong(hh_profile_url=url) == {"hh_profile_url": ["not_an_hh_url"]}


def test_everything_wrong_is_told_at_once() -> None:
    errors = _wrong(telegram_id=0, first_name="", age=0, email="x", phone="x", hh_profile_url="x")

    assert errors.keys() == {"telegram_id", "first_name", "age", "email", "phone", "hh_profile_url"}


def test_a_profile_cannot_be_changed_in_place() -> None:
    user: Any = a_user()

    with pytest.raises(AttributeError):
        user.age = 30

    assert isinstance(user, User)
