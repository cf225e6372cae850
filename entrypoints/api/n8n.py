"""What n8n tells us in its own time, signed: results, additions to résumés, failures."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask.views import MethodView

from domain.handing_out.results import TakenStatus
from domain.identifiers import RunId, UploadId
from domain.vacancies.use_cases import Arrival
from entrypoints.api.blueprint import Blueprint
from entrypoints.api.problems import worded_codes
from entrypoints.api.request import telemetry, use_cases
from entrypoints.api.schemas.n8n import (
    ADDED,
    ADDITIONS_EXAMPLE,
    FAILURE_EXAMPLE,
    RESULTS_EXAMPLE,
    AdditionsTakenView,
    NewAdditions,
    NewFailure,
    NewResults,
    NotedFailureView,
    TakenView,
    read_additions,
    read_reports,
)
from entrypoints.api.signature import SIGNED
from entrypoints.api.vacancies import refused_view
from entrypoints.vacancy_items import read_finds

log = logging.getLogger(__name__)

blueprint = Blueprint("n8n", key=SIGNED, url_prefix="/", description="What n8n hands in, signed.")

_REFUSED = (
    *(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
    *(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
)
_KEPT = frozenset({TakenStatus.TAKEN, TakenStatus.LATE})
_NAME = re.compile(r"[\w \-]{1,100}")
_SOURCE = re.compile(r"[a-z][a-z0-9_]{0,30}")
_MOST_TOLD = 20


@blueprint.route("/search/results/<search_id>")
class Results(MethodView):
    @blueprint.arguments(NewResults, example=RESULTS_EXAMPLE)
    @blueprint.response(200, TakenView)
    @blueprint.may_refuse(*_REFUSED, HTTPStatus.CONFLICT)
    def post(self, body: dict[str, Any], search_id: str) -> dict[str, Any]:
        """Hand in a page of what was found for a search: the good items go in, each bad one is answered for itself.

        An item is a vacancy that we hold, by its id, or a whole one of a source of your own. Repeats change nothing.
        409 `another_execution`: the search was given to another one; `other_pages`: the first page told other `pages`.
        """
        reports, bad_reports = read_reports(body["sources"])
        read = read_finds(body["vacancies"])
        taken = use_cases().take_results(
            search_id=RunId(search_id),
            execution_id=body["execution_id"],
            page=body["page"],
            pages=body["pages"],
            sources=reports,
            known=tuple(read.known),
            drafts=read.drafts,
        )
        bad = {index: each.errors or {} for index, each in enumerate(taken.arrived) if each.arrival is Arrival.REFUSED}
        refused = read.refused(unknown=taken.unknown, drafts=bad)
        known = sum(len(places) for each, places in read.known.items() if each not in taken.unknown)
        told = [*_refused_reports(bad_reports), *refused_view(refused)]
        if told and taken.status in _KEPT:
            _tell_refused(search_id, told, _sources_of(body["vacancies"][place] for place in refused))
        return {
            "search_id": search_id,
            "status": taken.status,
            "complete": taken.complete,
            "accepted": known + len(taken.arrived) - len(bad) if taken.status in _KEPT else 0,
            "refused": told,
        }


@blueprint.route("/resume/parsed/<upload_id>")
class Parsed(MethodView):
    @blueprint.arguments(NewAdditions, example=ADDITIONS_EXAMPLE)
    @blueprint.response(200, AdditionsTakenView)
    @blueprint.may_refuse(*_REFUSED, HTTPStatus.CONFLICT)
    def post(self, body: dict[str, Any], upload_id: str) -> dict[str, Any]:
        """Hand in what a résumé file tells beyond what our reader found; the first to come counts.

        What the text of the file does not bear is left out, and told in `refused`. The text is kept for some hours;
        what comes later is `dropped`: `text_gone`.
        409 `another_execution`: the file was given to another one.
        """
        added, errors = read_additions(body["added"])
        taken = use_cases().take_additions(
            upload_id=UploadId(upload_id), execution_id=body["execution_id"], added=added
        )
        errors |= {path: [code] for path, code in taken.refused.items()}
        # Names of our own fields alone: nobody else keeps what a model made up.
        told = {path: " ".join(codes) for path, codes in errors.items() if path.partition(".")[0] in ADDED}
        log.info(
            "additions to a résumé",
            extra={"status": taken.status.value, "added": list(taken.fields), "refused": told},
        )
        return {
            "upload_id": upload_id,
            "status": taken.status,
            "added": taken.fields,
            "refused": {name: worded_codes(codes) for name, codes in errors.items()},
        }


@blueprint.route("/n8n/failures")
class Failures(MethodView):
    @blueprint.arguments(NewFailure, example=FAILURE_EXAMPLE)
    @blueprint.response(200, NotedFailureView)
    @blueprint.may_refuse(*_REFUSED)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Tell that an execution failed: the work goes on without it.

        404 `execution_not_found`: the id may not have been written down yet; tell it again a little later.
        """
        execution_id, search_id, upload_id = (body[name] for name in ("execution_id", "search_id", "upload_id"))
        status = use_cases().note_failure(
            execution_id=execution_id,
            search_id=RunId(search_id) if search_id is not None else None,
            upload_id=UploadId(upload_id) if upload_id is not None else None,
        )
        told = {name: _name(body[name]) for name in ("execution_id", "workflow", "node")}
        log.warning("n8n tells of a failure", extra={"noted": status.value, **told})
        return {"status": status}


def _refused_reports(errors: Mapping[int, Mapping[str, Sequence[str]]]) -> list[dict[str, Any]]:
    """Return the bad reports of sources among the refused items of a page, each field under its path."""
    return [
        {
            "index": None,
            "errors": {
                f"sources.{index}" if name == "_" else f"sources.{index}.{name}": worded_codes(codes)
                for name, codes in told.items()
            },
        }
        for index, told in errors.items()
    ]


def _tell_refused(search_id: str, refused: Sequence[Mapping[str, Any]], sources: Sequence[str]) -> None:
    """Log and count what is wrong with items that nobody will see; their own words stay out."""
    codes = Counter(
        f"{_field(path)}.{error['code']}"
        for each in refused
        for path, errors in each["errors"].items()
        for error in errors
    )
    telemetry().refused_items(codes)
    log.warning(
        "of what n8n handed in some is refused",
        extra={
            "search_id": search_id,
            "refused": len(refused),
            "sources": " ".join(sources[:_MOST_TOLD]),
            "codes": " ".join(f"{code}={count}" for code, count in codes.most_common(_MOST_TOLD)),
        },
    )


def _field(path: str) -> str:
    """Return the field without the places in its lists; `_` is the item itself."""
    return ".".join(part for part in path.split(".") if not part.isdigit())


def _sources_of(items: Iterable[Any]) -> list[str]:
    """Return the names of sources among what the items say, each once."""
    named = (each.get("source") for each in items if isinstance(each, Mapping))
    return sorted({each for each in named if isinstance(each, str) and _SOURCE.fullmatch(each)})


def _name(told: object) -> str | None:
    # Names of n8n's own; what looks like no name may quote anybody.
    return told if isinstance(told, str) and _NAME.fullmatch(told) else None
