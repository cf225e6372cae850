"""Addresses on hh.ru."""

from __future__ import annotations

import pytest

from domain.users.hh_urls import without_query


@pytest.mark.parametrize("tail", ["", "?query=Python&from=share", "#experience", "?a=1#b", "?a=b?c"])
def test_what_stands_behind_the_path_is_left_out(tail: str) -> None:
    assert without_query(f"https://hh.ru/resume/0123{tail}") == "https://hh.ru/resume/0123"
