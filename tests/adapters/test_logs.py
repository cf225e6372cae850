"""Lines of the log: one shape for all who log, and nobody's words in it."""

from __future__ import annotations

import logging
import re
from contextlib import redirect_stderr
from io import StringIO

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from structlog.contextvars import bound_contextvars

from adapters.logs import configure_logs, pseudonym
from adapters.settings import read_settings
from domain.errors import Invalid, NotFound
from tests.log_lines import lines_of, logged, logging_as_before

OUR, THEIR = logging.getLogger("adapters.somewhere"), logging.getLogger("somebodys.package")
PERSONAL = ("Вымышленная", "anna@example.ru", "+79000000001", "700000001")
FOR_LIBRARIES = "%s of %s at %s, %s"


def test_a_line_is_one_json_object_with_its_fields_in_the_order_of_reading() -> None:
    with logged() as told, bound_contextvars(request_id="request-1"):
        OUR.info("searched", extra={"found": 3})

    (line,) = lines_of(told)
    assert list(line) == ["time", "level", "logger", "event", "request_id", "found"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line == {
        "level": "info",
        "logger": "adapters.somewhere",
        "event": "searched",
        "request_id": "request-1",
        "found": 3,
    }


def test_a_line_for_people_says_the_same() -> None:
    with logged("text") as told, bound_contextvars(request_id="request-1"):
        OUR.warning("%d found", 3, extra={"found": 3})

    assert told.getvalue().endswith("Z WARNING adapters.somewhere: 3 found request_id=request-1 found=3\n")


@pytest.mark.parametrize(
    ("environ", "is_json"),
    [
        ({}, False),
        ({"DATABASE_URL": "postgresql://db.example.com/jobs"}, True),
        ({"LOG_FORMAT": "json"}, True),
        ({"DATABASE_URL": "postgresql://db.example.com/jobs", "LOG_FORMAT": "text"}, False),
    ],
)
def test_programs_read_it_in_production_and_people_elsewhere_unless_told_otherwise(
    environ: dict[str, str], is_json: bool
) -> None:
    with logging_as_before(), redirect_stderr(StringIO()) as told:
        configure_logs(read_settings(environ))
        OUR.info("searched")

    assert told.getvalue().startswith("{") == is_json


def test_we_tell_what_goes_on_and_libraries_only_what_goes_wrong() -> None:
    with logged() as told:
        for logger in (OUR, THEIR):
            logger.debug("stepped")
            logger.info("went")
            logger.warning("stumbled")

    assert [(line["logger"], line["event"]) for line in lines_of(told)] == [
        (OUR.name, "went"),
        (OUR.name, "stumbled"),
        (THEIR.name, "stumbled"),
    ]


def test_what_we_can_do_without_alarms_nobody() -> None:
    theirs = logging.getLogger("dramatiq.worker.ConsumerThread")
    with logged() as told:
        theirs.critical("Consumer encountered a connection error: %s", ConnectionError("redis:6379"))
        try:
            raise RuntimeError
        except RuntimeError:
            theirs.critical("Consumer encountered an unexpected error.", exc_info=True)

    assert [line["level"] for line in lines_of(told)] == ["warning", "critical"]


def test_saying_it_again_does_not_double_the_lines() -> None:
    with logging_as_before(), redirect_stderr(StringIO()) as told:
        for _ in range(2):
            configure_logs(read_settings({}))
        OUR.info("searched")

    assert told.getvalue().count("\n") == 1


@pytest.mark.parametrize("style", ["json", "text"])
@pytest.mark.parametrize("logger", [OUR, THEIR])
def test_an_error_is_told_by_its_type_and_place_and_never_in_its_words(style: str, logger: logging.Logger) -> None:
    with logged(style) as told:
        try:
            try:
                raise KeyError(PERSONAL)
            except KeyError as error:
                raise ValueError(f"{PERSONAL} cannot be read") from error
        except ValueError:
            logger.exception("reading failed")

    assert not any(word in told.getvalue() for word in PERSONAL)
    assert told.getvalue().count("ValueError") == told.getvalue().count("KeyError") == 1
    assert len(re.findall(r"tests/adapters/test_logs.py:\d+ test_an_error_is_told", told.getvalue())) == 2


def test_an_error_that_is_an_argument_is_told_by_its_type_too() -> None:
    with logged() as told:
        OUR.warning("no answer: %s", ConnectionRefusedError(111, "anna@example.ru refused"))
        THEIR.warning("no answer: %s", ValueError(PERSONAL))
        THEIR.warning(ValueError(PERSONAL))

    assert [line["event"] for line in lines_of(told)] == [
        "no answer: ConnectionRefusedError 111",
        "no answer: ValueError",
        "ValueError",
    ]


def test_an_error_of_the_domain_bears_its_code_and_no_more() -> None:
    with logged() as told:
        try:
            raise NotFound("user_not_found", name="Вымышленная")
        except NotFound:
            OUR.exception("lost")
        try:
            raise Invalid({"city Вымышленная": ["too_long"]})
        except Invalid:
            OUR.exception("wrong")

    assert [line["exception"]["code"] for line in lines_of(told)] == ["user_not_found", "invalid"]
    assert "domain.errors.NotFound" in told.getvalue()
    assert "Вымышленная" not in "".join(str(line) for line in lines_of(told))


def test_an_error_of_the_database_quotes_no_row() -> None:
    engine = create_engine("sqlite://")
    with logged() as told, engine.begin() as connection:
        connection.execute(text("CREATE TABLE people (name TEXT CHECK (name <> 'Вымышленная'))"))
        with pytest.raises(IntegrityError) as raised:
            connection.execute(text("INSERT INTO people VALUES (:name)"), {"name": "Вымышленная"})
        OUR.error("not stored: %s", raised.value.orig, exc_info=raised.value)
    engine.dispose()

    (line,) = lines_of(told)
    assert line["event"] == "not stored: sqlite3.IntegrityError"
    assert line["exception"]["cause"]["type"] == "sqlite3.IntegrityError"
    assert "Вымышленная" not in str(line)


def test_of_a_librarys_arguments_only_small_numbers_are_told() -> None:
    with logged() as told:
        THEIR.warning(FOR_LIBRARIES, *PERSONAL)
        THEIR.warning("%(who)s waited %(seconds).1f s", {"who": PERSONAL, "seconds": 2.5})
        THEIR.warning("%d of %d threads", 3, 700_000_001)
        THEIR.warning("%d threads", "many")

    assert [line["event"] for line in lines_of(told)] == [
        "<str> of <str> at <str>, <str>",
        "<tuple> waited 2.5 s",
        "3 of *** threads",
        "%d threads",
    ]


def test_what_a_library_has_put_into_its_words_itself_is_struck_out() -> None:
    with logged() as told:
        THEIR.error("Exception while serving /users/%s", 700_000_001)
        THEIR.error("Exception while serving /users/700000001?name=Анна&to=anna@example.ru")
        THEIR.error("two\nlines", extra={"who": "Анна"})

    assert [line["event"] for line in lines_of(told)] == [
        "Exception while serving /users/***",
        "Exception while serving ***",
        "two lines",
    ]
    assert not any("who" in line for line in lines_of(told))


def test_an_error_without_end_is_told_in_bounds() -> None:
    def fall(depth: int) -> None:
        if depth == 0:
            raise ValueError
        fall(depth - 1)

    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    with logged() as told:
        try:
            fall(200)
        except ValueError:
            OUR.exception("fell")
        OUR.error("in a circle", exc_info=first)

    assert len(told.getvalue()) < 10_000
    assert len(lines_of(told)[0]["exception"]["at"]) == 30


def test_a_value_that_is_no_json_is_told_by_its_type() -> None:
    with logged() as told:
        OUR.info("searched", extra={"by": object()})

    assert lines_of(told)[0]["by"] == "object"


def test_it_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_as_before():
        configure_logs(read_settings({}))
        OUR.info("searched")

    said = capsys.readouterr()
    assert (said.out, "searched" in said.err) == ("", True)


def test_a_person_has_one_pseudonym_for_all_who_know_the_secret() -> None:
    anna = pseudonym("operator-key-of-the-tests", 700_000_001)

    assert re.fullmatch("[0-9a-f]{12}", anna)
    assert anna == pseudonym("operator-key-of-the-tests", 700_000_001)
    assert anna != pseudonym("operator-key-of-the-tests", 700_000_002)
    assert anna != pseudonym("another-key-of-the-tests", 700_000_001)
