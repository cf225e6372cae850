"""The interactive documentation: ours alone, from the first byte to the last."""

from __future__ import annotations

import re

from tests.entrypoints.installation import Installation, told

_ADDRESS = re.compile(r"""(?:href|src|url)\s*[=:]\s*["']([^"']+)["']""")


def test_the_page_and_everything_it_names_come_from_us(api: Installation) -> None:
    page = api.stranger.get("/docs")
    start = api.stranger.get("/docs/start.js")

    assert (page.status_code, page.mimetype) == (200, "text/html")
    named = _ADDRESS.findall(page.text + start.text)
    assert len(named) >= 5
    for address in named:
        assert address.startswith("/"), address
        assert not address.startswith("//"), address
        assert api.stranger.get(address).status_code == 200, address


def test_the_root_leads_to_the_page(api: Installation) -> None:
    answer = api.stranger.get("/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/docs")


def test_page_and_script_name_no_other_host(api: Installation) -> None:
    for path in ("/docs", "/docs/start.js"):
        assert "//" not in api.stranger.get(path).text.replace("<!doctype html>", "")


def test_the_browser_is_told_to_load_nothing_from_elsewhere(api: Installation) -> None:
    headers = api.stranger.get("/docs").headers

    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert not any("http" in allowed or "*" in allowed for allowed in policy.values())
    assert "'unsafe-inline'" not in policy.get("script-src", policy["default-src"])
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_part_of_an_asset_that_is_not_there_is_a_problem(api: Installation) -> None:
    answer = api.stranger.get("/docs/assets/swagger-ui.css", headers={"Range": "bytes=999999999-"})

    assert (answer.status_code, answer.content_type) == (416, "application/problem+json")
    assert told(answer)["title"] == "Такой части нет"


def test_assets_come_from_their_folder_alone(api: Installation) -> None:
    for path in ("nothing.css", "../package.json", "%2e%2e/__init__.py", "..%2f__init__.py"):
        answer = api.stranger.get(f"/docs/assets/{path}")
        assert (answer.status_code, told(answer)["code"]) == (404, "not_found")
