"""The loopback hh.ru as tests hold it: what it knows, what was asked of it, and what they may change."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock
from typing import Literal

from tests.boards.hh.builders import a_negotiation, a_resume, an_applicant, an_employer, example_vacancies
from tests.boards.hh.clock import Clock, written
from tests.boards.hh.exchange import Request
from tests.boards.hh.faults import Faults
from tests.boards.hh.grants import Grants
from tests.boards.hh.people import Account, Application
from tests.boards.hh.vacancies import Vacancies

DEFAULT_UAS = ("python-requests/", "python-urllib", "python-urllib3/", "curl/", "java/", "go-http-client", "okhttp")
"""The beginnings of user agents that are refused; hh.ru's own list is not public."""


@dataclass
class HhRu:
    """One application, one applicant (`ivan`, two résumés), one employer (`employer`), two vacancies; all may change.

    `applicants` is `closed` for the world since December 2025: people sign in, and every method for applicants answers
    a bare 403 (`/me` too, unless `me_stays_open`). `anonymous_search` brings back the time before April 2026.
    """

    applicants: Literal["open", "closed"] = "open"
    me_stays_open: bool = False
    anonymous_search: bool = False
    api_url: str = ""
    site_url: str = ""
    clock: Clock = field(default_factory=Clock)
    faults: Faults = field(default_factory=Faults)
    requests: list[Request] = field(default_factory=list)
    application: Application = field(
        default_factory=lambda: Application("CLIENT-ID", "CLIENT-SECRET", "https://assistant.example.com/hh/import")
    )
    accounts: dict[str, Account] = field(default_factory=dict)
    vacancies: Vacancies = field(default_factory=lambda: Vacancies(example_vacancies()))
    lock: RLock = field(default_factory=RLock)
    grants: Grants = field(init=False)

    def __post_init__(self) -> None:
        self.grants = Grants(self.clock)
        self.add(an_applicant(resumes=[a_resume(), a_resume(base="resume_owner")]), an_employer())

    @property
    def ivan(self) -> Account:
        return self.accounts["ivan"]

    def add(self, *accounts: Account) -> None:
        self.accounts.update((account.login, account) for account in accounts)

    def applies(self, account: Account, vacancy_id: str, *, state: str = "response") -> None:
        """Let the person have applied at hh.ru, now and with their first résumé, to a vacancy."""
        now = written(self.clock.now())
        resume = account.resumes[0] if account.resumes else None
        negotiation = a_negotiation(self.vacancies.find(vacancy_id), resume=resume, state=state)
        account.negotiations.append(negotiation | {"created_at": now, "updated_at": now})

    def signed_in(self, account: Account) -> tuple[str, str]:
        """Return an access token and a refresh token of the person, given out without any page."""
        with self.lock:
            pair = self.grants.new_pair(self.application, account)
        return pair.access, pair.refresh

    def code_for(self, account: Account) -> str:
        """Return a code of the person, given out without any page."""
        with self.lock:
            return self.grants.new_code(self.application, account).value

    def app_token(self) -> str:
        """Return a token of the application, given out without a request."""
        with self.lock:
            return self.grants.new_app_token(self.application).access

    def asked(self, path: str = "/", *, exact: bool = False, method: str | None = None) -> list[Request]:
        """Return the requests so far whose path begins so, or (`exact`) is so, in the order they came."""
        return [
            request
            for request in list(self.requests)
            if (request.path == path if exact else request.path.startswith(path)) and method in (None, request.method)
        ]
