"""Where runs, matches and queues are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identifiers import RunId, TelegramId, VacancyId
from domain.search.match import FilterReason, Match, MatchState
from domain.search.run import Outcome, RunStatus, SearchRun
from domain.vacancies.vacancy import Vacancy


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFigures:
    """How many runs are under way, by status; when the oldest fell due that waits for a worker; how many ended.

    What ended is counted by status and engine, what its sources answered by source and outcome. What there is none of
    is left out.
    """

    under_way: Mapping[RunStatus, int]
    oldest_due_at: datetime | None
    ended: Mapping[tuple[RunStatus, str | None], int]
    sources: Mapping[tuple[str, Outcome], int]


Fate = tuple[MatchState, FilterReason | None]
"""What became of a match, and why where it was filtered out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many matches of one run share a fate and a score, and how many of them a taste moved."""

    fate: Fate
    score: int
    count: int
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """How many cards of a run come before one of it in the queue, and the lowest of their scores; none withheld."""

    count: int = 0
    lowest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A match as it stands in its run's queue; `rank` is its score as the person's taste moved it.

    `shown`: the person was given its card. One that they applied to elsewhere may be `applied` without.
    """

    vacancy_id: VacancyId
    posting: str
    employer: str | None
    state: MatchState
    shown: bool
    filter_reason: FilterReason | None
    place: int | None
    score: int
    rank: int


class SearchRuns(Protocol):
    def add(self, run: SearchRun) -> None:
        """Keep a new run. The person must exist."""

    def save(self, run: SearchRun) -> None:
        """Replace what is known of a run."""

    def find(self, run_id: RunId) -> SearchRun | None:
        """Return the run, whoever's it is, or `None`."""

    def newest(
        self, *, statuses: frozenset[RunStatus], reason: str | None, limit: int
    ) -> tuple[Sequence[SearchRun], int]:
        """Return everybody's runs in these states, the newest first, and how many there are in all.

        With a `reason`, only those that failed because of it.
        """

    def latest(self, telegram_id: TelegramId) -> SearchRun | None:
        """Return the person's run with the highest number, or `None`."""

    def latest_ready(self, telegram_id: TelegramId) -> SearchRun | None:
        """Return the person's run with the highest number of those that are ready, or `None`."""

    def all_of(self, telegram_id: TelegramId) -> Sequence[SearchRun]:
        """Return every run of the person, the oldest first."""

    def claim(self, run_id: RunId, *, at: datetime, until: datetime) -> SearchRun | None:
        """Take a queued run that is due, atomically: one caller gets it, as `claimed`; all others get `None`."""

    def settle(self, run: SearchRun) -> bool:
        """Write how far a claimed run has got, if its row still is held under the same attempt.

        Returns False, and changes nothing, when the row is gone, cancelled, or somebody else has it by now.
        """

    def renew(self, run_id: RunId, *, attempt: int, until: datetime) -> bool:
        """Let a claimed run be held until then, if its row still is held under that attempt; else return False.

        Nobody is waited for: where somebody is writing the row at this moment, it returns False, too.
        """

    def retry(self, run: SearchRun) -> bool:
        """Write a failed run as `retried`, if its row still is `failed` after that attempt; else return False."""

    def lost(self, *, before: datetime, limit: int) -> Sequence[SearchRun]:
        """Return runs held by workers whose lease ended before then, the oldest first, no more than `limit`."""

    def overdue(self, *, at: datetime, limit: int) -> Sequence[SearchRun]:
        """Return runs held for an outside engine whose deadline is over by then, the oldest first; the same limit.

        Without those of which somebody gives signs of life: their lease is not over.
        """

    def to_send(self, *, at: datetime, sent_before: datetime, limit: int) -> Sequence[RunId]:
        """Return due, queued runs not sent since then, the oldest first, and note that they are sent now.

        No more than `limit`.
        """

    def figures(self, *, at: datetime, since: datetime) -> RunFigures:
        """Return the figures as they are now; what ended is counted since then."""


class Matches(Protocol):
    def add(self, matches: Iterable[Match]) -> None:
        """Keep the matches of a run."""

    def save(self, match: Match) -> None:
        """Replace what is known of a match."""

    def standing(self, run_id: RunId) -> Sequence[Standing]:
        """Return how all matches of the run stand, in the order of their places, those without one last, ties by id."""

    def move(self, run_id: RunId, places: Mapping[VacancyId, int | None]) -> None:
        """Give matches of the run, which the person has not been shown, these places in its queue.

        One that gets none is filtered out as beyond the limit.
        """

    def take_next(self, run_id: RunId, *, at: datetime, after: str | None) -> Match | None:
        """Show the first waiting match of the run, atomically, and return it; `None` when none waits.

        No two callers ever get the same match, and no posting is shown twice to one person.
        """

    def take_if_first(
        self, run_id: RunId, vacancy_id: VacancyId, *, last_seen_at: datetime, at: datetime, after: str | None
    ) -> Match | None:
        """Show that match of the run, atomically, and return it, if nothing waits before it.

        Return `None`, and change nothing, if something does, if it does not wait any more, if its posting was shown to
        the person elsewhere, or if its vacancy is not as it was when last seen then, or is closed.
        """

    def coming(self, run_id: RunId, *, limit: int) -> Sequence[VacancyId]:
        """Return the vacancies of the matches that wait in the run, the next one first."""

    def served_after(self, run_id: RunId, after: str) -> Match | None:
        """Return the match of the run that was shown in answer to `after`, or `None`."""

    def find(self, telegram_id: TelegramId, vacancy_id: VacancyId) -> Match | None:
        """Return the person's match of the vacancy: the one shown if there is one, else the latest; or `None`."""

    def shown_last(self, telegram_id: TelegramId) -> Match | None:
        """Return the match shown to the person last, or `None`."""

    def shown_lately(self, telegram_id: TelegramId, *, limit: int) -> Sequence[VacancyId]:
        """Return the vacancies shown to the person, each once, the last shown first, no more than `limit`."""

    def seen(self, telegram_id: TelegramId) -> Mapping[str, MatchState]:
        """Return the state of every match ever shown to the person, by its posting and by its vacancy's id.

        By both, because an employer may reword a vacancy, and post one under several ids.
        """

    def hidden_employers(self, telegram_id: TelegramId) -> frozenset[str]:
        """Return the keys of the employers that the person hides."""

    def verdicts(self, telegram_id: TelegramId, *, limit: int) -> Mapping[VacancyId, MatchState]:
        """Return the person's verdicts, without those forgotten, the latest first, no more than `limit`."""

    def forget_verdicts(self, telegram_id: TelegramId) -> None:
        """Mark the person's verdicts as forgotten; in every other way they stand."""

    def supersede(self, telegram_id: TelegramId) -> None:
        """Mark what still waits for the person in any run as superseded."""

    def withhold(self, telegram_id: TelegramId, employer: str) -> None:
        """Filter out what waits for the person from an employer they have hidden."""

    def withhold_applied(self, telegram_id: TelegramId, postings: Collection[str]) -> None:
        """Filter out what waits for the person of these postings, or would when its employer is let back in."""

    def withhold_current(self, telegram_id: TelegramId, employers: Collection[str]) -> None:
        """Filter out what waits for the person from employers they work for, or would were it not hidden."""

    def offer_former(self, run_id: RunId, *, current: Collection[str]) -> frozenset[str]:
        """Put back in the run's queue what was withheld of employers who are not among the `current` ones any more.

        Return the keys of these employers: some of them may be hidden.
        """

    def offer_again(self, run_id: RunId, employer: str) -> None:
        """Put back in the run's queue what was withheld since the employer was hidden."""

    def drop_unseen(self, telegram_id: TelegramId, *, before_run: int) -> None:
        """Drop what was never shown of the person's runs whose number is lower."""

    def waiting(self, run_id: RunId) -> int:
        """Return how many matches of the run wait."""

    def before(self, match: Match) -> Before:
        """Return what comes before the match in its run's queue, shown or waiting, without what was filtered out."""

    def best(self, run_id: RunId, *, limit: int) -> Sequence[VacancyId]:
        """Return the vacancies that the run found, whatever became of them, the best first, ties by id."""

    def tally(self, telegram_id: TelegramId) -> Mapping[Fate, int]:
        """Return how many matches of the person share each fate."""

    def tally_of_run(self, run_id: RunId) -> Sequence[Tally]:
        """Return the same for one run, by score as well, in no particular order."""

    def page(
        self, telegram_id: TelegramId, *, states: frozenset[MatchState], limit: int, offset: int
    ) -> tuple[Sequence[Match], int]:
        """Return the person's matches in these states, the newest run first, best first; and how many there are."""

    def all_of(self, telegram_id: TelegramId) -> Sequence[Match]:
        """Return every match of the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A vacancy read ahead of its turn, and the run in whose queue it waits."""

    run_id: RunId
    vacancy: Vacancy


class VacancyQueues(Protocol):
    """What comes next for a person, read ahead from the store.

    It may forget, be stale or be gone, and raises nothing then: the store alone decides who is shown what.
    """

    @property
    def depth(self) -> int:
        """How many vacancies are worth reading ahead; 0 for none."""

    def first(self, telegram_id: TelegramId) -> Ahead | None:
        """Return what was put there to come first and has not been dropped, or `None`."""

    def drop_first(self, telegram_id: TelegramId) -> None:
        """Forget what comes first, for it was shown."""

    def fill(self, telegram_id: TelegramId, run_id: RunId, vacancies: Sequence[Vacancy]) -> None:
        """Put these in place of what was there, the next one first."""

    def forget(self, telegram_id: TelegramId) -> None:
        """Keep nothing for the person."""
