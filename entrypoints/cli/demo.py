"""`demo`: the whole story on shipped samples, through real HTTP, printed step by step."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import requests

from adapters.bootstrap import migrate_store, open_platform, read_settings
from entrypoints.cli.documents import language_option
from entrypoints.server import address, listening, serving
from workers.running import working

SAMPLES = files("entrypoints").joinpath("samples")
RESUME = "ivanova_python_ru.pdf"
PERSON = {
    "telegram_id": 100200300,
    "first_name": "Мария",
    "last_name": "Иванова",
    "age": 29,
    "city": "Екатеринбург",
    "email": "maria.ivanova@example.com",
    "phone": "+79000000001",
}
CARDS = 6
_PATIENCE_SECONDS = 60


@click.command()
@language_option
def demo(language: str) -> None:
    """Show the main job from end to end: a PDF becomes a résumé, a search runs, the best vacancies come one at a time.

    Runs on shipped samples in a temporary folder through real HTTP, and leaves nothing behind.
    """
    with tempfile.TemporaryDirectory(prefix="job-assistant-demo-") as folder, _server(Path(folder)) as (url, keys):
        _Story(url, keys, language).tell()


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Run an installation of its own in a folder, on a free port, until the block ends."""
    # On samples alone: the same story with and without the internet.
    environ = {"PATH": os.environ.get("PATH", ""), "DATA_DIR": str(folder), "PORT": "0", "TRUDVSEM_URL": "none"}
    with ExitStack() as stack:
        migrate_store(read_settings(environ))
        platform = open_platform(environ)
        stack.callback(platform.close)
        server = listening(platform)
        stack.enter_context(working(platform, alone=True))
        stack.enter_context(serving(server))
        yield address(server, platform.settings.host), {kind: held[0] for kind, held in platform.keys.items()}


class _Story:
    """The bot's side of one person's story."""

    def __init__(self, url: str, keys: dict[str, str], language: str) -> None:
        self._url = url
        self._calls = requests.Session()
        # No proxy of this machine stands between us and ourselves.
        self._calls.trust_env = False
        self._calls.headers.update(
            {"X-BOT-KEY": keys["bot"], "X-PIPELINE-KEY": keys["pipeline"], "Accept-Language": language}
        )
        self._person = PERSON["telegram_id"]
        self._step = 0

    def tell(self) -> None:
        click.secho("Job Assistant, the main job from end to end", bold=True)
        click.echo(f"A server of our own on {self._url}; everything below goes through its HTTP API.\n")
        self._fill_the_catalogue()
        self._fill_the_profile()
        self._give_the_resume()
        self._search()
        first = self._serve_cards()
        self._judge(first)
        self._explain(first)
        self._erase()
        click.secho("\nThat is the product. `job-assistant up` starts it for good.", bold=True)

    def _fill_the_catalogue(self) -> None:
        self._begin("An employer's pipeline fills the catalogue", "POST /vacancies/")
        lines = SAMPLES.joinpath("vacancies.jsonl").read_text("utf-8").splitlines()
        answer = self._ask("POST", "/vacancies/", json={"vacancies": [_json(line) for line in lines]})
        self._say(f"{answer['created']} vacancies in, {answer['refused']} refused")

    def _fill_the_profile(self) -> None:
        self._begin("A person fills in the profile", "POST /users/")
        self._ask("POST", "/users/", json=PERSON)
        self._say(f"{PERSON['first_name']} {PERSON['last_name']}, {PERSON['city']}")

    def _give_the_resume(self) -> None:
        self._begin(f"and sends a résumé file, {RESUME}", f"POST /resume/file/{self._person}")
        content = SAMPLES.joinpath("resumes", RESUME).read_bytes()
        upload = self._ask("POST", f"/resume/file/{self._person}", files={"file": (RESUME, content)})
        self._say(f"accepted: {upload['status']}")
        upload = self._wait(upload["status_url"], lambda answer: answer["status"] in ("parsed", "failed"))
        if upload["status"] == "failed":
            raise click.ClickException(f"the résumé was not read: {upload['detail']}")
        resume = upload["resume"]
        salary = resume["preferred_salary"]
        wish = f"{salary['amount']:,} {salary['currency']}".replace(",", " ") if salary else "not told"
        for name, value in (
            ("status", upload["status"]),
            ("wants to be", resume["desired_position"]),
            ("experience", f"{resume['years_experience']} years"),
            ("skills", ", ".join(resume["skills"][:12])),
            ("languages", ", ".join(f"{each['name']} {each['level']}" for each in resume["languages"])),
            ("salary", wish),
        ):
            self._say(f"{name:<12} {value}")

    def _search(self) -> None:
        self._begin("The person starts a search", f"POST /search/start/{self._person}")
        self._ask("POST", f"/search/start/{self._person}", json={})
        run = self._wait(
            f"/search/status/{self._person}", lambda answer: answer["status"] not in ("queued", "gathering", "ranking")
        )
        told = ", ".join(f"{source['source']}: {source['outcome']} ({source['found']})" for source in run["sources"])
        self._say(f"{run['status']}; {told}; {run['counts']['queued']} in the queue")

    def _serve_cards(self) -> str:
        self._begin("and asks for the next best vacancy, one at a time", f"GET /search/next/{self._person}?after=…")
        after, first = "none", ""
        for _ in range(CARDS):
            card = self._ask("GET", f"/search/next/{self._person}", params={"after": after})
            after = card["vacancy_id"]
            first = first or after
            percent = card["skills_match_percent"]
            skills = "" if percent is None else f", skills {percent} %"
            click.secho(f"     {card['position']}. {card['title']}", fg="cyan", nl=False)
            click.echo(f" · {card['company']} · {card['area']} · score {card['score']}{skills}")
            for reason in card["reasons"]:
                click.echo(f"          – {reason}")
        return first

    def _judge(self, vacancy_id: str) -> None:
        self._begin("A verdict makes it theirs", f"POST /search/feedback/{self._person}/{vacancy_id}")
        judged = self._ask("POST", f"/search/feedback/{self._person}/{vacancy_id}", json={"verdict": "like"})
        self._say(f"{judged['title']}: {judged['state']}")

    def _explain(self, vacancy_id: str) -> None:
        self._begin("Every point can be explained", f"GET /search/details/{self._person}/{vacancy_id}")
        explanation = self._ask("GET", f"/search/details/{self._person}/{vacancy_id}")["explanation"]
        for part in explanation["parts"]:
            known = "" if part["known"] else "   (somebody kept silent about it)"
            self._say(f"{part['aspect']:<12} {part['points']:>5} of {part['possible']}{known}")
        for limit in explanation["limits"]:
            self._say(f"times {limit['times']:>6}   {limit['text']}")
        for line in explanation["lines"][:4]:
            self._say(f"{line['verdict']:<8} {line['text']}")

    def _erase(self) -> None:
        self._begin("And the person may leave, with everything", f"DELETE /users/{self._person}")
        self._ask("DELETE", f"/users/{self._person}")
        self._say("erased: profile, file, résumé, matches")

    def _begin(self, what: str, call: str) -> None:
        self._step += 1
        click.secho(f"\n{self._step}. {what}", bold=True)
        click.secho(f"     {call}", dim=True)

    def _say(self, what: str) -> None:
        click.echo(f"     {what}")

    def _ask(self, method: str, path: str, **kwargs: Any) -> Any:
        answer = self._calls.request(method, self._url + path, timeout=_PATIENCE_SECONDS, **kwargs)
        if not answer.ok:
            raise click.ClickException(f"{method} {path} answered {answer.status_code}: {answer.text}")
        return answer.json() if answer.content else None

    def _wait(self, path: str, done: Any) -> Any:
        limit = time.monotonic() + _PATIENCE_SECONDS
        while not done(answer := self._ask("GET", path)):
            if time.monotonic() > limit:
                raise click.ClickException(f"{path} took longer than {_PATIENCE_SECONDS} s")
            time.sleep(0.1)
        return answer


def _json(line: str) -> Any:
    return json.loads(line)
