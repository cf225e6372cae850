"""Which résumé counts, and what a person's corrections do to it."""

from __future__ import annotations

from typing import Any

import pytest

from domain.resumes.resume import (
    Corrections,
    Resume,
    ResumeSource,
    Said,
    corrections_after_a_form,
    current_resume,
    skill_key,
)
from tests.builders import a_minimal_resume_content, a_resume, a_resume_content


def _form(submission: int, **says: Any) -> Resume:
    return a_resume(
        id=f"form-{submission}",
        source=ResumeSource.MANUAL,
        submission=submission,
        content=a_resume_content(**says),
        corrections=Corrections(),
    )


def _edit(submission: int, corrections: Corrections) -> Resume:
    return a_resume(id=f"edit-{submission}", source=ResumeSource.EDITED, submission=submission, corrections=corrections)


def _file(submission: int, **says: Any) -> Resume:
    return a_resume(id=f"file-{submission}", submission=submission, content=a_resume_content(**says))


@pytest.mark.parametrize(("one", "other"), [("Python", " python "), ("Чёрчение", "черчение"), ("A  B", "a b")])
def test_two_spellings_of_a_skill_share_a_key(one: str, other: str) -> None:
    assert skill_key(one) == skill_key(other)


def test_two_skills_have_two_keys() -> None:
    assert len({skill_key(name) for name in ("C", "C++", "C#", "Java", "JavaScript")}) == 5


def test_nobody_has_a_résumé_who_gave_none() -> None:
    assert current_resume(base=None, statement=None) is None


def test_a_file_alone_counts_as_it_is() -> None:
    current = current_resume(base=_file(1), statement=None)

    assert current is not None
    assert current.content == _file(1).content
    assert (current.revision, current.base) == (_file(1), _file(1))
    assert current.corrections == Corrections()


def test_a_statement_without_corrections_changes_nothing() -> None:
    current = current_resume(base=_file(2), statement=a_resume(corrections=None))

    assert current is not None
    assert current.content == _file(2).content


def test_a_later_edit_lies_over_an_earlier_file() -> None:
    edit = _edit(2, Corrections(fields={"region": "Москва"}))

    current = current_resume(base=_file(1), statement=edit)

    assert current is not None
    assert current.content == a_resume_content(region="Москва")
    assert (current.revision, current.base) == (edit, _file(1))


def test_an_earlier_edit_lies_over_a_later_file() -> None:
    edit = _edit(1, Corrections(fields={"region": "Москва"}))

    current = current_resume(base=_file(2), statement=edit)

    assert current is not None
    assert current.content == a_resume_content(region="Москва")
    assert (current.revision, current.base) == (_file(2), _file(2))


def test_the_version_follows_what_counts() -> None:
    edits = [_edit(number, Corrections()) for number in (2, 4)]
    states = [
        current_resume(base=_file(1), statement=None),
        current_resume(base=_file(1), statement=edits[0]),
        current_resume(base=_file(3), statement=edits[0]),
        current_resume(base=_file(3), statement=edits[1]),
        current_resume(base=_form(5), statement=_form(5)),
        current_resume(base=_file(6), statement=_form(5)),
    ]

    versions = [state.version for state in states if state is not None]

    assert len(set(versions)) == len(states)


def test_a_denied_skill_is_taken_out_in_any_spelling() -> None:
    content = Corrections(denied_skills=("PYTHON ",)).laid_over(a_resume_content(skills=("Python", "SQL")))

    assert content.skills == ("SQL",)


def test_a_confirmed_skill_is_added_once() -> None:
    corrections = Corrections(confirmed_skills=("Redis", "python"))

    assert corrections.laid_over(a_resume_content(skills=("Python",))).skills == ("Python", "Redis")


def test_a_skill_confirmed_in_two_spellings_is_one_skill() -> None:
    corrections = Corrections().with_confirmed(["Redis", "redis"])

    assert corrections.laid_over(a_resume_content(skills=())).skills == ("Redis",)


def test_the_last_word_about_a_skill_counts() -> None:
    denied = Corrections().with_confirmed(["Redis"]).with_denied(["redis"])
    confirmed = denied.with_confirmed(["REDIS"])

    assert (denied.confirmed_skills, denied.denied_skills) == ((), ("redis",))
    assert (confirmed.confirmed_skills, confirmed.denied_skills) == (("REDIS",), ())


def test_saying_the_same_of_a_skill_twice_keeps_it_once() -> None:
    assert Corrections().with_confirmed(["Redis"]).with_confirmed(["redis"]).confirmed_skills == ("redis",)
    assert Corrections().with_denied(["Redis"]).with_denied(["redis"]).denied_skills == ("redis",)


def test_a_list_written_anew_confirms_what_it_holds_and_denies_what_it_leaves_out() -> None:
    corrections = Corrections().with_skill_list(["python", "Redis"], instead_of=["Python", "SQL"])

    assert corrections.confirmed_skills == ("python", "Redis")
    assert corrections.denied_skills == ("SQL",)


def test_a_list_written_anew_takes_a_denied_skill_back() -> None:
    corrections = Corrections(denied_skills=("SQL",)).with_skill_list(["SQL"], instead_of=[])

    assert corrections.denied_skills == ()


def test_a_field_corrected_twice_has_the_last_value() -> None:
    corrections = Corrections().with_fields({"region": "Москва", "summary": None}).with_fields({"region": "Казань"})

    assert corrections.fields == {"region": "Казань", "summary": None}


def test_corrections_are_not_changed_in_place() -> None:
    before = Corrections()

    before.with_fields({"region": "Москва"}).with_confirmed(["Redis"]).with_denied(["SQL"])

    assert before == Corrections()
    assert dict(before.fields) == {}


def test_a_form_leaves_denials_of_what_it_does_not_state_and_nothing_else() -> None:
    earlier = Corrections(fields={"region": "Москва"}, confirmed_skills=("Redis",), denied_skills=("SQL", "Docker"))

    left = corrections_after_a_form(earlier, a_resume_content(skills=("sql",)))

    assert left == Corrections(denied_skills=("Docker",))


def test_what_a_form_says_is_stated() -> None:
    form = _form(1, summary=None)
    current = current_resume(base=form, statement=form)

    assert current is not None
    said = current.who_said()
    assert set(said.values()) == {Said.STATED}
    assert "summary" not in said
    assert {"contact", "skills", "salary", "experience"} <= said.keys()


def test_what_a_parser_says_is_parsed_until_the_person_corrects_it() -> None:
    current = current_resume(
        base=a_resume(content=a_minimal_resume_content()), statement=_edit(2, Corrections(fields={"region": "Москва"}))
    )

    assert current is not None
    assert current.who_said() == {"desired_position": Said.PARSED, "region": Said.STATED}
