"""Résumé files over HTTP: taken in, read in the background, shown."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from tests.entrypoints.conftest import Install
from tests.entrypoints.installation import ANNA, BORIS, RESUME, Installation, code_of, told

SAMPLES = files("entrypoints").joinpath("samples", "resumes")
PDF = SAMPLES.joinpath("ivanova_python_ru.pdf").read_bytes()
DOCX = SAMPLES.joinpath("nguyen_qa_en.docx").read_bytes()
RTF = SAMPLES.joinpath("kozlov_driver_ru.rtf").read_bytes()
POST = f"/resume/file/{ANNA}"
UPLOADS = (POST, f"/search/applications/{ANNA}")


def a_locked_pdf() -> bytes:
    writer = PdfWriter(PdfReader(BytesIO(PDF)))
    writer.encrypt("secret", algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def a_blank_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "filename", "kind"), [(PDF, "cv.pdf", "pdf"), (DOCX, "cv.docx", "docx"), (RTF, "cv.rtf", "rtf")]
)
def test_a_file_becomes_the_current_resume(with_anna: Installation, content: bytes, filename: str, kind: str) -> None:
    accepted = with_anna.bot.send(POST, content, filename)
    upload = told(accepted)
    assert (accepted.status_code, upload["status"], upload["file_type"]) == (202, "queued", kind)
    assert upload["size"] == len(content)

    with_anna.work()

    parsed = told(with_anna.bot.get(upload["status_url"]))
    current = told(with_anna.bot.get(f"/resume/{ANNA}"))
    assert (parsed["status"], parsed["reason"], parsed["resume"]["source"]) == ("parsed", None, "file")
    assert current["resume_id"] == parsed["resume"]["resume_id"]
    assert current["upload_id"] == upload["upload_id"]
    assert set(current["said"].values()) == {"parsed"}


def test_the_export_of_hh_is_told_apart(with_anna: Installation) -> None:
    upload = told(with_anna.bot.send(POST, SAMPLES.joinpath("smirnov_hh_export.pdf").read_bytes(), "cv.pdf"))

    with_anna.work()

    assert told(with_anna.bot.get(upload["status_url"]))["resume"]["source"] == "hh_export"


def test_text_of_a_file_that_nobody_sees_is_told_of(with_anna: Installation) -> None:
    hidden = RTF[: RTF.rindex(b"}")] + rb"{\v Kafka Kubernetes}}"
    upload = told(with_anna.bot.send(POST, hidden, "cv.rtf"))
    plain = told(with_anna.bot.send(POST, RTF, "cv.rtf"))
    assert upload["warnings"] == []

    with_anna.work()

    (warning,) = told(with_anna.bot.get(upload["status_url"]))["warnings"]
    assert warning["code"] == "hidden_text_left_out"
    assert warning["detail"].startswith("В файле есть текст, которого не видно на странице")
    assert told(with_anna.bot.get(plain["status_url"]))["warnings"] == []
    uploads = told(with_anna.bot.get(f"/users/{ANNA}/export"))["uploads"]
    assert [each["warnings"] for each in uploads] == [["hidden_text_left_out"], []]


def test_the_same_bytes_are_the_same_upload_while_under_way_and_while_current(with_anna: Installation) -> None:
    first = with_anna.bot.send(POST, DOCX)
    under_way = with_anna.bot.send(POST, DOCX, "another-name.docx")
    with_anna.work()
    current = with_anna.bot.send(POST, DOCX)

    assert [first.status_code, under_way.status_code, current.status_code] == [202, 200, 200]
    assert told(first)["upload_id"] == told(under_way)["upload_id"] == told(current)["upload_id"]


def test_the_same_bytes_make_a_new_upload_once_something_else_is_current(with_anna: Installation) -> None:
    first = with_anna.bot.send(POST, DOCX)
    with_anna.work()
    with_anna.bot.post(f"/resume/json/{ANNA}", RESUME)

    again = with_anna.bot.send(POST, DOCX)

    assert again.status_code == 202
    assert told(again)["upload_id"] != told(first)["upload_id"]


def test_a_form_sent_while_a_file_is_read_stays_current(with_anna: Installation) -> None:
    with_anna.bot.send(POST, DOCX)
    with_anna.bot.post(f"/resume/json/{ANNA}", {**RESUME, "desired_position": "Аналитик"})

    with_anna.work()

    assert told(with_anna.bot.get(f"/resume/{ANNA}"))["desired_position"] == "Аналитик"


def test_corrections_outlive_a_later_file(with_anna: Installation) -> None:
    with_anna.bot.call("PATCH", f"/resume/{ANNA}", json={"preferred_region": "Уфа"}, headers={"If-Match": "*"})

    with_anna.bot.send(POST, DOCX)
    with_anna.work()

    current = told(with_anna.bot.get(f"/resume/{ANNA}"))
    assert (current["preferred_region"], current["said"]["preferred_region"]) == ("Уфа", "stated")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "empty_file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, 415, "unsupported_type"),
        (b"just text", 415, "unsupported_type"),
        (b"PK\x03\x04 but no document", 415, "unsupported_type"),
    ],
)
def test_what_is_no_resume_file_is_refused_at_once(
    with_anna: Installation, content: bytes, status: int, code: str
) -> None:
    answer = with_anna.bot.send(POST, content)

    assert (answer.status_code, code_of(answer)) == (status, code)


def test_the_limit_is_the_setting_to_the_byte(install: Install) -> None:
    api = install(MAX_UPLOAD_MB="1")
    api.welcome()
    rtf = b"{\\rtf1 " + b"x" * 2**20

    fits = api.bot.send(POST, rtf[: 2**20], "cv.rtf")
    too_large = api.bot.send(POST, rtf[: 2**20 + 1], "cv.rtf")

    assert fits.status_code == 202
    assert (too_large.status_code, code_of(too_large)) == (413, "file_too_large")
    assert "1 МБ" in told(too_large)["detail"]


def test_a_body_larger_than_the_server_takes_is_refused_unread(install: Install) -> None:
    api = install(MAX_UPLOAD_MB="1")

    answer = api.bot.post(POST, environ_overrides={"CONTENT_LENGTH": str(2**33)})

    assert (answer.status_code, code_of(answer)) == (413, "too_large")


@pytest.mark.parametrize(
    ("content", "reason"), [(a_locked_pdf(), "file_encrypted"), (a_blank_pdf(), "no_text"), (PDF[:3000], "file_broken")]
)
def test_a_file_that_cannot_be_read_fails_with_its_reason_in_words(
    with_anna: Installation, content: bytes, reason: str
) -> None:
    accepted = with_anna.bot.send(POST, content, "cv.pdf")
    assert accepted.status_code == 202

    with_anna.work()

    upload = told(with_anna.bot.get(told(accepted)["status_url"], headers={"Accept-Language": "en"}))
    assert (upload["status"], upload["reason"], upload["resume"]) == ("failed", reason, None)
    assert len(upload["detail"]) > 20
    assert upload["finished_at"].endswith("Z")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Резюме Анны.docx", "Резюме Анны.docx"),
        ("../../etc/резюме.docx", "резюме.docx"),
        ("cv.docx/", "resume"),
    ],
)
def test_a_filename_is_kept_without_its_path(with_anna: Installation, sent: str, kept: str) -> None:
    assert told(with_anna.bot.send(POST, DOCX, sent))["filename"] == kept


def test_a_form_without_a_file_says_what_it_lacks(with_anna: Installation) -> None:
    form = {"Content-Type": "multipart/form-data"}
    for path in UPLOADS:
        answers = [
            with_anna.bot.call("POST", path, data={"other": "1"}, headers=form),
            with_anna.bot.call("POST", path, data={"résumé": (BytesIO(DOCX), "cv.docx")}),
            with_anna.bot.call("POST", path),
            with_anna.bot.call("POST", path, data=b"", headers={"Content-Type": "application/x-www-form-urlencoded"}),
            with_anna.bot.call("POST", path, data=DOCX, headers=form),
        ]

        assert [answer.status_code for answer in answers] == [422] * 5
        errors = [told(answer)["errors"]["body"]["file"] for answer in answers]
        assert errors == [[{"code": "required", "detail": "Обязательное поле."}]] * 5


@pytest.mark.parametrize(
    "content_type", ["", "text/csv", "application/pdf", "application/json", "application/x-www-form-urlencoded"]
)
def test_what_is_sent_without_a_form_is_of_a_wrong_type(with_anna: Installation, content_type: str) -> None:
    for path in UPLOADS:
        answer = with_anna.bot.call("POST", path, data=DOCX, content_type=content_type)

        assert (answer.status_code, code_of(answer)) == (415, "form_expected")
        assert "multipart/form-data" in told(answer)["detail"]


def test_a_text_where_the_file_belongs_is_refused(with_anna: Installation) -> None:
    answer = with_anna.bot.call(
        "POST", POST, data={"file": "my résumé"}, headers={"Content-Type": "multipart/form-data"}
    )

    assert answer.status_code == 422
    assert list(told(answer)["errors"]["body"]) == ["file"]


def test_a_file_without_a_name_is_taken_under_one_of_ours(with_anna: Installation) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n' + RTF + b"\r\n--x--\r\n"

    answer = with_anna.bot.call("POST", POST, data=body, headers={"Content-Type": "multipart/form-data; boundary=x"})

    assert (answer.status_code, told(answer)["filename"]) == (202, "resume")


def test_of_two_files_in_one_form_the_first_counts(with_anna: Installation) -> None:
    answer = with_anna.bot.call("POST", POST, data={"file": [(BytesIO(DOCX), "a.docx"), (BytesIO(RTF), "b.rtf")]})

    assert (answer.status_code, told(answer)["filename"]) == (202, "a.docx")


def test_an_upload_is_shown_to_its_person_alone(with_anna: Installation) -> None:
    with_anna.welcome(BORIS)
    upload = told(with_anna.bot.send(POST, DOCX))["upload_id"]

    for path in (f"/resume/file/{BORIS}/{upload}", f"/resume/file/{ANNA}/unknown"):
        answer = with_anna.bot.get(path)
        assert (answer.status_code, code_of(answer)) == (404, "upload_not_found")


def test_a_file_needs_a_profile(api: Installation) -> None:
    answer = api.bot.send(f"/resume/file/{BORIS}", DOCX)

    assert (answer.status_code, code_of(answer)) == (404, "user_not_found")
