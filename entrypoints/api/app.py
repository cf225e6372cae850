"""Makes the WSGI application that answers for an `Application`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from adapters.bootstrap import Settings, Telemetry
from domain.application import Application
from domain.identifiers import LARGEST_TELEGRAM_ID
from domain.outside import Clock
from entrypoints.api import applications, docs, health, hh, insights, metrics, n8n, resumes, search, users, vacancies
from entrypoints.api.blueprint import BOT, OPERATOR, PIPELINE, Api, Proof, TelegramIdConverter
from entrypoints.api.problems import register_problems
from entrypoints.api.request import mark_answers, note_requests
from entrypoints.api.schemas.n8n import Additions, NewSourceReport
from entrypoints.api.schemas.vacancies import KnownVacancy, NewVacancy
from entrypoints.api.signature import SIGNED
from entrypoints.version import VERSION

log = logging.getLogger(__name__)

_FORM_OVERHEAD = 64 * 1024
_BULK_BYTES = 32 * 2**20

_PROOFS: tuple[Proof, ...] = (BOT, PIPELINE, OPERATOR, SIGNED)

_ABOUT = """The backend of a job assistant for people who look for work in Russia: profiles, résumés, vacancy searches,
and the next best vacancy, one at a time, explained.

Errors are RFC 9457 problems with a stable `code`; titles, details and reasons come in Russian, or in English for
`Accept-Language: en`. Every answer bears an `X-Request-ID`."""


class _Json(DefaultJSONProvider):
    ensure_ascii = False
    sort_keys = False

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        # Half a surrogate pair, echoed from a request, cannot be written as UTF-8.
        return super().dumps(obj, **kwargs).encode("utf-8", "replace").decode()


class _App(Flask):
    def log_exception(self, *told: Any) -> None:
        # Flask's own line quotes the path, and with it whom the request was about.
        log.error("a request could not be answered", exc_info=told[-1])


def create_app(
    application: Application,
    *,
    keys: Mapping[str, tuple[str, ...]],
    parts: Mapping[str, Callable[[], bool]],
    largest_upload: int,
    telemetry: Telemetry,
    callback_secrets: tuple[str, ...],
    clock: Clock,
    threads: int = Settings.api_threads,
) -> Flask:
    """Return the application.

    `keys` gives the valid keys of each kind of caller (`bot`, `pipeline`, `operator`), `callback_secrets` those under
    which n8n may sign, by the time of `clock`; `parts` a check for each part that readiness tells of, `largest_upload`
    the largest file in bytes. `telemetry` counts requests, `threads` answer them.
    """
    app = bare_app()
    answer_for(
        app,
        application=application,
        keys=keys,
        parts=parts,
        largest_upload=largest_upload,
        telemetry=telemetry,
        callback_secrets=callback_secrets,
        clock=clock,
        threads=threads,
    )
    return app


def answer_for(
    app: Flask,
    *,
    application: Application,
    keys: Mapping[str, tuple[str, ...]],
    parts: Mapping[str, Callable[[], bool]],
    largest_upload: int,
    telemetry: Telemetry,
    callback_secrets: tuple[str, ...],
    clock: Clock,
    threads: int = Settings.api_threads,
) -> None:
    """Let the app answer for this application from now on, and no more for one before."""
    app.config.update(
        KEYS=keys,
        CALLBACK_SECRETS=callback_secrets,
        CLOCK=clock,
        PARTS=parts,
        MAX_CONTENT_LENGTH=largest_body(largest_upload),
        # The other half answers everybody else, however long hh.ru lets these wait.
        HH_ROOM=threading.BoundedSemaphore(max(threads // 2, 1)),
    )
    app.extensions.update({"job-assistant": application, "telemetry": telemetry})


def bare_app() -> Flask:
    """Return what knows every route, and no application to answer for it yet."""
    app = _App(__name__, static_folder=None)
    app.json = _Json(app)
    app.url_map.strict_slashes = False
    app.url_map.converters["telegram_id"] = TelegramIdConverter
    app.config.update(
        API_TITLE="Job Assistant",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS=_spec_options(),
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    # Before all else, so that whatever happens to a request is in its line.
    note_requests(app)
    api = Api(app)
    api.register_converter(TelegramIdConverter, _telegram_id_parameter)
    for schema in (NewVacancy, KnownVacancy, NewSourceReport, Additions):
        api.spec.components.schema(schema.__name__, schema=schema)
    for each in (users, resumes, insights, search, applications, hh, vacancies, n8n):
        api.register_blueprint(each.blueprint)
    api.register_blueprint(insights.numbers)
    api.register_blueprint(vacancies.scoring)
    api.register_blueprint(hh.redirects)
    api.register_blueprint(health.blueprint)
    api.register_blueprint(metrics.blueprint)
    app.register_blueprint(docs.blueprint)
    register_problems(app)
    mark_answers(app)
    return app


def largest_body(largest_upload: int) -> int:
    """Return how large a request may be, in bytes: a file in its form, or a bulk of vacancies."""
    return max(largest_upload + _FORM_OVERHEAD, _BULK_BYTES)


def _telegram_id_parameter(_: Any) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": LARGEST_TELEGRAM_ID}


def _spec_options() -> dict[str, Any]:
    schemes = {
        proof.kind: {"type": "apiKey", "in": "header", "name": proof.header, "description": proof.description}
        for proof in _PROOFS
    }
    return {"info": {"description": _ABOUT}, "components": {"securitySchemes": schemes}}
