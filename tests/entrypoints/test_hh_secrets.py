"""Whatever happens between a person and hh.ru: no secret and no name in the log, in an error, in clear in the store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from adapters.sql.all_tables import METADATA
from adapters.sql.board_tables import boards
from tests.boards.hh import Browser, HhRu
from tests.boards.hh.faults import bad_gateway, captcha, cut, ddos_guard, lost, not_json, token_error, too_many
from tests.entrypoints.conftest import Install
from tests.entrypoints.installation import ANNA, BORIS, PROFILE, Installation
from tests.entrypoints.signing_in import (
    SEALING_KEY,
    Back,
    auth_url,
    bot_import,
    confirm,
    consented,
    known_to,
    run_out,
    status,
    sync,
)
from tests.log_lines import logged

TROUBLES = [lost(), cut(), bad_gateway(), not_json(), ddos_guard(), captcha(), too_many(retry_after=1)]


def live_through(api: Installation, hh: HhRu, backs: list[Back]) -> Iterator[TestResponse]:
    """Do everything that can be done, rightly and wrongly, and leave; yield every answer, note what hh handed out."""

    def back(account: str = "ivan") -> Back:
        backs.append(consented(api, account=account))
        return backs[-1]

    yield bot_import(api, back("employer"))
    for fault in (*TROUBLES, token_error("invalid_grant", "code expired")):
        hh.faults.add("/token", fault, exact=True)
        yield bot_import(api, back())
    for path in ("/me", "/resumes/mine", "/negotiations"):
        for fault in TROUBLES:
            hh.faults.add(path, fault)
            yield bot_import(api, back())
            hh.faults.clear()
            rested(api)
    refused = Back(Browser().refuses(auth_url(api)))
    yield api.stranger.get(refused.path)
    page = api.stranger.get(back().path)
    yield api.stranger.get(f"/hh/import?code={backs[-1].code}&state={backs[-1].state}x")
    yield confirm(api, page)
    yield confirm(api, page)
    yield bot_import(api, backs[-1], telegram_id=BORIS)
    yield sync(api)
    run_out(api, hh)
    yield sync(api)
    hh.faults.add("/resumes/mine", ddos_guard())
    yield sync(api)
    run_out(api, hh)
    hh.faults.add("/token", lost(), exact=True)
    yield sync(api)
    hh.applicants = "closed"
    yield bot_import(api, back())
    yield sync(api)
    hh.applicants = "open"
    yield bot_import(api, back())
    yield api.bot.get(f"/hh/status/{ANNA}")


def rested(api: Installation) -> None:
    """End the rest that hh.ru is given."""
    with api.engine.begin() as connection:
        connection.execute(update(boards).values(rests_until=None, rests_because=None))


def secrets_of(hh: HhRu, backs: list[Back]) -> set[str]:
    pairs = {token for pair in hh.grants.pairs for token in (pair.access, pair.refresh)}
    verifiers = {each.form["code_verifier"] for each in hh.asked("/token") if "code_verifier" in each.form}
    states = {back.state for back in backs} | {back.state.partition(".")[0] for back in backs}
    assert len(pairs) > 20
    assert verifiers
    return pairs | verifiers | states | set(hh.grants.codes) | {hh.application.client_secret, SEALING_KEY}


def names_of(hh: HhRu) -> set[str]:
    people = [hh.ivan.me, *hh.ivan.resumes, hh.accounts["employer"].me]
    told = {str(each.get(name)) for each in people for name in ("first_name", "last_name", "email") if each.get(name)}
    return told | {PROFILE[name] for name in ("first_name", "last_name", "email")} | {str(ANNA), str(BORIS)}


def stored_in(api: Installation) -> str:
    """Return everything that stands in any column of the store."""
    with api.engine.begin() as connection:
        return "\n".join(
            str(value) for table in METADATA.sorted_tables for row in connection.execute(select(table)) for value in row
        )


@pytest.mark.parametrize("style", ["json", "text"])
def test_nothing_that_hh_trusts_us_with_shows_anywhere(install: Install, hh: HhRu, style: str) -> None:
    api = install(**known_to(hh), HH_PKCE="true")
    api.welcome()
    backs: list[Back] = []
    stores: list[str] = []

    with logged(style) as log:
        answers = []
        for answer in live_through(api, hh, backs):
            answers.append(answer)
            stores.append(stored_in(api))
        assert status(api) == "connected"
        api.bot.call("DELETE", f"/users/{ANNA}")

    told, secrets, names = log.getvalue(), secrets_of(hh, backs), names_of(hh)
    assert told.count("hh.ru refuses") > 10
    assert [word for word in secrets | names if word in told] == []
    problems = [answer.text for answer in answers if answer.status_code >= 400]
    assert len(problems) > 20
    assert [word for word in secrets | names - {str(ANNA)} if word in "\n".join(problems)] == []
    assert [word for word in secrets if any(word in store for store in stores)] == []
    # It really is the store that was looked at.
    assert PROFILE["city"] in stores[-1]


def test_no_address_that_we_ask_holds_a_secret_or_a_name(install: Install, hh: HhRu) -> None:
    api = install(**known_to(hh), HH_PKCE="true")
    api.welcome()
    backs: list[Back] = []

    for _ in live_through(api, hh, backs):
        pass

    secrets, names = secrets_of(hh, backs), names_of(hh)
    ours = [request for request in hh.requests if request.host == "api"]
    addresses = "\n".join(f"{request.path}?{dict(request.query)}" for request in ours)
    assert len(ours) > 50
    assert [word for word in secrets | names if word in addresses] == []
    # The page where people sign in is told the state, as OAuth wants it, and nothing else.
    asked = [request for request in hh.requests if request.host == "site" and request.method == "GET"]
    states = {back.state for back in backs}
    for request in asked:
        rest = {name: values for name, values in request.query.items() if name != "state"}
        assert [word for word in secrets | names if word in str(rest)] == []
    assert states <= {str(request.one("state")) for request in asked}
