"""Commands that start something: `up`, `serve`, `worker`, `migrate`."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from tempfile import TemporaryDirectory

import click

from adapters.bootstrap import (
    AlreadyRunning,
    BadSetting,
    Platform,
    Settings,
    configure_logs,
    migrate_store,
    open_platform,
    pending_migrations,
    read_settings,
    take_data_dir,
)
from domain.errors import Unavailable
from entrypoints.processes import bindable, serve_in_processes
from entrypoints.server import address, ended_by_sigterm, listening, url_of
from workers.running import working


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what an operator can mend into one line and exit status 1."""
    try:
        yield
    except BadSetting as error:
        raise click.ClickException(str(error)) from None
    except AlreadyRunning as error:
        raise click.ClickException(f"another job-assistant is running on {error}; stop it or set DATA_DIR") from None
    except Unavailable as error:
        if error.code == "tables_in_use":
            raise click.ClickException(
                "somebody holds tables that are to be changed, a backup perhaps; nothing is lost, run it again later"
            ) from None
        raise click.ClickException("the database does not answer; `job-assistant doctor` says more") from None


@contextmanager
def _beside_others() -> Iterator[Settings]:
    settings = read_settings(os.environ)
    # Not alone: `serve` and `worker` share the folder, and keep `up` from taking their work for a dead process's.
    with take_data_dir(settings, alone=False):
        yield settings


@contextmanager
def migrated_platform(*, works: bool = True) -> Iterator[Platform]:
    """Open the installation, whose tables must be those of this version; `works` as `open_platform` has it."""
    with closing(open_platform(os.environ, works=works)) as platform:
        if pending_migrations(platform.settings):
            raise click.ClickException("the database is not ready for this version; run `job-assistant migrate` first")
        yield platform


def _log_to_stderr() -> None:
    with told_plainly():
        configure_logs(read_settings(os.environ))


@click.command()
def up() -> None:
    """Run everything in this process: migrate, serve the API, work off the queue. Needs nothing configured."""
    _log_to_stderr()
    with told_plainly(), ExitStack() as stack:
        settings = read_settings(os.environ)
        stack.enter_context(take_data_dir(settings, alone=True))
        migrate_store(settings)
        platform = open_platform(os.environ)
        stack.callback(platform.close)
        serve_until_stopped(platform, alone=settings.embedded)


@click.command()
def serve() -> None:
    """Serve the API: with REDIS_URL in several processes, and `worker` works; without it this one works, too.

    Migrate first.
    """
    _log_to_stderr()
    with told_plainly(), _beside_others() as settings:
        if settings.redis_url is not None:
            _serve_in_processes()
            return
        with migrated_platform() as platform:
            serve_until_stopped(platform, alone=False)


@click.command()
def worker() -> None:
    """Work off the queue without serving the API, beside a `serve` on the same store."""
    _log_to_stderr()
    with told_plainly(), _beside_others(), migrated_platform() as platform, working(platform, alone=False):
        click.echo("Working. Stop with Ctrl+C.")
        with ended_by_sigterm():
            threading.Event().wait()


@click.command()
def migrate() -> None:
    """Bring the database to this version's tables. Safe to run again."""
    with told_plainly():
        applied = migrate_store(read_settings(os.environ))
    click.echo(f"Applied: {', '.join(applied)}." if applied else "Nothing to do: the database is up to date.")


def _serve_in_processes() -> None:
    # Opened once to be told now what is amiss, and closed before the processes of the server are forked.
    with migrated_platform(works=False) as platform:
        settings = platform.settings
        platform.remember_erasures()
    with _listening_told(settings):
        bound = bindable(settings.host, settings.port)
    with TemporaryDirectory(prefix="job-assistant-metrics-") as folder:
        # Whichever process is asked for figures tells of all of them.
        os.environ["METRICS_DIR"] = settings.metrics_dir or folder
        serve_in_processes(settings, bound, started=lambda: _tell(platform, url_of(settings.host, bound[1])))


@contextmanager
def _listening_told(settings: Settings) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {settings.host}:{settings.port} ({error.strerror}); set HOST or PORT"
        ) from None


def _tell(platform: Platform, url: str) -> None:
    settings = platform.settings
    click.echo(f"Job Assistant is up: {url}\n  docs            {url}/docs")
    if settings.embedded:
        click.echo(f"  data            {settings.data_dir}")
    for kind in platform.keys_made:
        click.echo(f"  X-{kind.upper()}-KEY".ljust(18) + platform.keys[kind][0])
    click.echo("Stop with Ctrl+C.")


def serve_until_stopped(platform: Platform, *, alone: bool) -> None:
    settings = platform.settings
    with _listening_told(settings):
        server = listening(platform)
    with working(platform, alone=alone):
        threading.Thread(target=platform.warm, name="warm", daemon=True).start()
        _tell(platform, address(server, settings.host))
        with ended_by_sigterm():
            server.run()
    server.close()
