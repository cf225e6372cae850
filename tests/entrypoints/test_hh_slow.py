"""An hh.ru that lets people wait, behind a real server: it holds up nobody else."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse

from waitress.server import create_server

from entrypoints.server import stop
from tests.boards.hh import HhRu
from tests.boards.hh.faults import slow
from tests.entrypoints.conftest import Install
from tests.entrypoints.installation import ANNA, BORIS, BOT, Installation, code_of
from tests.entrypoints.signing_in import bot_import, confirm, consented, known_to

THREADS = 2


@contextmanager
def served(api: Installation) -> Iterator[int]:
    """Serve the installation with as many threads as it is to have; yield the port."""
    server = create_server(api.app, host="127.0.0.1", port=0, threads=THREADS)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.effective_port
    finally:
        stop(server)
        thread.join()


def asked(port: int, method: str, path: str, *, patience: float = 20) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request(method, path, headers=BOT)
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


def test_syncs_that_hang_hold_up_nobody_else(install: Install, hh: HhRu) -> None:
    api = install(**known_to(hh), API_THREADS=str(THREADS))
    for person in (ANNA, BORIS):
        api.welcome(person)
        assert bot_import(api, consented(api, telegram_id=person), telegram_id=person).status_code == 200
    hh.faults.add("/me", slow(4), times=None)

    with served(api) as port, ThreadPoolExecutor(2) as pool:
        syncs = [pool.submit(asked, port, "POST", f"/hh/sync/{person}") for person in (ANNA, BORIS)]
        time.sleep(0.5)
        for path in ("/health/live", f"/hh/status/{ANNA}"):
            assert asked(port, "GET", path, patience=2).status == 200
        answers = [each.result() for each in syncs]

    assert sorted(answer.status for answer in answers) == [200, 503]
    assert [answer.headers["Retry-After"] for answer in answers if answer.status == 503] == ["5"]


def test_who_comes_while_many_are_being_served_is_told_so_at_once_and_loses_nothing(install: Install, hh: HhRu) -> None:
    api = install(**known_to(hh), API_THREADS="1")
    api.welcome()
    back = consented(api)
    page = api.stranger.get(back.path)
    room = api.app.config["HH_ROOM"]

    with room:
        refused = [bot_import(api, back), api.bot.post(f"/hh/sync/{ANNA}")]
        refused.append(api.bot.call("DELETE", f"/hh/connection/{ANNA}"))
        shown = confirm(api, page)

    assert {(answer.status_code, code_of(answer)) for answer in refused} == {(503, "hh_busy_now")}
    assert (shown.status_code, shown.mimetype, shown.headers["Retry-After"]) == (503, "text/html", "5")
    assert "сразу многие" in shown.text
    assert confirm(api, page).status_code == 200
