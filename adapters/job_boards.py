"""The job boards that the settings name: where vacancies are found, and where people have accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from adapters.boards.http import Client
from adapters.hh.accounts import HhApplicants
from adapters.hh.answers import Trouble
from adapters.hh.application_token import ApplicationToken
from adapters.hh.dictionaries import FreshDictionaries
from adapters.hh.gateway import HhGateway
from adapters.hh.no_accounts import NoHhAccounts
from adapters.hh.pace import EVERY, Pace
from adapters.hh.source import HhSource
from adapters.hh.time_left import TimeLeft
from adapters.hh.trial import hh_refusal
from adapters.hh.trouble import HhTrouble, OutOfTime
from adapters.hh.turned_away import AGAIN_SECONDS, code_of
from adapters.lexicon.titles import TitleCatalogue
from adapters.settings import Settings
from adapters.trudvsem.source import trudvsem_outcome, trudvsem_source
from adapters.vault import Vault
from domain.hh.ports import HhAccounts
from domain.hh.troubles import NotReached
from domain.matching.measures import Measures
from domain.outside import Clock
from domain.search.gathering import VacancySource
from domain.search.run import Outcome
from domain.search.shortlist import Shortlist
from domain.transactions import Transactions
from domain.vacancies.arrival import Arrivals
from domain.vacancies.closing import CloseVacancies

NOT_ASKED = "none"
REDIRECT_PATH = "/hh/import"

_WHO_WE_ARE = "JobAssistant/1.0"
_CALL_SECONDS = 15.0
_LONGEST_PAUSE = 20.0
"""So many seconds a person's call waits for its turn at most."""


@dataclass(frozen=True)
class JobBoards:
    """What boards are asked with: one for a process, since its searches share their pace.

    Without a `vault` hh.ru is not asked, for its token could not be kept. Two requests to it are `hh_every` apart.
    """

    settings: Settings
    transaction: Transactions
    clock: Clock
    vault: Vault | None
    hh_every: timedelta = EVERY

    def sources(
        self, *, arrivals: Arrivals, measures: Measures, titles: TitleCatalogue, shortlist: Shortlist
    ) -> tuple[VacancySource, ...]:
        """Return where vacancies are found outside."""
        found: list[VacancySource] = []
        if (application := self._application()) is not None:
            found.append(
                HhSource(
                    application,
                    FreshDictionaries(application, measures.places, self.clock),
                    arrivals,
                    measures,
                    titles.names,
                    shortlist,
                    lambda ids: CloseVacancies(self.transaction, self.clock)(ids=ids),
                    self.clock,
                )
            )
        if self.settings.trudvsem_url != NOT_ASKED:
            found.append(
                trudvsem_source(
                    self.settings.trudvsem_url,
                    user_agent=_who_asks(self.settings),
                    arrivals=arrivals,
                    measures=measures,
                    clock=self.clock,
                    in_russian=titles.russian,
                )
            )
        return tuple(found)

    def accounts(self) -> HhAccounts:
        """Return hh.ru as applicants sign in there; one that refuses everything where nobody could come back."""
        settings = self.settings
        redirect_url = _redirect_url(settings)
        if self.vault is None or settings.hh_client_id is None or redirect_url is None:
            return NoHhAccounts()
        return HhApplicants(
            api=_hh_client(settings),
            site_url=settings.hh_site_url,
            client_id=settings.hh_client_id,
            client_secret=settings.hh_client_secret or "",
            redirect_url=redirect_url,
            vault=self.vault,
            pkce=settings.hh_pkce,
            pause=self._pause,
            rest=self._rest,
        )

    def _application(self) -> HhGateway | None:
        settings = self.settings
        if self.vault is None or settings.hh_client_id is None:
            return None
        token = ApplicationToken(
            self.transaction,
            self.clock,
            self.vault,
            _hh_client(settings),
            settings.hh_client_id,
            settings.hh_client_secret or "",
            self._pace().rest_after,
        )
        return HhGateway(_hh_client(settings), token, self._pace(), self.transaction, self.clock)

    def _pace(self) -> Pace:
        return Pace(self.transaction, self.clock, self.hh_every)

    def _pause(self) -> None:
        try:
            self._pace().wait_for_turn(TimeLeft(_LONGEST_PAUSE))
        except OutOfTime:
            # So many others ask that the turn would have come too late.
            raise NotReached("hh_busy_now", retry_after=AGAIN_SECONDS) from None
        except HhTrouble as trouble:
            # Others have been told to leave hh.ru alone for a while.
            raise NotReached(code_of(trouble.kind), retry_after=trouble.retry_after) from None

    def _rest(self, trouble: Trouble) -> float | None:
        self._pace().rest_after(trouble.kind, trouble.retry_after)
        try:
            self._pace().look()
        except HhTrouble as resting:
            return resting.retry_after
        return None


def trudvsem_trouble(settings: Settings) -> str | None:
    """Ask Работа России for one vacancy, shortly; return what is the matter (an outcome), `None` if it answers."""
    outcome = trudvsem_outcome(settings.trudvsem_url, user_agent=_who_asks(settings))
    return None if outcome is Outcome.OK else outcome.value


def hh_trouble(settings: Settings) -> str | None:
    """Ask hh.ru, shortly, whether it knows the application, of which there must be one; return what is the matter.

    `None`: it does. Else as `adapters.hh.trial` has it.
    """
    return hh_refusal(
        _hh_client(settings),
        client_id=settings.hh_client_id or "",
        client_secret=settings.hh_client_secret or "",
        redirect_url=_redirect_url(settings),
    )


def _hh_client(settings: Settings) -> Client:
    who = _who_asks(settings)
    return Client(settings.hh_api_url, headers={"User-Agent": who, "HH-User-Agent": who}, call_seconds=_CALL_SECONDS)


def _redirect_url(settings: Settings) -> str | None:
    return settings.public_url + REDIRECT_PATH if settings.public_url is not None else None


def _who_asks(settings: Settings) -> str:
    return settings.hh_user_agent or _WHO_WE_ARE
