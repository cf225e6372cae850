"""How the nested parts of entities become JSON and come back the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, get_type_hints

from cattrs import Converter

from domain.resumes.content import ResumeContent
from domain.resumes.resume import Corrections

T = TypeVar("T")


def plain(value: object) -> Any:
    """Return the value as plain JSON: enums by value, decimals as text, times in ISO 8601."""
    return _CONVERTER.unstructure(value)


def structured(data: Any, shape: type[T]) -> T:
    """Return what `plain` was given, by its type."""
    return _CONVERTER.structure(data, shape)


def structured_or_none(data: Any, shape: type[T]) -> T | None:
    return None if data is None else _CONVERTER.structure(data, shape)


def _converter() -> Converter:
    converter = Converter(detailed_validation=False)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    # What is declared `object` (a reason's data) is plain JSON already.
    converter.register_structure_hook_func(lambda shape: shape is object, lambda value, _: value)
    return converter


_CONVERTER = _converter()
_FIELD_TYPES: Mapping[str, Any] = get_type_hints(ResumeContent)


def _plain_corrections(corrections: Corrections) -> dict[str, Any]:
    return {
        "fields": {name: plain(value) for name, value in corrections.fields.items()},
        "confirmed_skills": list(corrections.confirmed_skills),
        "denied_skills": list(corrections.denied_skills),
    }


def _structured_corrections(data: Mapping[str, Any], _shape: object) -> Corrections:
    # Each corrected value has the type of the résumé's field that it corrects; parts of the contact block are texts.
    return Corrections(
        fields={
            name: value if "." in name else structured(value, _FIELD_TYPES[name])
            for name, value in data["fields"].items()
        },
        confirmed_skills=tuple(data["confirmed_skills"]),
        denied_skills=tuple(data["denied_skills"]),
    )


_CONVERTER.register_unstructure_hook(Corrections, _plain_corrections)
_CONVERTER.register_structure_hook(Corrections, _structured_corrections)

EnumT = TypeVar("EnumT", bound=Enum)


def enum_or_none(value: str | None, kind: type[EnumT]) -> EnumT | None:
    return None if value is None else kind(value)


def value_or_none(member: Enum | None) -> str | None:
    return None if member is None else str(member.value)
