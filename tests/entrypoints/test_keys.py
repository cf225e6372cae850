"""Who may call what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.entrypoints.installation import ANNA, BOT_KEYS, PIPELINE_KEYS, Caller, Installation, code_of, told

OPEN = {"/", "/docs", "/docs/start.js", "/docs/assets/<path:path>", "/openapi.json", "/health/live", "/health/ready"}
PAGES = {"/hh/import"}
"""Open to browsers as well; tests of their own say what that lets anybody do."""
OF_THE_PIPELINE = ("/vacancies/", "/scoring/")
OF_THE_OPERATOR = ("/metrics",)
SIGNED = ("/search/results/", "/resume/parsed/", "/n8n/")
"""No key opens these; tests of their own say what does."""
EXAMPLES = {"telegram_id": ANNA, "path": "swagger-ui.css"}


def operations(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield the rule, a method and an example path of every operation that the server routes, pages left out."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.rule in PAGES:
                continue
            values = {name: EXAMPLES.get(name, "x") for name in rule.arguments}
            _, path = rule.build(values) or ("", "")
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule.rule, method, path


def test_without_a_key_nothing_answers_but_what_is_open(api: Installation) -> None:
    for rule, method, path in operations(api.app):
        answer = api.stranger.call(method, path)

        if rule in OPEN:
            assert answer.status_code == (302 if rule == "/" else 200), rule
        else:
            code = "signature_missing" if rule.startswith(SIGNED) else "unauthorized"
            assert (answer.status_code, code_of(answer)) == (401, code), f"{method} {rule}"


def test_a_wrong_key_opens_nothing(api: Installation) -> None:
    wrong = Caller(
        api.app,
        {
            "X-BOT-KEY": "bot-key-of-the-test",
            "X-PIPELINE-KEY": PIPELINE_KEYS[0] + "s",
            "X-OPERATOR-KEY": BOT_KEYS[0],
        },
    )

    for rule, method, path in operations(api.app):
        if rule not in OPEN:
            assert wrong.call(method, path).status_code == 401, f"{method} {rule}"


def test_each_kind_of_key_opens_its_own_doors_alone(api: Installation) -> None:
    for rule, method, path in operations(api.app):
        if rule in OPEN or rule.startswith(SIGNED):
            continue
        fits = OF_THE_PIPELINE, OF_THE_OPERATOR
        kind = next((number for number, rules in enumerate(fits) if rule.startswith(rules)), 2)
        for number, caller in enumerate((api.pipeline, api.operator, api.bot)):
            refused = caller.call(method, path).status_code == 401
            assert refused == (number != kind), f"{method} {rule}"


def test_one_key_in_the_header_of_the_other_opens_nothing(api: Installation) -> None:
    swapped = Caller(api.app, {"X-BOT-KEY": PIPELINE_KEYS[0], "X-PIPELINE-KEY": BOT_KEYS[0]})

    assert swapped.get(f"/users/{ANNA}").status_code == 401
    assert swapped.get("/vacancies/search?source=internal").status_code == 401


def test_several_keys_are_valid_at_once(api: Installation) -> None:
    for key in BOT_KEYS:
        assert Caller(api.app, {"X-BOT-KEY": key}).get(f"/users/{ANNA}").status_code == 404


@pytest.mark.parametrize("key", ["", " ", ",".join(BOT_KEYS), BOT_KEYS[0].upper(), "ключ", "\xff" * 40, "x" * 10_000])
def test_an_odd_key_is_a_wrong_key(api: Installation, key: str) -> None:
    answer = api.stranger.call(
        "GET", f"/users/{ANNA}", environ_overrides={"HTTP_X_BOT_KEY": key.encode().decode("latin-1")}
    )

    assert (answer.status_code, code_of(answer)) == (401, "unauthorized")


def test_the_problem_names_the_header_and_no_key(api: Installation) -> None:
    answer = api.stranger.get("/vacancies/search")

    assert "X-PIPELINE-KEY" in told(answer)["detail"]
    assert not any(key in answer.text for key in (*BOT_KEYS, *PIPELINE_KEYS))


def test_the_key_comes_before_the_body(api: Installation) -> None:
    answer = api.stranger.call("POST", "/users/", data=b"{", headers={"Content-Type": "application/json"})

    assert answer.status_code == 401
