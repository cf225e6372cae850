"""Accounts at hh.ru, and what people applied to."""

from __future__ import annotations

import marshmallow as ma
from flask_smorest.fields import Upload

from domain.identifiers import LARGEST_TELEGRAM_ID
from entrypoints.api.schemas.fields import Moment, Part, Schema, Text, Whole

STATES = ("not_configured", "none", "pending", "connected", "relogin_needed", "closed_by_provider")


class AuthLinkQuery(Schema):
    telegram_id = Whole(least=1, most=LARGEST_TELEGRAM_ID, strict=False, required=True)


class AuthLinkView(Schema):
    auth_url = ma.fields.URL(
        attribute="url", required=True, metadata={"description": "Where the person signs in at hh.ru and agrees."}
    )
    expires_at = Moment(required=True)


class ImportQuery(Schema):
    """What hh.ru hands back, and for the bot whose sign-in it is."""

    class Meta:
        # Whoever leads people back may say more than we know (RFC 6749, 4.1.2).
        unknown = ma.EXCLUDE

    telegram_id = Whole(least=1, most=LARGEST_TELEGRAM_ID, strict=False, metadata={"description": "The bot's part."})
    code = Text(most=1_000)
    state = Text(most=500, metadata={"description": "Without it the person's pending sign-in is meant (bot only)."})
    error = Text(most=200, metadata={"description": "What hh.ru says instead of a code."})
    resume_id = Text(most=64, metadata={"description": "A résumé at hh.ru; without it the fullest is brought."})


class ConfirmForm(ma.Schema):
    """What the page's only button sends."""

    class Meta:
        unknown = ma.EXCLUDE

    code = Text(most=1_000, required=True)
    state = Text(most=500, required=True)


class SyncQuery(Schema):
    resume_id = Text(most=64, metadata={"description": "A résumé at hh.ru; without it the fullest is brought."})


class HhResumeView(Schema):
    id = ma.fields.String(required=True, metadata={"description": "hh.ru's own."})
    title = ma.fields.String(required=True, allow_none=True)
    updated_at = Moment(required=True, allow_none=True)


class AppliedView(Schema):
    """Applications at hh.ru: those that were not known yet, or why they could not be asked for."""

    noted = ma.fields.Integer(required=True)
    trouble = ma.fields.String(required=True, allow_none=True, metadata={"description": "A stable code."})


class BroughtView(Schema):
    """`resume_id` is the revision of ours that the résumé `hh_resume_id` became, a `new` one or as it stood."""

    state = ma.fields.String(required=True, validate=ma.validate.OneOf(STATES))
    resume_id = ma.fields.String(required=True)
    new = ma.fields.Boolean(required=True)
    hh_resume_id = ma.fields.String(required=True)
    resumes = ma.fields.List(Part(HhResumeView), required=True)
    applications = Part(AppliedView, required=True)


class HhStatusView(Schema):
    state = ma.fields.String(required=True, validate=ma.validate.OneOf(STATES))
    advice = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "What the person can do, in their language."}
    )
    hh_resume_id = ma.fields.String(required=True, allow_none=True)
    linked_at = Moment(required=True, allow_none=True)
    synced_at = Moment(required=True, allow_none=True)


class NewApplications(Schema):
    file = Upload(
        required=True,
        metadata={
            "description": "CSV with a header: `vacancy` (an id, or the link of a vacancy at hh.ru or trudvsem.ru) and,"
            " optional, `applied_at` (a date)."
        },
    )


class NotedView(Schema):
    new = ma.fields.Integer(required=True)
    known = ma.fields.Integer(required=True)
    errors = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.String(),
        required=True,
        metadata={"description": "By the number of the line, what is the matter with it; the rest is noted."},
    )
