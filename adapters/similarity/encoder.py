"""Texts as vectors of a byte a component, by one model or by several."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from typing import Any

from adapters.similarity.models import Encode, Model
from domain.errors import Unavailable
from domain.matching.vectors import vector_key

PEOPLES_SECONDS = 600.0
"""For so long the vector of a person's words is kept."""

_LARGEST = 127
_ORDINARY = "Водитель, driver"
_TOLD_EVERY_SECONDS = 60.0

_log = logging.getLogger(__name__)


class NoModel(Unavailable):
    """No model is at hand: none was chosen, its package is missing, or it could not be loaded."""

    code = "no_model"


class Encoder:
    """Encodes texts; the vectors of the latest are kept in memory, by their keys. Safe for threads.

    Implements `Remembered`: those of people's words are kept apart, and no longer than it takes to be done with them.

    A vector is made of whole numbers from -127 to 127, those of several models one after another. Their products and
    sums are exact even in float32, so that a cosine does not depend on what else is asked, nor on the order in which a
    processor adds. Each text is encoded by itself, never in a batch, so that its vector depends on the text alone.

    A model is loaded with the first text (USE: 130 MB of memory, a second). One that is missing or cannot be loaded is
    told to the log, once, and left out from then on. A text at which a model fails has an empty vector; that models
    fail is told to the log once a minute, however many the texts.
    """

    def __init__(
        self, models: Sequence[Model], *, texts_kept: int = 20_000, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        """So many vectors are kept, half a kilobyte each for each model; `seconds` tells how time goes by."""
        self._models = tuple(models)
        self._texts_kept = texts_kept
        self._seconds = seconds
        self._told_at: float | None = None
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._of_people: OrderedDict[bytes, tuple[float, bytes]] = OrderedDict()
        self._keeping = threading.Lock()
        self._preparing = threading.RLock()
        # One text at a time: a model of several threads' calls is nobody's promise.
        self._encoding = threading.Lock()
        self._named: tuple[tuple[Model, str], ...] | None = None
        self._loaded: tuple[tuple[Model, Encode], ...] | None = None

    @property
    def model(self) -> str | None:
        """The models that are at hand, each with its version; `None` where there is none."""
        return "+".join(name for _, name in self._present()) or None

    @property
    def missing(self) -> tuple[str, ...]:
        """The packages of the models that were chosen and are not at hand."""
        present = [model for model, _ in self._present()]
        return tuple(model.package for model in self._models if model not in present)

    @property
    def models(self) -> Sequence[Model]:
        """The models that make a vector, in its order."""
        return [model for model, _ in self._present()]

    def load(self) -> None:
        """Load in advance what the first text would wait for."""
        with suppress(NoModel):
            self._ready()

    def encode(self, text: str) -> bytes:
        """Return the vector of the text, an empty one where a model fails at it.

        Raises `NoModel`, and `Unavailable` where a model fails at any text.
        """
        ready = self._ready()
        key = vector_key(self.model or "", text)
        if (vector := self.kept([key]).get(key)) is None:
            vector = self._vector(ready, text)
            self.keep({key: vector})
        return vector

    def encode_persons(self, text: str) -> bytes:
        """Do the same for a person's words."""
        ready, now = self._ready(), self._seconds()
        key = vector_key(self.model or "", text)
        with self._keeping:
            while self._of_people and now - next(iter(self._of_people.values()))[0] >= PEOPLES_SECONDS:
                self._of_people.popitem(last=False)
            _, vector = self._of_people.get(key, (now, None))
        if vector is None:
            vector = self._vector(ready, text)
            with self._keeping:
                self._of_people[key] = (now, vector)
        return vector

    def forget_people(self) -> None:
        """Forget the vectors of people's words, whosever they are: nobody knows any more whose was which."""
        with self._keeping:
            self._of_people.clear()

    def kept(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return those of the vectors that are in memory."""
        with self._keeping:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        return found

    def keep(self, vectors: dict[bytes, bytes]) -> None:
        """Keep vectors made under this model; the least recently used are forgotten."""
        with self._keeping:
            self._kept |= vectors
            while len(self._kept) > self._texts_kept:
                self._kept.popitem(last=False)

    def nearness(self, one: bytes, others: Sequence[bytes]) -> list[float]:
        """Return how near each of the others is, 0 to 1, quantised: the mean of what the models say."""
        if not others:
            return []
        import numpy as np

        matrix = np.frombuffer(b"".join(others), dtype=np.int8).reshape(len(others), -1)
        mine, at = np.frombuffer(one, dtype=np.int8), 0
        said: list[list[float]] = []
        for model in self.models:
            part = slice(at, at + model.dimensions)
            cosines = _cosines(np, mine[part], matrix[:, part])
            said.append([_between(cosine, model.strangers, model.twins) for cosine in cosines])
            at += model.dimensions
        return [round(sum(each) / len(each), 3) for each in zip(*said, strict=True)]

    def _vector(self, ready: tuple[tuple[Model, Encode], ...], text: str) -> bytes:
        with self._encoding:
            try:
                return b"".join(_compact(encode(text)) for _, encode in ready)
            except Exception as error:
                # Whatever it is: a library's own.
                self._tell_failed()
                if any(_fails(encode) for _, encode in ready):
                    raise Unavailable("similarity_unavailable") from error
                return b""

    def _tell_failed(self) -> None:
        now = self._seconds()
        if self._told_at is None or now - self._told_at >= _TOLD_EVERY_SECONDS:
            self._told_at = now
            _log.warning("similarity_failed", exc_info=True)

    def _present(self) -> tuple[tuple[Model, str], ...]:
        with self._preparing:
            if self._named is None:
                named = []
                for model in self._models:
                    try:
                        named.append((model, f"{model.name}-{model.version()}"))
                    except ImportError as error:  # noqa: PERF203 — each for itself
                        _tell_missing(model, error)
                self._named = tuple(named)
            return self._named

    def _ready(self) -> tuple[tuple[Model, Encode], ...]:
        with self._preparing:
            if self._loaded is None:
                loaded, named = [], []
                for model, name in self._present():
                    try:
                        loaded.append((model, model.load()))
                    except Exception as error:  # noqa: PERF203 — each for itself
                        # Whatever it is, everything goes on by words alone.
                        _tell_missing(model, error)
                    else:
                        named.append((model, name))
                self._named, self._loaded = tuple(named), tuple(loaded)
            if not self._loaded:
                raise NoModel
            return self._loaded


def _tell_missing(model: Model, error: Exception) -> None:
    # A package that is not there needs no traceback; whatever else keeps a model from loading does.
    trouble = None if isinstance(error, PackageNotFoundError) else error
    _log.warning("similarity_missing", extra={"package": model.package}, exc_info=trouble)


def _fails(encode: Encode) -> bool:
    """Tell whether a model fails at a text at which none should."""
    try:
        encode(_ORDINARY)
    except Exception:
        return True
    return False


def _compact(vector: Any) -> bytes:
    import numpy as np

    exact = np.asarray(vector, dtype=np.float64).ravel()
    largest = float(np.abs(exact).max(initial=0.0)) or 1.0
    return np.rint(exact * (_LARGEST / largest)).astype(np.int8).tobytes()


def _cosines(np: Any, mine: Any, others: Any) -> list[float]:
    matrix, one = others.astype(np.float32), mine.astype(np.float32)
    squares = (matrix * matrix).sum(axis=1, dtype=np.float64) * float((one * one).sum(dtype=np.float64))
    products = (matrix @ one).astype(np.float64)
    cosines: list[float] = (products / np.sqrt(np.maximum(squares, 1.0))).tolist()
    return cosines


def _between(cosine: float, strangers: float, twins: float) -> float:
    """Return where a cosine stands between two others, 0 to 1, quantised: the last bits differ between processors."""
    return round(min(1.0, max(0.0, (cosine - strangers) / (twins - strangers))), 2)
