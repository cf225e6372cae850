"""What n8n hands in of a résumé file over HTTP."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from adapters.sql.store import SqlTransactions
from tests.entrypoints.handing_out import file_handed_out
from tests.entrypoints.installation import ANNA, PROFILE, Installation, code_of, told
from tests.entrypoints.stored import everything_in
from tests.log_lines import lines_of, logged

CV = files("entrypoints").joinpath("samples", "resumes", "ivanova_python_ru.pdf").read_bytes()


def an_addition(**added: Any) -> dict[str, Any]:
    return {"version": 1, "execution_id": "18", "added": added}


@pytest.fixture
def upload_id(api: Installation) -> str:
    """Return a file of Anna's that was read and handed out."""
    api.bot.post("/users/", PROFILE)
    upload_id = str(told(api.bot.send(f"/resume/file/{ANNA}", CV, "Резюме.pdf"))["upload_id"])
    api.work()
    file_handed_out(api, upload_id)
    return upload_id


def resume(api: Installation) -> dict[str, Any]:
    return dict(told(api.bot.get(f"/resume/{ANNA}")))


def test_what_our_reading_lacks_is_added_as_parsed(api: Installation, upload_id: str) -> None:
    before = resume(api)

    answer = api.n8n.post(f"/resume/parsed/{upload_id}", an_addition(skills=["Terraform"], desired_position="Директор"))

    assert (answer.status_code, told(answer)) == (
        200,
        {"upload_id": upload_id, "status": "taken", "added": ["skills"], "refused": {}},
    )
    after = resume(api)
    assert after["skills"] == [*before["skills"], "Terraform"]
    assert after["said_of_skills"]["Terraform"] == "parsed"
    assert after["desired_position"] == before["desired_position"]


def test_each_bad_field_is_answered_for_itself(api: Installation, upload_id: str) -> None:
    answer = api.n8n.post(
        f"/resume/parsed/{upload_id}",
        an_addition(
            skills=["Terraform"],
            years_experience="много",
            salary={"amount": 5},
            languages=[{"name": "Коми", "level": "well"}],
            education_level=None,
            region=" ",
            contact={"email": "x@example.com"},
        ),
    )

    assert (answer.status_code, told(answer)["added"]) == (200, ["skills"])
    assert {name: errors[0]["code"] for name, errors in told(answer)["refused"].items()} == {
        "years_experience": "not_a_number",
        "salary.currency": "required",
        "languages.0.level": "unknown_choice",
        "contact": "unknown_field",
    }


def test_what_the_text_of_the_file_does_not_say_is_left_out_and_told(api: Installation, upload_id: str) -> None:
    answer = api.n8n.post(
        f"/resume/parsed/{upload_id}",
        an_addition(
            skills=["Телепатия", "Terraform"],
            languages=[{"name": "Klingon", "level": "C1"}, {"name": "Коми", "level": "C2"}],
        ),
    )

    assert (answer.status_code, told(answer)["added"]) == (200, ["skills", "languages"])
    not_in_text = {"code": "not_in_text", "detail": "В тексте файла этого нет."}
    assert told(answer)["refused"] == {
        "skills.0": [not_in_text],
        "languages.0": [not_in_text],
        "languages.1.level": [not_in_text],
    }
    after = resume(api)
    assert (after["skills"][-1], after["languages"][-1]) == ("Terraform", {"name": "Коми", "level": None})
    assert "Телепатия" not in after["skills"]


def test_what_comes_when_the_text_is_gone_is_dropped(api: Installation, upload_id: str) -> None:
    with SqlTransactions(api.engine)() as tx:
        tx.hand_outs.forget_text(upload_id)
    before = everything_in(api)

    answer = api.n8n.post(f"/resume/parsed/{upload_id}", an_addition(skills=["Terraform"]))

    assert (answer.status_code, told(answer)["status"], told(answer)["added"]) == (200, "dropped", [])
    assert {name: errors[0]["code"] for name, errors in told(answer)["refused"].items()} == {"skills.0": "text_gone"}
    assert everything_in(api) == before


def test_the_log_tells_what_was_left_out_and_no_word_of_it(api: Installation, upload_id: str) -> None:
    with logged() as log:
        api.n8n.post(f"/resume/parsed/{upload_id}", an_addition(skills=["Телепатия", "Terraform"], Выдумка=1))

    (line,) = lines_of(log, "additions to a résumé")
    assert (line["level"], line["status"], line["added"]) == ("info", "taken", ["skills"])
    assert line["refused"] == {"skills.0": "not_in_text"}
    assert not any(word in log.getvalue() for word in ("Телепатия", "Terraform", "Выдумка"))


def test_a_repeat_is_answered_and_writes_nothing(api: Installation, upload_id: str) -> None:
    api.n8n.post(f"/resume/parsed/{upload_id}", an_addition(skills=["Terraform"]))
    before = everything_in(api)

    answer = api.n8n.post(f"/resume/parsed/{upload_id}", an_addition(skills=["Kafka"]))

    assert (answer.status_code, told(answer)["status"], told(answer)["added"]) == (200, "repeated", ["skills"])
    assert everything_in(api) == before


def test_what_another_execution_read_is_a_conflict_and_writes_nothing(api: Installation, upload_id: str) -> None:
    before = everything_in(api)

    answer = api.n8n.post(f"/resume/parsed/{upload_id}", {**an_addition(skills=["Kafka"]), "execution_id": "19"})

    assert (answer.status_code, code_of(answer)) == (409, "another_execution")
    assert everything_in(api) == before
    assert told(api.n8n.post(f"/resume/parsed/{upload_id}", an_addition(skills=["Terraform"])))["status"] == "taken"


def test_a_file_that_was_not_handed_out_takes_nothing(api: Installation) -> None:
    api.bot.post("/users/", PROFILE)
    upload_id = told(api.bot.send(f"/resume/file/{ANNA}", CV, "cv.pdf"))["upload_id"]
    api.work()

    ours = api.n8n.post(f"/resume/parsed/{upload_id}", an_addition(skills=["Terraform"]))
    unknown = api.n8n.post("/resume/parsed/nothing", an_addition(skills=["Terraform"]))

    assert (ours.status_code, code_of(ours)) == (409, "not_handed_out")
    assert (unknown.status_code, code_of(unknown)) == (404, "upload_not_found")


@pytest.mark.parametrize(("added", "code"), [(None, "null"), ([], "not_an_object"), ("skills", "not_an_object")])
def test_what_is_added_is_an_object(api: Installation, added: Any, code: str) -> None:
    answer = api.n8n.post("/resume/parsed/nothing", {"version": 1, "added": added})

    assert answer.status_code == 422
    assert told(answer)["errors"]["body"]["added"][0]["code"] == code
