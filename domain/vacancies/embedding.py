"""How vacancies get the vectors by which their meaning is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.identifiers import VacancyId
from domain.matching.lexicon import Encoder
from domain.matching.stories import told_in_vacancy
from domain.matching.vectors import Embedding, vector_key
from domain.outside import Clock
from domain.transactions import Transactions
from domain.vacancies.vacancy import Vacancy

MOST_EMBEDDED = 20
"""How many vacancies one call looks at: a moment's work, or some seconds with a slow model."""


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
        """Return what was done. Raises what went wrong where none of several vacancies could be encoded."""
        model = self.encoder.model
        if model is None:
            return Embedded()
        with self.transaction() as tx:
            found = tx.vectors.unembedded(model=model, limit=MOST_EMBEDDED)
            known = tx.vectors.among(key for vacancy in found for key in _keys(vacancy, model))
        made = dict(known)
        embeddings: list[tuple[Vacancy, Embedding | None]] = []
        errors: list[Exception] = []
        for vacancy in found:
            try:
                embeddings.append((vacancy, self._embedding(vacancy, model, made)))
            except Exception as error:  # noqa: PERF203 — one must not hold up the others
                embeddings.append((vacancy, None))
                errors.append(error)
        if self.encoder.model != model:
            # It could not be loaded after all; these are no vectors of the one asked for.
            return Embedded()
        if len(errors) == len(found) > 1:
            # That is hardly their fault: whatever it is, they are to be encoded when it is mended.
            raise errors[0]
        return self._kept(embeddings, model)

    def _embedding(self, vacancy: Vacancy, model: str, made: dict[bytes, bytes]) -> Embedding:
        story_key, title_key = _keys(vacancy, model)
        for key, text in ((story_key, told_in_vacancy(vacancy)), (title_key, vacancy.title)):
            if key not in made:
                made[key] = self.encoder.encode(text)
        return Embedding(story_key=story_key, story=made[story_key], title_key=title_key, title=made[title_key])

    def _kept(self, embeddings: Sequence[tuple[Vacancy, Embedding | None]], model: str) -> Embedded:
        if not embeddings:
            return Embedded()
        with self.transaction() as tx:
            count = tx.vectors.embed_unchanged(embeddings, model=model, at=self.clock.now())
        passed_over = tuple(vacancy.id for vacancy, embedding in embeddings if embedding is None)
        return Embedded(count=count, passed_over=passed_over, more=len(embeddings) == MOST_EMBEDDED)


def _keys(vacancy: Vacancy, model: str) -> tuple[bytes, bytes]:
    return vector_key(model, told_in_vacancy(vacancy)), vector_key(model, vacancy.title)
