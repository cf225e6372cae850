"""The specification says what the server does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.entrypoints.conftest import Install
from tests.entrypoints.installation import Installation, told

OPEN = {"/health/live", "/health/ready"}
PAGES = {"/hh/import"}
"""They answer browsers, who have no key, with HTML."""
WANTED = {
    "/vacancies/": "X-PIPELINE-KEY",
    "/scoring/": "X-PIPELINE-KEY",
    "/metrics": "X-OPERATOR-KEY",
    "/search/results/": "X-N8N-Signature",
    "/resume/parsed/": "X-N8N-Signature",
    "/n8n/": "X-N8N-Signature",
}
NOT_DESCRIBED = {"/", "/docs", "/docs/start.js", "/docs/assets/<path:path>", "/openapi.json"}

Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture
def spec(api: Installation) -> dict[str, Any]:
    answer = api.stranger.get("/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    specification: dict[str, Any] = told(answer)
    return specification


def operations(spec: dict[str, Any]) -> Iterator[Operation]:
    for path, item in spec["paths"].items():
        for method in item.keys() & {"get", "post", "put", "patch", "delete"}:
            yield path, method, item[method]


def resolved(spec: dict[str, Any], thing: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference inside the specification names, or the thing itself."""
    for step in thing["$ref"].removeprefix("#/").split("/") if "$ref" in thing else ():
        spec = spec[step]
    return spec if "$ref" in thing else thing


def test_it_is_valid_openapi_31(spec: dict[str, Any]) -> None:
    assert spec["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(spec).iter_errors()] == []


def test_every_route_is_described(api: Installation, spec: dict[str, Any]) -> None:
    routed = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in api.app.url_map.iter_rules()
        if rule.rule not in NOT_DESCRIBED
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert {(path, method) for path, method, _ in operations(spec)} == routed


def test_every_operation_is_summed_up_and_tagged(spec: dict[str, Any]) -> None:
    described = {tag["name"] for tag in spec["tags"]}
    for path, method, operation in operations(spec):
        assert operation.get("summary", "").strip(), f"{method} {path}"
        assert set(operation["tags"]) <= described, f"{method} {path}"


def test_every_operation_names_its_key_or_is_open(spec: dict[str, Any]) -> None:
    schemes = spec["components"]["securitySchemes"]
    for path, method, operation in operations(spec):
        if path in OPEN:
            assert "security" not in operation
            continue
        if path in PAGES:
            assert operation.get("security", [{}])[-1] == {}
            continue
        (alternatives,) = operation["security"]
        assert alternatives.keys() <= schemes.keys(), f"{method} {path}"
        assert "401" in operation["responses"], f"{method} {path}"


def test_the_key_is_the_one_the_server_wants(spec: dict[str, Any]) -> None:
    headers = {name: scheme["name"] for name, scheme in spec["components"]["securitySchemes"].items()}

    for path, _, operation in operations(spec):
        if path not in OPEN | PAGES:
            (kind,) = operation["security"][0]
            wanted = (header for beginning, header in WANTED.items() if path.startswith(beginning))
            assert headers[kind] == next(wanted, "X-BOT-KEY")


def test_every_error_is_described_as_a_problem(spec: dict[str, Any]) -> None:
    for path, method, operation in operations(spec):
        for status, response in operation["responses"].items():
            if (status == "default" or int(status) >= 400) and (path, status) != ("/health/ready", "503"):
                content = resolved(spec, response)["content"]
                kinds = {"application/problem+json"} | ({"text/html"} & content.keys() if path in PAGES else set())
                assert content.keys() == kinds, f"{method} {path} {status}"
                schema = content["application/problem+json"]["schema"]
                assert resolved(spec, schema)["required"] >= ["code"], f"{method} {path} {status}"


def test_every_example_fits_its_schema(spec: dict[str, Any]) -> None:
    examples = [
        (f"{method} {path}", media["schema"], media["example"])
        for path, method, operation in operations(spec)
        for media in operation.get("requestBody", {}).get("content", {}).values()
        if "example" in media
    ]

    assert len(examples) >= 7
    for name, schema, example in examples:
        # The whole specification goes along, so that references inside it are found.
        errors = OAS31Validator({**spec, **schema}).iter_errors(example)
        assert [error.message for error in errors] == [], name


@pytest.mark.parametrize(
    ("path", "caller"), [("/users/", "bot"), ("/vacancies/", "pipeline"), ("/scoring/rank", "pipeline")]
)
def test_the_example_of_a_call_works(api: Installation, spec: dict[str, Any], path: str, caller: str) -> None:
    example = spec["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"]

    answer = getattr(api, caller).post(path, example)

    assert answer.status_code in (200, 201), answer.text
    assert told(answer).get("refused", 0) == 0


def test_every_body_says_that_unknown_fields_are_errors(spec: dict[str, Any]) -> None:
    for path, method, operation in operations(spec):
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            schema = resolved(spec, content["application/json"]["schema"])
            assert schema["additionalProperties"] is False, f"{method} {path}"


def test_a_file_goes_in_a_form(spec: dict[str, Any]) -> None:
    content = spec["paths"]["/resume/file/{telegram_id}"]["post"]["requestBody"]["content"]

    assert list(content) == ["multipart/form-data"]
    assert resolved(spec, content["multipart/form-data"]["schema"])["required"] == ["file"]


def test_it_is_the_same_each_time(install: Install) -> None:
    assert install().stranger.get("/openapi.json").data == install().stranger.get("/openapi.json").data


def test_every_code_about_accounts_at_hh_stands_with_an_operation_and_has_words(spec: dict[str, Any]) -> None:
    documented = {
        code
        for path, _, operation in operations(spec)
        if path.startswith("/hh/")
        for status in ("404", "409", "503")
        for code in re.findall(r"`(\w+)`", operation["responses"].get(status, {}).get("description", ""))
    }
    text = files("entrypoints.messages").joinpath("ru.ftl").read_text("utf-8")
    section = text[text.index("# Accounts at hh.ru.") : text.index("# The page that a person sees")]

    worded = set(re.findall(r"^problem-(\w+) =", section, re.MULTILINE))
    assert documented == worded | {"user_not_found", "store_unavailable"}
