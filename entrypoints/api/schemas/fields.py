"""Fields whose errors are stable codes, worded later in the caller's language."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timezone
from enum import Enum
from typing import Any

import marshmallow as ma
from flask_smorest.fields import Upload
from marshmallow import validate
from werkzeug.datastructures import FileStorage

_COMMON = {"required": "required", "null": "null", "validator_failed": "invalid"}


class Schema(ma.Schema):
    """An object; keys it does not know are errors."""

    error_messages = {"type": "not_an_object", "unknown": "unknown_field"}

    class Meta:
        unknown = ma.RAISE


class Text(ma.fields.String):
    """Text that can be stored and shown: no control characters but line breaks and tabs; edges trimmed."""

    default_error_messages = {**_COMMON, "invalid": "not_a_text", "invalid_utf8": "not_a_text", "bad": "bad_characters"}

    def __init__(self, *, most: int = 1_000, least: int = 1, **kwargs: Any) -> None:
        validators = [validate.Length(min=least, max=most, error="bad_length {min} {max}"), *kwargs.pop("also", ())]
        super().__init__(validate=validators, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        return self._without_bad(text).strip()

    def _without_bad(self, text: str) -> str:
        if any(_is_bad(letter) for letter in text):
            raise self.make_error("bad")
        return text


class Prose(Text):
    """Text from elsewhere, in which a control character is no reason to lose the rest: it becomes a space."""

    def _without_bad(self, text: str) -> str:
        return "".join(" " if _is_bad(letter) else letter for letter in text)


class Identifier(Text):
    """An id of somebody else's; a number is taken for its digits."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        number = isinstance(value, int) and not isinstance(value, bool)
        return super()._deserialize(str(value) if number else value, attr, data, **kwargs)


def _is_bad(letter: str) -> bool:
    return letter not in "\n\r\t" and unicodedata.category(letter) in ("Cc", "Cs")


class Whole(ma.fields.Integer):
    """A whole number, as a JSON number or, in a query, as digits."""

    default_error_messages = {**_COMMON, "invalid": "not_a_whole_number", "too_large": "out_of_range"}

    def __init__(self, *, least: int, most: int, strict: bool = True, **kwargs: Any) -> None:
        super().__init__(
            strict=strict, validate=validate.Range(least, most, error="out_of_range {min} {max}"), **kwargs
        )

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class Amount(ma.fields.Decimal):
    """A number, kept exact; written as a JSON number."""

    default_error_messages = {
        **_COMMON,
        "invalid": "not_a_number",
        "too_large": "out_of_range",
        "special": "not_a_number",
    }

    def __init__(self, *, least: float = 0, most: float = 1e12, **kwargs: Any) -> None:
        super().__init__(validate=validate.Range(least, most, error="out_of_range {min} {max}"), **kwargs)

    def _validated(self, value: Any) -> Any:
        if isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:  # noqa: ARG002 — marshmallow's signature
        return None if value is None else int(value) if value == int(value) else float(value)


class Number(ma.fields.Float):
    default_error_messages = {
        **_COMMON,
        "invalid": "not_a_number",
        "too_large": "out_of_range",
        "special": "not_a_number",
    }

    def __init__(self, *, least: float, most: float, **kwargs: Any) -> None:
        super().__init__(validate=validate.Range(least, most, error="out_of_range {min} {max}"), **kwargs)

    def _validated(self, value: Any) -> Any:
        if isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class Flag(ma.fields.Boolean):
    default_error_messages = {**_COMMON, "invalid": "not_a_boolean"}
    truthy = {True, "true"}
    falsy = {False, "false"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class Choice(ma.fields.Enum[Any]):
    """One of an enum's values."""

    default_error_messages = {**_COMMON, "unknown": "unknown_choice {choices}", "invalid": "unknown_choice"}

    def __init__(self, enum: type[Enum], **kwargs: Any) -> None:
        super().__init__(enum, by_value=True, **kwargs)


class Many(ma.fields.List[Any]):
    """A list of at most `most` items, given to use cases as a tuple."""

    default_error_messages = {**_COMMON, "invalid": "not_a_list", "too_many": "too_many {most}"}

    def __init__(self, of: Any, *, most: int, **kwargs: Any) -> None:
        super().__init__(of, validate=validate.Length(max=most, error="too_many {max}"), **kwargs)
        self._most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        # Before its items are looked at: each of a million bad ones would get an error of its own.
        if isinstance(value, list) and len(value) > self._most:
            raise self.make_error("too_many", most=self._most)
        return tuple(super()._deserialize(value, attr, data, **kwargs))


class Part(ma.fields.Nested):
    """An object inside an object."""

    default_error_messages = {**_COMMON, "type": "not_an_object"}


class File(Upload):
    """A part of the form that is a file, not a text."""

    default_error_messages = {"required": "required", "null": "null", "invalid": "not_a_file"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> FileStorage:  # noqa: ARG002 — marshmallow's signature
        if not isinstance(value, FileStorage):
            raise self.make_error("invalid")
        return value


class Moment(ma.fields.AwareDateTime):
    """ISO 8601 with an offset; written in UTC with `Z`. Taken without an offset it is UTC."""

    default_error_messages = {
        **_COMMON,
        "invalid": "not_a_time",
        "invalid_awareness": "not_a_time",
        "format": "not_a_time",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=timezone.utc, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            moment: datetime = super()._deserialize(value, attr, data, **kwargs)
            return moment.astimezone(timezone.utc)
        except (OverflowError, ValueError) as error:
            if isinstance(error, ma.ValidationError):
                raise
            raise self.make_error("invalid", input=value, obj_type="datetime") from None

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:  # noqa: ARG002 — marshmallow's signature
        if value is None:
            return None
        return value.astimezone(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
