"""Our kind of flask-smorest API and blueprint: keys, problems, files in forms."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

import flask_smorest as smorest
from flask import current_app, request
from flask_smorest.utils import prepare_response
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, UnsupportedMediaType
from werkzeug.routing import IntegerConverter

from domain.errors import NotFound, Refused
from domain.identifiers import LARGEST_TELEGRAM_ID
from entrypoints.api.problems import CONTENT_TYPE, ProblemView, of_http

V = TypeVar("V", bound=Callable[..., Any])


class Proof(Protocol):
    """How a kind of caller shows that it is one."""

    @property
    def kind(self) -> str: ...
    @property
    def header(self) -> str: ...
    @property
    def description(self) -> str: ...

    def check(self) -> None:
        """Raise `Refused` unless the request at hand bears a good one."""


@dataclass(frozen=True)
class Key:
    """A key in a header."""

    kind: str
    header: str

    @property
    def description(self) -> str:
        return f"A key of the {self.kind}."

    def check(self) -> None:
        """Raise `Refused('unauthorized')` unless the caller sent one of the valid keys."""
        given = request.headers.get(self.header, "").encode()
        keys: tuple[str, ...] = current_app.config["KEYS"][self.kind]
        # Every key is compared, so that the time taken tells nothing.
        if not sum(hmac.compare_digest(given, known.encode()) for known in keys):
            raise Refused("unauthorized", header=self.header)


BOT = Key("bot", "X-BOT-KEY")
PIPELINE = Key("pipeline", "X-PIPELINE-KEY")
OPERATOR = Key("operator", "X-OPERATOR-KEY")


class Parser(FlaskParser):
    """Reads files and form fields of one request together; says so when a body is not JSON."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "multipart": None,
        # A misspelt `after` must not pass for none at all.
        "query": None,
    }

    def load_json(self, req: Any, schema: Any) -> Any:
        if req.get_data(cache=True) and not req.is_json:
            raise UnsupportedMediaType
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError) as error:
            # Nested deeper, or a number with more digits, than Python reads.
            return self._handle_invalid_json_error(error, req)  # type: ignore[arg-type]  # only its type is looked at


parser = Parser()


@parser.location_loader("multipart")
def _load_multipart(req: Any, schema: Any) -> MultiDictProxy:
    together: MultiDict[str, Any] = MultiDict(req.files)
    together.update(req.form)
    # Where nothing at all is sent it is the field that is missing.
    something = req.content_length or (req.content_length is None and req.mimetype)
    if something and req.mimetype != "multipart/form-data":
        raise Refused("form_expected")
    return MultiDictProxy(together, schema)


class TelegramIdConverter(IntegerConverter):
    # No more digits than a 64-bit number has; Python refuses to read endless ones.
    regex = "[0-9]{1,19}"

    def __init__(self, map: Any) -> None:  # noqa: A002 — werkzeug's name
        super().__init__(map, min=1, max=LARGEST_TELEGRAM_ID)


class Blueprint(smorest.Blueprint):
    """A blueprint whose every operation wants one kind of caller."""

    ARGUMENTS_PARSER = parser
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING: Mapping[str, str] = {
        **smorest.Blueprint.DEFAULT_LOCATION_CONTENT_TYPE_MAPPING,
        "multipart": "multipart/form-data",
    }

    def __init__(self, name: str, *, key: Proof | None, description: str, url_prefix: str) -> None:
        super().__init__(name, __name__, url_prefix=url_prefix, description=description)
        self._key = key
        if key is not None:
            self.before_request(key.check)
        self.before_request(_must_name_something)
        self._prepare_doc_cbks.append(self._document_key)

    def _document_key(self, doc: dict[str, Any], doc_info: Any, **_: Any) -> dict[str, Any]:  # noqa: ARG002 — smorest's signature
        if self._key is not None:
            doc["security"] = [{self._key.kind: []}]
            doc.setdefault("responses", {})[401] = "UNAUTHORIZED"
        return doc

    def may_refuse(self, *statuses: HTTPStatus) -> Callable[[V], V]:
        """Document that an operation may answer with these problems."""

        def documented(view: V) -> V:
            for status in statuses:
                view = self.alt_response(status.value, response=status.name)(view)
            return view

        return documented


class Api(smorest.Api):
    """Documents and answers every error as a problem."""

    ERROR_SCHEMA = ProblemView

    def _register_pagination_header(self) -> None:
        """Leave out what no operation of ours answers with."""

    def handle_http_exception(self, error: HTTPException) -> Any:
        return of_http(error)

    def _register_responses(self) -> None:
        # flask-smorest would document errors as application/json.
        for status in HTTPStatus:
            response: dict[str, Any] = {"description": status.phrase}
            if status >= 400:
                response["schema"] = self.ERROR_SCHEMA
            prepare_response(response, self.spec, CONTENT_TYPE)
            self.spec.components.response(status.name, response, lazy=True)
        fallback: dict[str, Any] = {"description": "Any other problem", "schema": self.ERROR_SCHEMA}
        prepare_response(fallback, self.spec, CONTENT_TYPE)
        self.spec.components.response("DEFAULT_ERROR", fallback, lazy=True)


def _must_name_something() -> None:
    # No id holds it, and PostgreSQL takes no text that does.
    if "\0" in request.path:
        raise NotFound
