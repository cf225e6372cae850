"""Run a loopback hh.ru as a program: `python -m tests.boards.hh --port 0 --applicants closed`."""

from __future__ import annotations

import json
import signal
from threading import Event

import click

from tests.boards.hh.builders import a_vacancy
from tests.boards.hh.clock import MOSCOW
from tests.boards.hh.people import Application
from tests.boards.hh.server import hh_ru
from tests.boards.hh.vacancies import Vacancy
from tests.boards.hh.world import HhRu

_TITLES = ("Python-разработчик", "Go-разработчик", "Аналитик данных", "Тестировщик", "Менеджер по продажам")
_SKILLS = (("Python", "Django", "SQL"), ("Go", "PostgreSQL"), ("SQL", "Python"), ("Selenium", "Python"), ("CRM",))


@click.command()
@click.option("--port", type=int, default=0, help="The port of api.hh.ru; 0 takes a free one.")
@click.option("--site-port", type=int, default=0, help="The port of hh.ru, with the pages for signing in.")
@click.option("--applicants", type=click.Choice(["open", "closed"]), default="open", show_default=True)
@click.option("--vacancies", type=int, default=50, show_default=True, help="How many there are besides the examples.")
@click.option("--redirect-uri", default="http://127.0.0.1:8000/hh/import", show_default=True)
def main(port: int, site_port: int, applicants: str, vacancies: int, redirect_uri: str) -> None:
    """Print one line of JSON (URLs, the application's pair) and answer until interrupted."""
    hh = HhRu(
        applicants="closed" if applicants == "closed" else "open",
        application=Application("CLIENT-ID", "CLIENT-SECRET", redirect_uri),
    )
    hh.vacancies.add(*(_vacancy(hh, number) for number in range(vacancies)))
    ended = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with hh_ru(hh, port=port, site_port=site_port):
        ours = hh.application
        urls = {"api_url": hh.api_url, "site_url": hh.site_url}
        click.echo(json.dumps(urls | {"client_id": ours.client_id, "client_secret": ours.client_secret}))
        ended.wait()


def _vacancy(hh: HhRu, number: int) -> Vacancy:
    kind = number % len(_TITLES)
    today = hh.clock.now().astimezone(MOSCOW).replace(hour=0, minute=0, second=0)
    return a_vacancy(
        name=_TITLES[kind],
        key_skills=_SKILLS[kind],
        description=f"<p>Ищем коллегу: {_TITLES[kind]}.</p><ul><li>{', '.join(_SKILLS[kind])}</li></ul>",
        employer=f"Компания {number + 1}",
        area=("1", "2", "88", "71")[number % 4],
        salary=None if number % 5 == 4 else (80_000 + 5_000 * (number % 20), None),
        published_at=today,
    )


if __name__ == "__main__":
    main()
