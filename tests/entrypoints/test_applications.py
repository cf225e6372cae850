"""Lists of what people applied to elsewhere, over HTTP."""

from __future__ import annotations

import pytest

from tests.entrypoints.installation import ANNA, BORIS, Installation, a_job, code_of, told

PATH = f"/search/applications/{ANNA}"


@pytest.fixture
def searched(with_anna: Installation) -> Installation:
    """Return an installation in which three vacancies wait for Anna."""
    with_anna.offer(a_job("1"), a_job("2"), a_job("3"))
    with_anna.search()
    return with_anna


def left(api: Installation) -> set[str]:
    found = set()
    while (answer := api.bot.get(f"/search/next/{ANNA}")).status_code == 200:
        found.add(told(answer)["vacancy_id"])
    return found


@pytest.mark.parametrize(
    "content",
    [
        "vacancy\npartner-1\n",
        "vacancy,applied_at\npartner-1,2026-02-01\n",
        "\ufeffВакансия;Дата отклика\r\npartner-1;01.02.2026\r\n",
        "url\tdate\npartner-1\t2026-02-01T10:00:00Z\n",
    ],
    ids=["bare", "with a date", "Russian spreadsheet", "tabs"],
)
def test_what_is_on_the_list_is_not_offered(searched: Installation, content: str) -> None:
    answer = searched.bot.send(PATH, content.encode(), "applied.csv")

    assert (answer.status_code, told(answer)) == (200, {"new": 1, "known": 0, "errors": {}})
    assert left(searched) == {"partner-2", "partner-3"}
    shown = told(searched.bot.get(f"/search/history/{ANNA}?state=applied"))["items"]
    assert [each["vacancy_id"] for each in shown] == ["partner-1"]


def test_a_spreadsheet_of_windows_is_read(searched: Installation) -> None:
    answer = searched.bot.send(PATH, "Ссылка;Дата\r\nhttps://hh.ru/vacancy/1;01.02.2026\r\n".encode("cp1251"))

    assert told(answer)["new"] == 1


def test_a_link_says_more_than_a_title_beside_it(with_anna: Installation) -> None:
    table = "Вакансия;Компания;Дата;Ссылка\nPython-разработчик;Вымысел;2026-11-01;https://hh.ru/vacancy/200000031\n"

    answer = told(with_anna.bot.send(PATH, table.encode("cp1251")))

    assert answer == {"new": 1, "known": 0, "errors": {}}
    applied = told(with_anna.bot.get(f"/users/{ANNA}/export"))["job_applications"]
    assert [each["vacancy_id"] for each in applied] == ["hh-200000031"]


@pytest.mark.parametrize("title", ["Python-разработчик", "go-developer", "Водитель"])
def test_a_title_alone_is_told_as_an_error_and_not_noted(searched: Installation, title: str) -> None:
    answer = told(searched.bot.send(PATH, f"Вакансия;Дата\n{title};2026-11-01\n".encode()))

    assert (answer["new"], set(answer["errors"])) == (0, {"2"})
    assert told(searched.bot.get(f"/users/{ANNA}/export"))["job_applications"] == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1251"])
def test_a_table_is_read_in_whatever_letters_spreadsheets_write_it(with_anna: Installation, encoding: str) -> None:
    table = "Ссылка\tДата отклика\r\nhh.ru/vacancy/1\t01.02.2026\r\n"

    assert told(with_anna.bot.send(PATH, table.encode(encoding))) == {"new": 1, "known": 0, "errors": {}}


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("url\n", "no_rows"),
        ("Компания;Ссылка\r\n", "no_rows"),
        ("company\n", "no_vacancy_column"),
        ("company\nВымысел\n", "no_vacancy_column"),
    ],
)
def test_what_is_missing_from_a_table_is_told(with_anna: Installation, table: str, code: str) -> None:
    (error,) = told(with_anna.bot.send(PATH, table.encode()))["errors"]["body"]["file"]

    assert error["code"] == code
    assert error["detail"] != code


def test_a_bad_line_harms_no_other_and_is_told_by_its_number(with_anna: Installation) -> None:
    content = "vacancy,date\nhttps://hh.ru/vacancy/1,2026-02-01\nнет,\nhh-2,31.02.2026\nhh-3,вчера\nhh-1,\n"

    answer = told(with_anna.bot.send(PATH, content.encode()))
    again = told(with_anna.bot.send(PATH, content.encode()))

    assert (answer["new"], answer["known"], set(answer["errors"])) == (1, 0, {"3", "4", "5"})
    assert (again["new"], again["known"]) == (0, 1)
    assert answer["errors"]["4"] == answer["errors"]["5"] != answer["errors"]["3"]
    applied = told(with_anna.bot.get(f"/users/{ANNA}/export"))["job_applications"]
    assert [(each["vacancy_id"], each["told_by"]) for each in applied] == [("hh-1", "list")]


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", b"vacancy\n", b"\x00\x01\x02", b"vacancy\n" + b"hh-1\n" * 5_001],
    ids=["empty", "another table", "no rows", "no text", "too long"],
)
def test_what_is_no_such_list_is_refused(with_anna: Installation, content: bytes) -> None:
    answer = with_anna.bot.send(PATH, content)

    assert (answer.status_code, code_of(answer)) == (422, "invalid")
    assert told(with_anna.bot.get(f"/users/{ANNA}/export"))["job_applications"] == []


def test_a_list_of_more_than_a_megabyte_is_too_large(with_anna: Installation) -> None:
    answer = with_anna.bot.send(PATH, b"vacancy\n" + b"x" * 2**20)

    assert (answer.status_code, code_of(answer)) == (413, "list_too_large")


def test_a_stranger_gives_no_list(api: Installation) -> None:
    answer = api.bot.send(f"/search/applications/{BORIS}", b"vacancy\nhh-1\n")

    assert (answer.status_code, code_of(answer)) == (404, "user_not_found")
    assert api.stranger.send(PATH, b"vacancy\nhh-1\n").status_code == 401
