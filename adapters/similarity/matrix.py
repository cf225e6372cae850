"""The stories of all open vacancies as one matrix in memory: which are nearest to a text."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from adapters.similarity.encoder import Encoder
from domain.errors import Unavailable
from domain.identifiers import VacancyId
from domain.outside import Clock
from domain.transactions import Transactions

_AT_ONCE = 2_000
"""How many vectors are read in one transaction."""

_BLOCK = 2_048
"""How many rows are multiplied at once: as numbers that the processor multiplies quickly they fit into its cache."""

_OVERLAP = timedelta(minutes=2)
"""What was committed late is not missed: longer than a transaction lasts."""

_REBUILT_AFTER = timedelta(hours=1)


class StoryMatrix:
    """Implements `NearVacancies`. Loaded at the first question; then only what is new is read, before each question.

    Once an hour it is made anew, without what has closed meanwhile. A vacancy takes its vector (a byte a component), a
    length for each model, and its id. Safe for threads.
    """

    def __init__(self, encoder: Encoder, transaction: Transactions, clock: Clock) -> None:
        self._encoder = encoder
        self._transaction = transaction
        self._clock = clock
        self._lock = threading.Lock()
        self._rows: _Rows | None = None

    def nearest(self, text: str, *, limit: int) -> Sequence[VacancyId]:
        """Return the vacancies whose story is nearest to the text, ties by id; nothing where no model is at hand."""
        try:
            mine = self._encoder.encode_persons(text)
        except Unavailable:
            return []
        if not mine:
            return []
        with self._lock:
            ids, vectors, lengths = self._fresh().view()
        if not ids:
            return []
        import numpy as np

        scores = self._scores(np, mine, vectors, lengths)
        most = min(limit, len(ids))
        least = np.partition(scores, len(ids) - most)[len(ids) - most]
        best = [(-float(scores[row]), ids[row]) for row in np.flatnonzero(scores >= least)]
        return [vacancy_id for _, vacancy_id in sorted(best)[:most]]

    def _scores(self, np: Any, mine: bytes, vectors: Any, lengths: Any) -> Any:
        """Return a score for each row: the mean of where its cosines stand, of all models."""
        one = np.frombuffer(mine, dtype=np.int8).astype(np.float32)
        products = np.zeros((len(self._encoder.models), len(vectors)), dtype=np.float32)
        block = np.empty((min(_BLOCK, len(vectors)), vectors.shape[1]), dtype=np.float32)
        for first in range(0, len(vectors), _BLOCK):
            last = min(first + _BLOCK, len(vectors))
            rows = block[: last - first]
            np.copyto(rows, vectors[first:last])
            for number, (part, _) in enumerate(_parts(self._encoder)):
                products[number, first:last] = rows[:, part] @ one[part]
        total = np.zeros(len(vectors), dtype=np.float64)
        for number, (part, model) in enumerate(_parts(self._encoder)):
            length = float(np.sqrt((one[part] * one[part]).sum(dtype=np.float64))) or 1.0
            cosines = products[number] / (lengths[:, number].astype(np.float64) * length)
            total += (cosines - model.strangers) / (model.twins - model.strangers)
        return total

    def _fresh(self) -> _Rows:
        """Return the rows, with what has come since the last question."""
        model, now = self._encoder.model or "", self._clock.now()
        rows = self._rows
        if rows is None or rows.model != model or now - rows.built_at >= _REBUILT_AFTER:
            # Put in place at its end: one that is broken off is begun anew.
            rows = _Rows(model, [part for part, _ in _parts(self._encoder)], built_at=now)
            self._read(rows, since=None, at=now)
            self._rows = rows
        else:
            self._read(rows, since=rows.read_at - _OVERLAP, at=now)
        rows.read_at = now
        return rows

    def _read(self, rows: _Rows, *, since: datetime | None, at: datetime) -> None:
        after: VacancyId | None = None
        while True:
            with self._transaction() as tx:
                stories = tx.vectors.stories(model=rows.model, at=at, since=since, after=after, limit=_AT_ONCE)
            rows.put(stories)
            if len(stories) < _AT_ONCE:
                return
            after = stories[-1][0]


def _parts(encoder: Encoder) -> list[tuple[slice, Any]]:
    """Return each model with its part of a vector."""
    parts, at = [], 0
    for model in encoder.models:
        parts.append((slice(at, at + model.dimensions), model))
        at += model.dimensions
    return parts


class _Rows:
    """Vectors one below another, with room for more."""

    def __init__(self, model: str, parts: Sequence[slice], *, built_at: datetime) -> None:
        import numpy as np

        self.model = model
        self.built_at = self.read_at = built_at
        self._parts = parts
        self._numpy = np
        self._ids: list[VacancyId] = []
        self._row_of: dict[VacancyId, int] = {}
        self._vectors = np.empty((0, parts[-1].stop), dtype=np.int8)
        self._lengths = np.empty((0, len(parts)), dtype=np.float32)

    def put(self, stories: Sequence[tuple[VacancyId, bytes]]) -> None:
        """Add the rows, or replace those that are there."""
        np, width = self._numpy, self._vectors.shape[1]
        # One that was damaged is no vector of this model.
        whole = [(vacancy_id, vector) for vacancy_id, vector in stories if len(vector) == width]
        if not whole:
            return
        read = np.frombuffer(b"".join(vector for _, vector in whole), dtype=np.int8).reshape(-1, width)
        numbers = [self._number(vacancy_id) for vacancy_id, _ in whole]
        self._make_room()
        self._vectors[numbers] = read
        for at, part in enumerate(self._parts):
            exact = read[:, part].astype(np.float32)
            self._lengths[numbers, at] = np.maximum(np.sqrt((exact * exact).sum(axis=1)), 1.0)

    def view(self) -> tuple[list[VacancyId], Any, Any]:
        """Return ids, vectors and their lengths; what comes later is added behind them."""
        count = len(self._ids)
        return self._ids[:count], self._vectors[:count], self._lengths[:count]

    def _number(self, vacancy_id: VacancyId) -> int:
        number = self._row_of.setdefault(vacancy_id, len(self._ids))
        if number == len(self._ids):
            self._ids.append(vacancy_id)
        return number

    def _make_room(self) -> None:
        np, room = self._numpy, len(self._vectors)
        if len(self._ids) <= room:
            return
        wanted = max(len(self._ids), room + room // 8)
        vectors = np.empty((wanted, self._vectors.shape[1]), dtype=np.int8)
        lengths = np.ones((wanted, len(self._parts)), dtype=np.float32)
        vectors[:room], lengths[:room] = self._vectors, self._lengths
        self._vectors, self._lengths = vectors, lengths
