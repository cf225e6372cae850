"""Matches in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, exists, false, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from adapters.codec import enum_or_none, plain, structured, structured_or_none, value_or_none
from adapters.sql.columns import Timestamp
from adapters.sql.tables import matches, search_runs, vacancies
from adapters.sql.vacancies import IS_OPEN, in_portions
from adapters.sql.writing import owner_known
from domain.identifiers import RunId, TelegramId, VacancyId
from domain.matching.assessment import Assessment
from domain.search.learning import VERDICTS
from domain.search.match import UNMOVED, FilterReason, Match, MatchState, Shift
from domain.search.ports import Before, Fate, Tally
from domain.vacancies.vacancy import UNSEEN_MEANS_CLOSED

_IS_IT = (matches.c.run_id == bindparam("run"), matches.c.vacancy_id == bindparam("vacancy"))
_OF_PERSON = matches.c.telegram_id == bindparam("person")
_OF_RUN = matches.c.run_id == bindparam("run")
_WAITS = matches.c.state == MatchState.WAITING.value
_WAS_SHOWN = matches.c.shown_at.is_not(None)
_OF_EMPLOYER = matches.c.employer == bindparam("hidden_employer")

_SAVE = update(matches).where(*_IS_IT)
_GET = select(matches).where(*_IS_IT)
# Skipping rows that others hold: they are being shown, and waiting for them would end without a row.
_FIRST_WAITING = (
    select(matches.c.vacancy_id)
    .where(_OF_RUN, _WAITS)
    .order_by(matches.c.place, matches.c.vacancy_id)
    .limit(1)
    .with_for_update(skip_locked=True, key_share=True)
)
_SHOW = update(matches).where(*_IS_IT, _WAITS).values(state=MatchState.SHOWN.value)
_FILTER_OUT = (
    update(matches)
    .where(*_IS_IT, _WAITS)
    .values(state=MatchState.FILTERED.value, filter_reason=FilterReason.ALREADY_SHOWN.value)
)
_EARLIER = matches.alias("earlier")
_SHOW_IF_FIRST = (
    update(matches)
    .where(
        *_IS_IT,
        _WAITS,
        ~exists().where(
            _EARLIER.c.run_id == matches.c.run_id,
            _EARLIER.c.state == MatchState.WAITING.value,
            _EARLIER.c.place < matches.c.place,
        ),
        exists().where(
            vacancies.c.id == matches.c.vacancy_id,
            vacancies.c.last_seen_at == bindparam("seen_at", type_=Timestamp),
            *IS_OPEN,
        ),
    )
    .values(state=MatchState.SHOWN.value)
    .returning(matches)
)
_COMING = (
    select(matches.c.vacancy_id)
    .where(_OF_RUN, _WAITS)
    .order_by(matches.c.place, matches.c.vacancy_id)
    .limit(bindparam("most"))
)
_SERVED_AFTER = (
    select(matches)
    .where(_OF_RUN, matches.c.served_after == bindparam("after"), _WAS_SHOWN)
    .order_by(matches.c.shown_at.desc())
    .limit(1)
)
_WITH_RUN = select(matches).join(search_runs, matches.c.run_id == search_runs.c.id).where(_OF_PERSON)
_FIND = (
    _WITH_RUN.where(matches.c.vacancy_id == bindparam("vacancy"))
    .order_by(matches.c.shown_at.desc().nulls_last(), search_runs.c.number.desc())
    .limit(1)
)
_SHOWN_LAST = (
    _WITH_RUN.where(_WAS_SHOWN)
    # Of two shown at one instant, the one further down the queue came later.
    .order_by(matches.c.shown_at.desc(), search_runs.c.number.desc(), matches.c.place.desc())
    .limit(1)
)
_SHOWN_LATELY = (
    select(matches.c.vacancy_id)
    .where(_OF_PERSON, _WAS_SHOWN)
    .group_by(matches.c.vacancy_id)
    .order_by(func.max(matches.c.shown_at).desc(), matches.c.vacancy_id.desc())
    .limit(bindparam("most"))
)
_SEEN = select(matches.c.posting, matches.c.vacancy_id, matches.c.state).where(_OF_PERSON, _WAS_SHOWN)
_HIDDEN_EMPLOYERS = (
    select(matches.c.employer)
    .where(_OF_PERSON, matches.c.state == MatchState.HIDDEN.value, matches.c.employer.is_not(None))
    .distinct()
)
_JUDGED = matches.c.state.in_(sorted(state.value for state in VERDICTS))
_VERDICTS = (
    select(matches.c.vacancy_id, matches.c.state)
    .where(_OF_PERSON, _JUDGED, matches.c.forgotten == false())
    .order_by(matches.c.judged_at.desc(), matches.c.vacancy_id)
    .limit(bindparam("most"))
)
_FORGET_VERDICTS = update(matches).where(_OF_PERSON, _JUDGED).values(forgotten=True)
_SUPERSEDE = update(matches).where(_OF_PERSON, _WAITS).values(state=MatchState.SUPERSEDED.value)
_WITHHOLD = (
    update(matches)
    .where(_OF_PERSON, _WAITS, _OF_EMPLOYER)
    .values(state=MatchState.FILTERED.value, filter_reason=FilterReason.EMPLOYER_HIDDEN.value)
)
_WITHHOLD_APPLIED = (
    update(matches)
    .where(
        _OF_PERSON,
        or_(_WAITS, matches.c.filter_reason == FilterReason.EMPLOYER_HIDDEN.value),
        matches.c.posting.in_(bindparam("postings", expanding=True)),
    )
    .values(state=MatchState.FILTERED.value, filter_reason=FilterReason.ALREADY_APPLIED.value)
)
_OFFER_AGAIN = (
    update(matches)
    .where(
        _OF_RUN,
        _OF_EMPLOYER,
        matches.c.state == MatchState.FILTERED.value,
        matches.c.filter_reason == FilterReason.EMPLOYER_HIDDEN.value,
        matches.c.place.is_not(None),
    )
    .values(state=MatchState.WAITING.value, filter_reason=None)
)
_DROP_UNSEEN = delete(matches).where(
    _OF_PERSON,
    matches.c.shown_at.is_(None),
    matches.c.run_id.in_(
        select(search_runs.c.id).where(
            search_runs.c.telegram_id == bindparam("person"), search_runs.c.number < bindparam("number")
        )
    ),
)
_WAITING = select(func.count()).select_from(matches).where(_OF_RUN, _WAITS)
_BEFORE = select(func.count().label("how_many"), func.min(matches.c.score).label("lowest")).where(
    _OF_RUN,
    # All but one, so that the index is of use.
    matches.c.state.in_([state.value for state in MatchState if state is not MatchState.FILTERED]),
    matches.c.place < bindparam("place_of_it"),
)
_BEST = (
    select(matches.c.vacancy_id)
    .where(_OF_RUN)
    .order_by(matches.c.score.desc(), matches.c.vacancy_id)
    .limit(bindparam("most"))
)
_FATE = (matches.c.state, matches.c.filter_reason)
_HOW_MANY = func.count().label("how_many")
_TALLY = select(*_FATE, _HOW_MANY).where(_OF_PERSON).group_by(*_FATE)
_TALLY_OF_RUN = (
    select(*_FATE, matches.c.score, _HOW_MANY, func.count(matches.c.shift).label("moved"))
    .where(_OF_RUN)
    .group_by(*_FATE, matches.c.score)
)
_IN_ORDER = _WITH_RUN.order_by(search_runs.c.number.desc(), matches.c.score.desc(), matches.c.vacancy_id)
_IN_STATES = matches.c.state.in_(bindparam("states", expanding=True))
_PAGE = _IN_ORDER.where(_IN_STATES).limit(bindparam("most")).offset(bindparam("skipped"))
_COUNT = select(func.count()).select_from(matches).where(_OF_PERSON, _IN_STATES)


class SqlMatches:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, matches_of_run: Iterable[Match]) -> None:
        rows = [{**_identity(match), **_columns(match)} for match in matches_of_run]
        if rows:
            with owner_known("user_not_found"):
                self._connection.execute(insert(matches), rows)

    def save(self, match: Match) -> None:
        self._connection.execute(_SAVE, {"run": match.run_id, "vacancy": match.vacancy_id, **_columns(match)})

    def take_next(self, run_id: RunId, *, at: datetime, after: str | None) -> Match | None:
        while (vacancy_id := self._connection.scalar(_FIRST_WAITING, {"run": run_id})) is not None:
            key = {"run": run_id, "vacancy": vacancy_id}
            try:
                with self._connection.begin_nested():
                    shown = self._connection.execute(_SHOW, {**key, "shown_at": at, "served_after": after})
            except IntegrityError:
                # The posting was shown to the person in another run.
                self._connection.execute(_FILTER_OUT, key)
            else:
                if shown.rowcount == 1:
                    return self._one(_GET, **key)
        return None

    def take_if_first(
        self, run_id: RunId, vacancy_id: VacancyId, *, last_seen_at: datetime, at: datetime, after: str | None
    ) -> Match | None:
        values = {"shown_at": at, "served_after": after}
        as_it_was = {"seen_at": last_seen_at, "at": at, "last_seen_after": at - UNSEEN_MEANS_CLOSED}
        try:
            with self._connection.begin_nested():
                row = self._connection.execute(
                    _SHOW_IF_FIRST, {"run": run_id, "vacancy": vacancy_id, **as_it_was, **values}
                ).one_or_none()
        except IntegrityError:
            # The posting was shown to the person in another run.
            return None
        return _match(row) if row is not None else None

    def coming(self, run_id: RunId, *, limit: int) -> Sequence[VacancyId]:
        return [VacancyId(each) for each in self._connection.scalars(_COMING, {"run": run_id, "most": limit})]

    def served_after(self, run_id: RunId, after: str) -> Match | None:
        return self._one(_SERVED_AFTER, run=run_id, after=after)

    def find(self, telegram_id: TelegramId, vacancy_id: VacancyId) -> Match | None:
        return self._one(_FIND, person=telegram_id, vacancy=vacancy_id)

    def shown_last(self, telegram_id: TelegramId) -> Match | None:
        return self._one(_SHOWN_LAST, person=telegram_id)

    def shown_lately(self, telegram_id: TelegramId, *, limit: int) -> Sequence[VacancyId]:
        rows = self._connection.scalars(_SHOWN_LATELY, {"person": telegram_id, "most": limit})
        return [VacancyId(each) for each in rows]

    def seen(self, telegram_id: TelegramId) -> Mapping[str, MatchState]:
        rows = self._connection.execute(_SEEN, {"person": telegram_id})
        return {key: MatchState(row.state) for row in rows for key in (row.posting, row.vacancy_id)}

    def hidden_employers(self, telegram_id: TelegramId) -> frozenset[str]:
        return frozenset(self._connection.scalars(_HIDDEN_EMPLOYERS, {"person": telegram_id}))

    def verdicts(self, telegram_id: TelegramId, *, limit: int) -> Mapping[VacancyId, MatchState]:
        rows = self._connection.execute(_VERDICTS, {"person": telegram_id, "most": limit})
        return {VacancyId(row.vacancy_id): MatchState(row.state) for row in rows}

    def forget_verdicts(self, telegram_id: TelegramId) -> None:
        self._connection.execute(_FORGET_VERDICTS, {"person": telegram_id})

    def supersede(self, telegram_id: TelegramId) -> None:
        self._connection.execute(_SUPERSEDE, {"person": telegram_id})

    def withhold(self, telegram_id: TelegramId, employer: str) -> None:
        self._connection.execute(_WITHHOLD, {"person": telegram_id, "hidden_employer": employer})

    def withhold_applied(self, telegram_id: TelegramId, postings: Collection[str]) -> None:
        for these in in_portions(postings):
            self._connection.execute(_WITHHOLD_APPLIED, {"person": telegram_id, "postings": these})

    def offer_again(self, run_id: RunId, employer: str) -> None:
        self._connection.execute(_OFFER_AGAIN, {"run": run_id, "hidden_employer": employer})

    def drop_unseen(self, telegram_id: TelegramId, *, before_run: int) -> None:
        self._connection.execute(_DROP_UNSEEN, {"person": telegram_id, "number": before_run})

    def waiting(self, run_id: RunId) -> int:
        return self._connection.scalar(_WAITING, {"run": run_id}) or 0

    def before(self, match: Match) -> Before:
        row = self._connection.execute(_BEFORE, {"run": match.run_id, "place_of_it": match.place or 0}).one()
        return Before(count=row.how_many, lowest=row.lowest)

    def best(self, run_id: RunId, *, limit: int) -> Sequence[VacancyId]:
        return [VacancyId(each) for each in self._connection.scalars(_BEST, {"run": run_id, "most": limit})]

    def tally(self, telegram_id: TelegramId) -> Mapping[Fate, int]:
        return {_fate(row): row.how_many for row in self._connection.execute(_TALLY, {"person": telegram_id})}

    def tally_of_run(self, run_id: RunId) -> Sequence[Tally]:
        rows = self._connection.execute(_TALLY_OF_RUN, {"run": run_id})
        return [Tally(fate=_fate(row), score=row.score, count=row.how_many, moved=row.moved) for row in rows]

    def page(
        self, telegram_id: TelegramId, *, states: frozenset[MatchState], limit: int, offset: int
    ) -> tuple[Sequence[Match], int]:
        asked = {"person": telegram_id, "states": sorted(state.value for state in states)}
        rows = self._connection.execute(_PAGE, {**asked, "most": limit, "skipped": offset})
        total = self._connection.scalar(_COUNT, asked) or 0
        return [_match(row) for row in rows], total

    def all_of(self, telegram_id: TelegramId) -> Sequence[Match]:
        return [_match(row) for row in self._connection.execute(_IN_ORDER, {"person": telegram_id})]

    def _one(self, statement: Select[Any], **values: Any) -> Match | None:
        row = self._connection.execute(statement, values).one_or_none()
        return _match(row) if row is not None else None


def _identity(match: Match) -> dict[str, Any]:
    return {"run_id": match.run_id, "vacancy_id": match.vacancy_id, "telegram_id": match.telegram_id}


def _columns(match: Match) -> dict[str, Any]:
    return {
        "posting": match.posting,
        "employer": match.employer,
        "state": match.state.value,
        "filter_reason": value_or_none(match.filter_reason),
        "place": match.place,
        "score": match.assessment.score,
        "assessment": plain(match.assessment),
        "shift": plain(match.shift) if match.shift != UNMOVED else None,
        "served_after": match.served_after,
        "verdicts": plain(match.verdicts),
        "forgotten": match.forgotten,
        "forgotten_before": match.forgotten_before,
        "found_at": match.found_at,
        "shown_at": match.shown_at,
        "judged_at": match.judged_at,
    }


def _fate(row: Row[Any]) -> Fate:
    return MatchState(row.state), enum_or_none(row.filter_reason, FilterReason)


def _match(row: Row[Any]) -> Match:
    return Match(
        run_id=row.run_id,
        telegram_id=row.telegram_id,
        vacancy_id=row.vacancy_id,
        posting=row.posting,
        employer=row.employer,
        state=MatchState(row.state),
        filter_reason=enum_or_none(row.filter_reason, FilterReason),
        place=row.place,
        assessment=structured(row.assessment, Assessment),
        shift=structured_or_none(row.shift, Shift) or UNMOVED,
        served_after=row.served_after,
        verdicts=tuple(MatchState(each) for each in row.verdicts),
        forgotten=row.forgotten,
        forgotten_before=row.forgotten_before,
        found_at=row.found_at,
        shown_at=row.shown_at,
        judged_at=row.judged_at,
    )
