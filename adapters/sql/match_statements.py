"""The statements about matches that the store makes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, delete, exists, false, func, or_, select, update

from adapters.sql.columns import Timestamp
from adapters.sql.tables import matches, search_runs, vacancies
from adapters.sql.vacancies import IS_OPEN
from domain.search.learning import VERDICTS
from domain.search.match import WITHHELD, FilterReason, MatchState

_IS_IT = (matches.c.run_id == bindparam("run"), matches.c.vacancy_id == bindparam("vacancy"))
_OF_PERSON = matches.c.telegram_id == bindparam("person")
_OF_RUN = matches.c.run_id == bindparam("run")
_WAITS = matches.c.state == MatchState.WAITING.value
_WAS_SHOWN = matches.c.shown_at.is_not(None)
_OF_EMPLOYER = matches.c.employer == bindparam("hidden_employer")

SAVE = update(matches).where(*_IS_IT)
GET = select(matches).where(*_IS_IT)
STANDING: Select[Any] = (
    select(
        matches.c.vacancy_id,
        matches.c.posting,
        matches.c.employer,
        matches.c.state,
        matches.c.filter_reason,
        matches.c.place,
        matches.c.score,
        matches.c.shift,
        matches.c.shown_at,
    )
    .where(_OF_RUN)
    .order_by(matches.c.place.nulls_last(), matches.c.vacancy_id)
)
MOVE = update(matches).where(*_IS_IT, ~_WAS_SHOWN)
PUSH_OUT = MOVE.values(state=MatchState.FILTERED.value, filter_reason=FilterReason.BEYOND_LIMIT.value, place=None)
# Skipping rows that others hold: they are being shown, and waiting for them would end without a row.
FIRST_WAITING = (
    select(matches.c.vacancy_id)
    .where(_OF_RUN, _WAITS)
    .order_by(matches.c.place, matches.c.vacancy_id)
    .limit(1)
    .with_for_update(skip_locked=True, key_share=True)
)
SHOW = update(matches).where(*_IS_IT, _WAITS).values(state=MatchState.SHOWN.value)
FILTER_OUT = (
    update(matches)
    .where(*_IS_IT, _WAITS)
    .values(state=MatchState.FILTERED.value, filter_reason=FilterReason.ALREADY_SHOWN.value)
)
_EARLIER = matches.alias("earlier")
SHOW_IF_FIRST = (
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
COMING = (
    select(matches.c.vacancy_id)
    .where(_OF_RUN, _WAITS)
    .order_by(matches.c.place, matches.c.vacancy_id)
    .limit(bindparam("most"))
)
SERVED_AFTER = (
    select(matches)
    .where(_OF_RUN, matches.c.served_after == bindparam("after"), _WAS_SHOWN)
    .order_by(matches.c.shown_at.desc())
    .limit(1)
)
_WITH_RUN = select(matches).join(search_runs, matches.c.run_id == search_runs.c.id).where(_OF_PERSON)
FIND = (
    _WITH_RUN.where(matches.c.vacancy_id == bindparam("vacancy"))
    .order_by(matches.c.shown_at.desc().nulls_last(), search_runs.c.number.desc())
    .limit(1)
)
SHOWN_LAST = (
    _WITH_RUN.where(_WAS_SHOWN)
    # Of two shown at one instant, the one further down the queue came later.
    .order_by(matches.c.shown_at.desc(), search_runs.c.number.desc(), matches.c.place.desc())
    .limit(1)
)
SHOWN_LATELY = (
    select(matches.c.vacancy_id)
    .where(_OF_PERSON, _WAS_SHOWN)
    .group_by(matches.c.vacancy_id)
    .order_by(func.max(matches.c.shown_at).desc(), matches.c.vacancy_id.desc())
    .limit(bindparam("most"))
)
SEEN = select(matches.c.posting, matches.c.vacancy_id, matches.c.state).where(_OF_PERSON, _WAS_SHOWN)
HIDDEN_EMPLOYERS = (
    select(matches.c.employer)
    .where(_OF_PERSON, matches.c.state == MatchState.HIDDEN.value, matches.c.employer.is_not(None))
    .distinct()
)
_JUDGED = matches.c.state.in_(sorted(state.value for state in VERDICTS))
VERDICTS_GIVEN = (
    select(matches.c.vacancy_id, matches.c.state)
    .where(_OF_PERSON, _JUDGED, matches.c.forgotten == false())
    .order_by(matches.c.judged_at.desc(), matches.c.vacancy_id)
    .limit(bindparam("most"))
)
FORGET_VERDICTS = update(matches).where(_OF_PERSON, _JUDGED).values(forgotten=True)
SUPERSEDE = update(matches).where(_OF_PERSON, _WAITS).values(state=MatchState.SUPERSEDED.value)
WITHHOLD = (
    update(matches)
    .where(_OF_PERSON, _WAITS, _OF_EMPLOYER)
    .values(state=MatchState.FILTERED.value, filter_reason=FilterReason.EMPLOYER_HIDDEN.value)
)
_MAY_COME = or_(_WAITS, matches.c.filter_reason.in_(sorted(reason.value for reason in WITHHELD)))
WITHHOLD_APPLIED = (
    update(matches)
    .where(_OF_PERSON, _MAY_COME, matches.c.posting.in_(bindparam("postings", expanding=True)))
    .values(state=MatchState.FILTERED.value, filter_reason=FilterReason.ALREADY_APPLIED.value)
)
_EMPLOYERS: BindParameter[str] = bindparam("employers", expanding=True)
WITHHOLD_CURRENT = (
    update(matches)
    .where(_OF_PERSON, _MAY_COME, matches.c.employer.in_(_EMPLOYERS))
    .values(state=MatchState.FILTERED.value, filter_reason=FilterReason.CURRENT_EMPLOYER.value)
)
OFFER_FORMER = (
    update(matches)
    .where(
        _OF_RUN,
        matches.c.state == MatchState.FILTERED.value,
        matches.c.filter_reason == FilterReason.CURRENT_EMPLOYER.value,
        matches.c.place.is_not(None),
        matches.c.employer.not_in(_EMPLOYERS),
    )
    .values(state=MatchState.WAITING.value, filter_reason=None)
    .returning(matches.c.employer)
)
OFFER_AGAIN = (
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
DROP_UNSEEN = delete(matches).where(
    _OF_PERSON,
    matches.c.shown_at.is_(None),
    matches.c.run_id.in_(
        select(search_runs.c.id).where(
            search_runs.c.telegram_id == bindparam("person"), search_runs.c.number < bindparam("number")
        )
    ),
)
WAITING = select(func.count()).select_from(matches).where(_OF_RUN, _WAITS)
BEFORE = select(func.count().label("how_many"), func.min(matches.c.score).label("lowest")).where(
    _OF_RUN,
    # All but one, so that the index is of use.
    matches.c.state.in_([state.value for state in MatchState if state is not MatchState.FILTERED]),
    matches.c.place < bindparam("place_of_it"),
)
BEST = (
    select(matches.c.vacancy_id)
    .where(_OF_RUN)
    .order_by(matches.c.score.desc(), matches.c.vacancy_id)
    .limit(bindparam("most"))
)
_FATE = (matches.c.state, matches.c.filter_reason)
_HOW_MANY = func.count().label("how_many")
TALLY = select(*_FATE, _HOW_MANY).where(_OF_PERSON).group_by(*_FATE)
TALLY_OF_RUN = (
    select(*_FATE, matches.c.score, _HOW_MANY, func.count(matches.c.shift).label("moved"))
    .where(_OF_RUN)
    .group_by(*_FATE, matches.c.score)
)
IN_ORDER = _WITH_RUN.order_by(search_runs.c.number.desc(), matches.c.score.desc(), matches.c.vacancy_id)
_IN_STATES = matches.c.state.in_(bindparam("states", expanding=True))
PAGE = IN_ORDER.where(_IN_STATES).limit(bindparam("most")).offset(bindparam("skipped"))
COUNT = select(func.count()).select_from(matches).where(_OF_PERSON, _IN_STATES)
