"""Searches that go through n8n, by HTTP alone, whatever becomes of n8n."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from adapters.bootstrap import files_reader, read_settings
from adapters.documents.reader import ChildProcessReader
from tests.adapters.documents.rtfs import an_rtf
from tests.boards.hh import HhRu, a_vacancy, faults
from tests.entrypoints.conftest import Install
from tests.entrypoints.installation import ANNA, CALLBACK_SECRETS, PIPELINE_KEYS, PROFILE, Installation, a_job, told
from tests.entrypoints.signing_in import known_to
from tests.n8n import N8n, n8n
from tests.n8n.world import TOKEN

OURS = ("partner-1", "partner-2", "partner-3")
NOT_SET_UP = ("not_configured", 0)
PATIENCE = 30.0


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 — werkzeug's own name
        pass


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Let an app answer on loopback."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def running() -> Iterator[N8n]:
    """Return an n8n that reaches the API of the test."""
    with n8n(N8n(callback_secret=CALLBACK_SECRETS[0], pipeline_key=PIPELINE_KEYS[0])) as running:
        yield running


@pytest.fixture(scope="module")
def reader() -> Iterator[ChildProcessReader]:
    """Return a reader that hands the text over, too, as it does where files go to n8n."""
    n8n = {"N8N_URL": "http://127.0.0.1:1", "N8N_TOKEN": TOKEN, "N8N_CALLBACK_SECRET": CALLBACK_SECRETS[0]}
    with files_reader(read_settings({**n8n, "READER_PROCESSES": "1", "N8N_RESUME_FILES": "true"})) as opened:
        yield opened


Installing = Callable[..., Installation]


@pytest.fixture
def beside(install: Install, running: N8n) -> Iterator[Installing]:
    """Return what makes an installation beside that n8n, in which Anna waits and three vacancies are offered."""
    open_: list[Any] = []

    def make(**environ: str) -> Installation:
        made = install(
            N8N_URL=running.url,
            N8N_TOKEN=running.token,
            N8N_CALLBACK_SECRET=",".join(CALLBACK_SECRETS),
            **environ,
        )
        serving = served(made.app)
        running.backend_url = serving.__enter__()
        open_.append(serving)
        made.welcome()
        made.offer(*(a_job(each.rpartition("-")[2]) for each in OURS))
        return made

    yield make
    running.go_on()
    running.await_quiet()
    for each in open_:
        each.__exit__(None, None, None)


@pytest.fixture
def api(beside: Installing) -> Installation:
    return beside()


CV = files("entrypoints").joinpath("samples", "resumes", "ivanova_python_ru.pdf")
A_PLAIN_FILE = an_rtf(
    "Вымышленная Анна Петровна",
    "anna@example.ru",
    "Навыки",
    "Python, SQL",
    "Прочее",
    "Плету макраме. Понимаю коми.",
)
CYRILLIC_NAME = "Резюме Вымышленной «2026».pdf"


def searched(api: Installation, running: N8n, **filters: Any) -> dict[str, Any]:
    """Start a search, let n8n and the workers end it, and return its status."""
    api.search(**filters)
    running.await_quiet()
    api.work()
    return status(api)


def status(api: Installation) -> dict[str, Any]:
    found: dict[str, Any] = told(api.bot.get(f"/search/status/{ANNA}"))
    return found


def engine(api: Installation) -> tuple[str, str | None]:
    now = status(api)
    return now["status"], now["engine"]


def outcomes(api: Installation) -> dict[str, tuple[str, int]]:
    return {each["source"]: (each["outcome"], each["found"]) for each in status(api)["sources"]}


def cards(api: Installation, most: int = 1_000) -> list[str]:
    """Return the cards that are still to come, in their order, no more than so many."""
    shown: list[str] = []
    while len(shown) < most and (answer := api.bot.get(f"/search/next/{ANNA}")).status_code == 200:
        shown.append(told(answer)["vacancy_id"])
    return shown


def overdue(api: Installation) -> None:
    """Let the time pass that n8n has, and the workers go on without it."""
    limit = time.monotonic() + PATIENCE
    while not api.tasks.runs:
        assert time.monotonic() < limit, "the sweep takes nothing back"
        time.sleep(0.05)
        api.application.sweep_work()
    api.work()


def own(number: int, **changes: Any) -> dict[str, Any]:
    """Return a vacancy of a source that only n8n knows."""
    return {**a_job(f"own{number}"), "source": "elsewhere", **changes}


def test_a_search_goes_through_n8n_and_is_served(api: Installation, running: N8n) -> None:
    started = api.bot.post(f"/search/start/{ANNA}", {})
    api.work()
    between = (engine(api)[0], api.bot.get(f"/search/next/{ANNA}").status_code)
    running.await_quiet()
    api.work()

    assert started.status_code == 202
    assert between in (("gathering", 202), ("queued", 202))
    assert engine(api) == ("ready", "n8n")
    assert outcomes(api) == {"hh": NOT_SET_UP, "internal": ("ok", 3), "trudvsem": NOT_SET_UP}
    assert sorted(cards(api)) == sorted(OURS)
    (execution,) = running.executions
    assert execution.status == "success"


def test_the_score_is_the_one_of_the_built_in_engine(api: Installation, running: N8n) -> None:
    searched(api, running)
    by_n8n = told(api.bot.get(f"/search/next/{ANNA}"))
    running.stop()
    api.search(salary_from=1)
    history = told(api.bot.get(f"/search/history/{ANNA}"))["items"]

    assert engine(api) == ("ready", "builtin")
    scores = {each["score"] for each in history if each["vacancy_id"] in OURS}
    assert by_n8n["score"] in scores
    running.start()


def test_nothing_that_n8n_is_told_says_who_looks_for_work(api: Installation, running: N8n) -> None:
    names = {"first_name": "Анна", "last_name": "Вымышленная"}
    api.bot.post(f"/resume/json/{ANNA}", {
        "desired_position": "Python-разработчик Анна Вымышленная",
        "years_experience": 3,
        "skills": ["Python", "anna@example.ru"],
        "languages": [],
        "education_level": "bachelor",
        "preferred_region": "Казань",
    })  # fmt: skip

    searched(api, running, text="Python для Анны, +7 900 000-00-01")

    handed_out = json.loads(next(call.body for call in running.calls if call.path.startswith("/webhook/")))
    assert set(handed_out) == {"search_id", "deadline", "sources", "limit", "query"}
    assert handed_out["query"]["position"] == "Python-разработчик"
    assert handed_out["query"]["skills"] == ["Python"]
    # Of its id nothing is known but that chance has made it.
    whole = json.dumps(handed_out | {"search_id": None}, ensure_ascii=False)
    for private in (*names.values(), "Анны", "example.ru", "900", str(ANNA), PROFILE["phone"], PROFILE["email"]):
        assert private not in whole


def test_hh_ru_failing_inside_n8n_is_told_and_the_rest_is_served(beside: Installing, running: N8n, hh: HhRu) -> None:
    hh.faults.add("/vacancies", faults.bad_gateway(), times=None)
    api = beside(**known_to(hh))

    searched(api, running)

    assert engine(api) == ("ready", "n8n")
    assert outcomes(api)["hh"] == ("error", 0)
    assert sorted(cards(api)) == sorted(OURS)


def test_hh_ru_is_asked_by_us_and_its_vacancies_are_known_by_their_ids(
    beside: Installing, running: N8n, hh: HhRu
) -> None:
    hh.vacancies.clear()
    lately = datetime.now(timezone.utc) - timedelta(days=1)
    hh.vacancies.add(
        a_vacancy(id="119900001", name="Python-разработчик", description="<p>Пишем на Python</p>", published_at=lately)
    )
    api = beside(**known_to(hh))

    searched(api, running)

    assert outcomes(api) == {"hh": ("ok", 1), "internal": ("ok", 3), "trudvsem": NOT_SET_UP}
    assert "hh-119900001" in cards(api)
    results = [call for call in running.executions[0].told if call[0].startswith("/search/results/")]
    assert [each[1] for each in results] == [200]


def test_results_come_in_pages(api: Installation, running: N8n) -> None:
    running.page_size = 1

    searched(api, running)

    assert engine(api) == ("ready", "n8n")
    assert sorted(cards(api)) == sorted(OURS)
    assert len(running.executions[0].told) == 3


def test_a_source_of_the_operators_own_is_searched_too(api: Installation, running: N8n) -> None:
    running.own_vacancies = [own(1), own(2, title=""), own(3, id="hh-1", source="hh")]

    searched(api, running)

    assert engine(api) == ("ready", "n8n")
    found = cards(api)
    assert "elsewhere-own1" in found
    assert sorted(found) == sorted([*OURS, "elsewhere-own1"])


def test_in_queue_mode_results_come_all_the_same(api: Installation, running: N8n) -> None:
    running.queue_mode = True

    searched(api, running)

    assert engine(api) == ("ready", "n8n")
    assert sorted(cards(api)) == sorted(OURS)


@pytest.mark.parametrize("what", ["wrong token", "unpublished", "stopped"])
def test_an_n8n_that_refuses_is_done_without_at_once(what: str, api: Installation, running: N8n) -> None:
    if what == "wrong token":
        running.token = "another-token-than-ours"
    if what == "unpublished":
        running.unpublish()
    if what == "stopped":
        running.stop()

    api.search()

    assert engine(api) == ("ready", "builtin")
    assert sorted(cards(api)) == sorted(OURS)
    if what == "stopped":
        running.start()
    assert running.executions == []


def test_an_n8n_that_says_it_failed_is_done_without_at_once(api: Installation, running: N8n) -> None:
    running.fails = "ranking"

    searched(api, running)

    assert engine(api) == ("ready", "builtin")
    assert sorted(cards(api)) == sorted(OURS)
    assert running.executions[0].told == [("/n8n/failures", 200)]


def test_an_execution_that_was_not_given_the_search_is_refused_once_and_harms_nothing(
    api: Installation, running: N8n
) -> None:
    running.hold("sending")
    api.search()
    (given,) = running.executions
    given.id, its_own = "of-another", given.id
    running.go_on()
    running.await_quiet()
    search_id = given.body["search_id"]

    refused = list(given.told)
    api.work()
    waiting = engine(api)[0]
    page = {"execution_id": its_own, "page": 1, "pages": 1, "sources": [], "vacancies": []}
    own_page = api.n8n.post(f"/search/results/{search_id}", {"version": 1, **page})

    assert refused == [(f"/search/results/{search_id}", 409), ("/n8n/failures", 200)]
    assert waiting == "gathering"
    assert (own_page.status_code, told(own_page)["status"]) == (200, "taken")


@pytest.mark.parametrize("what", ["silent", "signed with another key"])
def test_an_n8n_that_brings_nothing_is_waited_for_and_then_done_without(
    what: str, beside: Installing, running: N8n
) -> None:
    api = beside(N8N_SECONDS="1")
    running.silent = what == "silent"
    if what != "silent":
        running.callback_secret = "a-key-that-we-do-not-know"
    api.search()
    waiting = engine(api)
    running.await_quiet()
    api.work()

    overdue(api)

    assert waiting == ("gathering", "n8n")
    assert engine(api) == ("ready", "builtin")
    assert sorted(cards(api)) == sorted(OURS)


def test_an_n8n_killed_in_the_midst_loses_nothing(beside: Installing, running: N8n) -> None:
    api = beside(N8N_SECONDS="1")
    running.hold("sending")
    api.search()
    running.kill()

    overdue(api)
    before = cards(api)
    running.go_on()
    # It has crashed: it is not gone on with, and its execution is all that n8n knows of it.
    running.start()
    api.work()

    assert engine(api) == ("ready", "builtin")
    assert sorted(before) == sorted(OURS)
    assert running.executions[0].told == [("/n8n/failures", 200)]
    assert cards(api) == []
    searched(api, running, salary_from=1)
    assert engine(api) == ("ready", "n8n")
    assert cards(api) == []


def test_an_n8n_killed_before_the_deadline_tells_so_and_is_done_without(api: Installation, running: N8n) -> None:
    running.hold("sending")
    api.search()
    running.kill()
    running.go_on()

    running.start()
    api.work()

    assert engine(api) == ("ready", "builtin")
    assert sorted(cards(api)) == sorted(OURS)


def test_what_comes_late_is_merged_and_nothing_is_shown_twice(beside: Installing, running: N8n) -> None:
    api = beside(N8N_SECONDS="1")
    running.own_vacancies = [own(1), own(2)]
    running.hold("sending")
    api.search()
    overdue(api)
    first = cards(api, most=2)

    running.go_on()
    running.await_quiet()
    api.work()

    rest = cards(api)
    assert engine(api) == ("ready", "builtin")
    assert sorted([*first, *rest]) == sorted([*OURS, "elsewhere-own1", "elsewhere-own2"])
    assert outcomes(api)["elsewhere"] == ("ok", 2)


def test_results_for_a_search_that_was_replaced_change_nothing(api: Installation, running: N8n) -> None:
    running.hold("sending")
    running.own_vacancies = [own(1)]
    api.search()
    running.own_vacancies = []
    api.search(salary_from=1)
    running.go_on()
    running.await_quiet()
    api.work()

    assert engine(api) == ("ready", "n8n")
    assert sorted(cards(api)) == sorted(OURS)
    assert [each.told[-1][1] for each in running.executions] == [200, 200]


def test_a_person_who_left_is_found_nothing_for(api: Installation, running: N8n) -> None:
    running.hold("sending")
    api.search()
    api.bot.call("DELETE", f"/users/{ANNA}")
    running.go_on()
    running.await_quiet()
    api.work()

    assert api.bot.get(f"/search/status/{ANNA}").status_code == 404
    assert running.executions[0].told[0][1] == 404


def _read(api: Installation) -> dict[str, Any]:
    """Send a file with a Cyrillic name, let it be read, and return the résumé."""
    api.bot.send(f"/resume/file/{ANNA}", CV.read_bytes(), CYRILLIC_NAME)
    api.work()
    found: dict[str, Any] = told(api.bot.get(f"/resume/{ANNA}"))
    return found


def test_a_file_with_a_cyrillic_name_goes_to_n8n_and_what_it_adds_lies_under_our_own_reading(
    beside: Installing, running: N8n
) -> None:
    running.adds = {"skills": ["Личные кабинеты", "Python"], "desired_position": "Директор", "languages": "no list"}
    running.hold("sending")
    api = beside(N8N_RESUME_FILES="true")
    before = _read(api)

    running.go_on()
    running.await_quiet()
    after = told(api.bot.get(f"/resume/{ANNA}"))

    (execution,) = running.executions
    name, content, media_type = execution.files["file"]
    assert (name, content, media_type) == (CYRILLIC_NAME, CV.read_bytes(), "application/pdf")
    assert "Python" in execution.body["text"]
    assert execution.told == [(f"/resume/parsed/{execution.body['upload_id']}", 200)]
    assert "Личные кабинеты" not in before["skills"]
    assert after["skills"] == [*before["skills"], "Личные кабинеты"]
    assert after["desired_position"] == before["desired_position"] != "Директор"


def test_what_a_model_makes_up_of_a_file_goes_nowhere(beside: Installing, running: N8n) -> None:
    running.adds = {
        "desired_position": "Директор галактики",
        "salary": {"amount": 99_999_999, "currency": "RUB"},
        "languages": [{"name": "Klingon", "level": "C1"}, {"name": "Коми", "level": "C1"}],
        "skills": ["Телепатия", "Макраме"],
        "years_experience": 80,
        "region": "Альфа Центавра",
        "work_format": "field",
        "education_level": "phd",
        "summary": "Правил галактикой, говорил на клингонском.",
    }
    api = beside(N8N_RESUME_FILES="true")

    api.bot.send(f"/resume/file/{ANNA}", A_PLAIN_FILE, "cv.rtf")
    api.work()
    running.await_quiet()

    resume = told(api.bot.get(f"/resume/{ANNA}"))
    assert resume["added"] == {"skills": ["Макраме"], "languages": [{"name": "Коми", "level": None}]}
    assert (resume["skills"], resume["languages"]) == (["Python", "SQL", "Макраме"], resume["added"]["languages"])
    silent = ("desired_position", "preferred_salary", "preferred_region", "work_format", "education_level", "summary")
    assert {name: resume[name] for name in silent} == dict.fromkeys(silent)


def test_no_file_goes_to_n8n_unless_the_settings_say_so(api: Installation, running: N8n) -> None:
    _read(api)

    assert running.calls == []


@pytest.mark.parametrize("what", ["unpublished", "stopped", "failing", "silent"])
def test_a_file_is_read_whatever_becomes_of_n8n(what: str, beside: Installing, running: N8n) -> None:
    api = beside(N8N_RESUME_FILES="true")
    running.silent = what == "silent"
    running.fails = "sending" if what == "failing" else None
    if what == "unpublished":
        running.unpublish()
    if what == "stopped":
        running.stop()

    resume = _read(api)
    running.await_quiet()

    if what == "stopped":
        running.start()
    assert "Python" in resume["skills"]
    assert {path for each in running.executions for path, _ in each.told} <= {"/n8n/failures"}
