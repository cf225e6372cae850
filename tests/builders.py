"""Whole entities for tests: name what matters to the test, the rest is filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from domain.handing_out.hand_out import HandOut, HandOutKind
from domain.hh.connection import HhConnection, HhState, SealedTokens
from domain.hh.sign_in import LIFETIME, SignIn
from domain.identifiers import ResumeId, RunId, TelegramId, UploadId, VacancyId
from domain.matching.assessment import Aspect, Assessment, Line, Part, Reason
from domain.matching.assessment import Verdict as Finding
from domain.matching.requirements import Requirement
from domain.resumes.content import (
    Contact,
    Education,
    EducationLevel,
    Experience,
    Language,
    LanguageLevel,
    Money,
    ResumeContent,
    WorkFormat,
)
from domain.resumes.reading import FileType
from domain.resumes.resume import Resume, ResumeSource
from domain.resumes.upload import Upload, UploadStatus
from domain.search.applications import JobApplication, ToldBy
from domain.search.filters import Filters
from domain.search.match import Match, MatchState
from domain.search.run import RunStatus, SearchRun
from domain.users.user import Consent, User
from domain.vacancies.vacancy import ExperienceAsked, SalaryPeriod, SalaryRange, Vacancy, employer_key
from domain.work import Work

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=timezone.utc)
"""The moment at which everything here happens unless a test says otherwise."""

ANNA = TelegramId(700_000_001)
BORIS = TelegramId(700_000_002)


def a_user(**changes: Any) -> User:
    return replace(
        User(
            telegram_id=ANNA,
            first_name="Анна",
            last_name="Вымышленная",
            age=29,
            city="Казань",
            email="anna@example.ru",
            phone="+79000000001",
            hh_profile_url="https://hh.ru/resume/0123456789abcdef",
            consent=Consent(version="2026-01", at=NOW),
            created_at=NOW,
            updated_at=NOW,
        ),
        **changes,
    )


def a_resume_content(**changes: Any) -> ResumeContent:
    """Return a résumé with every field filled in."""
    return replace(
        ResumeContent(
            contact=Contact(
                first_name="Анна",
                last_name="Вымышленная",
                middle_name="Петровна",
                email="anna@example.ru",
                phone="+79000000001",
                city="Казань",
                hh_profile_url="https://hh.ru/resume/0123456789abcdef0123456789abcdef012345",
            ),
            current_position="Разработчик Python",
            desired_position="Старший разработчик Python",
            years_experience=5.5,
            skills=("Python", "PostgreSQL", "Машинное обучение"),
            salary=Money(amount=Decimal("250000.50"), currency="RUB"),
            region="Республика Татарстан",
            work_format=WorkFormat.REMOTE,
            languages=(Language(name="Russian", level=LanguageLevel.NATIVE), Language(name="English")),
            education_level=EducationLevel.HIGHER,
            experience=(
                Experience(
                    position="Разработчик",
                    company="АО «Выдумка»",
                    start="2021-03",
                    current=True,
                    description="Писала сервисы на Python.\nВела двух стажёров.",
                ),
                Experience(position="Intern", company="Example LLC", start="2019", end="2021-02"),
            ),
            education=(
                Education(
                    institution="Выдуманный университет",
                    speciality="Информатика",
                    level=EducationLevel.MASTER,
                    year=2019,
                ),
            ),
            summary="Люблю порядок в коде и 'кавычки' \"всех\" видов.",
        ),
        **changes,
    )


def a_minimal_resume_content(**changes: Any) -> ResumeContent:
    """Return a résumé that says nothing but the position desired."""
    return replace(ResumeContent(desired_position="Бухгалтер"), **changes)


def a_resume(**changes: Any) -> Resume:
    return replace(
        Resume(
            id=ResumeId("resume-1"),
            telegram_id=ANNA,
            source=ResumeSource.FILE,
            submission=1,
            content=a_resume_content(),
            created_at=NOW,
        ),
        **changes,
    )


def an_upload(**changes: Any) -> Upload:
    """Return an upload queued and sent at `NOW`."""
    return replace(
        Upload(
            id=UploadId("upload-1"),
            telegram_id=ANNA,
            filename="резюме.pdf",
            file_type=FileType.PDF,
            size=48_213,
            sha256="9f" * 32,
            submission=1,
            status=UploadStatus.QUEUED,
            work=Work(due_at=NOW, sent_at=NOW),
            created_at=NOW,
        ),
        **changes,
    )


def a_vacancy(**changes: Any) -> Vacancy:
    """Return a vacancy with every field filled in; its posting and fingerprint follow its title, company and texts."""
    return replace(
        Vacancy(
            id=VacancyId("internal-1"),
            source="internal",
            title="Разработчик Python",
            company="ООО «Вымысел»",
            salary=SalaryRange(
                from_=Decimal("200000"), to=Decimal("300000.75"), currency="RUB", gross=True, period=SalaryPeriod.MONTH
            ),
            area="Казань",
            work_format=WorkFormat.HYBRID,
            experience=ExperienceAsked(least=3, most=6),
            responsibilities="Писать сервисы.",
            requirements="Python и PostgreSQL. Kafka будет плюсом.",
            description="Мы делаем вымышленные сервисы.",
            skills=("Python", "PostgreSQL"),
            asks=(
                Requirement(skill="PostgreSQL", must=True, words="Python и PostgreSQL."),
                Requirement(skill="Python", must=True, words="Разработчик Python"),
                Requirement(skill="Apache Kafka", must=False, words="Kafka будет плюсом."),
            ),
            url="https://example.com/vacancies/1",
            published_at=NOW - timedelta(days=1),
            closes_at=NOW + timedelta(days=20),
            first_seen_at=NOW,
            last_seen_at=NOW,
        ),
        **changes,
    )


def a_run(**changes: Any) -> SearchRun:
    """Return a run queued and sent at `NOW`."""
    return replace(
        SearchRun(
            id=RunId("run-1"),
            telegram_id=ANNA,
            number=1,
            filters=Filters(text="python", salary_from=Decimal("150000"), sources=("internal",)),
            status=RunStatus.QUEUED,
            work=Work(due_at=NOW, sent_at=NOW),
            created_at=NOW,
        ),
        **changes,
    )


def an_assessment(**changes: Any) -> Assessment:
    return replace(
        Assessment(
            score=81,
            skills_match=67,
            matched_skills=("Python", "PostgreSQL"),
            missing_skills=("Apache Kafka",),
            parts=(
                Part(aspect=Aspect.ROLE, points=36.25, possible=40, known=True),
                Part(aspect=Aspect.SALARY, points=3.2, possible=8, known=False),
            ),
            caps=("seniority_gap",),
            lines=(
                Line(
                    aspect=Aspect.SKILLS,
                    subject="Python",
                    verdict=Finding.MET,
                    must=True,
                    asked="Python и PostgreSQL.",
                    proof="Писала сервисы на Python.",
                ),
                Line(
                    aspect=Aspect.SKILLS,
                    subject="Apache Kafka",
                    verdict=Finding.UNMET,
                    must=False,
                    asked="Kafka будет плюсом.",
                ),
            ),
            reasons=(Reason(code="skills_matched", data={"skills": ["Python", "PostgreSQL"], "count": 2}),),
            scorer_version="1",
        ),
        **changes,
    )


def a_match(**changes: Any) -> Match:
    """Return a match of `a_vacancy()` that waits at the head of the queue of `a_run()`.

    A match of another vacancy has another posting, unless the test names one.
    """
    vacancy = a_vacancy()
    vacancy_id = changes.get("vacancy_id", vacancy.id)
    return replace(
        Match(
            run_id=RunId("run-1"),
            telegram_id=ANNA,
            vacancy_id=vacancy_id,
            posting=vacancy.posting if vacancy_id == vacancy.id else f"posting of {vacancy_id}",
            employer=employer_key(vacancy.company),
            state=MatchState.WAITING,
            place=1,
            assessment=an_assessment(),
            found_at=NOW,
        ),
        **changes,
    )


def a_hand_out(**changes: Any) -> HandOut:
    """Return the hand-out of `a_run()`, given at `NOW`."""
    return replace(
        HandOut.given(
            id=RunId("run-1"),
            kind=HandOutKind.SEARCH,
            telegram_id=ANNA,
            deadline=NOW + timedelta(minutes=2),
            at=NOW,
        ),
        **changes,
    )


def an_application(**changes: Any) -> JobApplication:
    return replace(
        JobApplication(telegram_id=ANNA, vacancy_id=VacancyId("hh-1"), applied_at=NOW, told_by=ToldBy.HH), **changes
    )


def a_link(**changes: Any) -> HhConnection:
    """Return a link to hh.ru that nobody holds, its tokens good for a day more."""
    return replace(
        HhConnection(
            telegram_id=ANNA,
            state=HhState.CONNECTED,
            tokens=SealedTokens(sealed="sealed", expires_at=NOW + timedelta(days=1)),
            resume_id="hh-cv",
            linked_at=NOW,
        ),
        **changes,
    )


def a_sign_in(**changes: Any) -> SignIn:
    """Return a sign-in begun at `NOW`."""
    return replace(SignIn(telegram_id=ANNA, state="digest", verifier="sealed", expires_at=NOW + LIFETIME), **changes)
