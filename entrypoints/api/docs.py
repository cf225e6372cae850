"""The interactive documentation, with assets of our own."""

from __future__ import annotations

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Response, redirect, render_template_string, send_from_directory, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

ASSETS = Path(flask_swagger_ui.__file__).parent / "dist"

blueprint = Blueprint("docs", __name__)

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><title>Job Assistant API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="{{ url_for('docs.asset', path='swagger-ui.css') }}">
<link rel="icon" href="{{ url_for('docs.asset', path='favicon-32x32.png') }}">
</head>
<body>
<div id="docs"></div>
<script src="{{ url_for('docs.asset', path='swagger-ui-bundle.js') }}"></script>
<script src="{{ url_for('docs.start') }}"></script>
</body>
</html>
"""

_START = """SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#docs", deepLinking: true, persistAuthorization: true,
  presets: [SwaggerUIBundle.presets.apis], validatorUrl: null
});
"""

# What the page may load: nothing from any other host. Swagger UI sets styles of its own and draws icons as data.
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"


@blueprint.get("/")
def start_page() -> WerkzeugResponse:
    return redirect(url_for("docs.page"))


@blueprint.get("/docs")
def page() -> Response:
    return Response(
        render_template_string(_PAGE),
        headers={"Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer"},
        content_type="text/html; charset=utf-8",
    )


@blueprint.get("/docs/start.js")
def start() -> Response:
    return Response(_START, content_type="text/javascript; charset=utf-8")


@blueprint.get("/docs/assets/<path:path>")
def asset(path: str) -> Response:
    return send_from_directory(ASSETS, path, max_age=86_400)
