"""Handing work out to n8n, which answers in every way we know of."""

from __future__ import annotations

import json
import logging
import socket
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from adapters.boards.http import NoAnswer
from adapters.n8n.webhooks import N8nWebhooks
from adapters.patience import Patience
from domain.errors import Unavailable
from domain.handing_out.errand import FileErrand, Query, SearchErrand
from domain.identifiers import RunId, UploadId
from domain.resumes.content import WorkFormat
from tests.n8n import N8n, Trouble, answers, n8n

TOKEN = "token-of-the-webhooks"
SEARCH = SearchErrand(
    search_id=RunId("run-1"),
    deadline=datetime(2026, 3, 2, 12, 32, tzinfo=timezone(timedelta(hours=3))),
    sources=("hh", "internal"),
    limit=500,
    query=Query(
        position="Врач",
        skills=("УЗИ",),
        region="Казань",
        salary_from=Decimal(150_000),
        work_format=WorkFormat.OFFICE,
        text="ночные смены",
    ),
)
FILE = FileErrand(
    upload_id=UploadId("upload-1"),
    deadline=SEARCH.deadline,
    filename="Резюме Анны «2026».pdf",
    content=b"%PDF-1.7 \x00\xff",
    text="Врач\nОпыт",
)


@dataclass
class Pauses:
    """A clock that only moves when somebody pauses, and by `slow` with each look at it."""

    slow: float = 0.0
    now: float = 0.0
    taken: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        self.now += seconds

    def moment(self) -> float:
        self.now += self.slow
        return self.now


@pytest.fixture
def running() -> Iterator[N8n]:
    # What was handed out is not carried out: nobody listens where it would ask.
    with n8n(N8n(silent=True)) as running:
        yield running


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def webhooks(running: N8n, pauses: Pauses) -> N8nWebhooks:
    return N8nWebhooks(running.url, TOKEN, pause=pauses, moment=pauses.moment)


def refusal(webhooks: N8nWebhooks) -> str:
    with pytest.raises(Unavailable) as refused:
        webhooks.search(SEARCH)
    assert refused.value.data == {}
    return refused.value.code


def test_a_search_is_handed_out_with_what_it_looks_for(webhooks: N8nWebhooks, running: N8n) -> None:
    execution_id = webhooks.search(SEARCH)

    (call,) = running.calls
    assert execution_id == "1"
    assert (call.method, call.path) == ("POST", "/webhook/job-assistant-vacancy-search")
    assert call.headers["x-n8n-token"] == TOKEN
    assert call.headers["idempotency-key"] == "run-1"
    assert json.loads(call.body) == {
        "search_id": "run-1",
        "deadline": "2026-03-02T09:32:00Z",
        "sources": ["hh", "internal"],
        "limit": 500,
        "query": {
            "position": "Врач",
            "skills": ["УЗИ"],
            "region": "Казань",
            "salary_from": 150000,
            "work_format": "office",
            "text": "ночные смены",
        },
    }


def test_what_is_not_known_is_null(webhooks: N8nWebhooks, running: N8n) -> None:
    webhooks.search(replace(SEARCH, query=Query(salary_from=Decimal("99.5"))))

    assert json.loads(running.calls[0].body)["query"] == {
        "position": None,
        "skills": [],
        "region": None,
        "salary_from": 99.5,
        "work_format": None,
        "text": None,
    }


@pytest.mark.parametrize(
    ("filename", "media_type"),
    [
        (FILE.filename, "application/pdf"),
        ('"; x="\r\nЁ.docx', "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("без расширения", "application/octet-stream"),
    ],
)
def test_a_file_is_handed_out_whole_under_its_own_name(
    filename: str, media_type: str, webhooks: N8nWebhooks, running: N8n
) -> None:
    execution_id = webhooks.read(replace(FILE, filename=filename))

    (call,) = running.calls
    name, content, kind = call.files["file"]
    assert execution_id == "1"
    assert (call.path, call.headers["idempotency-key"]) == ("/webhook/job-assistant-resume-parse", "upload-1")
    assert (content, kind) == (FILE.content, media_type)
    assert name.rpartition(".")[2] == filename.rpartition(".")[2]
    assert call.form == {"upload_id": "upload-1", "deadline": "2026-03-02T09:32:00Z", "text": FILE.text}


def test_a_cyrillic_name_of_a_file_arrives_as_it_is(webhooks: N8nWebhooks, running: N8n) -> None:
    webhooks.read(FILE)

    assert running.calls[0].files["file"][0] == FILE.filename


def test_in_queue_mode_no_execution_is_told(webhooks: N8nWebhooks, running: N8n) -> None:
    running.queue_mode = True

    assert webhooks.search(SEARCH) is None
    assert len(running.executions) == 1


@pytest.mark.parametrize(
    "said",
    [
        b"accepted",
        b"",
        b"[1]",
        b"{",
        b'{"execution_id": null}',
        b'{"execution_id": {"a": 1}}',
        b'{"execution_id": "7; DROP"}',
        b'{"execution_id": "' + b"9" * 65 + b'"}',
        b'{"execution_id": true}',
    ],
)
def test_whatever_a_202_says_the_work_is_taken(said: bytes, webhooks: N8nWebhooks, running: N8n) -> None:
    running.meets(Trouble(answer=answers.Answer(status=202, body=said)))

    assert webhooks.search(SEARCH) is None
    assert len(running.calls) == 1


def test_an_execution_may_be_told_as_a_number(webhooks: N8nWebhooks, running: N8n) -> None:
    running.meets(Trouble(answer=answers.as_json({"execution_id": 4711}, status=202)))

    assert webhooks.search(SEARCH) == "4711"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (answers.not_registered("POST", "job-assistant-vacancy-search"), "n8n_not_published"),
        (answers.failed_before_answering(), "n8n_error"),
        (answers.timed_out_before_answering(), "n8n_error"),
        (answers.too_large(), "n8n_error"),
        (answers.bad_gateway(), "n8n_unreachable"),
        (answers.Answer(status=503), "n8n_unreachable"),
        (answers.Answer(status=504), "n8n_unreachable"),
    ],
    ids=["not registered", "failed", "timed out", "too large", "502", "503", "504"],
)
def test_what_surely_nobody_took_is_tried_three_times(
    answer: answers.Answer, code: str, webhooks: N8nWebhooks, running: N8n, pauses: Pauses
) -> None:
    running.meets(*[Trouble(answer=answer)] * 4)

    assert refusal(webhooks) == code
    assert len(running.calls) == 3
    assert {each.headers["idempotency-key"] for each in running.calls} == {"run-1"}
    assert pauses.taken == [0.3, 1.0]


def test_an_n8n_that_is_just_starting_is_reached_by_the_third_try(webhooks: N8nWebhooks, running: N8n) -> None:
    not_yet = Trouble(answer=answers.not_registered("POST", "job-assistant-vacancy-search"))
    running.meets(Trouble(answer=answers.bad_gateway()), not_yet)

    assert webhooks.search(SEARCH) == "1"
    assert len(running.executions) == 1


def test_no_try_begins_late(webhooks: N8nWebhooks, running: N8n) -> None:
    """Each look at the clock costs 5.5 seconds: a second try would begin within the six seconds, a third would not."""
    slow = Pauses(slow=5.5)
    running.meets(*[Trouble(answer=answers.bad_gateway())] * 3)

    assert refusal(replace(webhooks, pause=slow, moment=slow.moment)) == "n8n_unreachable"
    assert len(running.calls) == 2
    assert slow.taken == [0.3]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (answers.wrong_token(), "n8n_unauthorized"),
        (answers.Answer(status=401), "n8n_unauthorized"),
        (answers.bad_body(), "n8n_refused"),
        (answers.Answer(status=413), "n8n_refused"),
        (answers.Answer(status=429), "n8n_refused"),
        (answers.redirected("http://127.0.0.1:1/elsewhere"), "n8n_refused"),
        (answers.as_json({"message": "Workflow was started"}), "n8n_refused"),
        (answers.Answer(body=b"<html>Welcome</html>"), "n8n_refused"),
        (answers.Answer(status=501), "n8n_refused"),
    ],
    ids=["403", "401", "422", "413", "429", "redirect", "another workflow", "another server", "501"],
)
def test_what_will_not_heal_is_not_tried_again(
    answer: answers.Answer, code: str, webhooks: N8nWebhooks, running: N8n, pauses: Pauses
) -> None:
    running.meets(Trouble(answer=answer))

    assert refusal(webhooks) == code
    assert len(running.calls) == 1
    assert pauses.taken == []


def test_another_token_than_n8ns_is_refused(webhooks: N8nWebhooks) -> None:
    assert refusal(replace(webhooks, token="another-token-than-theirs")) == "n8n_unauthorized"


def test_a_workflow_that_is_not_published_is_told(webhooks: N8nWebhooks, running: N8n) -> None:
    running.unpublish()

    assert refusal(webhooks) == "n8n_not_published"


def test_nobody_listening_is_unreachable(pauses: Pauses) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    assert refusal(N8nWebhooks(url, TOKEN, pause=pauses, moment=pauses.moment)) == "n8n_unreachable"
    assert pauses.taken == [0.3, 1.0]


def test_who_may_have_taken_it_is_not_asked_again(webhooks: N8nWebhooks, running: N8n) -> None:
    running.meets(Trouble(wait=30.0))

    assert replace(webhooks, read_seconds=0.2).search(SEARCH) is None
    assert len(running.calls) == 1


def test_a_connection_that_is_cut_took_nothing_and_is_not_tried_again(webhooks: N8nWebhooks, running: N8n) -> None:
    running.meets(Trouble(cut=True))

    assert refusal(webhooks) == "n8n_unreachable"
    assert len(running.calls) == 1


@pytest.mark.parametrize(
    "trouble",
    [Trouble(wait=30.0), Trouble(cut=True), Trouble(answer=answers.bad_gateway())],
    ids=["hangs", "cut", "502"],
)
def test_who_does_not_answer_is_left_alone_for_a_while(trouble: Trouble, webhooks: N8nWebhooks, running: N8n) -> None:
    hasty = replace(webhooks, read_seconds=0.2, patience=Patience("n8n", NoAnswer, pause=0.5))
    running.meets(*[trouble] * 3)
    with suppress(Unavailable):
        hasty.search(SEARCH)
    asked = len(running.calls)

    left_alone, meanwhile = refusal(hasty), len(running.calls)
    time.sleep(0.6)

    assert (left_alone, meanwhile) == ("n8n_unreachable", asked)
    running.troubles.clear()
    assert hasty.search(SEARCH) is not None


@pytest.mark.parametrize(
    "answer", [answers.wrong_token(), answers.failed_before_answering()], ids=["wrong token", "failed"]
)
def test_who_answers_is_asked_for_the_next_search_as_well(
    answer: answers.Answer, webhooks: N8nWebhooks, running: N8n
) -> None:
    running.meets(*[Trouble(answer=answer)] * 3)
    refused = refusal(webhooks)
    running.troubles.clear()

    assert refused in ("n8n_unauthorized", "n8n_error")
    assert webhooks.search(SEARCH) is not None


def test_a_slow_answer_is_waited_for(webhooks: N8nWebhooks, running: N8n) -> None:
    running.meets(Trouble(wait=0.3))

    assert replace(webhooks, read_seconds=10.0).search(SEARCH) == "1"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (answers.not_registered("POST", "webhook/job-assistant-vacancy-search"), "n8n_not_published"),
        (answers.wrong_token(), "n8n_unauthorized"),
        (answers.failed_before_answering(), "n8n_error"),
        (answers.bad_body(), "n8n_refused"),
    ],
)
def test_a_refusal_is_logged_once_with_its_code(
    answer: answers.Answer, code: str, webhooks: N8nWebhooks, running: N8n, caplog: pytest.LogCaptureFixture
) -> None:
    running.meets(*[Trouble(answer=answer)] * 6)

    refusal(webhooks)
    first = [(each.levelname, each.getMessage()) for each in caplog.records]
    with pytest.raises(Unavailable):
        webhooks.read(FILE)

    assert first == [("WARNING", f"n8n does not take what it is handed: vacancy-search, {code}")]
    assert "resume-parse" in caplog.records[1].getMessage()


@pytest.mark.parametrize("trouble", [Trouble(answer=answers.bad_gateway()), Trouble(cut=True)])
def test_who_is_not_reached_is_logged_once(
    trouble: Trouble, webhooks: N8nWebhooks, running: N8n, caplog: pytest.LogCaptureFixture
) -> None:
    running.meets(*[trouble] * 3)

    assert [refusal(webhooks) for _ in range(2)] == ["n8n_unreachable"] * 2

    assert [each.getMessage() for each in caplog.records] == ["n8n does not answer, we do without: not reached"]


@pytest.mark.parametrize(
    "trouble",
    [Trouble(answer=answers.wrong_token()), Trouble(answer=answers.failed_before_answering()), Trouble(cut=True)],
)
def test_neither_an_error_nor_the_log_tells_a_secret_or_what_was_sent(
    trouble: Trouble, webhooks: N8nWebhooks, running: N8n, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    running.meets(*[trouble] * 3)

    told = repr(webhooks)
    try:
        webhooks.read(FILE)
    except Unavailable as error:
        told += "".join(traceback.format_exception(type(error), error, error.__traceback__))

    for secret in (TOKEN, FILE.filename, FILE.text, "Резюме"):
        assert secret not in told
        assert secret not in caplog.text
