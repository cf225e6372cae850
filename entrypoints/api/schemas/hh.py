"""Accounts at hh.ru, and what people applied to."""

from __future__ import annotations

from enum import Enum

import marshmallow as ma

from domain.identifiers import LARGEST_TELEGRAM_ID
from entrypoints.api.schemas.fields import Choice, File, Moment, Part, Schema, Text, Whole

STATES = ("not_configured", "none", "pending", "connected", "relogin_needed", "closed_by_provider")


class Brings(Enum):
    """What a sync may be asked for alone."""

    APPLICATIONS = "applications"


class AuthLinkQuery(Schema):
    telegram_id = Whole(least=1, most=LARGEST_TELEGRAM_ID, strict=False, required=True)


class AuthLinkView(Schema):
    auth_url = ma.fields.URL(
        attribute="url", required=True, metadata={"description": "Where the person signs in at hh.ru and agrees."}
    )
    confirmation_code = ma.fields.String(
        required=True,
        validate=ma.validate.Regexp(r"^[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}$"),
        metadata={
            "description": "Show it beside the link, such as K7M-2QX. The page that the person comes back to shows it,"
            " too, and asks them to compare: who was sent somebody else's link has not seen it from their bot."
        },
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
    error = Text(
        most=200,
        metadata={"description": "What hh.ru says instead of a code; after `access_denied` the sign-in is over."},
    )
    resume_id = Text(most=64, metadata={"description": "A résumé at hh.ru; without it the fullest is brought."})


class ConfirmForm(ma.Schema):
    """What the page's only button sends."""

    class Meta:
        unknown = ma.EXCLUDE

    code = Text(most=1_000, required=True)
    state = Text(most=500, required=True)


class SyncQuery(Schema):
    resume_id = Text(
        most=64,
        metadata={
            "description": "A résumé at hh.ru, to be the person's current one; without it the one brought last, or the"
            " fullest where that is gone."
        },
    )
    # Not `only`: marshmallow has that for itself.
    alone = Choice(Brings, data_key="only", metadata={"description": "`applications`: leave the résumé alone."})


class HhResumeView(Schema):
    id = ma.fields.String(required=True, metadata={"description": "hh.ru's own."})
    title = ma.fields.String(required=True, allow_none=True)
    updated_at = Moment(required=True, allow_none=True)


class AppliedView(Schema):
    """Applications at hh.ru: those that were not known yet, or why they could not be asked for."""

    noted = ma.fields.Integer(required=True)
    trouble = ma.fields.String(required=True, allow_none=True, metadata={"description": "A stable code."})


class BroughtView(Schema):
    """`resume_id` is the revision of ours that the résumé `hh_resume_id` became, a `new` one or as it stood.

    An import asked for twice answers the second time what the first brought, with no `resumes` and nothing `noted`.
    Where only applications were asked for, `resume_id` is null, and `hh_resume_id` the one brought last.
    """

    state = ma.fields.String(required=True, validate=ma.validate.OneOf(STATES))
    resume_id = ma.fields.String(required=True, allow_none=True)
    new = ma.fields.Boolean(required=True)
    hh_resume_id = ma.fields.String(required=True, allow_none=True)
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
    file = File(
        required=True,
        metadata={
            "description": "CSV with a header. Which vacancy: `url` (`link`, `ссылка`: its page at hh.ru or"
            " trudvsem.ru), else `vacancy_id` (`vacancy`, `вакансия`: such a page too, or our id). When, optional:"
            " `applied_at` (`date`, `дата`, `дата отклика`: 2026-11-23 or 23.11.2026). Other columns are passed over."
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
