"""The server keeps what its specification promises, whatever it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, CheckFunction, GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from adapters.bootstrap import Telemetry
from domain.application import Application
from entrypoints.api.app import create_app
from tests.entrypoints.installation import ANNA, BORIS, BOT, OPERATOR, PIPELINE, Installation, a_job, told

KEYS = {**BOT, **PIPELINE, **OPERATOR}
# Nothing but its specification is asked of it.
OF_NOBODY = create_app(cast("Application", None), keys={}, parts={}, largest_upload=1, telemetry=Telemetry())
OPERATIONS = [
    (method.upper(), path)
    for path, item in schemathesis.openapi.from_wsgi("/openapi.json", OF_NOBODY).raw_schema["paths"].items()
    for method in item
    if method in ("get", "post", "put", "patch", "delete")
]
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
    return Lively(module_api, {"telegram_id": ANNA, "vacancy_id": shown, "upload_id": upload["upload_id"]})


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
    operation = schemathesis.openapi.from_wsgi("/openapi.json", lively.installation.app)[path][method]

    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE), real=st.booleans())
    @BOUNDED
    def is_kept(case: Case[Any], real: bool) -> None:
        # Much that a schema cannot say is refused with 422: a phone, a complete first profile, a control character.
        ask(lively, case, real=real, unless=[positive_data_acceptance])

    is_kept()


@pytest.mark.parametrize(("method", "path"), [each for each in OPERATIONS if not each[1].startswith("/health/")])
def test_what_the_schemas_forbid_is_refused_as_promised(lively: Lively, method: str, path: str) -> None:
    operation = schemathesis.openapi.from_wsgi("/openapi.json", lively.installation.app)[path][method]
    # There each bad item is answered for itself, inside a good answer.
    each_for_itself: list[CheckFunction] = [negative_data_rejection] if path == "/vacancies/" else []

    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE), real=st.booleans())
    @BOUNDED
    def is_kept(case: Case[Any], real: bool) -> None:
        assert case.meta is not None
        addressed = case.meta.components.get(ParameterLocation.PATH)
        good = addressed is not None and addressed.mode.is_positive
        ask(lively, case, real=real and good, unless=each_for_itself)

    is_kept()
