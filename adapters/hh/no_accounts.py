"""Stands for people's accounts at hh.ru where nobody can sign in there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.errors import Conflict
from domain.hh.connection import SealedTokens
from domain.hh.ports import Begun, HhApplication, HhResume


class NoHhAccounts:
    """Stands for hh.ru where the operator has no application there."""

    configured = False

    def begin(self, *, asks_who: bool) -> Begun:  # noqa: ARG002 — as the port has it
        raise Conflict("hh_not_configured")

    def digest(self, state: str) -> str | None:  # noqa: ARG002 — as above
        raise Conflict("hh_not_configured")

    def exchange(self, *, code: str, verifier: str | None, at: datetime) -> SealedTokens:  # noqa: ARG002 — as above
        raise Conflict("hh_not_configured")

    def refresh(self, tokens: SealedTokens, *, at: datetime) -> SealedTokens:  # noqa: ARG002 — as above
        raise Conflict("hh_not_configured")

    def revoke(self, tokens: SealedTokens) -> None:
        """Nobody can be told."""

    def resumes(self, tokens: SealedTokens) -> Sequence[HhResume]:  # noqa: ARG002 — as above
        raise Conflict("hh_not_configured")

    def applications(self, tokens: SealedTokens) -> Sequence[HhApplication]:  # noqa: ARG002 — as above
        raise Conflict("hh_not_configured")
