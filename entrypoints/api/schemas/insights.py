"""What people learn of their own résumé, searches and market."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from domain.insights.held import Whence
from domain.insights.overview import NoScores
from domain.insights.pay import Standing
from domain.insights.recommendations import Advised, Silence
from domain.insights.rubric import Criterion
from domain.resumes.content import LanguageLevel
from entrypoints.api.schemas.fields import Amount, Choice, Moment, Part, Schema


class AdviceView(Schema):
    """What to do, and by how much the score would rise. Nothing is to be made up: only what is true helps."""

    code = ma.fields.String(required=True, metadata={"description": "A stable code."})
    gain = ma.fields.Float(required=True, metadata={"description": "Points of the score, at most."})
    names = ma.fields.List(
        ma.fields.String(),
        required=True,
        metadata={"description": "The person's own words that it is about: jobs, skills, phrases."},
    )
    text = ma.fields.String(required=True, metadata={"description": "In the caller's language."})


class QualityLineView(Schema):
    """One line of the rubric. One that does not apply (nobody's first résumé tells of jobs) counts neither way."""

    code = Choice(Criterion, required=True)
    title = ma.fields.String(required=True, metadata={"description": "In the caller's language."})
    points = ma.fields.Float(required=True)
    possible = ma.fields.Integer(required=True)
    applicable = ma.fields.Boolean(required=True)
    advice = ma.fields.List(Part(AdviceView), required=True, metadata={"description": "The most gainful first."})


class QualityView(Schema):
    """How good the résumé is by the published rubric."""

    score = ma.fields.Integer(
        required=True, metadata={"description": "0 to 100: the points won of those possible, scaled."}
    )
    quality_version = ma.fields.String(required=True)
    lines = ma.fields.List(Part(QualityLineView), required=True)


class FoundView(Schema):
    """Where the résumé speaks of a skill that its list does not name."""

    where = Choice(Whence, required=True, metadata={"description": "`skill`: a listed skill implies it."})
    words = ma.fields.String(required=True, metadata={"description": "In the person's own words."})
    job = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "What the person calls the entry of experience."}
    )


class CourseView(Schema):
    """A provider's search page, not a certain course: what is found there was not looked at."""

    provider = ma.fields.String(required=True)
    language = ma.fields.String(required=True, metadata={"description": "ISO 639-1."})
    url = ma.fields.String(required=True)


class EffectView(Schema):
    """What it would bring, if it is true."""

    mean_gain = ma.fields.Float(
        required=True, metadata={"description": "What the scores of the market would gain, in points, on average."}
    )
    newly_fitting = ma.fields.Integer(
        required=True, metadata={"description": "How many more vacancies would have a score of 60 or above."}
    )


class SkillToAddView(EffectView):
    """A skill that is asked for and not listed: only if it is true, or once it is."""

    skill = ma.fields.String(required=True, metadata={"description": "Named in the caller's language."})
    code = Choice(
        Advised,
        required=True,
        metadata={
            "description": "`mention`: the texts speak of it; `level`: a language, with the level most often asked; "
            "`licence`: the law asks for a paper; `learn`: the person said they do not have it."
        },
    )
    level = Choice(LanguageLevel, required=True, allow_none=True)
    must = ma.fields.Integer(required=True, metadata={"description": "How many vacancies must have it."})
    nice = ma.fields.Integer(required=True, metadata={"description": "How many vacancies would like it."})
    found = Part(FoundView, required=True, allow_none=True)
    text = ma.fields.String(required=True, metadata={"description": "In the caller's language."})
    courses = ma.fields.List(
        Part(CourseView), required=True, metadata={"description": "Those in the caller's language first."}
    )


class KeywordView(EffectView):
    """A skill usually asked for in the role, which the résumé holds and does not list."""

    skill = ma.fields.String(required=True, metadata={"description": "Named in the caller's language."})
    percent = ma.fields.Integer(required=True, metadata={"description": "Of the vacancies of the role, at least 40."})
    found = Part(FoundView, required=True)
    text = ma.fields.String(required=True, metadata={"description": "In the caller's language."})


class RecommendationsView(Schema):
    """What the person's market asks for. Nothing is to be made up: every item holds only if it is true."""

    market = ma.fields.Integer(required=True, metadata={"description": "How many vacancies were looked at."})
    of_role = ma.fields.Integer(required=True, metadata={"description": "How many of these are of the role wished."})
    scorer_version = ma.fields.String(required=True)
    reason = Choice(
        Silence, required=True, allow_none=True, metadata={"description": "Why nothing is recommended, if so."}
    )
    text = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "The reason, in the caller's language."}
    )
    skills = ma.fields.List(
        Part(SkillToAddView), required=True, metadata={"description": "At most 10, the most gainful first."}
    )
    keywords = ma.fields.List(
        Part(KeywordView), required=True, metadata={"description": "At most 10, the one asked most first."}
    )


def _number(description: str, **more: Any) -> ma.fields.Integer:
    return ma.fields.Integer(required=True, metadata={"description": description}, **more)


class FunnelView(Schema):
    """What became of what was found. A vacancy found by two searches counts in each, and is shown by one alone."""

    found = _number("`queued`, and all that was filtered out.")
    filtered = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.Integer(),
        required=True,
        metadata={"description": "How many were not offered, or not any more, by reason; as in `/search/history`."},
    )
    queued = _number("What was put in the queue and not taken out of it: `waiting`, `superseded`, `shown`.")
    waiting = _number("Still to be shown.")
    superseded = _number("Not shown before a newer search replaced the queue.")
    shown = _number("Shown as a card, whatever was said of it then.")
    liked = _number("Of those shown, how many are liked now; one that was applied to later counts there.")
    disliked = _number("Of those shown, how many are disliked now.")
    applied = _number("Of those shown, how many were applied to.")
    hidden = _number("Of those shown, how many had their employer hidden.")


class BandView(Schema):
    from_ = _number("The lowest score of the band; it is ten wide, the last one holds 100 as well.", data_key="from")
    count = _number("How many vacancies have such a score.")


class ReachingView(Schema):
    score = _number("80, 60 or 40.")
    count = _number("How many vacancies have this score or a higher one.")


class ScoresView(Schema):
    """How well it matches what the latest search found, shown before or not, without second postings and other work."""

    counted = _number("How many vacancies are counted: without `same_posting`, `not_your_work`, `beyond_limit`.")
    median = ma.fields.Float(
        required=True, allow_none=True, metadata={"description": "The score that half of them reach."}
    )
    bands = ma.fields.List(Part(BandView), required=True, metadata={"description": "All ten, the lowest first."})
    reaching = ma.fields.List(Part(ReachingView), required=True)


class LatestSearchView(Schema):
    """The latest search that was carried out. One under way, cancelled or failed changes nothing here."""

    search_id = ma.fields.String(required=True, allow_none=True)
    finished_at = Moment(required=True, allow_none=True)
    reason = Choice(
        NoScores, required=True, allow_none=True, metadata={"description": "Why there is nothing to count, if so."}
    )
    funnel = Part(FunnelView, required=True)
    scores = Part(ScoresView, required=True)


class PayView(Schema):
    """The most that each vacancy of the role promises, in RUB a month after tax, at the shipped rates."""

    telling = _number("How many vacancies of the role tell their pay; the others count in nothing here.")
    lower_quartile = _number("A quarter promises no more. `null` where fewer than 5 tell their pay.", allow_none=True)
    median = _number("Half promises no more. `null` where fewer than 5 tell their pay.", allow_none=True)
    upper_quartile = _number("A quarter promises no less. `null` where fewer than 5 tell their pay.", allow_none=True)
    wished = _number("What the résumé wishes, in RUB a month; `null`: it says nothing.", allow_none=True)
    wish = Choice(
        Standing,
        required=True,
        allow_none=True,
        metadata={
            "description": "Where the wish stands: `below` the lower quartile, `within` both, `above` the upper."
        },
    )
    searched_from = Amount(
        required=True,
        allow_none=True,
        metadata={
            "description": "`salary_from` of the latest search: it looked at nothing that promises less, so that the "
            "figures are higher than those of the whole market."
        },
    )


class DemandView(Schema):
    skill = ma.fields.String(required=True, metadata={"description": "Named in the caller's language."})
    must = _number("How many vacancies must have it.")
    nice = _number("How many vacancies would like it.")
    level = Choice(
        LanguageLevel,
        required=True,
        allow_none=True,
        metadata={"description": "Of a language: the level most often asked."},
    )


class AskedSkillView(DemandView):
    held = ma.fields.Boolean(
        required=True, metadata={"description": "Whether the résumé has it, in its list or texts, or by another skill."}
    )


class MarketView(Schema):
    """The person's market, the same that recommendations look at."""

    market = _number("How many vacancies were looked at: those of the role, or of its profession if fewer than 3 are.")
    of_role = _number("How many of these are of the role wished.")
    reason = Choice(
        Silence,
        required=True,
        allow_none=True,
        metadata={"description": "Why there is no market to look at, if so, as in recommendations."},
    )
    pay = Part(PayView, required=True)
    asked = ma.fields.List(
        Part(AskedSkillView), required=True, metadata={"description": "At most 12 skills, the one asked most first."}
    )
    missing = ma.fields.List(
        Part(DemandView),
        required=True,
        metadata={
            "description": "At most 12, the one missed most first. Counted are the vacancies that ask for more than "
            "the résumé has: where an alternative or the level is enough, nothing is missing."
        },
    )


class ResumeInNumbersView(Schema):
    score = _number("0 to 100, as `/resume/{telegram_id}/quality` explains it.")
    quality_version = ma.fields.String(required=True)
    advice = _number("How many pieces of advice the quality has.")
    best_advice = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "The code of the most gainful one."}
    )
    best_gain = ma.fields.Float(
        required=True, allow_none=True, metadata={"description": "What it would bring, in points of the score."}
    )


class TasteView(Schema):
    """What was learned from verdicts. `DELETE /search/taste/{telegram_id}` forgets it."""

    verdicts = _number("From how many verdicts the order is learned, the latest 200; 0: from none.")
    moved = _number("How many vacancies of the latest search they moved in its queue.")


class InsightsView(Schema):
    """A person's job search in numbers."""

    searches = Part(
        FunnelView,
        required=True,
        metadata={
            "description": "All searches together, as far as what they found is kept: what was never shown goes three "
            "searches later, what was beyond the limit with the next search."
        },
    )
    latest_search = Part(LatestSearchView, required=True)
    market = Part(MarketView, required=True)
    resume = Part(ResumeInNumbersView, required=True)
    taste = Part(TasteView, required=True)
    scorer_version = ma.fields.String(required=True)
