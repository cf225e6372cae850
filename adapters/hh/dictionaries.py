"""hh.ru's dictionaries as queries need them: shipped with this version, then kept up to date."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import resources
from threading import Lock
from typing import Any

from adapters.boards.reading import json_of
from adapters.hh.areas import Areas
from adapters.hh.fields import id_of, record, records
from adapters.hh.gateway import HhGateway
from adapters.hh.time_left import TimeLeft
from adapters.hh.trouble import HhTrouble
from domain.errors import Unavailable
from domain.matching.lexicon import Places
from domain.outside import Clock

log = logging.getLogger(__name__)

LOOKED_AT_EVERY = timedelta(hours=1)
"""So often a process looks whether there is a younger copy; hh.ru itself is asked once a day."""

_LONGEST_REFRESH = 8.0
_Terms = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Dictionaries:
    areas: Areas
    terms: _Terms = field(repr=False)

    def knows(self, dictionary: str, term: str) -> bool:
        """Whether hh.ru has the term; it refuses a search by one that it has not."""
        return term in self.terms.get(dictionary, frozenset())


class FreshDictionaries:
    """The dictionaries as they are now. While they cannot be refreshed, those there are stay."""

    def __init__(self, gateway: HhGateway, places: Places, clock: Clock) -> None:
        self._gateway = gateway
        self._places = places
        self._clock = clock
        self._lock = Lock()
        self._read: tuple[bytes, bytes] | None = None
        self._look_at: datetime | None = None
        self._known = shipped(places)

    def current(self, time_left: TimeLeft) -> Dictionaries:
        """Return them, refreshed if it is time to; raises nothing."""
        now = self._clock.now()
        if (self._look_at is None or self._look_at <= now) and self._lock.acquire(blocking=False):
            try:
                self._look_at = now + LOOKED_AT_EVERY
                self._refresh(time_left.part(min(_LONGEST_REFRESH, time_left.seconds / 3)))
            except (HhTrouble, Unavailable) as trouble:
                log.info("the dictionaries of hh.ru stay as they were: %s", trouble)
            finally:
                self._lock.release()
        return self._known

    def _refresh(self, time_left: TimeLeft) -> None:
        read = self._gateway.areas(time_left=time_left), self._gateway.dictionaries(time_left=time_left)
        if read == self._read:
            return
        areas, terms = Areas(json_of(read[0]), self._places), _terms(json_of(read[1]))
        self._read = read
        if len(areas):
            # What hh.ru leaves out of its answer is taken to be as it was.
            self._known = Dictionaries(areas, {**self._known.terms, **terms})


def shipped(places: Places) -> Dictionaries:
    """Return what this version brings along."""
    return Dictionaries(Areas(_shipped("areas.json"), places), _terms(_shipped("dictionaries.json")))


def _terms(told: object) -> dict[str, frozenset[str]]:
    terms = {name: {id_of(each) for each in records(value)} for name, value in record(told).items()}
    return {name: frozenset(id_ for id_ in ids if id_) for name, ids in terms.items() if any(ids)}


def _shipped(name: str) -> Any:
    return json.loads(resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8"))
