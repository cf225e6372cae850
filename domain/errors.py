"""What can go wrong, in two kinds: `Refused` never heals, `Unavailable` may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class DomainError(Exception):
    """Something is the matter. `code` is stable, snake_case and machine-readable; `data` fills the wording.

    The sentence a person reads is made at the edge, in their language, from `code` and `data`. `retry_after`: in so
    many seconds it is worth trying again, where that is known.
    """

    code = "error"

    def __init__(self, code: str | None = None, *, retry_after: float | None = None, **data: object) -> None:
        self.code = code or type(self).code
        self.retry_after = retry_after
        self.data = data
        super().__init__(self.code)


class Refused(DomainError):
    """It will fail the same way however often it is tried."""

    code = "refused"


class Unavailable(DomainError):
    """It failed now and may succeed later."""

    code = "unavailable"


class NotFound(Refused):
    """There is no such thing."""

    code = "not_found"


class Conflict(Refused):
    """The thing exists, but not in a state that allows this."""

    code = "conflict"


class Stale(Refused):
    """The caller's version is not the current one."""

    code = "stale"


class Invalid(Refused):
    """Understood, but not acceptable. `errors` maps a field's path to the codes of what is wrong with it."""

    code = "invalid"

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self.errors = {field: list(codes) for field, codes in errors.items()}
