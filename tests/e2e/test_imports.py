"""`vacancies import` beside a running server."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.callers import Caller
from tests.e2e.programs import Machine

WORD = "морошковар"


def a_file(folder: Path) -> Path:
    lines = [json.dumps({"id": f"b{number}", "title": f"Старший {WORD} {number}"}) for number in range(5)]
    file = folder / "berries.jsonl"
    file.write_text("\n".join([*lines[:3], "{torn", *lines[3:]]), "utf-8")
    return file


def test_what_is_imported_beside_a_running_server_is_found_by_its_next_search(
    shared: Machine, caller: Caller, person: int, tmp_path: Path
) -> None:
    caller.submit(person)

    first = shared.run("vacancies", "import", a_file(tmp_path), "--source", "berries")
    again = shared.run("vacancies", "import", a_file(tmp_path), "--source", "berries")
    caller.start(person, text=WORD)
    caller.found(person)

    assert (first.status, again.status) == (0, 0)
    assert first.objects == [{"created": 5, "updated": 0, "unchanged": 0, "refused": 1}]
    assert again.objects == [{"created": 0, "updated": 0, "unchanged": 5, "refused": 1}]
    assert "berries.jsonl:4: " in first.err
    assert set(caller.served(person)) == {f"berries-b{number}" for number in range(5)}
