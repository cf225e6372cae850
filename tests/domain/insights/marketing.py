"""Markets for tests: vacancies that ask for what the test says."""

from __future__ import annotations

from typing import Any

from domain.identifiers import VacancyId
from domain.insights.recommendations import Recommendations
from domain.matching.requirements import Requirement
from domain.resumes.content import LanguageLevel, ResumeContent
from domain.vacancies.vacancy import Vacancy
from tests.builders import ANNA, a_resume_content, a_vacancy
from tests.domain.product import Product


def asking(
    number: int,
    *must: str,
    nice: tuple[str, ...] = (),
    title: str = "Разработчик",
    level: LanguageLevel | None = None,
    **changes: Any,
) -> Vacancy:
    """Return a vacancy of its own employer that asks for these skills, at that level if there is one."""
    asks = [Requirement(skill=name, must=True, words=name, level=level) for name in must]
    asks += [Requirement(skill=name, must=False, words=name, level=level) for name in nice]
    text = {"responsibilities": f"Задачи {number}.", "requirements": ", ".join((*must, *nice)), "description": ""}
    told = {"id": VacancyId(f"internal-{number}"), "company": f"Вымысел {number}", "title": title, "skills": ()}
    return a_vacancy(**{**told, **text, "asks": tuple(asks), **changes})


def a_developer(**says: Any) -> ResumeContent:
    """Return a developer's résumé that lists Python, and nothing else; its texts name no skill."""
    told = {"current_position": None, "desired_position": "Разработчик", "skills": ("Python",), "languages": ()}
    return a_resume_content(**{**told, "experience": (), "summary": None, **says})


def offer(product: Product, *vacancies: Vacancy) -> None:
    """Put vacancies in the catalogue, and make them findable."""
    product.keep(*vacancies)
    product.application.index_vacancies()


def recommended(product: Product, language: str = "ru") -> Recommendations:
    return product.application.recommend(telegram_id=ANNA, language=language)


def welcome(product: Product, **says: Any) -> None:
    product.welcome()
    product.application.submit_resume(telegram_id=ANNA, content=a_developer(**says))
