"""The server keeps what its specification promises, whatever it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, CheckFunction, GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from adapters.bootstrap import Telemetry
from adapters.system import SystemClock
from domain.application import Application
from entrypoints.api.app import create_app
from tests.entrypoints.handing_out import handed_out
from tests.entrypoints.installation import ANNA, BORIS, BOT, OPERATOR, PIPELINE, Installation, a_job, signature, told

TO_BE_SIGNED = "to be signed"
KEYS = {**BOT, **PIPELINE, **OPERATOR, "X-N8N-Signature": TO_BE_SIGNED}
# Nothing but its specification is asked of it.
OF_NOBODY = create_app(
    cast("Application", None),
    keys={},
    parts={},
    largest_upload=1,
    telemetry=Telemetry(),
    callback_secrets=(),
    clock=SystemClock(),
)
OPERATIONS = [
    (method.upper(), path)
    for path, item in schemathesis.openapi.from_wsgi("/openapi.json", OF_NOBODY).raw_schema["paths"].items()
    for method in item
    if method in ("get", "post", "put", "patch", "delete")
]
EACH_FOR_ITSELF = {"/vacancies/", "/search/results/{search_id}", "/resume/parsed/{upload_id}"}
"""There each bad item is answered for itself, inside a good answer."""
BOUNDED = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    # Without shrinking: what is found is small enough, and the time stays bounded.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Lively:
    """An installation in which much has happened already, and what exists in it."""

    installation: Installation
    existing: dict[str, Any]


@pytest.fixture(scope="module")
def lively(module_api: Installation) -> Lively:
    module_api.welcome()
    module_api.welcome(BORIS)
    module_api.offer(a_job("1"), a_job("2"), a_job("3"))
    module_api.search()
    shown = told(module_api.bot.get(f"/search/next/{ANNA}"))["vacancy_id"]
    module_api.bot.post(f"/search/start/{BORIS}", {})
    upload = told(module_api.bot.send(f"/resume/file/{ANNA}", b"{\\rtf1 anything}", "cv.rtf"))
    existing = {"telegram_id": ANNA, "vacancy_id": shown, "upload_id": upload["upload_id"]}
    return Lively(module_api, {**existing, "search_id": handed_out(module_api)})


def signing(api: Installation) -> Callable[..., Any]:
    """Return the server with somebody before it who knows the secret, and signs on its way what is to be signed."""

    def signed(environ: dict[str, Any], start_response: Any) -> Any:
        if environ.get("HTTP_X_N8N_SIGNATURE") != TO_BE_SIGNED:
            return api.app(environ, start_response)
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        headers = signature(content, api.signed_at, path=path, method=environ["REQUEST_METHOD"])
        told = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        return api.app({**environ, **told, "wsgi.input": BytesIO(content)}, start_response)

    return signed


def ask(lively: Lively, case: Case[Any], *, real: bool, unless: list[CheckFunction]) -> None:
    """Send a request; its answer must be as the operation's own list of answers says."""
    if real:
        case.path_parameters |= {name: lively.existing[name] for name in case.path_parameters}
    if real and case.method == "DELETE":
        # Somebody else may go; the one the others ask for must stay.
        case.path_parameters["telegram_id"] = BORIS
    headers = {**KEYS, "If-Match": "*"} if real and case.method == "PATCH" else KEYS

    answer = case.call_and_validate(headers=headers, excluded_checks=unless)

    assert str(answer.status_code) in set(case.operation.definition.raw["responses"]) - {"default"}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_what_the_schemas_allow_is_answered_as_promised(lively: Lively, method: str, path: str) -> None:
    operation = schemathesis.openapi.from_wsgi("/openapi.json", signing(lively.installation))[path][method]

    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE), real=st.booleans())
    @BOUNDED
    def is_kept(case: Case[Any], real: bool) -> None:
        # Much that a schema cannot say is refused with 422: a phone, a complete first profile, a control character.
        ask(lively, case, real=real, unless=[positive_data_acceptance])

    is_kept()


@pytest.mark.parametrize(("method", "path"), [each for each in OPERATIONS if not each[1].startswith("/health/")])
def test_what_the_schemas_forbid_is_refused_as_promised(lively: Lively, method: str, path: str) -> None:
    operation = schemathesis.openapi.from_wsgi("/openapi.json", signing(lively.installation))[path][method]
    each_for_itself: list[CheckFunction] = [negative_data_rejection] if path in EACH_FOR_ITSELF else []

    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE), real=st.booleans())
    @BOUNDED
    def is_kept(case: Case[Any], real: bool) -> None:
        assert case.meta is not None
        addressed = case.meta.components.get(ParameterLocation.PATH)
        good = addressed is not None and addressed.mode.is_positive
        ask(lively, case, real=real and good, unless=each_for_itself)

    is_kept()
