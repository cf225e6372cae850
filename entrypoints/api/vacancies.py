"""The catalogue of vacancies and ranking over HTTP, for pipelines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask.views import MethodView

from domain.errors import Invalid
from domain.identifiers import RunId
from domain.matching.assessment import Assessment
from domain.resumes.content import ResumeContent
from domain.search.filters import Filters
from domain.vacancies.arrival import vacancy_id
from domain.vacancies.use_cases import Arrival
from domain.vacancies.vacancy import Vacancy
from entrypoints.api.blueprint import PIPELINE, Blueprint
from entrypoints.api.problems import worded_codes
from entrypoints.api.request import said_in, use_cases
from entrypoints.api.schemas.resumes import EXAMPLE as RESUME_EXAMPLE
from entrypoints.api.schemas.search import NewRanking, RankingView
from entrypoints.api.schemas.vacancies import (
    BRIEFLY,
    EXAMPLE,
    ArrivalsView,
    NewVacancies,
    SourceAnswerView,
    SourceQuery,
)
from entrypoints.messages.views import explanation_view, ranked_view
from entrypoints.vacancy_items import read_finds, read_items

blueprint = Blueprint("vacancies", key=PIPELINE, url_prefix="/vacancies", description="The catalogue, for pipelines.")
scoring = Blueprint("scoring", key=PIPELINE, url_prefix="/scoring", description="Ranking on request, for pipelines.")


@blueprint.route("/")
class Vacancies(MethodView):
    @blueprint.arguments(NewVacancies, example={"vacancies": [EXAMPLE]})
    @blueprint.response(200, ArrivalsView)
    @blueprint.may_refuse(
        HTTPStatus.BAD_REQUEST, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    )
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Put vacancies of internal sources into the catalogue: each is answered for itself."""
        read = read_items(body["vacancies"])
        arrived = iter(use_cases().store_vacancies(drafts=read.drafts))
        items = []
        for index, item in enumerate(body["vacancies"]):
            if index in read.errors:
                told = item.get("id") if isinstance(item, dict) else None
                status, same_as, errors = Arrival.REFUSED, None, read.errors[index]
                id_ = told if isinstance(told, str) else None
            else:
                kept = next(arrived)
                id_, status, same_as, errors = kept.id, kept.arrival, kept.same_as, kept.errors or {}
            items.append(
                {
                    "index": index,
                    "id": id_,
                    "status": status,
                    "same_as": same_as,
                    "errors": {field: worded_codes(codes) for field, codes in errors.items()},
                }
            )
        counts = Counter(item["status"] for item in items)
        return {arrival.value: counts[arrival] for arrival in Arrival} | {"items": items}


@blueprint.route("/search")
class SourceSearch(MethodView):
    @blueprint.arguments(SourceQuery, location="query")
    @blueprint.response(200, SourceAnswerView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """Search one source, by filters or for a search; a source that is not set up answers so in its report.

        For a search the vacancies come in brief, since we hold what was found.
        """
        source, limit = query.pop("source"), query.pop("limit")
        if "search_id" in query:
            gathered = use_cases().search_source_for(source=source, search_id=RunId(query["search_id"]), limit=limit)
            return {"report": gathered.reports[0], "vacancies": [_in_brief(each) for each in gathered.vacancies]}
        gathered = use_cases().search_source(source=source, filters=Filters(**query), limit=limit)
        return {"report": gathered.reports[0], "vacancies": gathered.vacancies}


@scoring.route("/rank")
class Rank(MethodView):
    @scoring.arguments(NewRanking, example={"resume": RESUME_EXAMPLE, "vacancies": [EXAMPLE]})
    @scoring.response(200, RankingView)
    @scoring.may_refuse(
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    )
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Score up to 1,000 vacancies, best first: for a résumé each is explained, for a search it is the score alone.

        Who names a search need not know whose it is, and an explanation quotes the résumé.
        """
        if "search_id" in body:
            return _ranked_for(RunId(body["search_id"]), body["vacancies"])
        resume: ResumeContent = body["resume"]["content"]
        read = read_items(body["vacancies"])
        _must_be_right(read.errors)
        ranking = use_cases().rank_vacancies(resume=resume, drafts=read.drafts)
        _must_be_right(ranking.errors)
        return {"items": [_ranked(vacancy, told) for vacancy, told in ranking.ranked]}


def _ranked_for(search_id: RunId, items: Sequence[Any]) -> dict[str, Any]:
    read = read_finds(items)
    ranking = use_cases().rank_for(search_id=search_id, known=tuple(read.known), drafts=read.drafts)
    places = {id_: indexes[0] for id_, indexes in read.known.items()}
    for index, draft in enumerate(read.drafts):
        if index not in ranking.errors:
            places[vacancy_id(draft)] = read.places[index]
    return {
        "items": [
            {"index": places[vacancy.id], "vacancy_id": vacancy.id, "score": told.score}
            for vacancy, told in ranking.ranked
        ],
        "refused": refused_view(read.refused(unknown=ranking.unknown, drafts=ranking.errors)),
    }


def _in_brief(vacancy: Vacancy) -> dict[str, Any]:
    return {name: getattr(vacancy, name) for name in BRIEFLY}


def _ranked(vacancy: Vacancy, told: Assessment) -> dict[str, Any]:
    words = said_in()
    return {**ranked_view(vacancy.id, told, words), "explanation": explanation_view(told, words)}


def refused_view(errors: Mapping[int, Mapping[str, Iterable[str]]]) -> list[dict[str, Any]]:
    """Return what is wrong with each item that was left out, worded."""
    return [
        {"index": place, "errors": {name: worded_codes(codes) for name, codes in told.items()}}
        for place, told in errors.items()
    ]


def _must_be_right(errors: Mapping[int, Mapping[str, list[str]]]) -> None:
    if errors:
        # `_` is the item itself.
        raise Invalid(
            {
                f"vacancies.{index}" if field == "_" else f"vacancies.{index}.{field}": codes
                for index, told in errors.items()
                for field, codes in told.items()
            }
        )
