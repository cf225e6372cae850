"""Turns matches into rows of their table, and rows into matches."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from adapters.codec import enum_or_none, plain, structured, structured_or_none, value_or_none
from domain.matching.assessment import Assessment
from domain.search.match import UNMOVED, FilterReason, Match, MatchState, Shift
from domain.search.ports import Fate, Standing


def identity(match: Match) -> dict[str, Any]:
    """Return what a match is found by, and whose it is."""
    return {"run_id": match.run_id, "vacancy_id": match.vacancy_id, "telegram_id": match.telegram_id}


def columns(match: Match) -> dict[str, Any]:
    """Return all else, which may change."""
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


def fate_in(row: Row[Any]) -> Fate:
    return MatchState(row.state), enum_or_none(row.filter_reason, FilterReason)


def match_in(row: Row[Any]) -> Match:
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


def standing_in(row: Row[Any]) -> Standing:
    shift = structured_or_none(row.shift, Shift) or UNMOVED
    return Standing(
        vacancy_id=row.vacancy_id,
        posting=row.posting,
        employer=row.employer,
        state=MatchState(row.state),
        shown=row.shown_at is not None,
        filter_reason=enum_or_none(row.filter_reason, FilterReason),
        place=row.place,
        score=row.score,
        rank=row.score + shift.points,
    )
