"""Figures over HTTP, for the operator's Prometheus."""

from __future__ import annotations

from flask import Response, current_app
from flask.views import MethodView

from entrypoints.api.blueprint import OPERATOR, Blueprint
from entrypoints.api.request import telemetry, use_cases

blueprint = Blueprint(
    "metrics", key=OPERATOR, url_prefix="/metrics", description="For whoever watches over the server."
)


@blueprint.route("")
class Metrics(MethodView):
    @blueprint.response(200, {"type": "string"}, content_type="text/plain", description="Prometheus' text format")
    def get(self) -> Response:
        """Figures for Prometheus: requests and tasks of this machine, work in the whole store."""
        parts = {name: works() for name, works in current_app.config["PARTS"].items()}
        told = telemetry().exposition(use_cases().show_figures(), parts)
        return Response(told, content_type=telemetry().content_type)
