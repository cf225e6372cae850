"""Profiles."""

from __future__ import annotations

import marshmallow as ma

from domain.identifiers import LARGEST_TELEGRAM_ID
from domain.users.user import LONGEST_NAME, OLDEST, YOUNGEST
from entrypoints.api.schemas.fields import Moment, Part, Schema, Text, Whole

EXAMPLE = {
    "telegram_id": 100200300,
    "first_name": "Анна",
    "last_name": "Иванова",
    "age": 29,
    "city": "Казань",
    "email": "anna.ivanova@example.com",
    "phone": "+79000000001",
}


class NewUser(Schema):
    """A profile. The first time all fields but the last two are required, later those sent are updated."""

    telegram_id = Whole(least=1, most=LARGEST_TELEGRAM_ID, required=True)
    first_name = Text(most=LONGEST_NAME)
    last_name = Text(most=LONGEST_NAME)
    age = Whole(least=YOUNGEST, most=OLDEST, metadata={"description": "In years."})
    city = Text(most=LONGEST_NAME)
    email = Text(most=254)
    phone = Text(most=40, metadata={"description": "E.164; a Russian number may also be written 8 900 000-00-01."})
    hh_profile_url = Text(
        most=500,
        allow_none=True,
        metadata={"description": "https, on hh.ru or one of its country domains."},
    )
    consent_version = Text(
        most=50, metadata={"description": "The version of the terms that the person has just agreed to."}
    )


class ConsentView(Schema):
    version = ma.fields.String(required=True)
    at = Moment(required=True)


class UserView(Schema):
    telegram_id = ma.fields.Integer(required=True)
    first_name = ma.fields.String(required=True)
    last_name = ma.fields.String(required=True)
    age = ma.fields.Integer(required=True)
    city = ma.fields.String(required=True)
    email = ma.fields.String(required=True)
    phone = ma.fields.String(required=True)
    hh_profile_url = ma.fields.String(required=True, allow_none=True)
    consent = Part(ConsentView, required=True, allow_none=True)
    created_at = Moment(required=True)
    updated_at = Moment(required=True)
