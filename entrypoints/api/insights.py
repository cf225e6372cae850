"""What people learn of their own résumé, over HTTP."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask.views import MethodView

from domain.identifiers import TelegramId
from domain.insights.held import Found
from domain.insights.quality import QualityLine
from domain.insights.recommendations import Keyword, SkillToAdd
from entrypoints.api.blueprint import BOT, Blueprint
from entrypoints.api.request import said_in, use_cases
from entrypoints.api.schemas.insights import QualityView, RecommendationsView
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


@blueprint.route("/<telegram_id:telegram_id>/recommendations")
class ResumeRecommendations(MethodView):
    @blueprint.response(200, RecommendationsView)
    @blueprint.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, telegram_id: TelegramId) -> dict[str, Any]:
        """What the person's own market asks for and the résumé lacks, with what each thing would bring if it is true.

        The market is the vacancies of the latest search and of the catalogue that are of the role wished, or of its
        profession where there are hardly any. Each effect is computed by scoring the same résumé again.
        """
        words = said_in()
        found = use_cases().recommend(telegram_id=telegram_id, language=words.language)
        return {
            "market": found.market,
            "of_role": found.of_role,
            "scorer_version": found.scorer_version,
            "reason": found.silence,
            "text": words.silence(found.silence) if found.silence is not None else None,
            "skills": [_skill_view(each, found.market, words) for each in found.skills],
            "keywords": [_keyword_view(each, words) for each in found.keywords],
        }


def _skill_view(skill: SkillToAdd, market: int, words: Words) -> dict[str, Any]:
    return {
        "skill": skill.skill,
        "code": skill.advised,
        "level": skill.level,
        "must": skill.must,
        "nice": skill.nice,
        "mean_gain": skill.effect.mean,
        "newly_fitting": skill.effect.newly_fitting,
        "found": _found_view(skill.found) if skill.found is not None else None,
        "text": words.recommendation(skill, market=market),
        "courses": [{"provider": each.provider, "language": each.language, "url": each.url} for each in skill.courses],
    }


def _keyword_view(keyword: Keyword, words: Words) -> dict[str, Any]:
    return {
        "skill": keyword.skill,
        "percent": keyword.percent,
        "mean_gain": keyword.effect.mean,
        "newly_fitting": keyword.effect.newly_fitting,
        "found": _found_view(keyword.found),
        "text": words.keyword(keyword),
    }


def _found_view(found: Found) -> dict[str, Any]:
    return {"where": found.whence, "words": found.words, "job": found.job}
