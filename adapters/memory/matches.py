"""Matches in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.memory.tables import Tables
from domain.identifiers import RunId, TelegramId, VacancyId
from domain.search.learning import VERDICTS
from domain.search.match import UNMOVED, WITHHELD, FilterReason, Match, MatchState
from domain.search.ports import Before, Fate, Standing, Tally


class MemoryMatches:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, matches: Iterable[Match]) -> None:
        for match in matches:
            self._tables.must_know(match.telegram_id)
            self._put(match)

    def save(self, match: Match) -> None:
        if (match.run_id, match.vacancy_id) in self._tables.matches:
            self._put(match)

    def standing(self, run_id: RunId) -> Sequence[Standing]:
        of_run = (each for each in self._tables.matches.values() if each.run_id == run_id)
        in_order = sorted(of_run, key=lambda each: (each.place is None, each.place or 0, each.vacancy_id))
        return [
            Standing(
                vacancy_id=each.vacancy_id,
                posting=each.posting,
                employer=each.employer,
                state=each.state,
                shown=each.shown_at is not None,
                filter_reason=each.filter_reason,
                place=each.place,
                score=each.assessment.score,
                rank=each.assessment.score + each.shift.points,
            )
            for each in in_order
        ]

    def move(self, run_id: RunId, places: Mapping[VacancyId, int | None]) -> None:
        for vacancy_id, place in places.items():
            match = self._tables.matches.get((run_id, vacancy_id))
            if match is None or match.shown_at is not None:
                continue
            moved = replace(match, place=place)
            if place is None:
                moved = replace(moved, state=MatchState.FILTERED, filter_reason=FilterReason.BEYOND_LIMIT)
            self._put(moved)

    def take_next(self, run_id: RunId, *, at: datetime, after: str | None) -> Match | None:
        for match in self._in_line(run_id):
            if match.posting not in self.seen(match.telegram_id):
                shown = match.shown(at=at, after=after)
                self._put(shown)
                return shown
            self._put(replace(match, state=MatchState.FILTERED, filter_reason=FilterReason.ALREADY_SHOWN))
        return None

    def take_if_first(
        self, run_id: RunId, vacancy_id: VacancyId, *, last_seen_at: datetime, at: datetime, after: str | None
    ) -> Match | None:
        first = next(iter(self._in_line(run_id)), None)
        vacancy = self._tables.vacancies.get(vacancy_id)
        if first is None or first.vacancy_id != vacancy_id or vacancy is None or vacancy.last_seen_at != last_seen_at:
            return None
        if first.posting in self.seen(first.telegram_id) or not vacancy.is_open(at=at):
            return None
        shown = first.shown(at=at, after=after)
        self._put(shown)
        return shown

    def coming(self, run_id: RunId, *, limit: int) -> Sequence[VacancyId]:
        return [each.vacancy_id for each in self._in_line(run_id)[:limit]]

    def served_after(self, run_id: RunId, after: str) -> Match | None:
        return _shown_last(
            each
            for each in self._tables.matches.values()
            if each.run_id == run_id and each.served_after == after and each.shown_at is not None
        )

    def find(self, telegram_id: TelegramId, vacancy_id: VacancyId) -> Match | None:
        found = [each for each in self._of(telegram_id) if each.vacancy_id == vacancy_id]
        shown = _shown_last(each for each in found if each.shown_at is not None)
        return shown or max(found, key=self._run_number, default=None)

    def shown_last(self, telegram_id: TelegramId) -> Match | None:
        shown = (each for each in self._of(telegram_id) if each.shown_at is not None)
        # Of two shown at one instant, the one further down the queue came later.
        in_order = sorted(shown, key=lambda each: (self._run_number(each), each.place or 0))
        return _shown_last(reversed(in_order))

    def shown_lately(self, telegram_id: TelegramId, *, limit: int) -> Sequence[VacancyId]:
        times = sorted((each.shown_at, each.vacancy_id) for each in self._of(telegram_id) if each.shown_at is not None)
        return list(dict.fromkeys(vacancy_id for _, vacancy_id in reversed(times)))[:limit]

    def seen(self, telegram_id: TelegramId) -> Mapping[str, MatchState]:
        shown = [each for each in self._of(telegram_id) if each.shown_at is not None]
        return {key: each.state for each in shown for key in (each.posting, each.vacancy_id)}

    def hidden_employers(self, telegram_id: TelegramId) -> frozenset[str]:
        return frozenset(
            each.employer
            for each in self._of(telegram_id)
            if each.state is MatchState.HIDDEN and each.employer is not None
        )

    def verdicts(self, telegram_id: TelegramId, *, limit: int) -> Mapping[VacancyId, MatchState]:
        judged = [
            (each.judged_at, each)
            for each in self._of(telegram_id)
            if each.judged_at is not None and each.state in VERDICTS and not each.forgotten
        ]
        in_order = sorted(judged, key=lambda pair: (-pair[0].timestamp(), pair[1].vacancy_id))
        return {each.vacancy_id: each.state for _, each in in_order[:limit]}

    def forget_verdicts(self, telegram_id: TelegramId) -> None:
        for each in self._of(telegram_id):
            if each.state in VERDICTS:
                self._put(replace(each, forgotten=True))

    def supersede(self, telegram_id: TelegramId) -> None:
        for each in self._of(telegram_id):
            if each.state is MatchState.WAITING:
                self._put(replace(each, state=MatchState.SUPERSEDED))

    def withhold(self, telegram_id: TelegramId, employer: str) -> None:
        for each in self._of(telegram_id):
            if each.state is MatchState.WAITING and each.employer == employer:
                self._put(replace(each, state=MatchState.FILTERED, filter_reason=FilterReason.EMPLOYER_HIDDEN))

    def withhold_applied(self, telegram_id: TelegramId, postings: Collection[str]) -> None:
        for each in self._of(telegram_id):
            if each.posting in postings and _may_come(each):
                self._put(replace(each, state=MatchState.FILTERED, filter_reason=FilterReason.ALREADY_APPLIED))

    def withhold_current(self, telegram_id: TelegramId, employers: Collection[str]) -> None:
        for each in self._of(telegram_id):
            if each.employer in employers and _may_come(each):
                self._put(replace(each, state=MatchState.FILTERED, filter_reason=FilterReason.CURRENT_EMPLOYER))

    def offer_former(self, run_id: RunId, *, current: Collection[str]) -> frozenset[str]:
        former = set()
        for each in self._of_run(run_id):
            withheld = each.filter_reason is FilterReason.CURRENT_EMPLOYER and each.place is not None
            if withheld and each.employer is not None and each.employer not in current:
                former.add(each.employer)
                self._put(replace(each, state=MatchState.WAITING, filter_reason=None))
        return frozenset(former)

    def offer_again(self, run_id: RunId, employer: str) -> None:
        for each in list(self._tables.matches.values()):
            withheld = each.filter_reason is FilterReason.EMPLOYER_HIDDEN and each.place is not None
            if each.run_id == run_id and each.employer == employer and withheld:
                self._put(replace(each, state=MatchState.WAITING, filter_reason=None))

    def drop_unseen(self, telegram_id: TelegramId, *, before_run: int) -> None:
        for each in self._of(telegram_id):
            if each.shown_at is None and self._run_number(each) < before_run:
                del self._tables.matches[each.run_id, each.vacancy_id]

    def waiting(self, run_id: RunId) -> int:
        return len(self._waiting(run_id))

    def before(self, match: Match) -> Before:
        scores = [
            each.assessment.score
            for each in self._of_run(match.run_id)
            if each.state is not MatchState.FILTERED and (each.place or 0) < (match.place or 0)
        ]
        return Before(count=len(scores), lowest=min(scores, default=None))

    def best(self, run_id: RunId, *, limit: int) -> Sequence[VacancyId]:
        best_first = sorted(self._of_run(run_id), key=lambda each: (-each.assessment.score, each.vacancy_id))
        return [each.vacancy_id for each in best_first[:limit]]

    def tally(self, telegram_id: TelegramId) -> Mapping[Fate, int]:
        return Counter((each.state, each.filter_reason) for each in self._of(telegram_id))

    def tally_of_run(self, run_id: RunId) -> Sequence[Tally]:
        of_run = self._of_run(run_id)
        keys = Counter(((each.state, each.filter_reason), each.assessment.score) for each in of_run)
        moved = Counter(
            ((each.state, each.filter_reason), each.assessment.score) for each in of_run if each.shift != UNMOVED
        )
        return [
            Tally(fate=fate, score=score, count=count, moved=moved[fate, score])
            for (fate, score), count in keys.items()
        ]

    def page(
        self, telegram_id: TelegramId, *, states: frozenset[MatchState], limit: int, offset: int
    ) -> tuple[Sequence[Match], int]:
        found = [each for each in self.all_of(telegram_id) if each.state in states]
        return found[offset : offset + limit], len(found)

    def all_of(self, telegram_id: TelegramId) -> Sequence[Match]:
        return sorted(
            self._of(telegram_id),
            key=lambda each: (-self._run_number(each), -each.assessment.score, each.vacancy_id),
        )

    def _of(self, telegram_id: TelegramId) -> list[Match]:
        return [each for each in self._tables.matches.values() if each.telegram_id == telegram_id]

    def _of_run(self, run_id: RunId) -> list[Match]:
        return [each for each in self._tables.matches.values() if each.run_id == run_id]

    def _waiting(self, run_id: RunId) -> list[Match]:
        return [each for each in self._of_run(run_id) if each.state is MatchState.WAITING]

    def _in_line(self, run_id: RunId) -> list[Match]:
        return sorted(self._waiting(run_id), key=lambda each: (each.place or 0, each.vacancy_id))

    def _run_number(self, match: Match) -> int:
        return self._tables.search_runs[match.run_id].number

    def _put(self, match: Match) -> None:
        self._tables.matches[match.run_id, match.vacancy_id] = match


def _may_come(match: Match) -> bool:
    return match.state is MatchState.WAITING or match.filter_reason in WITHHELD


def _shown_last(shown: Iterable[Match]) -> Match | None:
    times = [(each.shown_at, each) for each in shown if each.shown_at is not None]
    return max(times, key=lambda each: each[0])[1] if times else None
