"""What the loopback hh.ru tells a person about themselves: `/me`, résumés, negotiations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.boards.hh import errors
from tests.boards.hh.access import applicant, caller
from tests.boards.hh.clock import read
from tests.boards.hh.examples import example
from tests.boards.hh.exchange import Answer, Request, as_json
from tests.boards.hh.grants import AppToken
from tests.boards.hh.paging import page_of, paging
from tests.boards.hh.world import HhRu

_STATUSES = {"invitations": {"invitation"}, "response": {"response"}, "discard": {"discard"}}


def me(hh: HhRu, request: Request) -> Answer:
    asks = caller(hh, request)
    if asks is None:
        raise errors.bad_authorization()
    if isinstance(asks, AppToken):
        return as_json(example("me_application"))
    if asks.account.kind == "applicant" and hh.applicants == "closed" and not hh.me_stays_open:
        raise errors.forbidden()
    return as_json(asks.account.me)


def my_resumes(hh: HhRu, request: Request) -> Answer:
    account = applicant(hh, request)
    page, per_page = paging(request)
    return as_json(page_of([_short(resume) for resume in account.resumes], page, per_page))


def resume(hh: HhRu, request: Request, id_: str) -> Answer:
    found = applicant(hh, request).resume(id_)
    if found is None:
        # Another's résumé is as absent as one that never was.
        raise errors.not_found()
    return as_json(found)


def negotiations(hh: HhRu, request: Request) -> Answer:
    account = applicant(hh, request)
    page, per_page = paging(request)
    order_by, order = request.one("order_by") or "updated_at", request.one("order") or "desc"
    if order_by not in ("updated_at", "created_at"):
        raise errors.bad_argument("order_by")
    if order not in ("asc", "desc"):
        raise errors.bad_argument("order")

    def moment(negotiation: dict[str, Any]) -> datetime:
        return read(negotiation[order_by])

    wanted = [one for one in account.negotiations if _is_wanted(one, request)]
    return as_json(page_of(sorted(wanted, key=moment, reverse=order == "desc"), page, per_page))


def _is_wanted(negotiation: dict[str, Any], request: Request) -> bool:
    status, vacancy_id = request.one("status") or "all", request.one("vacancy_id")
    vacancy = negotiation["vacancy"]
    if vacancy_id is not None and (vacancy is None or vacancy["id"] != vacancy_id):
        return False
    if status == "deleted" or negotiation["hidden"]:
        return status == "deleted" and bool(negotiation["hidden"])
    archived = vacancy is None or bool(vacancy["archived"])
    if status in ("active", "non_archived", "archived"):
        return archived == (status == "archived")
    return status == "all" or negotiation["state"]["id"] in _STATUSES.get(status, set())


def _short(resume: dict[str, Any]) -> dict[str, Any]:
    """Return a résumé as it stands in the list: the keys of the list's example, and experience without descriptions."""
    short: dict[str, Any] = example("resumes_mine")["items"][0]
    short |= {key: value for key, value in resume.items() if key in short}
    api = f"https://api.hh.ru/resumes/{resume['id']}"
    short |= {"url": api, "views_url": f"{api}/views", "created": short["created_at"], "updated": short["updated_at"]}
    short["similar_vacancies"] = {"counters": {"total": 0}, "url": f"{api}/similar_vacancies"}
    short["experience"] = [
        {key: value for key, value in job.items() if key != "description"} for job in short["experience"]
    ]
    return short
