"""hh.ru as a test has it: it holds what it is given, and fails as it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count

from domain.errors import DomainError
from domain.hh.connection import SealedTokens
from domain.hh.ports import Begun, HhApplication, HhResume
from domain.hh.troubles import AccessExpired, TokensDead
from tests.builders import NOW, a_resume_content

LIFETIME = timedelta(days=14)
A_RESUME = HhResume(id="hh-cv", title="Разработчик", updated_at=NOW, fullness=7, content=a_resume_content())


class ScriptedAccounts:
    """`troubles` are raised one after another by whatever is asked next, by the name of the method.

    Tokens are `tokens-1`, `tokens-2` and so on; the latest pair alone is good. `asked` notes every call.
    """

    configured = True

    def __init__(self) -> None:
        self._numbers = count(1)
        self.good = ""
        self.asked: list[str] = []
        self.revoked: list[str] = []
        self.troubles: dict[str, list[DomainError]] = {}
        self.found: Sequence[HhResume] = [A_RESUME]
        self.applied: Sequence[HhApplication] = []
        self.meanwhile: Callable[[], object] = lambda: None

    def begin(self, *, asks_who: bool) -> Begun:
        number = next(self._numbers)
        page = "login" if asks_who else "authorize"
        return Begun(
            url=f"https://hh.test/{page}/{number}", state=f"digest of state-{number}", verifier=f"verifier-{number}"
        )

    def digest(self, state: str) -> str | None:
        return f"digest of {state}" if state.startswith("state-") else None

    def exchange(self, *, code: str, verifier: str | None, at: datetime) -> SealedTokens:  # noqa: ARG002 — as the port has it
        self._fail_as_told("exchange")
        return self._new_tokens(at)

    def refresh(self, tokens: SealedTokens, *, at: datetime) -> SealedTokens:
        self._fail_as_told("refresh")
        if tokens.sealed != self.good:
            raise TokensDead
        return self._new_tokens(at)

    def revoke(self, tokens: SealedTokens) -> None:
        self.revoked.append(tokens.sealed)

    def resumes(self, tokens: SealedTokens) -> Sequence[HhResume]:
        self._must_be_good(tokens)
        self._fail_as_told("resumes")
        return self.found

    def applications(self, tokens: SealedTokens) -> Sequence[HhApplication]:
        self._must_be_good(tokens)
        self._fail_as_told("applications")
        return self.applied

    def seal_anew(self, sealed: str) -> str | None:
        return None if sealed == "lost" else f"{sealed} anew"

    def _new_tokens(self, at: datetime) -> SealedTokens:
        self.good = f"tokens-{next(self._numbers)}"
        return SealedTokens(sealed=self.good, expires_at=at + LIFETIME)

    def _must_be_good(self, tokens: SealedTokens) -> None:
        if tokens.sealed != self.good:
            raise AccessExpired

    def _fail_as_told(self, method: str) -> None:
        self.asked.append(method)
        self.meanwhile()
        if self.troubles.get(method):
            raise self.troubles[method].pop(0)
