"""A real n8n on SQLite, in a folder of its own: set up by its own command line, started, killed and started again."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import requests

from tests.e2e.n8n import installing
from tests.e2e.programs import Machine, Program, until
from tests.servers.process import free_port

START_SECONDS = 240.0
"""For so long n8n may start; after a crash it takes four times as long as else, on a busy machine many times."""

COMMAND_SECONDS = 240.0
SEARCH, READING = "job-assistant-vacancy-search", "job-assistant-resume-parse"
TOKEN, CALLBACK_SECRET = "token-of-the-real-n8n", "callback-secret-of-the-real-n8n"

_QUIET = {
    "N8N_DIAGNOSTICS_ENABLED": "false",
    "N8N_VERSION_NOTIFICATIONS_ENABLED": "false",
    "N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED": "false",
    "N8N_TEMPLATES_ENABLED": "false",
    "N8N_PERSONALIZATION_ENABLED": "false",
    "N8N_HIRING_BANNER_ENABLED": "false",
    "N8N_COMMUNITY_PACKAGES_ENABLED": "false",
    "N8N_PUBLIC_API_DISABLED": "true",
    "N8N_LICENSE_AUTO_RENEW_ENABLED": "false",
    # Else it calls api.n8n.io when it starts.
    "N8N_DISABLED_MODULES": "mcp-registry",
}

Edit = Callable[[dict[str, Any]], None]
"""What an operator changes in a workflow."""


@dataclass
class N8n:
    """Its folder holds everything it remembers."""

    home: Path
    programs: Path
    port: int = field(default_factory=free_port)
    broker_port: int = field(default_factory=free_port)
    _running: Program | None = field(default=None, repr=False)
    _logs: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def program(self) -> Program:
        assert self._running is not None
        return self._running

    @property
    def is_down(self) -> bool:
        return self._running is None

    def command(self, line: str, *, inside: Path) -> None:
        """Run a command of n8n to its end."""
        done = subprocess.run(  # noqa: S603 — a command our own program told
            shlex.split(line), cwd=inside, env=self._environ(), capture_output=True, timeout=COMMAND_SECONDS
        )
        assert done.returncode == 0, f"{line}: {done.stdout.decode()}{done.stderr.decode()}"

    def start(self) -> None:
        """Start it; return at once."""
        self._logs += 1
        out, err = (self.home / f"{name}-{self._logs}.txt" for name in ("out", "err"))
        with out.open("wb") as output, err.open("wb") as errors:
            process = subprocess.Popen(  # noqa: S603 — our own arguments
                [self.programs / "app" / "node_modules" / ".bin" / "n8n", "start"],
                cwd=self.home,
                env=self._environ(),
                stdout=output,
                stderr=errors,
                # A group of its own, so that it can be killed with its task runner.
                start_new_session=True,
            )
        self._running = Program(process, out, err, time.monotonic())

    def kill(self) -> None:
        """End it as a loss of power would, if it runs."""
        if self._running is not None:
            self._running.kill()
            self._running = None

    def stop(self) -> None:
        self.program.terminate()
        self._running = None

    def await_ready(self) -> None:
        """Wait until it says that it is ready; its webhooks may answer a little later."""
        self._until(lambda: self._answer("GET", "/healthz/readiness").status_code == 200, "n8n is ready")

    def await_webhooks(self) -> None:
        """Wait until both workflows answer their probes: health comes sooner than webhooks."""
        self._until(lambda: self.probe(SEARCH).status_code == self.probe(READING).status_code == 200, "webhooks answer")

    def probe(self, path: str) -> requests.Response:
        return self._answer("POST", f"/webhook/{path}", json={"probe": True}, headers={"X-N8N-TOKEN": TOKEN})

    def files_kept(self) -> list[str]:
        """Return the names of the files that n8n keeps of what it was sent."""
        names = []
        for told in (self.home / ".n8n").rglob("*.metadata"):
            # It may be erased this very moment.
            with suppress(FileNotFoundError):
                names.append(str(json.loads(told.read_text("utf-8")).get("fileName")))
        return names

    def copied(self, home: Path) -> N8n:
        """Return another n8n that remembers the same; this one must not run."""
        shutil.copytree(self.home, home)
        return replace(self, home=home, port=free_port(), broker_port=free_port(), _running=None)

    def _until(self, found: Callable[[], bool], what: str) -> None:
        def quietly() -> bool:
            code = self.program.process.poll()
            assert code is None, f"n8n ended with {code}: {self.program.err.read_text()}{self.program.out.read_text()}"
            with suppress(requests.ConnectionError, requests.Timeout):
                return found()
            return False

        until(quietly, what, seconds=START_SECONDS, pause=0.2)

    def _answer(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        with requests.Session() as calls:
            calls.trust_env = False
            return calls.request(method, self.url + path, timeout=20, **kwargs)

    def _environ(self) -> Mapping[str, str]:
        return {
            **installing.environment(self.programs),
            **_QUIET,
            "HOME": str(self.home),
            "N8N_USER_FOLDER": str(self.home),
            "N8N_ENCRYPTION_KEY": "encryption-key-of-the-tests",
            "N8N_LISTEN_ADDRESS": "127.0.0.1",
            "N8N_HOST": "127.0.0.1",
            "N8N_PORT": str(self.port),
            "N8N_WEBHOOK_URL": f"{self.url}/",
            "N8N_RUNNERS_BROKER_PORT": str(self.broker_port),
            "GENERIC_TIMEZONE": "Europe/Moscow",
            # Several times as fast; both engines carry out the same workflows.
            "N8N_EXPRESSION_ENGINE": "legacy",
            # In minutes: what a workflow does not keep is soon erased from the disk as well.
            "EXECUTIONS_DATA_PRUNE_HARD_DELETE_INTERVAL": "0.05",
        }


def kit(machine: Machine, n8n: N8n, *, pipeline_key: str, backend_url: str) -> list[str]:
    """Let our program write the folder for n8n's command line; return the commands that it tells, in their order."""
    done = machine.run(
        "n8n",
        "install",
        "--folder",
        n8n.home / "kit",
        PIPELINE_KEYS=pipeline_key,
        N8N_URL=n8n.url,
        N8N_TOKEN=TOKEN,
        N8N_CALLBACK_SECRET=CALLBACK_SECRET,
        N8N_BACKEND_URL=backend_url,
    )
    assert done.status == 0, done.err
    return [line for line in done.out.splitlines() if line.startswith("n8n ")]


def edit(n8n: N8n, workflow: str, change: Edit) -> None:
    """Change a workflow before it is imported, as an operator does in n8n's editor."""
    file = n8n.home / "kit" / "workflows" / f"{workflow}.json"
    content = json.loads(file.read_text("utf-8"))
    change(content)
    file.write_text(json.dumps(content), "utf-8")


@contextmanager
def killed_in_the_end(n8n: N8n) -> Iterator[N8n]:
    try:
        yield n8n
    finally:
        n8n.kill()
