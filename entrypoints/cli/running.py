"""Commands that start something: `up`, `serve`, `worker`, `migrate`."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import click

from adapters.bootstrap import (
    AlreadyRunning,
    BadSetting,
    Platform,
    migrate_store,
    open_platform,
    pending_migrations,
    read_settings,
    take_data_dir,
)
from domain.errors import Unavailable
from entrypoints.server import address, ended_by_sigterm, listening
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
    except Unavailable:
        raise click.ClickException("the database does not answer; `job-assistant doctor` says more") from None


@contextmanager
def _migrated_platform() -> Iterator[Platform]:
    # Not alone: `serve` and `worker` share the folder, and keep `up` from taking their work for a dead process's.
    held = take_data_dir(read_settings(os.environ), alone=False)
    with held, closing(open_platform(os.environ)) as platform:
        if pending_migrations(platform.settings):
            raise click.ClickException("the database is not ready for this version; run `job-assistant migrate` first")
        yield platform


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")


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
    """Serve the API, and work off the queue in this process. Migrate first."""
    _log_to_stderr()
    with told_plainly(), _migrated_platform() as platform:
        serve_until_stopped(platform, alone=False)


@click.command()
def worker() -> None:
    """Work off the queue without serving the API, beside a `serve` on the same store."""
    _log_to_stderr()
    with told_plainly(), _migrated_platform() as platform, working(platform, alone=False):
        click.echo("Working. Stop with Ctrl+C.")
        with ended_by_sigterm():
            threading.Event().wait()


@click.command()
def migrate() -> None:
    """Bring the database to this version's tables. Safe to run again."""
    with told_plainly():
        applied = migrate_store(read_settings(os.environ))
    click.echo(f"Applied: {', '.join(applied)}." if applied else "Nothing to do: the database is up to date.")


def serve_until_stopped(platform: Platform, *, alone: bool) -> None:
    settings = platform.settings
    try:
        server = listening(platform)
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {settings.host}:{settings.port} ({error.strerror}); set HOST or PORT"
        ) from None
    with working(platform, alone=alone):
        threading.Thread(target=platform.warm, name="warm", daemon=True).start()
        url = address(server, settings.host)
        click.echo(f"Job Assistant is up: {url}\n  docs            {url}/docs")
        if settings.embedded:
            click.echo(f"  data            {settings.data_dir}")
        for kind in platform.keys_made:
            click.echo(f"  X-{kind.upper()}-KEY".ljust(18) + platform.keys[kind][0])
        click.echo("Stop with Ctrl+C.")
        with ended_by_sigterm():
            server.run()
    server.close()
