"""What hinders asking hh.ru, as those who ask are told."""

from __future__ import annotations

from adapters.hh.answers import Kind, Trouble, outcome_of
from domain.search.run import Outcome


class HhTrouble(Exception):
    """There is no answer to go by. `outcome` is what a search reports; the text holds nothing of the request.

    `kind` is hh.ru's own trouble, `None` where hh.ru was not asked, or did not answer. `retry_after` is in seconds.
    """

    def __init__(
        self,
        outcome: Outcome,
        *,
        kind: Kind | None = None,
        retry_after: float | None = None,
        detail: str | None = None,
        request_id: str | None = None,
    ) -> None:
        told = (kind.value if kind is not None else outcome.value, detail, request_id and f"request {request_id}")
        super().__init__(f"hh.ru: {', '.join(filter(None, dict.fromkeys(told)))}")
        self.outcome = outcome
        self.kind = kind
        self.retry_after = retry_after


class OutOfTime(HhTrouble):
    """The caller's own time is over before there is an answer; that says nothing of hh.ru."""

    def __init__(self) -> None:
        super().__init__(Outcome.TIMEOUT)


def told(trouble: Trouble) -> HhTrouble:
    """Return the error that tells of an answer's trouble."""
    return HhTrouble(
        outcome_of(trouble),
        kind=trouble.kind,
        retry_after=trouble.retry_after,
        detail=trouble.detail,
        request_id=trouble.request_id,
    )


def remembered(because: str, *, retry_after: float) -> HhTrouble:
    """Return the error for a rest that was ordered because of an earlier trouble, named by its kind or outcome."""
    if because in {kind.value for kind in Kind}:
        kind = Kind(because)
        return HhTrouble(outcome_of(Trouble(kind=kind)), kind=kind, retry_after=retry_after)
    known = because in {outcome.value for outcome in Outcome}
    return HhTrouble(Outcome(because) if known else Outcome.ERROR, retry_after=retry_after)
