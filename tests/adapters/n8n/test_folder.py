"""A folder from which n8n's own command line takes everything."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.n8n.folder import SCRIPT, write_folder
from adapters.n8n.kit import shipped
from tests.adapters.n8n.kits import a_kit
from tests.n8n.world import TOKEN


def test_a_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "kit"

    commands = write_folder(a_kit(), folder)

    held = {each.relative_to(folder).as_posix(): each for each in folder.rglob("*")}
    assert set(held) == {"credentials.json", "workflows", SCRIPT, *(f"workflows/{each.id}.json" for each in shipped())}
    assert {stat.S_IMODE(each.stat().st_mode) for each in held.values() if each.is_file()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {each["data"].get("value") for each in json.loads(held["credentials.json"].read_text())} >= {TOKEN}
    assert commands[:2] == [
        "n8n import:credentials --input=credentials.json",
        "n8n import:workflow --separate --input=workflows",
    ]
    assert commands[2:] == [f"n8n publish:workflow --id={each.id}" for each in shipped()]


def test_a_folder_is_written_anew(tmp_path: Path) -> None:
    write_folder(a_kit(), tmp_path)
    (tmp_path / "workflows" / "of-a-version-before.json").write_text("{}")
    (tmp_path / "credentials.json").chmod(0o644)

    write_folder(a_kit(token="another-token-from-now-on"), tmp_path)

    assert len(list((tmp_path / "workflows").iterdir())) == len(shipped())
    assert stat.S_IMODE((tmp_path / "credentials.json").stat().st_mode) == 0o600
    assert "another-token-from-now-on" in (tmp_path / "credentials.json").read_text()


@dataclass
class CommandLine:
    """n8n's own command line, as far as the script uses it: it notes its calls, and what is in n8n."""

    folder: Path
    kit: Path

    @property
    def database(self) -> Path:
        return self.folder / "database"

    def install(self, *, fails: bool = False) -> list[str]:
        """Run the script; return what it asked for."""
        program, calls, broken = self.folder / "bin" / "n8n", self.folder / "calls", self.folder / "broken"
        program.parent.mkdir(exist_ok=True)
        program.write_text(_COMMAND_LINE.format(folder=self.folder))
        program.chmod(0o700)
        calls.write_text("")
        self.database.mkdir(exist_ok=True)
        broken.touch() if fails else broken.unlink(missing_ok=True)
        environ = {"PATH": f"{program.parent}:{os.environ['PATH']}", "N8N_USER_FOLDER": str(self.folder / "home")}
        ended = subprocess.run(["/bin/sh", str(self.kit / SCRIPT)], env=environ, capture_output=True)  # noqa: S603 — our own script
        assert (ended.returncode != 0) is fails, ended.stderr.decode()
        return [line.split()[0] for line in calls.read_text().splitlines()]

    def forget(self) -> None:
        """Lose the database, but not what is beside it."""
        for each in self.database.iterdir():
            each.unlink()

    def unpublish(self, workflow: str) -> None:
        (self.database / workflow).write_text("")


_COMMAND_LINE = """#!/bin/sh
cd {folder}/database
case "$1 $2" in
  list:workflow*active*) for each in *; do grep -l published "$each" 2>/dev/null; done; echo "and much more" ;;
  list:workflow*) ls; echo "and much more" ;;
  *) echo "$@" >>{folder}/calls ;;
esac
[ ! -e {folder}/broken ] || exit 1
case "$1" in
  import:workflow)
    # Nobody replaces what is published before n8n was started for the first time.
    if grep -q published *; then [ "$2" != --separate ] || exit 1; fi
    case "$2" in
      --separate) for each in failures resume-parse vacancy-search; do echo >"job-assistant-$each"; done ;;
      *) each="${{2##*/}}"; echo >"${{each%.json}}" ;;
    esac ;;
  unpublish:workflow) echo >"${{2#--id=}}" ;;
  publish:workflow) echo published >"${{2#--id=}}" ;;
esac
"""

_IMPORTS = ["import:credentials", "import:workflow"]
_PUBLISHES = ["publish:workflow"] * len(shipped())


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    write_folder(a_kit(), tmp_path / "kit")
    return CommandLine(tmp_path, tmp_path / "kit")


def test_the_script_puts_in_only_what_is_not_in_yet(command_line: CommandLine) -> None:
    """So that what an operator changed in n8n stays until there is something new; then it is kept in files."""
    assert command_line.install(fails=True) == []
    assert command_line.install() == [*_IMPORTS, *_PUBLISHES]
    assert command_line.install() == []

    write_folder(a_kit(token="another-token-from-now-on"), command_line.kit)
    assert command_line.install() == ["import:credentials"]
    write_folder(a_kit(token="another-token-from-now-on", backend_url="http://moved.example.org"), command_line.kit)
    assert command_line.install() == [
        "import:credentials",
        "export:workflow",
        *["unpublish:workflow"] * len(shipped()),
        "import:workflow",
        *_PUBLISHES,
    ]
    [kept] = (command_line.folder / "home" / ".n8n" / "job-assistant" / "before").iterdir()
    assert kept.name.startswith("20")


def test_the_script_fills_a_database_that_knows_nothing(command_line: CommandLine) -> None:
    command_line.install()
    command_line.forget()

    assert command_line.install() == [*_IMPORTS, *_PUBLISHES]


def test_the_script_publishes_what_somebody_unpublished(command_line: CommandLine) -> None:
    command_line.install()
    command_line.unpublish("job-assistant-vacancy-search")

    assert command_line.install() == ["publish:workflow"]


def test_the_script_puts_in_what_somebody_deleted_and_nothing_else(command_line: CommandLine) -> None:
    command_line.install()
    (command_line.database / "job-assistant-failures").unlink()

    assert command_line.install() == ["import:workflow", "publish:workflow"]
    assert (command_line.folder / "calls").read_text().splitlines()[0].endswith("workflows/job-assistant-failures.json")


def test_the_script_forgets_nothing_where_n8n_fails(command_line: CommandLine) -> None:
    command_line.install()

    assert command_line.install(fails=True) == []
    assert command_line.install() == []
