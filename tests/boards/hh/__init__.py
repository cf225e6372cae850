"""A loopback hh.ru: `with hh_ru() as hh:` runs one on 127.0.0.1 that answers as the real one is documented to."""

from tests.boards.hh.browser import Browser
from tests.boards.hh.builders import a_negotiation, a_resume, a_vacancy, an_applicant, an_employer
from tests.boards.hh.exchange import Request
from tests.boards.hh.server import hh_ru
from tests.boards.hh.world import HhRu

__all__ = [
    "Browser",
    "HhRu",
    "Request",
    "a_negotiation",
    "a_resume",
    "a_vacancy",
    "an_applicant",
    "an_employer",
    "hh_ru",
]
