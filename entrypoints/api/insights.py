"""What people learn of their own résumé, searches and market, over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from flask.views import MethodView

from domain.identifiers import TelegramId
from domain.insights.demand import Demand
from domain.insights.funnel import WIDTH, Funnel, Scores
from domain.insights.held import Found
from domain.insights.overview import Insights, LatestSearch, MarketInNumbers
from domain.insights.quality import Quality, QualityLine
from domain.insights.recommendations import Keyword, SkillToAdd
from entrypoints.api.blueprint import BOT, Blueprint
from entrypoints.api.request import said_in, use_cases
from entrypoints.api.schemas.insights import InsightsView, QualityView, RecommendationsView
from entrypoints.messages.words import Words

blueprint = Blueprint("insights", key=BOT, url_prefix="/resume", description="What would make a résumé better.")
numbers = Blueprint("numbers", key=BOT, url_prefix="/insights", description="A person's searches and market, counted.")


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
        "skill": words.skill(skill.skill),
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
        "skill": words.skill(keyword.skill),
        "percent": keyword.percent,
        "mean_gain": keyword.effect.mean,
        "newly_fitting": keyword.effect.newly_fitting,
        "found": _found_view(keyword.found),
        "text": words.keyword(keyword),
    }


def _found_view(found: Found) -> dict[str, Any]:
    return {"where": found.whence, "words": found.words, "job": found.job}


@numbers.route("/<telegram_id:telegram_id>")
class PersonInsights(MethodView):
    @numbers.response(200, InsightsView)
    @numbers.may_refuse(HTTPStatus.NOT_FOUND)
    def get(self, telegram_id: TelegramId) -> dict[str, Any]:
        """The person's searches, the scores of the latest one, the pay and the skills of their market, in numbers.

        Everything is counted at this moment. Where there is nothing to count, a `reason` says why.
        """
        return _insights_view(use_cases().show_insights(telegram_id=telegram_id), said_in())


def _insights_view(insights: Insights, words: Words) -> dict[str, Any]:
    return {
        "searches": _funnel_view(insights.searches),
        "latest_search": _latest_view(insights.latest),
        "market": _market_view(insights.market, words),
        "resume": _resume_view(insights.quality),
        "taste": {"verdicts": insights.verdicts, "moved": insights.latest.moved},
        "scorer_version": insights.scorer_version,
    }


def _funnel_view(funnel: Funnel) -> dict[str, Any]:
    return {**asdict(funnel), "filtered": {reason.value: count for reason, count in funnel.filtered.items()}}


def _latest_view(latest: LatestSearch) -> dict[str, Any]:
    return {
        "search_id": latest.run_id,
        "finished_at": latest.finished_at,
        "reason": latest.silence,
        "funnel": _funnel_view(latest.funnel),
        "scores": _scores_view(latest.scores),
    }


def _scores_view(scores: Scores) -> dict[str, Any]:
    return {
        "counted": scores.counted,
        "median": scores.median,
        "bands": [{"from_": WIDTH * number, "count": count} for number, count in enumerate(scores.bands)],
        "reaching": [{"score": level, "count": count} for level, count in scores.reaching.items()],
    }


def _market_view(market: MarketInNumbers, words: Words) -> dict[str, Any]:
    pay = market.pay
    return {
        "market": market.vacancies,
        "of_role": market.of_role,
        "reason": market.silence,
        "pay": {
            "telling": pay.telling,
            "lower_quartile": pay.quartiles.lower if pay.quartiles is not None else None,
            "median": pay.quartiles.median if pay.quartiles is not None else None,
            "upper_quartile": pay.quartiles.upper if pay.quartiles is not None else None,
            "wished": pay.wished,
            "wish": pay.standing,
            "searched_from": market.searched_from,
        },
        "asked": [{**_demand_view(each.demand, words), "held": each.held} for each in market.asked],
        "missing": [_demand_view(each, words) for each in market.missing],
    }


def _demand_view(demand: Demand, words: Words) -> dict[str, Any]:
    return {"skill": words.skill(demand.skill.name), "must": demand.must, "nice": demand.nice, "level": demand.level}


def _resume_view(quality: Quality) -> dict[str, Any]:
    advice = [(each.gain, each.code) for line in quality.lines for each in line.advice]
    gain, code = max(advice, default=(None, None))
    return {
        "score": quality.score,
        "quality_version": quality.version,
        "advice": len(advice),
        "best_advice": code,
        "best_gain": gain,
    }
