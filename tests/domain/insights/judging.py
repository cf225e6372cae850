"""Résumés judged by the rubric, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from domain.insights.quality import Quality, QualityLine, quality_of
from domain.insights.rubric import Criterion
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
from tests.domain.instruments import MEASURES

TODAY = date(2026, 3, 2)


def a_job(description: str | None = None, **changes: Any) -> Experience:
    """Return a job with position, employer and dates."""
    entry = Experience(
        position="Разработчик", company="ООО «Вымысел»", start="2022-03", current=True, description=description
    )
    return replace(entry, **changes)


def a_good_resume(**changes: Any) -> ResumeContent:
    """Return a résumé to which nothing is to be said."""
    good = ResumeContent(
        contact=Contact(email="anna@example.ru", phone="+79000000001", city="Казань"),
        desired_position="Разработчик Python",
        years_experience=6,
        skills=("Python", "Django", "PostgreSQL", "Redis", "Docker"),
        salary=Money(amount=Decimal(200_000), currency="RUB"),
        region="Казань",
        work_format=WorkFormat.HYBRID,
        languages=(Language(name="Russian", level=LanguageLevel.NATIVE),),
        education_level=EducationLevel.HIGHER,
        experience=(
            a_job(
                "Сократила время ответа сервисов на Python и Django на 40 %.\n"
                "Перевела 12 отчётов на PostgreSQL, теперь они готовы за 3 минуты, а не за час.\n"
                "Настроила сборку в Docker."
            ),
            a_job(
                "Built 4 services for couriers with Redis as a cache.\nCut the time of the nightly run by 30%, "
                "and trained two interns who now take care of it.",
                company="Example LLC",
                start="2020-03",
                end="2022-02",
                current=False,
            ),
        ),
        education=(Education(institution="Выдуманный университет", level=EducationLevel.HIGHER),),
    )
    return replace(good, **changes)


def judged(content: ResumeContent, *, reachable: bool = False, today: date = TODAY) -> Quality:
    return quality_of(content, reachable=reachable, today=today, measures=MEASURES)


def line(criterion: Criterion, content: ResumeContent, *, reachable: bool = False) -> QualityLine:
    """Return what the rubric says of one criterion."""
    quality = judged(content, reachable=reachable)
    return next(each for each in quality.lines if each.criterion is criterion)


def advised(criterion: Criterion, content: ResumeContent) -> dict[str, object]:
    """Return the codes of the advice on one criterion, each with the words it is about, or `None`."""
    return {advice.code: advice.data.get("names") for advice in line(criterion, content).advice}
