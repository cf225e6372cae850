"""What people learn of their own résumé."""

from __future__ import annotations

import marshmallow as ma

from domain.insights.rubric import Criterion
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
