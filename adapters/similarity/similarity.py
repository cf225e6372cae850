"""How near texts are in meaning, by vectors in memory, those kept in the store, and those made now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adapters.similarity.encoder import Encoder
from domain.errors import Unavailable
from domain.matching.vectors import vector_key
from domain.transactions import Transactions


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
        try:
            # The text is a person's: its vector is not looked for in the store, and never kept there.
            mine = self._encoder.encode_persons(text)
            made = self._made(others) if mine else {}
        except Unavailable:
            return None
        if not mine:
            return None
        whole = {other: vector for other, vector in made.items() if vector}
        found = dict(zip(whole, self._encoder.nearness(mine, list(whole.values())), strict=True))
        return [found.get(other) for other in others]

    def _made(self, texts: Sequence[str]) -> Mapping[str, bytes]:
        """Return the vector of each text. Raises `Unavailable` where the model is."""
        keys = {text: vector_key(self.model or "", text) for text in texts}
        vectors = self._kept(list(keys.values()))
        return {text: vectors[key] if key in vectors else self._encoder.encode(text) for text, key in keys.items()}

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
