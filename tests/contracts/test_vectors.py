"""Vectors of vacancies, in every store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.memory.outside import FixedClock
from domain.identifiers import VacancyId
from domain.matching.vectors import Embedding
from domain.transactions import Transaction, Transactions
from domain.vacancies.embedding import EmbedVacancies
from domain.vacancies.vacancy import UNSEEN_MEANS_CLOSED, Vacancy
from tests.builders import NOW, a_vacancy
from tests.contracts.threads import at_once
from tests.domain.nearby import LetterEncoder

MODEL, OTHER = "letters-1", "letters-2"
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def _vacancy(name: str, **changes: Any) -> Vacancy:
    return a_vacancy(id=VacancyId(f"internal-{name}"), **changes)


def _save(store: Transactions, *vacancies: Vacancy) -> None:
    with store() as tx:
        tx.vacancies.save(vacancies)


def _made(story: str, title: str = "title") -> Embedding:
    return Embedding(
        story_key=b"k" + story.encode(), story=story.encode(), title_key=b"k" + title.encode(), title=title.encode()
    )


def _embed(store: Transactions, *vacancies: Vacancy, model: str = MODEL, at: datetime = NOW) -> int:
    """Keep each vacancy's id as the vector of its story."""
    with store() as tx:
        return tx.vectors.embed_unchanged([(each, _made(each.id)) for each in vacancies], model=model, at=at)


def _unembedded(store: Transactions, *, model: str = MODEL, limit: int = 100) -> Sequence[str]:
    with store() as tx:
        found = [each.id.removeprefix("internal-") for each in tx.vectors.unembedded(model=model, at=NOW, limit=limit)]
        assert tx.vectors.waiting(model=model, at=NOW) >= len(found)
        return found


def _stories(store: Transactions, **asked: Any) -> Sequence[str]:
    """Return whose stories there are; each one's vector must be its own."""
    with store() as tx:
        found = tx.vectors.stories(**{"model": MODEL, "at": NOW, "since": None, "after": None, "limit": 100, **asked})
    assert [each for each, vector in found if vector != each.encode()] == []
    return [each.removeprefix("internal-") for each, _ in found]


def _kept(store: Transactions, *keys: bytes) -> set[bytes]:
    with store() as tx:
        found = tx.vectors.among(keys)
    assert all(key == b"k" + vector for key, vector in found.items())
    return set(found)


def test_what_has_no_vectors_of_a_model_is_told_those_seen_last_first(transaction: Transactions) -> None:
    kept = [_vacancy(name, last_seen_at=NOW + number * SECOND) for number, name in enumerate("abc")]
    _save(transaction, *kept)
    _embed(transaction, kept[0])

    assert sorted(_unembedded(transaction)) == ["b", "c"]
    assert sorted(_unembedded(transaction, model=OTHER)) == ["a", "b", "c"]
    assert len(_unembedded(transaction, model=OTHER, limit=2)) == 2
    with transaction() as tx:
        assert tx.vectors.waiting(model=MODEL, at=NOW) == 2
        assert tx.vectors.waiting(model=OTHER, at=NOW) == 3
        assert tx.vectors.unembedded(model="a model before", at=NOW, limit=9)[0] in kept


def test_of_many_those_seen_long_ago_come_last(transaction: Transactions) -> None:
    _save(transaction, *(_vacancy(f"old{number}", last_seen_at=NOW - DAY) for number in range(20)))
    _save(transaction, *(_vacancy(f"new{number}") for number in range(10)))

    assert {name[:3] for name in _unembedded(transaction, limit=1)} == {"new"}


def test_vectors_are_kept_once_under_their_keys(transaction: Transactions) -> None:
    first, second = _vacancy("1"), _vacancy("2")
    _save(transaction, first, second)

    assert _embed(transaction, first, second) == 2

    assert _kept(transaction, b"kinternal-1", b"kinternal-2", b"ktitle", b"knobody") == {
        b"kinternal-1",
        b"kinternal-2",
        b"ktitle",
    }
    assert _kept(transaction) == set()
    assert _unembedded(transaction) == []
    assert _embed(transaction, first, second) == 0


def test_many_keys_are_looked_up_at_once(transaction: Transactions) -> None:
    many = [_vacancy(f"{number:04}") for number in range(1_100)]
    _save(transaction, *many)

    assert _embed(transaction, *many) == 1_100
    assert len(_kept(transaction, *(b"k" + each.id.encode() for each in many))) == 1_100


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Повар"},
        {"skills": ("Go",)},
        {"responsibilities": "Варить."},
        {"requirements": "Уметь варить."},
        # Its headings tell what is of the work: not the words alone count.
        {"description": "Обязанности:\nварить"},
    ],
)
def test_a_vacancy_reworded_is_unembedded_again_and_has_its_old_story_until_then(
    transaction: Transactions, changes: dict[str, Any]
) -> None:
    before = _vacancy("1", description="Обязанности: варить")
    _save(transaction, before)
    _embed(transaction, before)

    after = replace(before, **changes)
    _save(transaction, after)

    assert _unembedded(transaction) == ["1"]
    assert _stories(transaction) == ["1"]
    assert _embed(transaction, before) == 0
    assert _embed(transaction, after, at=NOW + SECOND) == 1
    assert _stories(transaction, since=NOW + SECOND) == ["1"]


def test_a_vacancy_that_is_seen_again_stays_embedded(transaction: Transactions) -> None:
    before = _vacancy("1")
    _save(transaction, before)
    _embed(transaction, before)

    _save(transaction, replace(before, last_seen_at=NOW + DAY, salary=None, area="Минск", asks=()))

    assert _unembedded(transaction) == []
    assert _stories(transaction) == ["1"]


def test_what_says_something_else_by_now_is_passed_over(transaction: Transactions) -> None:
    read = _vacancy("1")
    _save(transaction, replace(read, salary=None))

    assert _embed(transaction, read, _vacancy("unknown")) == 0

    assert _unembedded(transaction) == ["1"]
    assert _kept(transaction, b"kinternal-1", b"kinternal-unknown") == set()


def test_what_cannot_be_encoded_is_left_alone_until_it_is_reworded(transaction: Transactions) -> None:
    whole, bad, half = _vacancy("1"), _vacancy("2"), _vacancy("3")
    _save(transaction, whole, bad, half)
    _embed(transaction, bad, model=OTHER)
    untold = replace(_made(bad.id), story=b"")
    untitled = replace(_made(half.id, "2"), title=b"")

    with transaction() as tx:
        made = [(whole, _made(whole.id)), (bad, untold), (half, untitled)]
        assert tx.vectors.embed_unchanged(made, model=MODEL, at=NOW) == 1

    assert _unembedded(transaction) == []
    assert _stories(transaction) == ["1", "3"]
    assert _stories(transaction, model=OTHER) == []
    with transaction() as tx:
        # Who says the same need not try the text again.
        assert tx.vectors.among([untold.story_key, untitled.title_key]) == {
            untold.story_key: b"",
            untitled.title_key: b"",
        }
    _save(transaction, replace(bad, title="Повар"))
    assert _unembedded(transaction) == ["2"]


def test_the_embedded_ones_among_some_are_told(transaction: Transactions) -> None:
    one, other, bad = _vacancy("1"), _vacancy("2"), _vacancy("3")
    _save(transaction, one, other, bad)
    _embed(transaction, one)
    _embed(transaction, other, model=OTHER)
    with transaction() as tx:
        tx.vectors.embed_unchanged([(bad, replace(_made(bad.id), story=b"", title=b""))], model=MODEL, at=NOW)

    with transaction() as tx:
        assert tx.vectors.embedded([one.id, other.id, bad.id, VacancyId("internal-4")], model=MODEL) == {one.id, bad.id}
        assert tx.vectors.embedded([other.id], model=OTHER) == {other.id}
        assert tx.vectors.embedded([], model=MODEL) == set()


def test_another_model_takes_the_place_of_the_one_before(transaction: Transactions) -> None:
    one, other = _vacancy("1"), _vacancy("2")
    _save(transaction, one, other)
    _embed(transaction, one, other)

    assert _embed(transaction, one, model=OTHER) == 1

    assert _stories(transaction) == ["2"]
    assert _stories(transaction, model=OTHER) == ["1"]
    assert _unembedded(transaction) == ["1"]
    assert _unembedded(transaction, model=OTHER) == ["2"]


def test_stories_are_read_by_id_in_portions(transaction: Transactions) -> None:
    many = [_vacancy(name) for name in "dbac"]
    _save(transaction, *many)
    _embed(transaction, *many)

    assert _stories(transaction, limit=2) == ["a", "b"]
    assert _stories(transaction, limit=2, after=VacancyId("internal-b")) == ["c", "d"]
    assert _stories(transaction, after=VacancyId("internal-d")) == []


def test_stories_embedded_before_then_are_left_out(transaction: Transactions) -> None:
    early, late = _vacancy("early"), _vacancy("late")
    _save(transaction, early, late)
    _embed(transaction, early, at=NOW - SECOND)
    _embed(transaction, late, at=NOW)

    assert _stories(transaction, since=NOW) == ["late"]
    assert _stories(transaction, since=NOW - SECOND) == ["early", "late"]
    assert _stories(transaction, since=NOW - SECOND, after=VacancyId("internal-early"), limit=1) == ["late"]


@pytest.mark.parametrize(
    "changes",
    [
        {"closes_at": NOW},
        {"closes_at": NOW + SECOND},
        {"closes_at": None},
        {"closes_at": None, "last_seen_at": NOW - UNSEEN_MEANS_CLOSED},
        {"closes_at": None, "last_seen_at": NOW - UNSEEN_MEANS_CLOSED + SECOND},
    ],
)
def test_only_open_vacancies_have_stories_to_tell(transaction: Transactions, changes: dict[str, Any]) -> None:
    vacancy = _vacancy("1", **changes)
    _save(transaction, vacancy)
    _embed(transaction, vacancy)

    assert _stories(transaction) == (["1"] if vacancy.is_open(at=NOW) else [])


@pytest.mark.parametrize(
    "changes", [{"closes_at": NOW}, {"closes_at": None, "last_seen_at": NOW - UNSEEN_MEANS_CLOSED}]
)
def test_what_has_closed_is_not_embedded_any_more(transaction: Transactions, changes: dict[str, Any]) -> None:
    closed, reworded, is_open = _vacancy("1", **changes), _vacancy("2"), _vacancy("3")
    _save(transaction, closed, reworded, is_open)
    _embed(transaction, reworded, model=OTHER)
    _save(transaction, replace(reworded, **changes))

    assert _unembedded(transaction) == ["3"]
    assert _unembedded(transaction, model=OTHER) == ["3"]
    with transaction() as tx:
        assert tx.vectors.waiting(model=MODEL, at=NOW) == 1
        assert tx.vectors.waiting(model=MODEL, at=NOW - SECOND) == 3
        assert len(tx.vectors.unembedded(model=MODEL, at=NOW - SECOND, limit=9)) == 3


def test_what_other_models_have_embedded_is_asked_for_model_by_model(transaction: Transactions) -> None:
    many = [_vacancy(f"{number}") for number in range(5)]
    _save(transaction, *many)
    for number, model in enumerate(("a-1", "b-1", "c-1", "c-1")):
        _embed(transaction, many[number], model=model)

    assert sorted(_unembedded(transaction, model="b-1")) == ["0", "2", "3", "4"]
    assert [len(_unembedded(transaction, model="b-1", limit=limit)) for limit in (1, 3, 4)] == [1, 3, 4]
    with transaction() as tx:
        assert [tx.vectors.waiting(model=each, at=NOW) for each in ("a-1", "c-1", "d-1")] == [4, 3, 5]


def test_vacancies_of_built_in_sources_are_not_embedded(transaction: Transactions) -> None:
    theirs = a_vacancy(id=VacancyId("hh-1"), source="hh")
    _save(transaction, theirs)

    assert _unembedded(transaction) == []
    assert _embed(transaction, theirs) == 0
    assert _stories(transaction) == []


def test_vectors_that_nobody_has_any_more_are_dropped_after_a_while(transaction: Transactions) -> None:
    before, other = _vacancy("1"), _vacancy("2")
    _save(transaction, before, other)
    _embed(transaction, before, other)
    after = replace(before, title="Повар")
    _save(transaction, after)
    with transaction() as tx:
        new = replace(_made("new story", "new title"))
        assert tx.vectors.embed_unchanged([(after, new)], model=MODEL, at=NOW + SECOND) == 1

    with transaction() as tx:
        assert tx.vectors.drop_orphans(before=NOW, limit=10) == 0
        assert tx.vectors.drop_orphans(before=NOW + DAY, limit=10) == 1
        assert tx.vectors.drop_orphans(before=NOW + DAY, limit=10) == 0

    assert _kept(transaction, b"kinternal-1", b"kinternal-2", b"ktitle", b"knew story", b"knew title") == {
        b"kinternal-2",
        b"ktitle",
        b"knew story",
        b"knew title",
    }


def test_only_so_many_vectors_are_dropped_at_once(transaction: Transactions) -> None:
    many = [_vacancy(f"{number:04}") for number in range(1_100)]
    _save(transaction, *many)
    _embed(transaction, *many)
    with transaction() as tx:
        again = [(each, _made("same")) for each in many]
        assert tx.vectors.embed_unchanged(again, model=OTHER, at=NOW) == 1_100

    for limit, dropped in ((10, 10), (1_050, 1_050), (1_050, 40), (1_050, 0)):
        with transaction() as tx:
            assert tx.vectors.drop_orphans(before=NOW + DAY, limit=limit) == dropped
    assert _kept(transaction, b"ktitle", b"ksame", b"kinternal-0001") == {b"ktitle", b"ksame"}


def _embed_and_fail(tx: Transaction, vacancy: Vacancy) -> None:
    tx.vectors.embed_unchanged([(vacancy, _made(vacancy.id))], model=MODEL, at=NOW)
    raise RuntimeError


def test_an_error_undoes_embedding_with_the_rest(transaction: Transactions) -> None:
    vacancy = _vacancy("1")
    _save(transaction, vacancy)

    with pytest.raises(RuntimeError), transaction() as tx:
        _embed_and_fail(tx, vacancy)

    assert _unembedded(transaction) == ["1"]
    assert _kept(transaction, b"kinternal-1") == set()


def test_workers_that_embed_at_once_leave_nothing_and_count_each_vacancy_once(transaction: Transactions) -> None:
    _save(transaction, *(_vacancy(f"{number}", title=f"Вымысел {number % 7}") for number in range(120)))
    embed = EmbedVacancies(transaction, FixedClock(NOW), LetterEncoder())

    embedded = at_once(2, embed)

    while _unembedded(transaction):
        embedded.append(embed())
    assert sum(each.count for each in embedded) == 120
    with transaction() as tx:
        assert len(tx.vectors.stories(model=MODEL, at=NOW, since=None, after=None, limit=200)) == 120
