"""What people learn of their own résumé, over HTTP."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask.views import MethodView

from domain.identifiers import TelegramId
from domain.insights.quality import QualityLine
from entrypoints.api.blueprint import BOT, Blueprint
from entrypoints.api.request import said_in, use_cases
from entrypoints.api.schemas.insights import QualityView
from entrypoints.messages.words import Words

blueprint = Blueprint("insights", key=BOT, url_prefix="/resume", description="What would make a résumé better.")


@blueprint.route("/<telegram_id:telegram_id>/quality")
class ResumeQuality(MethodView):
    @blueprint.response(200, QualityView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, telegram_id: TelegramId) -> dict[str, Any]:
        """How good the current résumé is by the published rubric, line by line, and what would make it better."""
        quality = use_cases().show_quality(telegram_id=telegram_id)
        return {
            "score": quality.score,
            "quality_version": quality.version,
            "lines": [_line_view(line, said_in()) for line in quality.lines],
        }


def _line_view(line: QualityLine, words: Words) -> dict[str, Any]:
    return {
        "code": line.criterion,
        "title": words.criterion(line.criterion),
        "points": line.points,
        "possible": line.possible,
        "applicable": line.applicable,
        "advice": [
            {
                "code": advice.code,
                "gain": advice.gain,
                "names": advice.data.get("names", []),
                "text": words.advice(advice),
            }
            for advice in line.advice
        ],
    }
