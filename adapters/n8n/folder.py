"""A folder from which n8n's own command line takes our workflows and credentials."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from adapters.n8n.kit import Kit

SCRIPT = "install.sh"
_CREDENTIALS, _WORKFLOWS = "credentials.json", "workflows"

_HEAD = """\
#!/bin/sh
# Puts our credentials and workflows into n8n by its own command line, each kind only if it is not in it as it stands
# here: what was changed in n8n stays until we have something new, and is kept in a folder beside it then. What is
# missing comes back, and what nobody published is published. n8n must not run, or must be started anew after it.
set -eu
cd "$(dirname "$0")"
known="${N8N_USER_FOLDER:-$HOME}/.n8n/job-assistant"
mkdir -p "$known"
is_in() { [ -f "$known/$1" ] && [ "$(cat "$known/$1")" = "$2" ]; }
# Of what n8n tells, a line each: it says more than it was asked for.
has() { printf '%s\\n' "$1" | grep -qxF "$2"; }
has_all() { for id in $ours; do has "$1" "$id" || return 1; done; }
has_any() { for id in $ours; do if has "$1" "$id"; then return 0; fi; done; return 1; }
"""
# Only n8n knows what it has: its database may be another than the last time, and somebody may have unpublished them.
_ASKED = """\
published=$(n8n list:workflow --active=true --onlyId)
there=$published
has_all "$there" || there=$(n8n list:workflow --onlyId)
has_any "$there" || rm -f "$known/credentials" "$known/workflows"
"""
# Replacing what is published, n8n asks for a permission that nobody has before it was started for the first time.
_REPLACED = """\
  if has_any "$there"; then
    before="$known/before/$(date -u +%Y%m%dT%H%M%SZ)"
    mkdir -p "$before"
    n8n export:workflow --backup --output="$before"
  fi
  for id in $ours; do if has "$published" "$id"; then n8n unpublish:workflow --id="$id"; fi; done
  published=
"""
_MISSING = """\
for id in $ours; do
  if [ "$new" = no ] && ! has "$there" "$id"; then n8n import:workflow --input="workflows/$id.json"; fi
done
for id in $ours; do if ! has "$published" "$id"; then n8n publish:workflow --id="$id"; fi; done
"""


def write_folder(kit: Kit, folder: Path) -> Sequence[str]:
    """Write everything, readable by its owner alone; return the commands that put it into n8n. Raises `OSError`."""
    _make(folder)
    _make(folder / _WORKFLOWS)
    credentials = _text([asdict(each) for each in kit.credentials])
    workflows = {f"{each.id}.json": _text(each.content) for each in kit.workflows}
    _write(folder / _CREDENTIALS, credentials)
    for name, text in workflows.items():
        _write(folder / _WORKFLOWS / name, text)
    # n8n imports whatever lies there.
    for stale in (folder / _WORKFLOWS).iterdir():
        if stale.name not in workflows:
            stale.unlink()
    into_credentials = ["import:credentials", f"--input={_CREDENTIALS}"]
    into_workflows = ["import:workflow", "--separate", f"--input={_WORKFLOWS}"]
    published = [["publish:workflow", f"--id={each.id}"] for each in kit.workflows]
    script = "".join(
        (
            _HEAD,
            f"ours='{' '.join(each.id for each in kit.workflows)}'\n",
            _ASKED,
            _unless_in("credentials", _mark([credentials]), into_credentials),
            "new=no\n",
            _unless_in("workflows", _mark([*workflows.values()]), into_workflows, first=f"  new=yes\n{_REPLACED}"),
            _MISSING,
        )
    )
    _write(folder / SCRIPT, script)
    return [shlex.join(["n8n", *words]) for words in (into_credentials, into_workflows, *published)]


def _unless_in(name: str, mark: str, command: Sequence[str], *, first: str = "") -> str:
    return f'if ! is_in {name} {mark}; then\n{first}  n8n {shlex.join(command)}\n  echo {mark} >"$known/{name}"\nfi\n'


def _text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _mark(texts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write(file: Path, text: str) -> None:
    # Anew each time: a file that is there may be readable by others.
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)
