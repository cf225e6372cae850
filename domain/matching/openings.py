"""The openings that a scorer remembers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from domain.identifiers import VacancyId
from domain.matching.measures import Measures
from domain.matching.opening import Opening, opening_of
from domain.vacancies.vacancy import Vacancy

OPENINGS_KEPT = 10_000
"""About three kilobytes each."""

_Key = tuple[VacancyId, int]


class Openings:
    """Openings of vacancies seen, the least recently used forgotten; safe for threads.

    Whoever shares them must measure alike: of the measures, similarity alone does not count.
    """

    def __init__(self, most: int = OPENINGS_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[_Key, Opening] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, vacancies: Sequence[Vacancy], measures: Measures) -> list[Opening]:
        """Return the opening of each vacancy, measuring those that are new or say something else than before."""
        keys = [_key(vacancy) for vacancy in vacancies]
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
        # Not under the lock: others need not wait for this. Two who meet a vacancy at once both measure it.
        new = {key: vacancy for key, vacancy in zip(keys, vacancies, strict=True) if key not in known}
        known |= {key: opening_of(vacancy, measures) for key, vacancy in new.items()}
        with self._lock:
            for key in known:
                self._kept[key] = known[key]
                self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return [known[key] for key in keys]


def _key(vacancy: Vacancy) -> _Key:
    """Return what changes with anything that is measured, and not with the days on which the vacancy was seen.

    A hash of 64 bits is enough to tell the wordings of one vacancy apart.
    """
    asks = tuple([(each.skill, each.any_of) for each in vacancy.asks])
    return vacancy.id, hash(
        (
            vacancy.title,
            vacancy.skills,
            vacancy.responsibilities,
            vacancy.requirements,
            vacancy.description,
            asks,
            vacancy.experience,
            vacancy.salary,
            vacancy.area,
        )
    )
