"""`doctor`: checks every configured part and says what is wrong and what to do."""

from __future__ import annotations

import logging
import os
import platform as machine
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files

import click

from adapters.bootstrap import (
    NOT_ASKED,
    REDIRECT_PATH,
    BadSetting,
    Platform,
    Probed,
    encoder,
    files_reader,
    hh_trouble,
    lexicon,
    n8n_answers,
    open_platform,
    pending_migrations,
    read_settings,
    redis_shortcomings,
    trudvsem_trouble,
)
from domain.errors import DomainError, Unavailable
from entrypoints.cli.n8n_answers import INSTALL, between, is_outdated, is_silent

_WITHOUT_HH = "Meanwhile searches go on without, and people send their résumés as files."
_HH_AILMENTS = {
    "silent": "it does not answer. Check that this machine reaches HH_API_URL.",
    "bad_client": "it does not know us. Check HH_CLIENT_ID and HH_CLIENT_SECRET at dev.hh.ru.",
    "account_barred": "it bars the application's account. Look at it at dev.hh.ru.",
    "bad_redirect": "it does not lead people back to PUBLIC_URL. Register that address, with /hh/import, at dev.hh.ru.",
    "bad_user_agent": "it takes no requests under this name. Correct HH_USER_AGENT.",
    "geo_blocked": "it answers nobody where this machine stands (451). Run it where hh.ru answers.",
    "edge_blocked": "its guard turns this machine away. Run it where hh.ru answers.",
    "captcha": "it wants a captcha solved. Try again in ten minutes.",
    "too_many": "it was asked too often. Try again in a minute.",
}


@click.command()
def doctor() -> None:
    """Check every configured part; say what is wrong and what to do. Exit status 1 when something is."""
    try:
        settings = read_settings(os.environ)
    except BadSetting as error:
        _tell("settings", False, f"{error} Correct the variable.")
        sys.exit(1)
    _tell("settings", True, f"embedded mode, data in {settings.data_dir}" if settings.embedded else "production mode")
    _tell("python", True, f"{machine.python_version()} on {machine.system()}")
    with _unlogged():
        verdicts = [_is_well(name, check) for name, check in _checks()]
    sys.exit(0 if all(verdicts) else 1)


def _is_well(name: str, check: Callable[[], str]) -> bool:
    try:
        _tell(name, True, check())
    except Ailment as ailment:
        _tell(name, False, str(ailment))
        return False
    return True


@contextmanager
def _unlogged() -> Iterator[None]:
    """Let nobody print what a part tells the log: what is wrong is said here, with what to do."""
    nowhere = logging.NullHandler()
    logging.getLogger().addHandler(nowhere)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(nowhere)


class Ailment(Exception):
    """What is wrong and what to do, in a sentence or two."""


def _checks() -> Iterator[tuple[str, Callable[[], str]]]:
    yield "store", _store
    yield "redis", _redis
    yield "lexicon", _lexicon
    yield "reader", _reader
    yield "similarity", _similarity
    yield "hh.ru", _hh
    yield "trudvsem", _trudvsem
    yield "n8n", _n8n


def _store() -> str:
    try:
        platform = open_platform(os.environ)
    except (BadSetting, OSError) as error:
        raise Ailment(f"{error} Correct DATA_DIR, DATABASE_URL or the keys.") from None
    try:
        return _state_of(platform)
    finally:
        platform.close()


def _state_of(platform: Platform) -> str:
    try:
        pending = pending_migrations(platform.settings)
    except Unavailable:
        raise Ailment("the database does not answer. Check DATABASE_URL and DATA_DIR, and that it runs.") from None
    if pending:
        raise Ailment(f"the tables are behind by {len(pending)} revision(s). Run `job-assistant migrate` (`up` does).")
    if not platform.parts["store"]():
        raise Ailment("the database does not answer as it should. Restore it from a backup.")
    if lost := platform.application.count_lost():
        raise Ailment(
            f"it answers, but the tokens of {lost} person(s) for hh.ru are sealed with a key that TOKEN_ENCRYPTION_KEYS"
            " lacks. Add that key at the end; without it these people must sign in anew."
        )
    return "answers, tables are up to date"


def _redis() -> str:
    found = redis_shortcomings(read_settings(os.environ))
    if found is None:
        return "not configured: messages stay in the process, and one process serves"
    if "silent" in found:
        raise Ailment("Redis does not answer. Check REDIS_URL, and that it runs; meanwhile we go on without.")
    if "evicts" in found:
        raise Ailment("Redis may drop messages to make room. Set its maxmemory-policy to noeviction.")
    if "forgets" in found:
        return "answers, forgets its messages when restarted (appendonly no); the sweep then sends them again"
    return "answers, drops nothing and keeps its messages"


def _lexicon() -> str:
    found = lexicon(read_settings(os.environ).similarity).skills.find("Python, Django, PostgreSQL, холодные звонки")
    if len(found) < 4:
        raise Ailment("the skill catalogue finds too little. Install the package anew.")
    return "skills, titles and places are loaded"


def _reader() -> str:
    sample = files("entrypoints").joinpath("samples/resumes/ivanova_python_ru.pdf")
    with as_file(sample) as path, files_reader(read_settings(os.environ)) as reader:
        try:
            read = reader.read(path.read_bytes())
        except DomainError as error:
            raise Ailment(f"a sample résumé could not be read ({error.code}). Install the package anew.") from None
    return f"a sample résumé was read, {len(read.content.skills)} skills found"


def _similarity() -> str:
    chosen = read_settings(os.environ).similarity
    if chosen == "none":
        return "none chosen (SIMILARITY): roles are compared by titles and words"
    meanings = encoder(chosen)
    meanings.load()
    compares = "words alone compare" if meanings.model is None else f"{meanings.model} alone compares"
    if meanings.missing:
        missing = " and ".join(meanings.missing)
        raise Ailment(f"{missing} is not installed or cannot be loaded; {compares}. {_what_to_do(chosen)}")
    try:
        # More than nothing, and less than the same.
        (near,) = meanings.nearness(meanings.encode("Водитель"), [meanings.encode("Driver")])
    except Exception as error:
        why = error.__cause__ or error
        raise Ailment(f"{meanings.model} fails ({why}); words alone compare. Install the package anew.") from None
    if near <= 0:
        raise Ailment(f"{meanings.model} finds no likeness where there is one. Install the package anew.")
    return f"{meanings.model} compares, and finds what it should"


def _hh() -> str:
    settings = read_settings(os.environ)
    if not settings.hh_configured:
        return "not configured (HH_CLIENT_ID): people send their résumés from there as files"
    trouble = hh_trouble(settings)
    if trouble is not None:
        raise Ailment(f"{_HH_AILMENTS.get(trouble, f'it refuses us ({trouble}). Try again later.')} {_WITHOUT_HH}")
    if settings.public_url is None:
        return (
            "answers and knows us; nobody can sign in there without PUBLIC_URL, and people send their résumés as files"
        )
    return f"answers and knows us; it must know {settings.public_url}{REDIRECT_PATH} as where it leads people back to"


def _trudvsem() -> str:
    settings = read_settings(os.environ)
    if settings.trudvsem_url == NOT_ASKED:
        return "not asked (TRUDVSEM_URL)"
    trouble = trudvsem_trouble(settings)
    if trouble is not None:
        raise Ailment(
            f"it gives no vacancies ({trouble}); meanwhile searches go on without. Check that this machine reaches"
            f" {settings.trudvsem_url}, or set TRUDVSEM_URL=none."
        )
    return "answers"


def _n8n() -> str:
    answers = n8n_answers(read_settings(os.environ))
    if not answers:
        return "not configured (N8N_URL): the built-in engine searches"
    for workflow, answered in answers.items():
        if not isinstance(answered, Probed):
            raise Ailment(f"{workflow}: {is_silent(answered)} Meanwhile the built-in engine searches.")
        if (outdated := is_outdated(workflow, answered)) is not None:
            raise Ailment(f"{workflow}: {outdated} {INSTALL}.")
        if (wrong := between(answered)) is not None:
            raise Ailment(f"{workflow}: {wrong} Until then the built-in engine answers each search after N8N_SECONDS.")
    reached = all(isinstance(each, Probed) and each.reaches_backend for each in answers.values())
    return f"{' and '.join(answers)} answer" + (", and reach this API" if reached else "")


def _what_to_do(chosen: str) -> str:
    if chosen == "use+e5":
        return "Install the extra (`pip install 'job-assistant[e5]'`), or set SIMILARITY=use everywhere."
    return "Install the package anew, or set SIMILARITY=none everywhere."


def _tell(name: str, well: bool, what: str) -> None:
    mark = click.style("ok", fg="green") if well else click.style("!!", fg="red")
    click.echo(f"{mark}  {name:<11} {what}")
