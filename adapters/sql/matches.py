"""Matches in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert
from sqlalchemy.exc import IntegrityError

from adapters.sql import match_statements as statements
from adapters.sql.match_rows import columns, fate_in, identity, match_in, standing_in
from adapters.sql.tables import matches
from adapters.sql.vacancies import in_portions
from adapters.sql.writing import owner_known
from domain.identifiers import RunId, TelegramId, VacancyId
from domain.search.match import Match, MatchState
from domain.search.ports import Before, Fate, Standing, Tally
from domain.vacancies.vacancy import UNSEEN_MEANS_CLOSED


class SqlMatches:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, matches_of_run: Iterable[Match]) -> None:
        rows = [{**identity(match), **columns(match)} for match in matches_of_run]
        if rows:
            with owner_known("user_not_found"):
                self._connection.execute(insert(matches), rows)

    def save(self, match: Match) -> None:
        self._connection.execute(statements.SAVE, {"run": match.run_id, "vacancy": match.vacancy_id, **columns(match)})

    def standing(self, run_id: RunId) -> Sequence[Standing]:
        return [standing_in(row) for row in self._connection.execute(statements.STANDING, {"run": run_id})]

    def move(self, run_id: RunId, places: Mapping[VacancyId, int | None]) -> None:
        moved = [
            {"run": run_id, "vacancy": each, "place": place} for each, place in places.items() if place is not None
        ]
        pushed_out = [{"run": run_id, "vacancy": each} for each, place in places.items() if place is None]
        for statement, rows in ((statements.MOVE, moved), (statements.PUSH_OUT, pushed_out)):
            if rows:
                self._connection.execute(statement, rows)

    def take_next(self, run_id: RunId, *, at: datetime, after: str | None) -> Match | None:
        while (vacancy_id := self._connection.scalar(statements.FIRST_WAITING, {"run": run_id})) is not None:
            key = {"run": run_id, "vacancy": vacancy_id}
            try:
                with self._connection.begin_nested():
                    shown = self._connection.execute(statements.SHOW, {**key, "shown_at": at, "served_after": after})
            except IntegrityError:
                # The posting was shown to the person in another run.
                self._connection.execute(statements.FILTER_OUT, key)
            else:
                if shown.rowcount == 1:
                    return self._one(statements.GET, **key)
        return None

    def take_if_first(
        self, run_id: RunId, vacancy_id: VacancyId, *, last_seen_at: datetime, at: datetime, after: str | None
    ) -> Match | None:
        values = {"shown_at": at, "served_after": after}
        as_it_was = {"seen_at": last_seen_at, "at": at, "last_seen_after": at - UNSEEN_MEANS_CLOSED}
        try:
            with self._connection.begin_nested():
                row = self._connection.execute(
                    statements.SHOW_IF_FIRST, {"run": run_id, "vacancy": vacancy_id, **as_it_was, **values}
                ).one_or_none()
        except IntegrityError:
            # The posting was shown to the person in another run.
            return None
        return match_in(row) if row is not None else None

    def coming(self, run_id: RunId, *, limit: int) -> Sequence[VacancyId]:
        return [VacancyId(each) for each in self._connection.scalars(statements.COMING, {"run": run_id, "most": limit})]

    def served_after(self, run_id: RunId, after: str) -> Match | None:
        return self._one(statements.SERVED_AFTER, run=run_id, after=after)

    def find(self, telegram_id: TelegramId, vacancy_id: VacancyId) -> Match | None:
        return self._one(statements.FIND, person=telegram_id, vacancy=vacancy_id)

    def shown_last(self, telegram_id: TelegramId) -> Match | None:
        return self._one(statements.SHOWN_LAST, person=telegram_id)

    def shown_lately(self, telegram_id: TelegramId, *, limit: int) -> Sequence[VacancyId]:
        rows = self._connection.scalars(statements.SHOWN_LATELY, {"person": telegram_id, "most": limit})
        return [VacancyId(each) for each in rows]

    def seen(self, telegram_id: TelegramId) -> Mapping[str, MatchState]:
        rows = self._connection.execute(statements.SEEN, {"person": telegram_id})
        return {key: MatchState(row.state) for row in rows for key in (row.posting, row.vacancy_id)}

    def hidden_employers(self, telegram_id: TelegramId) -> frozenset[str]:
        return frozenset(self._connection.scalars(statements.HIDDEN_EMPLOYERS, {"person": telegram_id}))

    def verdicts(self, telegram_id: TelegramId, *, limit: int) -> Mapping[VacancyId, MatchState]:
        rows = self._connection.execute(statements.VERDICTS_GIVEN, {"person": telegram_id, "most": limit})
        return {VacancyId(row.vacancy_id): MatchState(row.state) for row in rows}

    def forget_verdicts(self, telegram_id: TelegramId) -> None:
        self._connection.execute(statements.FORGET_VERDICTS, {"person": telegram_id})

    def supersede(self, telegram_id: TelegramId) -> None:
        self._connection.execute(statements.SUPERSEDE, {"person": telegram_id})

    def withhold(self, telegram_id: TelegramId, employer: str) -> None:
        self._connection.execute(statements.WITHHOLD, {"person": telegram_id, "hidden_employer": employer})

    def withhold_applied(self, telegram_id: TelegramId, postings: Collection[str]) -> None:
        for these in in_portions(postings):
            self._connection.execute(statements.WITHHOLD_APPLIED, {"person": telegram_id, "postings": these})

    def withhold_current(self, telegram_id: TelegramId, employers: Collection[str]) -> None:
        if employers:
            self._connection.execute(
                statements.WITHHOLD_CURRENT, {"person": telegram_id, "employers": sorted(employers)}
            )

    def offer_former(self, run_id: RunId, *, current: Collection[str]) -> frozenset[str]:
        return frozenset(
            self._connection.scalars(statements.OFFER_FORMER, {"run": run_id, "employers": sorted(current)})
        )

    def offer_again(self, run_id: RunId, employer: str) -> None:
        self._connection.execute(statements.OFFER_AGAIN, {"run": run_id, "hidden_employer": employer})

    def drop_unseen(self, telegram_id: TelegramId, *, before_run: int) -> None:
        self._connection.execute(statements.DROP_UNSEEN, {"person": telegram_id, "number": before_run})

    def waiting(self, run_id: RunId) -> int:
        return self._connection.scalar(statements.WAITING, {"run": run_id}) or 0

    def before(self, match: Match) -> Before:
        row = self._connection.execute(statements.BEFORE, {"run": match.run_id, "place_of_it": match.place or 0}).one()
        return Before(count=row.how_many, lowest=row.lowest)

    def best(self, run_id: RunId, *, limit: int) -> Sequence[VacancyId]:
        return [VacancyId(each) for each in self._connection.scalars(statements.BEST, {"run": run_id, "most": limit})]

    def tally(self, telegram_id: TelegramId) -> Mapping[Fate, int]:
        return {
            fate_in(row): row.how_many for row in self._connection.execute(statements.TALLY, {"person": telegram_id})
        }

    def tally_of_run(self, run_id: RunId) -> Sequence[Tally]:
        rows = self._connection.execute(statements.TALLY_OF_RUN, {"run": run_id})
        return [Tally(fate=fate_in(row), score=row.score, count=row.how_many, moved=row.moved) for row in rows]

    def page(
        self, telegram_id: TelegramId, *, states: frozenset[MatchState], limit: int, offset: int
    ) -> tuple[Sequence[Match], int]:
        asked = {"person": telegram_id, "states": sorted(state.value for state in states)}
        rows = self._connection.execute(statements.PAGE, {**asked, "most": limit, "skipped": offset})
        total = self._connection.scalar(statements.COUNT, asked) or 0
        return [match_in(row) for row in rows], total

    def all_of(self, telegram_id: TelegramId) -> Sequence[Match]:
        return [match_in(row) for row in self._connection.execute(statements.IN_ORDER, {"person": telegram_id})]

    def _one(self, statement: Select[Any], **values: Any) -> Match | None:
        row = self._connection.execute(statement, values).one_or_none()
        return match_in(row) if row is not None else None
