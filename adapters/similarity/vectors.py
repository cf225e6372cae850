"""Vectors of texts: encoded once, kept for a while in a byte a component."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

Encode = Callable[[str], Any]
"""Returns the vector of one text, as anything numpy takes for an array of numbers."""

_LARGEST = 127

_log = logging.getLogger(__name__)


class Vectors:
    """Vectors of texts, the least recently used forgotten; safe for threads.

    A vector is kept as whole numbers from -127 to 127. Their products and sums are exact even in float32, so that a
    cosine does not depend on what else is asked, nor on the order in which a processor adds.
    """

    def __init__(self, load: Callable[[], Encode], *, texts_kept: int) -> None:
        """`load` returns the encoder, or raises `ImportError` where its package is missing."""
        self._load = load
        self._texts_kept = texts_kept
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._encode: Encode | None = None
        self._numpy: Any = None
        self._missing = False

    def cosines(self, text: str, others: Sequence[str]) -> Sequence[float] | None:
        """Return the cosine of the text with each of the others; `None`: the package is missing or fails."""
        try:
            with self._lock:
                encode = self._at_hand()
                if encode is None:
                    return None
                mine = self._vector(text, encode)
                vectors = [self._vector(other, encode) for other in others]
        except Exception:
            _log.warning("similarity_failed", exc_info=True)
            return None
        return self._between(mine, vectors) if vectors else []

    def _between(self, mine: Any, vectors: Sequence[Any]) -> Sequence[float]:
        np = self._numpy
        matrix, one = np.stack(vectors).astype(np.float32), mine.astype(np.float32)
        squares = (matrix * matrix).sum(axis=1, dtype=np.float64) * float((one * one).sum(dtype=np.float64))
        products = (matrix @ one).astype(np.float64)
        cosines: list[float] = (products / np.sqrt(np.maximum(squares, 1.0))).tolist()
        return cosines

    def _at_hand(self) -> Encode | None:
        if self._encode is None and not self._missing:
            try:
                import numpy as np

                self._numpy, self._encode = np, self._load()
            except ImportError:
                self._missing = True
        return self._encode

    def _vector(self, text: str, encode: Encode) -> Any:
        vector = self._kept.get(text)
        if vector is not None:
            self._kept.move_to_end(text)
            return vector
        np = self._numpy
        exact = np.asarray(encode(text), dtype=np.float64).ravel()
        largest = float(np.abs(exact).max(initial=0.0)) or 1.0
        vector = self._kept[text] = np.rint(exact * (_LARGEST / largest)).astype(np.int8)
        if len(self._kept) > self._texts_kept:
            self._kept.popitem(last=False)
        return vector


def nearness(cosine: float, strangers: float, twins: float) -> float:
    """Return where a cosine stands between two others, 0 to 1, quantised: the last bits differ between processors."""
    return round(min(1.0, max(0.0, (cosine - strangers) / (twins - strangers))), 2)
