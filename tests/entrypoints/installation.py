"""A whole installation of the product for one test, and its callers over HTTP."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from adapters.bootstrap import Telemetry, automation, compose, read_settings
from adapters.memory.outside import FixedClock, RecordingErasures, RecordingTasks, RecordingWorkInHand
from adapters.memory.vacancy_queues import MemoryVacancyQueues
from adapters.settings import Settings
from adapters.sql.engine import open_engine
from adapters.sql.store import SqlTransactions
from adapters.system import SystemClock
from adapters.vault import Vault
from domain.application import Application
from domain.resumes.reading import ResumeReader
from domain.search.gathering import SearchEngine
from domain.search.running import RunSearch
from domain.work import MAX_FAILURES
from entrypoints.api.app import answer_for, bare_app

BOT_KEYS = ("bot-key-of-the-tests", "bot-key-that-comes-next")
PIPELINE_KEYS = ("pipeline-key-of-the-tests",)
OPERATOR_KEYS = ("operator-key-of-the-tests",)
CALLBACK_SECRETS = ("callback-secret-of-the-tests", "callback-secret-that-comes-next")
BOT = {"X-BOT-KEY": BOT_KEYS[0]}
PIPELINE = {"X-PIPELINE-KEY": PIPELINE_KEYS[0]}
OPERATOR = {"X-OPERATOR-KEY": OPERATOR_KEYS[0]}
ANNA, BORIS = 700_000_001, 700_000_002
AT_ONCE = timedelta()

PROFILE: dict[str, Any] = {
    "telegram_id": ANNA,
    "first_name": "Анна",
    "last_name": "Вымышленная",
    "age": 29,
    "city": "Казань",
    "email": "anna@example.ru",
    "phone": "+79000000001",
}
RESUME: dict[str, Any] = {
    "current_position": "Младший разработчик",
    "desired_position": "Python-разработчик",
    "years_experience": 3.5,
    "skills": ["Python", "Django", "PostgreSQL"],
    "preferred_salary": {"amount": 180000, "currency": "RUB"},
    "preferred_region": "Казань",
    "languages": [{"name": "English", "level": "B2"}],
    "education_level": "bachelor",
    "work_format": "hybrid",
}


def a_job(id: str, **changes: Any) -> dict[str, Any]:  # noqa: A002 — the field's own name
    """Return a vacancy as a pipeline posts it; another id is another job of another employer."""
    return {
        "source": "partner",
        "id": id,
        "title": "Python-разработчик",
        "company": f"ООО «Вымысел {id}»",
        "area": "Казань",
        "salary_from": 150000,
        "salary_to": 220000,
        "experience": "1-3",
        "skills": ["Python", "Django"],
        "responsibilities": f"Разрабатывать сервис номер {id}",
        "requirements": "Опыт с Python и PostgreSQL\nБудет плюсом: Docker",
        "url": f"https://jobs.example.com/vacancies/{id}",
        **changes,
    }


@dataclass(frozen=True)
class Caller:
    """Somebody who calls the API with the same headers each time."""

    app: Flask
    headers: dict[str, str]

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self.call("GET", path, **kwargs)

    def post(self, path: str, body: Any = None, **kwargs: Any) -> TestResponse:
        return self.call("POST", path, **({"json": body} if body is not None else {}), **kwargs)

    def send(self, path: str, content: bytes, filename: str = "cv.docx", **kwargs: Any) -> TestResponse:
        """Post a file in a form, as the field `file`."""
        # Encoded here: the test client would leave a temporary file open.
        boundary, body = encode_multipart({"file": FileStorage(BytesIO(content), filename)})
        return self.call("POST", path, data=body, content_type=f"multipart/form-data; boundary={boundary}", **kwargs)

    def call(self, method: str, path: str, headers: dict[str, str] | None = None, **kwargs: Any) -> TestResponse:
        sent = {**self.headers, **(headers or {})}
        if "json" in kwargs:
            # Written here: the test client would write it as our server writes its answers.
            kwargs |= {"data": json.dumps(kwargs.pop("json")), "content_type": "application/json"}
        return self.app.test_client().open(path, method=method, headers=sent, buffered=True, **kwargs)


@dataclass(frozen=True)
class Signer:
    """n8n, which signs what it sends; `signed` is what is signed in place of what is sent."""

    app: Flask
    clock: FixedClock

    def post(self, address: str, body: Any, **signed: Any) -> TestResponse:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = signature(content, self.clock, **{"path": address, **signed})
        return Caller(self.app, headers).call("POST", address, data=content, content_type="application/json")


def signature(
    content: bytes,
    clock: FixedClock,
    *,
    path: str,
    method: str = "POST",
    secret: str = CALLBACK_SECRETS[0],
    seconds: int = 0,
) -> dict[str, str]:
    """Return the headers that n8n sends with this content, signed so many seconds from now."""
    timestamp = str(int(clock.now().timestamp()) + seconds)
    signed = f"{timestamp}.{method}.{path}.".encode() + content
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return {"X-N8N-Timestamp": timestamp, "X-N8N-Signature": f"sha256={digest}"}


@dataclass(frozen=True)
class Installation:
    """The product on a store of its own; work is noted until `work` does it. Signatures are checked by `signed_at`."""

    settings: Settings
    application: Application
    app: Flask
    tasks: RecordingTasks
    engine: Engine
    signed_at: FixedClock

    @property
    def bot(self) -> Caller:
        return Caller(self.app, BOT)

    @property
    def pipeline(self) -> Caller:
        return Caller(self.app, PIPELINE)

    @property
    def operator(self) -> Caller:
        return Caller(self.app, OPERATOR)

    @property
    def n8n(self) -> Signer:
        return Signer(self.app, self.signed_at)

    @property
    def stranger(self) -> Caller:
        return Caller(self.app, {})

    def work(self) -> None:
        """Do what workers would do with the messages sent so far."""
        while self.tasks.uploads:
            self.application.parse_upload(upload_id=self.tasks.uploads.pop(0))
        while self.tasks.runs:
            self.application.run_search(run_id=self.tasks.runs.pop(0))
        while self.tasks.late:
            self.application.merge_late(run_id=self.tasks.late.pop(0))

    def fail_the_search(self, engine: SearchEngine) -> None:
        """Let workers try the search in hand with this engine until it is given up."""
        clock = FixedClock(datetime.now(timezone.utc))
        transaction = SqlTransactions(self.engine)
        assess = replace(self.application.run_search.assess, transaction=transaction, clock=clock)
        run_search = RunSearch(transaction, clock, assess, (engine,), RecordingWorkInHand())
        for run_id in [self.tasks.runs.pop()] * MAX_FAILURES:
            run_search(run_id=run_id)
            clock.forward(timedelta(hours=1))

    def welcome(self, telegram_id: int = ANNA, **says: Any) -> None:
        """Let in a person with a profile and a résumé from the form."""
        created = self.bot.post("/users/", {**PROFILE, "telegram_id": telegram_id})
        assert created.status_code == 201, created.text
        given = self.bot.post(f"/resume/json/{telegram_id}", {**RESUME, **says})
        assert given.status_code == 201, given.text

    def offer(self, *vacancies: dict[str, Any]) -> None:
        """Put vacancies in the catalogue."""
        answer = self.pipeline.post("/vacancies/", {"vacancies": list(vacancies)})
        assert answer.status_code == 200, answer.text
        assert answer.json is not None
        assert answer.json["refused"] == 0, answer.text

    def search(self, telegram_id: int = ANNA, **filters: Any) -> str:
        """Start a search and carry it out; return its id."""
        started = self.bot.post(f"/search/start/{telegram_id}", filters)
        assert started.status_code == 202, started.text
        self.work()
        assert started.json is not None
        return str(started.json["search_id"])


def installed(
    folder: Path,
    migrated: Path,
    reader: ResumeReader,
    idle: list[Flask],
    *,
    hh_every: timedelta = AT_ONCE,
    **environ: str,
) -> Installation:
    """Return an installation in an empty folder, its database copied from one that was migrated.

    It asks the loopback hh.ru as fast as it can, unless it is told to wait for so long between two requests. Its app
    is taken from the idle ones, if there are any: to describe every route is most of what an app costs.
    """
    # No source outside: tests reach no network.
    ours = {"DATA_DIR": str(folder), "BOT_KEYS": ",".join(BOT_KEYS), "TRUDVSEM_URL": "none"}
    settings = read_settings({**ours, **environ})
    engine = open_engine(f"sqlite:///{shutil.copy(migrated, folder)}")
    tasks = RecordingTasks()
    application = compose(
        settings,
        SqlTransactions(engine),
        tasks,
        reader,
        queues=MemoryVacancyQueues(),
        in_hand=RecordingWorkInHand(),
        erasures=RecordingErasures(),
        clock=SystemClock(),
        vault=Vault(settings.token_encryption_keys) if settings.token_encryption_keys else None,
        automation=automation(settings),
        hh_every=hh_every,
    )
    app = idle.pop() if idle else bare_app()
    clock = FixedClock(SystemClock().now())
    answer_for(
        app,
        application=application,
        keys={"bot": BOT_KEYS, "pipeline": PIPELINE_KEYS, "operator": OPERATOR_KEYS},
        parts={"store": lambda: True},
        largest_upload=settings.max_upload_mb * 2**20,
        telemetry=Telemetry(secret=OPERATOR_KEYS[0]),
        callback_secrets=CALLBACK_SECRETS,
        clock=clock,
        threads=settings.api_threads,
    )
    return Installation(
        settings=settings, application=application, app=app, tasks=tasks, engine=engine, signed_at=clock
    )


def told(answer: TestResponse) -> Any:
    """Return what a JSON answer says."""
    return json.loads(answer.data)


def code_of(answer: TestResponse) -> str:
    """Return a problem's code."""
    return str(told(answer)["code"])
