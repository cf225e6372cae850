"""Where revisions of résumés are kept."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.errors import Conflict, NotFound
from domain.identifiers import ResumeId, UploadId
from domain.resumes.content import Contact, Education, EducationLevel, Language, LanguageLevel, Money, WorkFormat
from domain.resumes.resume import Corrections, Resume, ResumeSource
from domain.transactions import Transactions
from tests.builders import ANNA, BORIS, a_minimal_resume_content, a_resume, a_resume_content, a_user, an_upload

CORRECTIONS = Corrections(
    fields={
        "contact": Contact(first_name="Аня", city=None),
        "current_position": None,
        "desired_position": "Ведущий разработчик",
        "years_experience": 7.0,
        "salary": Money(amount=Decimal("300000.10"), currency="KZT"),
        "work_format": WorkFormat.HYBRID,
        "languages": (Language(name="German", level=LanguageLevel.B1),),
        "education_level": EducationLevel.PHD,
        "experience": (),
        "education": (Education(institution="Вымышленный институт", level=EducationLevel.BACHELOR, year=2015),),
        "summary": None,
    },
    confirmed_skills=("Apache Kafka",),
    denied_skills=("1С",),
)


def _revision(number: int, source: ResumeSource) -> Resume:
    return a_resume(id=ResumeId(f"resume-{number}"), submission=number, source=source)


@pytest.mark.parametrize(
    "resume",
    [
        a_resume(),
        a_resume(content=a_minimal_resume_content()),
        a_resume(content=a_minimal_resume_content(salary=Money(amount=Decimal("0.10"), currency="USD"))),
        a_resume(source=ResumeSource.EDITED, corrections=CORRECTIONS),
        a_resume(source=ResumeSource.MANUAL, corrections=Corrections()),
        a_resume(source=ResumeSource.HH_EXPORT, upload_id=UploadId("upload-1")),
        a_resume(added=a_resume_content(contact=Contact(), experience=(), education=())),
    ],
    ids=["full", "minimal", "small change", "corrected", "nothing corrected", "of an upload", "added to"],
)
def test_a_revision_comes_back_as_added(with_anna: Transactions, resume: Resume) -> None:
    with with_anna() as tx:
        tx.uploads.add(an_upload())
        tx.resumes.add(resume)

    with with_anna() as tx:
        assert tx.resumes.all_of(ANNA) == [resume]


def test_an_amount_of_money_keeps_its_places(with_anna: Transactions) -> None:
    content = a_resume_content(salary=Money(amount=Decimal("1000.00"), currency="RUB"))

    with with_anna() as tx:
        tx.resumes.add(a_resume(content=content))

    with with_anna() as tx:
        salary = tx.resumes.all_of(ANNA)[0].content.salary
        assert salary is not None
        assert str(salary.amount) == "1000.00"


def test_corrections_can_be_laid_over_a_content_once_they_come_back(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.resumes.add(a_resume(source=ResumeSource.EDITED, corrections=CORRECTIONS))

    with with_anna() as tx:
        statement = tx.resumes.last_statement(ANNA)
        assert statement is not None
        assert statement.corrections is not None
        assert statement.corrections.laid_over(a_resume_content()) == CORRECTIONS.laid_over(a_resume_content())


def test_a_stranger_has_no_revisions(with_anna: Transactions) -> None:
    with pytest.raises(NotFound, match="user_not_found"), with_anna() as tx:
        tx.resumes.add(a_resume(telegram_id=BORIS))

    with with_anna() as tx:
        assert tx.resumes.last_base(BORIS) is None
        assert tx.resumes.last_statement(BORIS) is None
        assert tx.resumes.page(BORIS, limit=10, offset=0) == ([], 0)
        assert tx.resumes.all_of(BORIS) == []
        assert tx.resumes.made_of(UploadId("upload-1")) is None


def test_the_base_is_the_last_submitted_that_is_no_edit(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.resumes.add(_revision(3, ResumeSource.FILE))
        tx.resumes.add(_revision(1, ResumeSource.MANUAL))
        tx.resumes.add(_revision(4, ResumeSource.EDITED))

    with with_anna() as tx:
        assert tx.resumes.last_base(ANNA) == _revision(3, ResumeSource.FILE)


def test_the_statement_is_the_last_submitted_form_or_edit(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.resumes.add(_revision(2, ResumeSource.EDITED))
        tx.resumes.add(_revision(1, ResumeSource.MANUAL))
        tx.resumes.add(_revision(3, ResumeSource.HH_EXPORT))
        tx.resumes.add(_revision(4, ResumeSource.HH))
    with with_anna() as tx:
        edited = tx.resumes.last_statement(ANNA)
        tx.resumes.add(_revision(5, ResumeSource.MANUAL))

    with with_anna() as tx:
        assert edited == _revision(2, ResumeSource.EDITED)
        assert tx.resumes.last_statement(ANNA) == _revision(5, ResumeSource.MANUAL)


def test_files_alone_state_nothing_and_edits_alone_are_no_base(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
        tx.resumes.add(_revision(1, ResumeSource.FILE))
        tx.resumes.add(a_resume(id=ResumeId("resume-9"), telegram_id=BORIS, source=ResumeSource.EDITED))

    with with_anna() as tx:
        assert tx.resumes.last_statement(ANNA) is None
        assert tx.resumes.last_base(BORIS) is None


def test_revisions_are_paged_the_last_submitted_first(with_anna: Transactions) -> None:
    with with_anna() as tx:
        for number in (2, 5, 1, 4, 3):
            tx.resumes.add(_revision(number, ResumeSource.FILE))

    with with_anna() as tx:
        first, total = tx.resumes.page(ANNA, limit=2, offset=0)
        last, _ = tx.resumes.page(ANNA, limit=2, offset=4)
        beyond = tx.resumes.page(ANNA, limit=2, offset=6)
        assert [each.submission for each in first] == [5, 4]
        assert [each.submission for each in last] == [1]
        assert total == 5
        assert beyond == ([], 5)


def test_all_revisions_come_in_the_order_of_submission(with_anna: Transactions) -> None:
    with with_anna() as tx:
        for number in (2, 3, 1):
            tx.resumes.add(_revision(number, ResumeSource.FILE))

    with with_anna() as tx:
        assert [each.submission for each in tx.resumes.all_of(ANNA)] == [1, 2, 3]


def test_one_sees_what_an_upload_became(with_anna: Transactions) -> None:
    made = a_resume(upload_id=UploadId("upload-1"))
    with with_anna() as tx:
        tx.uploads.add(an_upload())
        tx.resumes.add(made)

    with with_anna() as tx:
        assert tx.resumes.made_of(UploadId("upload-1")) == made
        assert tx.resumes.made_of(UploadId("upload-2")) is None


def test_one_upload_makes_at_most_one_revision(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.uploads.add(an_upload())
        tx.resumes.add(a_resume(upload_id=UploadId("upload-1")))

    with pytest.raises(Conflict, match="upload_already_parsed"), with_anna() as tx:
        tx.resumes.add(a_resume(id=ResumeId("resume-2"), submission=2, upload_id=UploadId("upload-1")))

    with with_anna() as tx:
        assert len(tx.resumes.all_of(ANNA)) == 1


def test_what_is_added_is_kept_beside_the_revision(with_anna: Transactions) -> None:
    added = a_minimal_resume_content(skills=("Redis",), salary=Money(amount=Decimal("150000.10"), currency="RUB"))
    with with_anna() as tx:
        tx.resumes.add(_revision(1, ResumeSource.FILE))
        tx.resumes.add(_revision(2, ResumeSource.FILE))

    with with_anna() as tx:
        assert tx.resumes.keep_added(ResumeId("resume-1"), added)

    with with_anna() as tx:
        assert tx.resumes.all_of(ANNA) == [
            replace(_revision(1, ResumeSource.FILE), added=added),
            _revision(2, ResumeSource.FILE),
        ]


def test_what_was_added_first_stays(with_anna: Transactions) -> None:
    first = a_minimal_resume_content(skills=("Redis",))
    with with_anna() as tx:
        tx.resumes.add(a_resume())
        tx.resumes.keep_added(a_resume().id, first)

    with with_anna() as tx:
        assert not tx.resumes.keep_added(a_resume().id, a_minimal_resume_content(skills=("Docker",)))

    with with_anna() as tx:
        assert [each.added for each in tx.resumes.all_of(ANNA)] == [first]


def test_nothing_is_added_to_a_revision_that_is_gone(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.resumes.add(a_resume())
        tx.users.erase(ANNA)

    with with_anna() as tx:
        assert not tx.resumes.keep_added(a_resume().id, a_minimal_resume_content())
