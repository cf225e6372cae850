"""`vacancies import`: JSON Lines and tables of vacancies into the catalogue."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.entrypoints.cli.conftest import Run

HEADER = "id{0}title{0}company{0}area{0}salary_from{0}skills{0}requirements"
ROWS = (
    "c1{0}Водитель погрузчика{0}ООО «Вымысел»{0}Казань{0}90000{0}Вождение|Русский{0}Права категории B",
    "c2{0}Бухгалтер{0}{0}Пермь{0}{0}{0}",
)
NOTHING = {"created": 0, "updated": 0, "unchanged": 0, "refused": 0}


def counted(**counts: int) -> list[dict[str, int]]:
    return [{**NOTHING, **counts}]


def kept(folder: Path) -> dict[str, Any]:
    """Return the catalogue's rows by their ids."""
    with closing(sqlite3.connect(folder / "data" / "job-assistant.sqlite3")) as connection:
        connection.row_factory = sqlite3.Row
        return {row["id"]: dict(row) for row in connection.execute("SELECT * FROM vacancies")}


def a_file(folder: Path, name: str, *lines: Any, encoding: str = "utf-8") -> Path:
    plain = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    file = folder / name
    file.write_bytes("\n".join(plain).encode(encoding))
    return file


def test_json_lines_go_in_and_coming_again_change_nothing(run: Run, tmp_path: Path) -> None:
    lines = [{"id": number, "title": f"Вакансия {number}"} for number in range(450)]
    file = a_file(tmp_path, "many.jsonl", *lines)
    changed = a_file(tmp_path, "changed.jsonl", {"id": 7, "title": "Другая вакансия"}, {"id": 8, "title": "Вакансия 8"})

    first, again, later = (run("vacancies", "import", each) for each in (file, file, changed))

    assert (first.status, again.status, later.status) == (0, 0, 0)
    assert first.objects == counted(created=450)
    assert again.objects == counted(unchanged=450)
    assert later.objects == counted(updated=1, unchanged=1)
    assert kept(tmp_path)["internal-7"]["title"] == "Другая вакансия"


def test_every_bad_line_is_told_and_the_rest_goes_in(run: Run, tmp_path: Path) -> None:
    file = a_file(
        tmp_path,
        "some.jsonl",
        {"id": "1", "title": "Хорошая"},
        "{torn",
        {"id": "2"},
        "",
        {"id": "hh-3", "title": "Чужой номер"},
        "[" * 100_000,
        {"id": "4", "title": "И эта\u2028хороша"},
    )

    ended = run("vacancies", "import", file)

    told = [line.rsplit("\r", 1)[-1] for line in ended.err.splitlines() if f"{file}:" in line]
    assert ended.status == 0
    assert ended.objects == counted(created=2, refused=4)
    assert set(kept(tmp_path)) == {"internal-1", "internal-4"}
    assert [line.split(f"{file}:")[1].split(":")[0] for line in told] == ["2", "3", "5", "6"]
    assert "title: " in told[1]


@pytest.mark.parametrize(
    ("name", "mark", "encoding"),
    [
        ("comma.csv", ",", "utf-8"),
        ("semicolon.csv", ";", "utf-8"),
        ("spreadsheet.csv", ";", "cp1251"),
        ("bom.csv", ";", "utf-8-sig"),
        ("upper.CSV", ",", "utf-8"),
        ("tabs.tsv", "\t", "utf-8"),
    ],
)
def test_a_table_of_any_usual_making_goes_in(run: Run, tmp_path: Path, name: str, mark: str, encoding: str) -> None:
    lines = [line.format(mark) for line in (HEADER, *ROWS)]
    file = tmp_path / name
    file.write_bytes("\r\n".join(lines).encode(encoding))

    ended = run("vacancies", "import", file)

    rows = kept(tmp_path)
    assert ended.objects == counted(created=2)
    assert (rows["internal-c1"]["title"], rows["internal-c1"]["area"]) == ("Водитель погрузчика", "Казань")
    assert json.loads(rows["internal-c1"]["skills"]) == ["Вождение", "Русский"]
    assert rows["internal-c2"]["company"] is None


def test_a_table_is_told_its_bad_lines_too(run: Run, tmp_path: Path) -> None:
    file = a_file(
        tmp_path,
        "table.csv",
        "id,title,salary_from,description",
        '1,Хорошая,100,"в две\nстроки"',
        "2,,100,",
        "3,Дорогая,много,",
        '4,Длинная,,"' + "а" * 140_000 + '"',
        "5,Последняя,,",
    )

    ended = run("vacancies", "import", file)

    assert ended.status == 0
    assert ended.objects == counted(created=2, refused=3)
    assert set(kept(tmp_path)) == {"internal-1", "internal-5"}
    for number, name in ((4, "title"), (5, "salary_from"), (6, "description")):
        assert f"{file}:{number}: {name}: " in ended.err


def test_the_source_is_for_those_that_name_none(run: Run, tmp_path: Path) -> None:
    file = a_file(tmp_path, "two.jsonl", {"id": "1", "title": "А"}, {"id": "1", "title": "Б", "source": "other"})

    run("vacancies", "import", "--source", "partner", file)

    assert set(kept(tmp_path)) == {"partner-1", "other-1"}


def test_the_status_says_that_nothing_went_in(run: Run, tmp_path: Path) -> None:
    ended = run("vacancies", "import", a_file(tmp_path, "bad.jsonl", "{torn", {"id": "1"}))

    assert ended.status == 1
    assert ended.objects == counted(refused=2)


def test_an_empty_file_puts_nothing_in(run: Run, tmp_path: Path) -> None:
    for name in ("empty.jsonl", "empty.csv"):
        ended = run("vacancies", "import", a_file(tmp_path, name))

        assert ended.status == 0
        assert ended.objects == [NOTHING]


def test_errors_come_in_the_language_asked_for(run: Run, tmp_path: Path) -> None:
    file = a_file(tmp_path, "bad.jsonl", {"id": "1"})

    russian, english = (run("vacancies", "import", "--language", language, file) for language in ("ru", "en"))

    assert "title: " in russian.err
    assert any("а" <= letter <= "я" for letter in russian.err.split("title: ")[1])
    assert english.err.split("title: ")[1].isascii()


def test_a_missing_file_is_a_wrong_argument(run: Run, tmp_path: Path) -> None:
    ended = run("vacancies", "import", tmp_path / "none.jsonl")

    assert ended.status == 2
    assert "does not exist" in ended.err
