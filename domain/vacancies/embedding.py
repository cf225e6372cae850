"""How vacancies get the vectors by which their meaning is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.errors import Unavailable
from domain.identifiers import VacancyId
from domain.matching.lexicon import Encoder
from domain.matching.stories import told_in_vacancy
from domain.matching.vectors import Embedding, vector_key
from domain.outside import Clock
from domain.transactions import Transactions
from domain.vacancies.vacancy import Vacancy

MOST_EMBEDDED = 20
"""How many vacancies are embedded at once: a moment's work, or some seconds with a slow model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """What a call did: how many vacancies it gave vectors, and which can have none; `more`: call it again at once.

    What cannot be encoded is compared by words, and left alone until it is reworded or another model comes.
    """

    count: int = 0
    passed_over: tuple[VacancyId, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class EmbedVacancies:
    """Make vectors of what has none yet. Where no model is at hand, nothing is done.

    Several may do it at once. No lock is kept while texts are encoded, which takes long; the store sees to it that
    nobody writes what is no longer true, so that at worst two do the same work, and one of them in vain.
    """

    transaction: Transactions
    clock: Clock
    encoder: Encoder

    def __call__(self) -> Embedded:
        """Return what was done. Raises `Unavailable` where the model fails at everything: that is nobody's fault."""
        model = self.encoder.model
        if model is None:
            return Embedded()
        with self.transaction() as tx:
            found = tx.vectors.unembedded(model=model, at=self.clock.now(), limit=MOST_EMBEDDED)
        embeddings = self.made(found, model)
        if embeddings is None and self.encoder.model == model:
            raise Unavailable("similarity_unavailable")
        if not embeddings:
            return Embedded()
        count = self.kept(embeddings, model)
        passed_over = tuple(vacancy.id for vacancy, embedding in embeddings if not embedding.whole)
        return Embedded(count=count, passed_over=passed_over, more=len(embeddings) == MOST_EMBEDDED)

    def made(self, vacancies: Sequence[Vacancy], model: str) -> list[tuple[Vacancy, Embedding]] | None:
        """Return the vectors of vacancies, encoding what is not kept; `None`: the model is not at hand after all."""
        told = [(vacancy, told_in_vacancy(vacancy)) for vacancy in vacancies]
        keys = {text: vector_key(model, text) for vacancy, story in told for text in (story, vacancy.title)}
        with self.transaction() as tx:
            vectors = dict(tx.vectors.among(keys.values()))
        try:
            vectors |= {key: self.encoder.encode(text) for text, key in keys.items() if key not in vectors}
        except Unavailable:
            return None
        if self.encoder.model != model:
            # One of its parts could not be loaded; these are no vectors of the one asked for.
            return None
        found = [(vacancy, keys[story], keys[vacancy.title]) for vacancy, story in told]
        return [
            (vacancy, Embedding(story_key=story, story=vectors[story], title_key=title, title=vectors[title]))
            for vacancy, story, title in found
        ]

    def kept(self, embeddings: Sequence[tuple[Vacancy, Embedding]], model: str) -> int:
        """Keep them; return of how many both vectors are whole."""
        with self.transaction() as tx:
            return tx.vectors.embed_unchanged(embeddings, model=model, at=self.clock.now())


@dataclass(frozen=True)
class EncodeFirst:
    """See before a comparison that vacancies have vectors, as many as there is time for.

    A vacancy that must wait for its vectors is left out; it is not compared by words instead. The number of a pair
    depends on that pair alone: it may not tell whether a worker came by before, and numbers made in two ways are not
    to be put into one order. What is left out comes with the next search.
    """

    embed: EmbedVacancies

    def __call__(self, vacancies: Sequence[Vacancy], *, fewest: int, within: timedelta) -> list[Vacancy]:
        """Return those that can be compared now, in their order; all where no model is at hand: words alone compare.

        Of those without vectors the first `fewest` get them, however long that takes, and more until the time is up.
        """
        model, began = self.embed.encoder.model, self.embed.clock.now()
        if model is None:
            return list(vacancies)
        with self.embed.transaction() as tx:
            embedded = tx.vectors.embedded((vacancy.id for vacancy in vacancies), model=model)
        without = [vacancy for vacancy in vacancies if vacancy.id not in embedded]
        tried = 0
        while tried < len(without) and (tried < fewest or self.embed.clock.now() - began < within):
            some = without[tried : tried + MOST_EMBEDDED]
            embeddings = self.embed.made(some, model)
            if embeddings is None and self.embed.encoder.model not in (None, model):
                # What is left of the model compares now.
                return self(vacancies, fewest=fewest, within=within)
            if embeddings is None:
                return list(vacancies)
            self.embed.kept(embeddings, model)
            tried += len(some)
        left_out = {vacancy.id for vacancy in without[tried:]}
        return [vacancy for vacancy in vacancies if vacancy.id not in left_out]
