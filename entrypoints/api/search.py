"""Searches, cards and verdicts over HTTP."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, json, request
from flask.views import MethodView
from werkzeug.exceptions import MethodNotAllowed

from domain.identifiers import TelegramId, VacancyId
from domain.search.filters import Filters
from domain.search.match import Match, MatchState
from domain.search.run import SearchRun
from domain.search.use_cases import Card
from domain.vacancies.vacancy import Vacancy
from entrypoints.api.blueprint import BOT, Blueprint
from entrypoints.api.request import said_in, use_cases
from entrypoints.api.schemas.search import (
    CardView,
    DetailsView,
    HistoryQuery,
    MatchesView,
    MatchView,
    NewSearch,
    NewVerdict,
    NextQuery,
    SearchRunView,
)
from entrypoints.messages.views import explanation_view, shift_view

blueprint = Blueprint("search", key=BOT, url_prefix="/search", description="Searches, cards and verdicts.")

RETRY_AFTER_SECONDS = 1
LONGEST_DUTIES = 300
_RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds after which to ask again."}}


@blueprint.before_request
def _not_in_passing() -> None:
    # A HEAD would take a card that nobody gets to see.
    if request.method == "HEAD":
        raise MethodNotAllowed(["GET"])


@blueprint.route("/start/<telegram_id:telegram_id>")
class Start(MethodView):
    @blueprint.arguments(NewSearch, example={"region": "Казань", "salary_from": 150000})
    @blueprint.response(202, SearchRunView)
    @blueprint.alt_response(200, schema=SearchRunView, success=True, description="One with these filters is under way")
    @blueprint.may_refuse(
        HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    )
    def post(self, body: dict[str, Filters], telegram_id: TelegramId) -> tuple[SearchRun, int]:
        """Start a search; its vacancies arrive in the queue that `next` reads."""
        started = use_cases().start_search(telegram_id=telegram_id, filters=body["filters"])
        return started.value, 202 if started.new else 200


@blueprint.route("/status/<telegram_id:telegram_id>")
class Status(MethodView):
    @blueprint.response(200, SearchRunView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, telegram_id: TelegramId) -> SearchRun:
        """How far the latest search has got, with each source's answer."""
        return use_cases().show_search(telegram_id=telegram_id)


@blueprint.route("/next/<telegram_id:telegram_id>")
class Next(MethodView):
    @blueprint.arguments(NextQuery, location="query")
    @blueprint.response(200, CardView)
    @blueprint.alt_response(202, schema=SearchRunView, headers=_RETRY_AFTER, description="Still gathering: ask again")
    @blueprint.alt_response(204, description="All were shown")
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
    def get(self, query: dict[str, str], telegram_id: TelegramId) -> dict[str, Any] | Response:
        """Serve the next best vacancy, once.

        With `after` the call is repeatable: the same `after`, the same card. Without it each call takes the next one.
        409 `search_failed` says why; with `Retry-After` where another search may fare better after so many seconds.
        """
        served = use_cases().next_vacancy(telegram_id=telegram_id, **query)
        if served is None:
            return Response(status=204)
        if isinstance(served, SearchRun):
            body = json.dumps(SearchRunView().dump(served))
            return Response(
                body, 202, headers={"Retry-After": str(RETRY_AFTER_SECONDS)}, content_type="application/json"
            )
        return _card_view(served)


@blueprint.route("/current/<telegram_id:telegram_id>")
class Current(MethodView):
    @blueprint.response(200, CardView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, telegram_id: TelegramId) -> dict[str, Any]:
        """The card served last; changes nothing."""
        return _card_view(use_cases().show_current(telegram_id=telegram_id))


@blueprint.route("/details/<telegram_id:telegram_id>/<vacancy_id>")
class Details(MethodView):
    @blueprint.response(200, DetailsView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, telegram_id: TelegramId, vacancy_id: str) -> dict[str, Any]:
        """The full vacancy and the full explanation of its score."""
        card = use_cases().show_details(telegram_id=telegram_id, vacancy_id=VacancyId(vacancy_id))
        words = said_in()
        return {
            "vacancy": card.vacancy,
            "state": card.match.state,
            "matched_skills": [words.skill(name) for name in card.match.assessment.matched_skills],
            "missing_skills": [words.skill(name) for name in card.match.assessment.missing_skills],
            "explanation": explanation_view(card.match.assessment, words),
            "shift": shift_view(card.match.shift, words),
        }


@blueprint.route("/feedback/<telegram_id:telegram_id>/<vacancy_id>")
class Feedback(MethodView):
    @blueprint.arguments(NewVerdict, example={"verdict": "like"})
    @blueprint.response(200, MatchView)
    @blueprint.may_refuse(
        HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    )
    def post(self, body: dict[str, Any], telegram_id: TelegramId, vacancy_id: str) -> dict[str, Any]:
        """Take a verdict on a vacancy shown; `undo` takes back the last one on this vacancy."""
        judged = use_cases().judge_vacancy(
            telegram_id=telegram_id, vacancy_id=VacancyId(vacancy_id), verdict=body["verdict"]
        )
        return _match_view(judged.match, judged.vacancy)


@blueprint.route("/taste/<telegram_id:telegram_id>")
class LearnedTaste(MethodView):
    @blueprint.response(204)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def delete(self, telegram_id: TelegramId) -> None:
        """Forget what was learned from the verdicts given so far: the next search is ordered by score alone.

        The verdicts themselves stay in the history, and hidden employers stay hidden; `undo` takes one back.
        """
        use_cases().forget_taste(telegram_id=telegram_id)


@blueprint.route("/history/<telegram_id:telegram_id>")
class History(MethodView):
    @blueprint.arguments(HistoryQuery, location="query")
    @blueprint.response(200, MatchesView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, query: dict[str, Any], telegram_id: TelegramId) -> dict[str, Any]:
        """Everything found for the person, filtered-out ones with their reasons; the newest search first."""
        states = frozenset(query.pop("state", MatchState))
        page = use_cases().list_matches(telegram_id=telegram_id, states=states, **query)
        return {"items": [_match_view(match, vacancy) for match, vacancy in page.items], "total": page.total}


def _card_view(card: Card) -> dict[str, Any]:
    vacancy, match = card.vacancy, card.match
    words = said_in()
    return {
        "vacancy_id": vacancy.id,
        "title": vacancy.title,
        "company": vacancy.company,
        "salary": vacancy.salary,
        "area": vacancy.area,
        "work_format": vacancy.work_format,
        "responsibilities": _short(vacancy.responsibilities or vacancy.description),
        "skills_match_percent": match.assessment.skills_match,
        "score": match.assessment.score,
        "matched_skills": [words.skill(name) for name in match.assessment.matched_skills],
        "missing_skills": [words.skill(name) for name in match.assessment.missing_skills],
        "reasons": [words.reason(reason) for reason in card.reasons],
        "url": vacancy.url,
        "published_at": vacancy.published_at,
        "source": vacancy.source,
        "every_link": vacancy.every_link,
        "state": match.state,
        "position": card.position,
        "remaining": card.remaining,
        "notice": card.notice,
    }


def _short(text: str) -> str:
    if len(text) <= LONGEST_DUTIES:
        return text
    return text[: LONGEST_DUTIES - 1].rsplit(maxsplit=1)[0].rstrip(",;:.") + "…"


def _match_view(match: Match, vacancy: Vacancy) -> dict[str, Any]:
    return {
        "vacancy_id": vacancy.id,
        "search_id": match.run_id,
        "title": vacancy.title,
        "company": vacancy.company,
        "area": vacancy.area,
        "url": vacancy.url,
        "state": match.state,
        "filter_reason": match.filter_reason,
        "score": match.assessment.score,
        "skills_match_percent": match.assessment.skills_match,
        "position": match.place,
        "found_at": match.found_at,
        "shown_at": match.shown_at,
        "judged_at": match.judged_at,
    }
