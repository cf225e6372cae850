"""`parse`: résumé files given by path, one JSON object a line."""

from __future__ import annotations

import os
from pathlib import Path

import pypdf
import pytest

from tests.adapters.documents.pdfs import encrypted
from tests.e2e.samples import PDF, RESUMES
from tests.entrypoints.cli.conftest import Run

OBJECT_KEYS = {"file", "ok", "reason", "detail", "warnings", "resume", "seconds"}
RESUME_KEYS = {
    *("first_name", "last_name", "email", "phone", "city", "current_position", "desired_position"),
    *("years_experience", "skills", "salary", "region", "languages", "education_level"),
    *("middle_name", "hh_profile_url", "work_format", "experience", "education", "summary"),
}


def a_scan(file: Path) -> Path:
    """Write a PDF without any text."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(file)
    return file


def a_file(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


def test_every_file_gets_an_object_with_the_promised_keys_in_the_order_given(run: Run) -> None:
    files = sorted(RESUMES.iterdir(), reverse=True)

    ended = run("parse", *files)

    assert (ended.status, ended.err) == (0, "")
    assert [told["file"] for told in ended.objects] == [str(file) for file in files]
    for told in ended.objects:
        assert set(told) == OBJECT_KEYS
        assert (told["ok"], told["reason"], told["warnings"]) == (True, None, [])
        assert set(told["resume"]) == RESUME_KEYS
        assert 0 <= told["seconds"] < 20


def test_a_resume_is_told_in_plain_values(run: Run) -> None:
    resume = run("parse", PDF).objects[0]["resume"]

    assert (resume["first_name"], resume["last_name"]) == ("Мария", "Иванова")
    assert (resume["email"], resume["phone"]) == ("maria.ivanova@example.ru", "+79000001122")
    assert resume["city"] == "Екатеринбург"
    assert resume["desired_position"] == "Старший Python-разработчик (backend)"
    assert resume["years_experience"] == pytest.approx(8.2, abs=0.3)
    assert {"Python", "Django", "PostgreSQL"} <= set(resume["skills"])
    assert resume["salary"] == {"amount": 280000, "currency": "RUB"}
    assert {"name": "Russian", "level": "native"} in resume["languages"]
    assert resume["education_level"] in ("bachelor", "higher", "master")


def test_each_bad_file_is_told_its_reason_and_stops_no_other(run: Run, tmp_path: Path) -> None:
    whole = PDF.read_bytes()
    reasons = {
        a_scan(tmp_path / "scan.pdf"): "no_text",
        a_file(tmp_path / "locked.pdf", encrypted(whole, user_password="secret")): "file_encrypted",
        a_file(tmp_path / "torn.pdf", whole[: len(whole) // 3]): "file_broken",
        a_file(tmp_path / "torn.docx", (RESUMES / "nguyen_qa_en.docx").read_bytes()[:9_000]): "file_broken",
        a_file(tmp_path / "picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(500)): "unsupported_type",
        a_file(tmp_path / "empty.pdf", b""): "empty_file",
        tmp_path / "missing.pdf": "file_unreadable",
        tmp_path: "file_unreadable",
        a_file(tmp_path / "large.pdf", whole + bytes(11 * 2**20)): "file_too_large",
        PDF: None,
    }

    ended = run("parse", "--language", "en", *reasons)

    assert (ended.status, ended.err) == (0, "")
    assert {told["file"]: told["reason"] for told in ended.objects} == {
        str(file): reason for file, reason in reasons.items()
    }
    bad = [told for told in ended.objects if told["reason"]]
    assert all(set(told) == OBJECT_KEYS and not told["ok"] and told["resume"] is None for told in bad)
    assert all(told["detail"].endswith(".") and "_" not in told["detail"] for told in bad)


def test_text_that_nobody_sees_is_told_of(run: Run, tmp_path: Path) -> None:
    plain = (RESUMES / "kozlov_driver_ru.rtf").read_bytes()
    file = a_file(tmp_path / "hidden.rtf", plain[: plain.rindex(b"}")] + rb"{\v Kafka Kubernetes}}")

    told = run("parse", "--language", "en", file).objects[0]

    assert (told["ok"], [each["code"] for each in told["warnings"]]) == (True, ["hidden_text_left_out"])
    assert told["warnings"][0]["detail"].startswith("The file holds text that cannot be seen on the page")


def test_the_limit_on_size_is_the_one_that_is_set(run: Run, tmp_path: Path) -> None:
    file = a_file(tmp_path / "large.rtf", (RESUMES / "kozlov_driver_ru.rtf").read_bytes() + b" " * 2**20)

    small = run("parse", "--language", "en", file, MAX_UPLOAD_MB="1")
    large = run("parse", file, MAX_UPLOAD_MB="2")

    assert small.objects[0]["reason"] == "file_too_large"
    assert "1 MB" in small.objects[0]["detail"]
    assert large.objects[0]["ok"] is True


def test_the_status_says_that_nothing_could_be_read(run: Run, tmp_path: Path) -> None:
    assert run("parse", tmp_path / "missing.pdf").status == 1


def test_details_come_in_russian_unless_told_otherwise(run: Run, tmp_path: Path) -> None:
    file = a_file(tmp_path / "empty.pdf", b"")

    russian, english = run("parse", file), run("parse", file, "--language", "en")

    assert russian.objects[0]["detail"] == "Файл пуст. Пришлите файл с резюме."
    assert english.objects[0]["detail"] == "The file is empty. Send a file with a résumé."


def test_a_name_that_is_no_text_is_told_as_far_as_it_is(run: Run, tmp_path: Path) -> None:
    name = os.fsdecode(b"na\xffme.pdf")
    a_file(tmp_path / name, PDF.read_bytes())

    told = run("parse", tmp_path / name).objects[0]

    assert told["ok"] is True
    assert told["file"].endswith("na\ufffdme.pdf")


def test_a_bad_setting_is_told_in_one_line(run: Run) -> None:
    ended = run("parse", PDF, READER_TIMEOUT="soon")

    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("Error: READER_TIMEOUT: ")
    assert ended.err.count("\n") == 1
