"""Which words of a text stand together."""

from __future__ import annotations

import pytest

from domain.resumes.evidence.wording import Wording
from tests.domain.instruments import MEASURES


class _CutAtFour:
    """Takes the first four letters of a word for its stem, of those that it knows."""

    def stems(self, text: str) -> tuple[str, ...]:
        return tuple(word if word == "traising" else word[:4] for word in MEASURES.stems.stems(text))


@pytest.mark.parametrize(
    ("text", "slack", "holds"),
    [
        ("рыжий кот", 0, True),
        ("кот рыжий", 0, True),
        ("Это рыжий кот сидит", 0, True),
        ("кот был рыжий", 0, False),
        ("кот был рыжий", 1, True),
        ("кот, рыжий", 1, False),
        ("Был кот. Рыжий пёс", 1, False),
        ("кот и кот", 1, False),
        ("кот и кот рыжий", 0, True),
    ],
)
def test_words_stand_together_in_any_order_within_a_clause(text: str, slack: int, holds: bool) -> None:
    assert Wording(text, stems=MEASURES.stems).holds(("рыжий", "кот"), slack=slack) is holds


def test_words_that_stand_in_very_many_places_are_not_looked_for_any_further() -> None:
    found = [Wording("Рыжий. Кот. " * many + "Рыжий кот", stems=MEASURES.stems) for many in (199, 200)]

    assert [each.holds(("рыжий", "кот"), slack=0) for each in found] == [True, False]


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("Trained new colleagues", True),
        ("Training", True),
        ("Training trainers", True),
        ("The train was late", False),
        ("Restrained", False),
        ("The train, traising", False),
        ("", False),
    ],
)
def test_somebody_does_what_a_word_means_by_forms_of_doing_alone(text: str, does: bool) -> None:
    assert Wording(text, stems=_CutAtFour()).does("trai") is does
