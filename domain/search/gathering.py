"""Who gathers vacancies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identifiers import VacancyId
from domain.resumes.content import ResumeContent
from domain.search.filters import Filters
from domain.search.run import SearchRun, SourceReport
from domain.vacancies.vacancy import Vacancy


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What an engine found, and what each source answered."""

    vacancies: Sequence[Vacancy]
    reports: tuple[SourceReport, ...]


class VacancySource(Protocol):
    """One place where vacancies are found."""

    @property
    def name(self) -> str:
        """The source's name, as filters and reports give it."""

    @property
    def patience(self) -> float:
        """How many seconds a search waits for it."""

    def find(self, resume: ResumeContent, filters: Filters, *, limit: int | None = None) -> Gathered:
        """Return what the source has for the résumé under the filters, with one report; troubles are reports too.

        By a `limit` no more is asked than so many take; a few more may come.
        """


class NearVacancies(Protocol):
    """Our own vacancies by their meaning."""

    def nearest(self, text: str, *, limit: int) -> Sequence[VacancyId]:
        """Return the vacancies that tell of what is nearest in meaning to the text, nearest first, ties by id.

        Nothing where no model is at hand. One that closed lately may be among them, one that came lately may not.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an engine found will come in its own time, or be missed at the deadline."""

    until: datetime


class SearchEngine(Protocol):
    """What gathers vacancies for a run."""

    @property
    def name(self) -> str:
        """`n8n` or `builtin`."""

    def gather(self, run: SearchRun, resume: ResumeContent) -> Gathered | Given:
        """Return vacancies for the résumé under the run's filters, or raise `Unavailable`.

        `Given` where they come later: then it is asked again with what has come.
        """
