"""Vacancies get vectors of what they say, behind everybody's back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory.store import MemoryStore
from domain.identifiers import VacancyId
from domain.matching.stories import told_in_vacancy
from domain.matching.vectors import vector_key
from domain.sweep import ORPHANS_KEPT
from domain.vacancies.embedding import MOST_EMBEDDED, Embedded, EmbedVacancies
from tests.builders import a_vacancy
from tests.domain.nearby import LetterEncoder
from tests.domain.product import Product

MODEL = "letters-1"


def _waiting(store: MemoryStore, model: str = MODEL) -> int:
    with store() as tx:
        return tx.vectors.waiting(model=model)


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


def test_where_none_of_several_can_be_encoded_it_is_not_their_fault(product: Product) -> None:
    product.keep(a_vacancy(id="internal-1"), a_vacancy(id="internal-2"))

    with pytest.raises(ValueError, match=a_vacancy().title):
        EmbedVacancies(product.store, product.clock, LetterEncoder(a_vacancy().title))()

    assert _waiting(product.store) == 2


class _Unloadable(LetterEncoder):
    """Turns out to be missing when it is to encode."""

    def encode(self, text: str) -> bytes:
        self.model = None
        raise RuntimeError(text)


def test_a_model_that_cannot_be_loaded_after_all_spoils_nothing(product: Product) -> None:
    product.keep(a_vacancy())

    assert EmbedVacancies(product.store, product.clock, _Unloadable())() == Embedded()
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
