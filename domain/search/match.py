"""A vacancy found for a person by a run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from domain.errors import Conflict
from domain.identifiers import RunId, TelegramId, VacancyId
from domain.matching.assessment import Assessment, Reason
from domain.matching.scorer import MOST_REASONS


class MatchState(str, Enum):
    WAITING = "waiting"
    SHOWN = "shown"
    LIKED = "liked"
    DISLIKED = "disliked"
    APPLIED = "applied"
    HIDDEN = "hidden"
    SUPERSEDED = "superseded"
    FILTERED = "filtered"


SEEN = frozenset(
    {MatchState.SHOWN, MatchState.LIKED, MatchState.DISLIKED, MatchState.APPLIED, MatchState.HIDDEN},
)


class Verdict(str, Enum):
    """What a person says of a vacancy shown to them."""

    LIKE = "like"
    DISLIKE = "dislike"
    APPLIED = "applied"
    HIDE_EMPLOYER = "hide_employer"
    UNDO = "undo"


_STATE_AFTER = {
    Verdict.LIKE: MatchState.LIKED,
    Verdict.DISLIKE: MatchState.DISLIKED,
    Verdict.APPLIED: MatchState.APPLIED,
    Verdict.HIDE_EMPLOYER: MatchState.HIDDEN,
}


class FilterReason(str, Enum):
    """Why a vacancy found was not offered."""

    ALREADY_SHOWN = "already_shown"
    ALREADY_APPLIED = "already_applied"
    CURRENT_EMPLOYER = "current_employer"
    EMPLOYER_HIDDEN = "employer_hidden"
    SAME_POSTING = "same_posting"
    CLOSED = "closed"
    NOT_YOUR_WORK = "not_your_work"
    BEYOND_LIMIT = "beyond_limit"


WITHHELD = frozenset({FilterReason.EMPLOYER_HIDDEN, FilterReason.CURRENT_EMPLOYER})
"""Reasons that may cease to hold; what was in the queue before then returns to its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """By how many points of score a person's taste moves a match in their queue, and why. The score stays as it is."""

    points: int = 0
    reason: Reason | None = None


UNMOVED = Shift()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """`place` counts from 1 in the order of the queue; `None` for what never was in it.

    `posting` and `employer` are the vacancy's keys as they were then. `served_after` is what the caller named as the
    card received last (`none` before the first), so that the same question gets the same card. `verdicts` are the
    states the verdicts led to, the latest last, so that an undo leads back. Nothing is learned from `forgotten` ones;
    of the verdicts of a match judged again since, the first `forgotten_before` stay so when an undo leads back to them.
    """

    run_id: RunId
    telegram_id: TelegramId
    vacancy_id: VacancyId
    posting: str
    employer: str | None
    state: MatchState
    filter_reason: FilterReason | None = None
    place: int | None = None
    assessment: Assessment
    shift: Shift = UNMOVED
    served_after: str | None = None
    verdicts: tuple[MatchState, ...] = ()
    forgotten: bool = False
    forgotten_before: int = 0
    found_at: datetime
    shown_at: datetime | None = None
    judged_at: datetime | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons for the card: those of the score, and the one why the match has moved in the queue."""
        if self.shift.reason is None:
            return self.assessment.reasons
        return (*self.assessment.reasons[: MOST_REASONS - 1], self.shift.reason)

    def shown(self, *, at: datetime, after: str | None) -> Match:
        if self.state is not MatchState.WAITING:
            raise Conflict("match_not_waiting")
        return replace(self, state=MatchState.SHOWN, shown_at=at, served_after=after)

    def found_closed(self) -> Match:
        """Return the match taken out of the queue: the vacancy closed before it was shown."""
        if self.state not in (MatchState.WAITING, MatchState.SHOWN):
            raise Conflict("match_not_waiting")
        return replace(
            self,
            state=MatchState.FILTERED,
            filter_reason=FilterReason.CLOSED,
            shown_at=None,
            served_after=None,
        )

    def applied_elsewhere(self, *, at: datetime) -> Match:
        """Return the match once it is known that the person applied, wherever they did."""
        if self.filter_reason in WITHHELD:
            # Not to be offered when the employer is let back in, either.
            return replace(self, filter_reason=FilterReason.ALREADY_APPLIED)
        if self.state in (MatchState.APPLIED, MatchState.HIDDEN, MatchState.FILTERED):
            return self
        verdicts = (*self.verdicts, MatchState.APPLIED) if self.state in SEEN else self.verdicts
        return replace(self, state=MatchState.APPLIED, verdicts=verdicts, judged_at=at)

    def judged(self, verdict: Verdict, *, at: datetime) -> Match:
        """Return the match after a verdict; saying the same twice changes nothing, unless it was to be forgotten."""
        if self.state not in SEEN:
            raise Conflict("not_shown_yet")
        if verdict is Verdict.UNDO:
            return self._undone(at=at)
        state = _STATE_AFTER[verdict]
        if state is self.state:
            return self._meant_again(at=at) if self.forgotten else self
        return replace(
            self,
            state=state,
            verdicts=(*self.verdicts, state),
            forgotten=False,
            forgotten_before=len(self.verdicts) if self.forgotten else self.forgotten_before,
            judged_at=at,
        )

    def _meant_again(self, *, at: datetime) -> Match:
        return replace(self, forgotten=False, forgotten_before=len(self.verdicts) - 1, judged_at=at)

    def _undone(self, *, at: datetime) -> Match:
        if not self.verdicts:
            raise Conflict("nothing_to_undo")
        left = self.verdicts[:-1]
        return replace(
            self,
            state=left[-1] if left else MatchState.SHOWN,
            verdicts=left,
            forgotten=bool(left) and (self.forgotten or len(left) <= self.forgotten_before),
            forgotten_before=min(self.forgotten_before, len(left)),
            judged_at=at if left else None,
        )
