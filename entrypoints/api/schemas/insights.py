"""What people learn of their own résumé."""

from __future__ import annotations

import marshmallow as ma

from domain.insights.held import Whence
from domain.insights.recommendations import Advised, Silence
from domain.insights.rubric import Criterion
from domain.resumes.content import LanguageLevel
from entrypoints.api.schemas.fields import Choice, Part, Schema


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

    skill = ma.fields.String(required=True)
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

    skill = ma.fields.String(required=True)
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
