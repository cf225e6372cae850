"""How near texts are in meaning, by vectors in memory, those kept in the store, and those made now."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from adapters.similarity.encoder import Encoder, NoModel
from domain.errors import Unavailable
from domain.matching.vectors import vector_key
from domain.transactions import Transactions

_log = logging.getLogger(__name__)


class VectorSimilarity:
    """Implements `Similarity`. Whether a vector was kept or is made anew, it is the same one."""

    def __init__(self, encoder: Encoder, transaction: Transactions | None = None) -> None:
        """Without a store every text that is not in memory is encoded."""
        self._encoder = encoder
        self._transaction = transaction

    @property
    def model(self) -> str | None:
        """What compares, with its version; `None`: no model is at hand."""
        return self._encoder.model

    def between(self, text: str, others: Sequence[str]) -> Sequence[float | None] | None:
        """Return a number from 0 to 1 for each of the other texts, `None` for one that cannot be encoded.

        Nothing but `None` where no model is at hand, or `text` cannot be encoded.
        """
        mine = self._encoded(text)
        model = self.model
        if mine is None or model is None:
            return None
        # The text is a person's: its vector is not looked for in the store, and never kept there.
        keys = {other: vector_key(model, other) for other in others}
        vectors = self._kept(list(keys.values()))
        made = {other: vectors.get(key) or self._encoded(other) for other, key in keys.items()}
        known = [other for other, vector in made.items() if vector is not None]
        near = self._encoder.nearness(mine, [vector for vector in made.values() if vector is not None])
        found = dict(zip(known, near, strict=True))
        return [found.get(other) for other in others]

    def _kept(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        found = self._encoder.kept(keys)
        missing = [key for key in keys if key not in found]
        if self._transaction is not None and missing:
            try:
                with self._transaction() as tx:
                    stored = dict(tx.vectors.among(missing))
            except Unavailable:
                return found
            self._encoder.keep(stored)
            found |= stored
        return found

    def _encoded(self, text: str) -> bytes | None:
        try:
            return self._encoder.encode(text)
        except NoModel:
            return None
        except Exception:
            _log.warning("similarity_failed", exc_info=True)
            return None
