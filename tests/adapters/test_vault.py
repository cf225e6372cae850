"""What is sealed opens again, and only with the right key."""

from __future__ import annotations

import pytest

from adapters.vault import CannotOpen, Vault

OLD, NEW = "an old key of the operator's", "a new key of the operator's"


def test_what_was_sealed_opens_again() -> None:
    vault = Vault([NEW])

    assert vault.open(vault.seal("Ключ, token")) == "Ключ, token"


def test_the_secret_does_not_show_and_the_same_secret_is_sealed_differently_each_time() -> None:
    vault = Vault([NEW])

    sealed = {vault.seal("token") for _ in range(3)}

    assert len(sealed) == 3
    assert not any("token" in each for each in sealed)


def test_every_key_opens_and_the_first_one_seals() -> None:
    rotating = Vault([NEW, OLD])

    assert rotating.open(Vault([OLD]).seal("token")) == "token"
    assert Vault([NEW]).open(rotating.seal("token")) == "token"


def test_what_is_sealed_anew_needs_the_old_key_no_longer() -> None:
    sealed = Vault([OLD]).seal("token")

    assert Vault([NEW]).open(Vault([NEW, OLD]).seal_anew(sealed)) == "token"


@pytest.mark.parametrize(
    "sealed",
    [Vault([OLD]).seal("token"), "", "no seal", "щ", Vault([NEW]).seal("token")[:-4]],
    ids=["by another key", "empty", "no seal", "another script", "cut off"],
)
def test_what_cannot_be_opened_says_so_and_nothing_else(sealed: str) -> None:
    with pytest.raises(CannotOpen) as caught:
        Vault([NEW]).open(sealed)

    assert str(caught.value) == ""


def test_a_signature_holds_for_its_text_alone() -> None:
    vault = Vault([NEW])
    signature = vault.signature("state")

    assert vault.is_signature(signature, "state")
    assert not vault.is_signature(signature, "another state")
    assert not vault.is_signature("", "state")
    assert not vault.is_signature("щ", "state")
    assert not Vault([OLD]).is_signature(signature, "state")


def test_signatures_of_an_old_key_still_hold_while_it_is_given() -> None:
    assert Vault([NEW, OLD]).is_signature(Vault([OLD]).signature("state"), "state")
