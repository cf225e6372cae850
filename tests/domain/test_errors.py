"""The two kinds of failure and their codes."""

from __future__ import annotations

import pytest

from domain.errors import Conflict, DomainError, Invalid, NotFound, Refused, Stale, Unavailable


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (DomainError, "error"),
        (Refused, "refused"),
        (Unavailable, "unavailable"),
        (NotFound, "not_found"),
        (Conflict, "conflict"),
        (Stale, "stale"),
    ],
)
def test_an_error_without_a_code_of_its_own_says_its_kind(kind: type[DomainError], code: str) -> None:
    assert kind().code == code


def test_an_error_carries_its_code_and_what_its_wording_needs() -> None:
    error = Refused("file_too_large", megabytes=10)

    assert error.code == str(error) == "file_too_large"
    assert error.data == {"megabytes": 10}


@pytest.mark.parametrize("kind", [NotFound, Conflict, Stale])
def test_what_never_heals_is_refused(kind: type[DomainError]) -> None:
    assert issubclass(kind, Refused)
    assert not issubclass(kind, Unavailable)


def test_what_may_heal_is_not_refused() -> None:
    assert not issubclass(Unavailable, Refused)


def test_an_invalid_thing_names_the_fields_and_keeps_its_own_copy_of_them() -> None:
    codes = ["required"]
    error = Invalid({"age": codes})

    codes.append("later")

    assert error.code == "invalid"
    assert error.errors == {"age": ["required"]}
    assert isinstance(error, Refused)
