"""Whether the server lives, and whether it is ready, for whoever watches over it."""

from __future__ import annotations

import marshmallow as ma
from flask import current_app
from flask.views import MethodView
from marshmallow import validate

from entrypoints.api.blueprint import Blueprint

blueprint = Blueprint("health", key=None, url_prefix="/health", description="For whoever watches over the server.")

_HELPFUL = frozenset({"redis"})
"""Parts that make things quicker; without them everything goes on."""

_STATUS = validate.OneOf(["up", "down"])


class LiveView(ma.Schema):
    status = ma.fields.String(required=True, validate=_STATUS)


class ReadyView(LiveView):
    parts = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String(validate=_STATUS), required=True)


@blueprint.route("/live")
class Live(MethodView):
    @blueprint.response(200, LiveView)
    def get(self) -> dict[str, str]:
        """The process answers."""
        return {"status": "up"}


@blueprint.route("/ready")
class Ready(MethodView):
    @blueprint.response(200, ReadyView)
    @blueprint.alt_response(503, schema=ReadyView, description="A part that is needed is down")
    def get(self) -> tuple[dict[str, object], int]:
        """Each part, by name, up or down; Redis down is told, and 200 all the same, for we do without it."""
        parts = {name: "up" if works() else "down" for name, works in current_app.config["PARTS"].items()}
        up = all(parts[name] == "up" for name in parts.keys() - _HELPFUL)
        return {"status": "up" if up else "down", "parts": parts}, 200 if up else 503
