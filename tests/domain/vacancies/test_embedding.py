"""Vacancies get vectors of what they say, behind everybody's back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory.store import MemoryStore
from domain.errors import Unavailable
from domain.identifiers import VacancyId
from domain.matching.stories import told_in_vacancy
from domain.matching.vectors import vector_key
from domain.sweep import ORPHANS_KEPT
from domain.vacancies.embedding import MOST_EMBEDDED, Embedded, EmbedVacancies, EncodeFirst
from domain.vacancies.vacancy import Vacancy
from tests.builders import NOW, a_vacancy
from tests.domain.nearby import LetterEncoder
from tests.domain.product import Product

MODEL = "letters-1"
SECOND = timedelta(seconds=1)


def _waiting(store: MemoryStore, model: str = MODEL) -> int:
    with store() as tx:
        return tx.vectors.waiting(model=model, at=NOW)


def test_a_vacancy_gets_the_vectors_of_its_story_and_its_title(product: Product) -> None:
    vacancy = a_vacancy()
    product.keep(vacancy)

    assert product.application.embed_vacancies() == Embedded(count=1)

    texts = (told_in_vacancy(vacancy), vacancy.title)
    with product.store() as tx:
        kept = tx.vectors.among(vector_key(MODEL, text) for text in texts)
    assert kept == {vector_key(MODEL, text): LetterEncoder().encode(text) for text in texts}
    assert product.application.embed_vacancies() == Embedded()


def test_a_text_that_several_have_is_encoded_once(product: Product) -> None:
    product.keep(a_vacancy(id="internal-1"), a_vacancy(id="internal-2", area="Минск"))
    product.application.embed_vacancies()
    product.keep(a_vacancy(id="internal-3", description="Другое."))
    product.application.embed_vacancies()

    titles = [text for text in product.encoder.asked if text == a_vacancy().title]
    assert len(titles) == 1
    assert len(product.encoder.asked) == len(set(product.encoder.asked)) == 3


def test_a_key_is_of_its_text_and_its_model_alone() -> None:
    assert vector_key("m-1", "текст") == vector_key("m-1", "текст") != vector_key("m-2", "текст")
    assert vector_key("m-1", "текст") != vector_key("m-1", "текст ")
    assert len({len(vector_key("m-1", text)) for text in ("", "а" * 9_999, "\ud800")}) == 1


def test_without_a_model_nothing_is_embedded(product: Product) -> None:
    product.keep(a_vacancy())
    encoder = LetterEncoder(model=None)

    assert EmbedVacancies(product.store, product.clock, encoder)() == Embedded()
    assert (_waiting(product.store), encoder.asked) == (1, [])


def test_one_call_embeds_only_so_many(product: Product) -> None:
    product.keep(*(a_vacancy(id=f"internal-{number}") for number in range(MOST_EMBEDDED + 3)))

    assert product.application.embed_vacancies() == Embedded(count=MOST_EMBEDDED, more=True)
    assert product.application.embed_vacancies() == Embedded(count=3)


def test_a_vacancy_that_cannot_be_encoded_holds_up_no_other(product: Product) -> None:
    product.keep(*(a_vacancy(id=f"internal-{name}", title=f"Вымысел {name}") for name in ("1", "2!", "3")))
    encoder = LetterEncoder("!")
    embed = EmbedVacancies(product.store, product.clock, encoder)

    assert embed() == Embedded(count=2, passed_over=(VacancyId("internal-2!"),))
    assert embed() == Embedded()


def test_vacancies_that_cannot_be_encoded_are_tried_once_even_where_there_are_no_others(product: Product) -> None:
    product.keep(a_vacancy(id="internal-1"), a_vacancy(id="internal-2", area="Минск"))
    encoder = LetterEncoder(a_vacancy().title)
    embed = EmbedVacancies(product.store, product.clock, encoder)

    first, second = embed(), embed()
    product.keep(a_vacancy(id="internal-3"))
    third = embed()

    assert sorted(first.passed_over) == ["internal-1", "internal-2"]
    assert (first.count, second) == (0, Embedded())
    assert third.passed_over == ("internal-3",)
    # Of their story and their title, which all of them have in common.
    assert len(encoder.asked) == 2


def test_what_could_not_be_encoded_is_tried_again_once_it_is_reworded_or_by_another_model(product: Product) -> None:
    product.keep(a_vacancy(title="Сбой"))
    EmbedVacancies(product.store, product.clock, LetterEncoder("Сбой"))()

    by_another = EmbedVacancies(product.store, product.clock, LetterEncoder(model="letters-2"))()
    product.keep(a_vacancy(title="Повар"))
    reworded = EmbedVacancies(product.store, product.clock, LetterEncoder("Сбой"))()

    assert (by_another.count, reworded.count) == (1, 1)


def test_where_a_model_fails_at_everything_it_is_not_their_fault(product: Product) -> None:
    product.keep(a_vacancy(id="internal-1"), a_vacancy(id="internal-2"))

    with pytest.raises(Unavailable, match="similarity_unavailable"):
        EmbedVacancies(product.store, product.clock, LetterEncoder(broken=True))()

    assert _waiting(product.store) == 2
    assert product.application.embed_vacancies().count == 2


class _Unloadable(LetterEncoder):
    """Turns out to be missing when it is to encode."""

    def encode(self, text: str) -> bytes:
        self.model = None
        raise Unavailable(text)


class _HalfLoadable(LetterEncoder):
    """Turns out to be less than it was called when it is to encode."""

    def encode(self, text: str) -> bytes:
        self.model = "letters-0"
        return super().encode(text)


@pytest.mark.parametrize("encoder", [_Unloadable(), _HalfLoadable()])
def test_a_model_that_cannot_be_loaded_after_all_spoils_nothing(product: Product, encoder: LetterEncoder) -> None:
    product.keep(a_vacancy())

    assert EmbedVacancies(product.store, product.clock, encoder)() == Embedded()
    assert _waiting(product.store) == 1


class _Meanwhile(LetterEncoder):
    """Encodes while somebody rewords the vacancy."""

    def __init__(self, product: Product) -> None:
        super().__init__()
        self._product = product

    def encode(self, text: str) -> bytes:
        self._product.keep(a_vacancy(title="Повар"))
        return super().encode(text)


def test_what_is_reworded_while_it_is_encoded_is_embedded_by_its_new_words(product: Product) -> None:
    product.keep(a_vacancy())

    assert EmbedVacancies(product.store, product.clock, _Meanwhile(product))() == Embedded()
    assert product.application.embed_vacancies() == Embedded(count=1)

    with product.store() as tx:
        assert len(tx.vectors.among([vector_key(MODEL, "Повар")])) == 1


def test_what_no_vacancy_says_any_more_is_dropped_after_a_while(product: Product) -> None:
    product.keep(a_vacancy())
    product.application.embed_vacancies()
    product.keep(a_vacancy(title="Повар"))
    product.application.embed_vacancies()

    at_once = product.application.drop_orphan_vectors()
    product.clock.forward(ORPHANS_KEPT + timedelta(seconds=1))

    assert (at_once, product.application.drop_orphan_vectors()) == (0, 2)
    assert product.application.drop_orphan_vectors() == 0


def test_figures_tell_how_many_wait(product: Product) -> None:
    product.keep(a_vacancy(id="internal-1"), a_vacancy(id="internal-2"))
    show = product.application.show_figures

    before, without_model = show(), replace(show, encoder=LetterEncoder(model=None))()
    product.application.embed_vacancies()
    after = show()

    assert [each.unembedded for each in (before, without_model, after) if each is not None] == [2, 0, 0]


class _Slow(LetterEncoder):
    """Takes its time for each text."""

    def __init__(self, product: Product, takes: timedelta) -> None:
        super().__init__()
        self._product = product
        self._takes = takes

    def encode(self, text: str) -> bytes:
        self._product.clock.forward(self._takes)
        return super().encode(text)


def _many(count: int) -> list[Vacancy]:
    return [a_vacancy(id=f"internal-{number:03}", title=f"Вымысел {number}") for number in range(count)]


def _first(product: Product, encoder: LetterEncoder) -> EncodeFirst:
    return EncodeFirst(EmbedVacancies(product.store, product.clock, encoder))


def test_what_is_to_be_compared_at_once_is_encoded_and_kept(product: Product) -> None:
    many = _many(2 * MOST_EMBEDDED + 1)
    product.keep(*many)
    encoder = LetterEncoder()

    ready = _first(product, encoder)(many, fewest=0, within=SECOND)

    assert ready == many
    assert _waiting(product.store) == 0
    asked = len(encoder.asked)
    assert _first(product, encoder)(many, fewest=0, within=SECOND) == many
    assert len(encoder.asked) == asked == 2 * len(many)


def test_what_there_is_no_time_to_encode_is_left_out_and_comes_next_time(product: Product) -> None:
    many = _many(4 * MOST_EMBEDDED)
    product.keep(*many)
    product.application.embed_vacancies()
    with product.store() as tx:
        embedded = tx.vectors.embedded((each.id for each in many), model=MODEL)
    without = [each.id for each in many if each.id not in embedded]
    first = _first(product, _Slow(product, SECOND))

    ready = first(many, fewest=0, within=SECOND)
    again = first(many, fewest=0, within=SECOND)
    at_last = first(many, fewest=0, within=SECOND)

    late = set(without[MOST_EMBEDDED:])
    assert ready == [each for each in many if each.id not in late]
    assert (len(again), at_last) == (3 * MOST_EMBEDDED, many)


def test_the_first_ones_are_encoded_whatever_it_takes(product: Product) -> None:
    many = _many(4 * MOST_EMBEDDED)
    product.keep(*many)

    ready = _first(product, _Slow(product, SECOND))(many, fewest=3 * MOST_EMBEDDED, within=SECOND)

    assert ready == many[: 3 * MOST_EMBEDDED]


@pytest.mark.parametrize("encoder", [LetterEncoder(model=None), LetterEncoder(broken=True), _Unloadable()])
def test_without_a_model_nobody_waits_for_vectors(product: Product, encoder: LetterEncoder) -> None:
    many = _many(3)
    product.keep(*many)

    assert _first(product, encoder)(many, fewest=0, within=SECOND) == many
    assert _waiting(product.store) == 3


def test_what_turns_out_to_be_left_of_a_model_makes_the_vectors(product: Product) -> None:
    many = _many(3)
    product.keep(*many)

    assert _first(product, _HalfLoadable())(many, fewest=0, within=SECOND) == many
    assert _waiting(product.store, "letters-0") == 0


def test_vacancies_that_are_not_our_own_are_encoded_and_not_kept(product: Product) -> None:
    theirs = a_vacancy(id=VacancyId("hh-1"), source="hh")

    assert _first(product, product.encoder)([theirs], fewest=0, within=SECOND) == [theirs]

    assert len(product.encoder.asked) == 2
    with product.store() as tx:
        assert tx.vectors.among([vector_key(MODEL, theirs.title)]) == {}
