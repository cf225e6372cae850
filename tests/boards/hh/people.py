"""Who the loopback hh.ru knows: applications registered with it, and people with their résumés and negotiations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit


@dataclass
class Application:
    """A program registered at dev.hh.ru; a `deleted` one has lost every token."""

    client_id: str
    client_secret: str
    redirect_uri: str
    deleted: bool = False

    def may_redirect_to(self, uri: str) -> bool:
        """Allow sub-domains, deeper paths and more query; no other scheme, domain, port or sibling path."""
        ours, theirs = urlsplit(self.redirect_uri), urlsplit(uri)
        host, own = theirs.hostname or "", ours.hostname or ""
        below = ours.path.rstrip("/") + "/"
        return (
            theirs.scheme == ours.scheme
            and theirs.port == ours.port
            and (host == own or host.endswith("." + own))
            and (theirs.path == ours.path or theirs.path.startswith(below))
            and ".." not in theirs.path.split("/")
            and not theirs.fragment
        )


@dataclass
class Account:
    """A person at hh.ru. `trouble` is why the token endpoint refuses them: `account is locked`, `login not verified`…

    `resumes` and `negotiations` are whole bodies, as `a_resume` and `a_negotiation` make them.
    """

    login: str
    me: dict[str, Any]
    kind: Literal["applicant", "employer"] = "applicant"
    resumes: list[dict[str, Any]] = field(default_factory=list)
    negotiations: list[dict[str, Any]] = field(default_factory=list)
    trouble: str | None = None

    def resume(self, id_: str) -> dict[str, Any] | None:
        return next((resume for resume in self.resumes if resume["id"] == id_), None)
