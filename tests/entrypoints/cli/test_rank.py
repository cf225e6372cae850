"""`rank`: vacancies in a file ordered for a résumé in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.callers import FORM
from tests.e2e.samples import PDF, RESUMES, VACANCIES, vacancies
from tests.entrypoints.cli.conftest import Run

KEYS = {"vacancy_id", "score", "skills_match_percent", "matched_skills", "missing_skills", "reasons"}
WHOLE = {
    "id": "v1",
    "title": "Python-разработчик",
    "company": "ООО «Вымысел»",
    "area": "Казань",
    "salary_from": 150000,
    "salary_to": 250000,
    "currency": "RUB",
    "experience": "1-3",
    "skills": ["Python", "Django"],
    "responsibilities": "Писать сервисы",
    "requirements": "Python, PostgreSQL и Kafka",
    "description": "<p>Мы делаем вымышленные сервисы.</p>",
    "url": "https://example.com/v1",
}


@pytest.fixture
def form(tmp_path: Path) -> Path:
    file = tmp_path / "form.json"
    file.write_text(json.dumps(FORM), "utf-8")
    return file


def a_file(folder: Path, *lines: Any) -> Path:
    """Write a line for each: texts and bytes as they are, everything else as JSON."""
    file = folder / "vacancies.jsonl"
    plain = [line if isinstance(line, (str, bytes)) else json.dumps(line, ensure_ascii=False) for line in lines]
    file.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in plain))
    return file


def test_every_vacancy_gets_an_object_with_the_promised_keys_best_first(run: Run, form: Path) -> None:
    ended = run("rank", form, VACANCIES)

    scores = [told["score"] for told in ended.objects]
    assert (ended.status, ended.err) == (0, "")
    assert {told["vacancy_id"] for told in ended.objects} == {vacancy["id"] for vacancy in vacancies()}
    assert all(set(told) == KEYS for told in ended.objects)
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] < scores[0] <= 100
    assert all(2 <= len(told["reasons"]) <= 4 for told in ended.objects)


@pytest.mark.parametrize("resume", sorted(file.name for file in RESUMES.iterdir()))
def test_the_resume_may_be_a_file_of_any_type_that_is_read(run: Run, tmp_path: Path, resume: str) -> None:
    told = run("rank", RESUMES / resume, a_file(tmp_path, WHOLE)).objects

    assert [each["vacancy_id"] for each in told] == ["v1"]


def test_a_score_does_not_depend_on_the_other_vacancies_or_their_order(run: Run, tmp_path: Path, form: Path) -> None:
    some = vacancies(40)
    together = {told["vacancy_id"]: told for told in run("rank", form, a_file(tmp_path, *some)).objects}
    backwards = run("rank", form, a_file(tmp_path, *reversed(some))).out

    alone = [run("rank", form, a_file(tmp_path, each)).objects[0] for each in some[:5]]

    assert alone == [together[each["id"]] for each in some[:5]]
    assert backwards == run("rank", form, a_file(tmp_path, *some)).out


def test_all_but_id_and_title_may_be_left_out_null_or_empty_and_unknown_keys_are_ignored(
    run: Run, tmp_path: Path, form: Path
) -> None:
    optional = [key for key in WHOLE if key not in ("id", "title")]
    file = a_file(
        tmp_path,
        {"id": "bare", "title": "Python-разработчик"},
        {"id": "nulls", "title": "Python-разработчик", **dict.fromkeys(optional)},
        {"id": "empty", "title": "Python-разработчик", **dict.fromkeys(optional, "")},
        {"id": "unskilled", "title": "Python-разработчик", "skills": []},
        {"id": "more", "title": "Python-разработчик", "employer_rating": {"stars": 5}, "logo": None},
        {"id": 17, "title": "Python-разработчик"},
    )

    ended = run("rank", form, file)

    assert (ended.status, ended.err) == (0, "")
    assert {told["vacancy_id"] for told in ended.objects} == {"bare", "nulls", "empty", "unskilled", "more", "17"}
    assert len({told["score"] for told in ended.objects}) == 1
    assert len({told["skills_match_percent"] for told in ended.objects}) == 1


def test_what_nobody_asks_has_no_percentage(run: Run, tmp_path: Path, form: Path) -> None:
    told = run("rank", form, a_file(tmp_path, {"id": "1", "title": "Смотритель маяка"})).objects[0]

    assert told["skills_match_percent"] is None


def test_a_bad_line_is_told_and_does_not_stop_the_rest(run: Run, tmp_path: Path, form: Path) -> None:
    file = a_file(
        tmp_path,
        {**WHOLE, "id": "first"},
        "{torn",
        "",
        {"id": "untitled"},
        ["no", "object"],
        "[" * 100_000,
        b"\xff\xfe not even text",
        {**WHOLE, "id": "dear", "salary_from": "a lot"},
        '{"id": "nan", "title": "x", "salary_from": NaN}',
        {**WHOLE, "id": "last"},
    )

    ended = run("rank", "--language", "en", form, file)

    assert ended.status == 0
    assert {told["vacancy_id"] for told in ended.objects} == {"first", "last"}
    told = [line.split(": ", 1)[0] for line in ended.err.splitlines()]
    assert told == [f"{file}:{number}" for number in (2, 4, 5, 6, 7, 8, 9)]
    assert "title: " in ended.err


def test_only_a_line_feed_ends_a_line(run: Run, tmp_path: Path, form: Path) -> None:
    # JSON may hold these as they are, and texts copied from web pages do.
    file = a_file(tmp_path, {"id": "1", "title": "Python\u2028developer", "description": "a\u2028b\u2029c"})

    ended = run("rank", form, file)

    assert [told["vacancy_id"] for told in ended.objects] == ["1"]
    assert ended.err == ""


def test_windows_line_ends_and_a_byte_order_mark_are_fine(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "form.json"
    form.write_bytes(b"\xef\xbb\xbf" + json.dumps(FORM).encode())
    file = a_file(tmp_path, b"\xef\xbb\xbf" + json.dumps(WHOLE).encode() + b"\r", json.dumps({**WHOLE, "id": "v2"}))

    ended = run("rank", form, file)

    assert {told["vacancy_id"] for told in ended.objects} == {"v1", "v2"}
    assert ended.err == ""


def test_explain_adds_where_the_score_comes_from(run: Run, tmp_path: Path, form: Path) -> None:
    told = run("rank", "--explain", form, a_file(tmp_path, WHOLE)).objects[0]

    assert set(told) == KEYS | {"explanation"}
    explanation = told["explanation"]
    assert explanation["score"] == told["score"]
    assert explanation["scorer_version"]
    kafka = next(line for line in explanation["lines"] if line["subject"] == "Apache Kafka")
    assert (kafka["verdict"], kafka["proof"]) == ("unmet", None)
    assert "Kafka" in kafka["asked"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"plain words", "PDF, DOCX or RTF"),
        (b'{"desired_position": 5}', "desired_position"),
        (b'{"skills": "Python"}', "skills"),
        (b'{"torn": ', "not valid JSON"),
        (b'{"skills": ' + b"[" * 100_000, "not valid JSON"),
    ],
)
def test_a_bad_resume_is_told_in_one_line(run: Run, tmp_path: Path, content: bytes, words: str) -> None:
    resume = tmp_path / "resume"
    resume.write_bytes(content)

    ended = run("rank", "--language", "en", resume, VACANCIES)

    assert (ended.status, ended.out) == (1, "")
    assert words in ended.err
    assert ended.err.count("\n") == 1


def test_a_missing_file_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    no_resume = run("rank", "--language", "en", tmp_path / "none.pdf", VACANCIES)
    no_vacancies = run("rank", "--language", "en", PDF, tmp_path / "none.jsonl")

    assert (no_resume.status, no_vacancies.status) == (1, 1)
    assert "No such file" in no_resume.err
    assert "No such file" in no_vacancies.err


def test_no_vacancies_are_ranked_as_nothing(run: Run, tmp_path: Path, form: Path) -> None:
    ended = run("rank", form, a_file(tmp_path))

    assert (ended.status, ended.out, ended.err) == (0, "", "")


def test_the_status_says_that_no_line_was_good(run: Run, tmp_path: Path, form: Path) -> None:
    assert run("rank", form, a_file(tmp_path, "{torn")).status == 1
