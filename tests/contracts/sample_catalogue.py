"""A catalogue of thousands of vacancies, made of the shipped samples by seeded shuffling, and people who search it."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from adapters.bootstrap import lexicon
from adapters.lexicon.markup import HtmlMarkup
from domain.identifiers import VacancyId
from domain.resumes.content import (
    Experience,
    Language,
    LanguageLevel,
    Money,
    ResumeContent,
    WorkFormat,
)
from domain.vacancies.arrival import Arrivals, vacancy_id
from domain.vacancies.vacancy import Vacancy
from entrypoints.vacancy_items import read_items
from tests.builders import NOW


@cache
def sample_vacancies() -> tuple[Vacancy, ...]:
    lines = files("entrypoints").joinpath("samples", "vacancies.jsonl").read_text(encoding="utf-8").splitlines()
    arrivals = Arrivals(HtmlMarkup(), lexicon().skills)
    drafts = read_items(json.loads(line) for line in lines).drafts
    return tuple(arrivals.vacancy(draft, id=vacancy_id(draft), at=NOW) for draft in drafts)


@cache
def catalogue(size: int) -> tuple[Vacancy, ...]:
    """Return the samples, and made of them up to `size` vacancies in all.

    Each has the title of one sample, what is asked by the same one or by another of its family, and place, pay, format
    and experience of yet others.
    """
    samples = sample_vacancies()
    families: dict[str | None, list[Vacancy]] = {}
    for each in samples:
        families.setdefault(lexicon().titles.read(each.title).family, []).append(each)
    dice = random.Random(20_260_302)  # noqa: S311 — shuffling, no secret
    made = [_made(number, samples, families, dice) for number in range(size - len(samples))]
    return (*samples, *made)


def _made(
    number: int, samples: Sequence[Vacancy], families: dict[str | None, list[Vacancy]], dice: random.Random
) -> Vacancy:
    titled = dice.choice(samples)
    kin = families[lexicon().titles.read(titled.title).family]
    asking = titled if dice.random() < 0.5 else dice.choice(kin)
    paying, placed, experienced = (dice.choice(samples) for _ in range(3))
    return replace(
        titled,
        id=VacancyId(f"internal-made{number}"),
        company=f"ООО «Вымысел {number}»",
        skills=asking.skills,
        asks=tuple(dice.sample(asking.asks, k=dice.randint(len(asking.asks) // 2, len(asking.asks)))),
        requirements=asking.requirements,
        area=placed.area,
        work_format=placed.work_format,
        salary=paying.salary,
        experience=experienced.experience,
        published_at=NOW - timedelta(hours=dice.randint(1, 600)),
    )


def _person(wished: str, years: float, skills: str, city: str, pay: int, **more: Any) -> ResumeContent:
    return ResumeContent(
        desired_position=wished,
        years_experience=years,
        skills=tuple(skills.split(", ")),
        region=city,
        salary=Money(amount=Decimal(pay), currency="RUB"),
        languages=(Language(name="Русский", level=LanguageLevel.NATIVE),),
        **more,
    )


PEOPLE = {
    "python in Russian": _person(
        "Разработчик Python",
        5,
        "Python, Django, PostgreSQL, Docker, Redis, REST API, Git",
        "Москва",
        250_000,
        experience=(Experience(position="Разработчик", description="Писала сервисы на Django."),),
    ),
    "python in English": _person("Python developer", 4, "Python, FastAPI, SQL, Kubernetes", "Санкт-Петербург", 230_000),
    "accountant in Russian": _person(
        "Бухгалтер", 8, "1С:Бухгалтерия, Excel, Налоговый учёт, Расчёт заработной платы", "Казань", 80_000
    ),
    "accountant in English": _person("Accountant", 3, "Excel, IFRS, English B2", "Москва", 120_000),
    "driver": _person("Водитель-экспедитор", 10, "Водительские права категории C, Знание города", "Пермь", 90_000),
    "frontend": _person(
        "Senior Frontend Developer",
        6,
        "React, TypeScript, CSS, Jest",
        "Москва",
        300_000,
        work_format=WorkFormat.REMOTE,
    ),
    "tester": _person("QA Engineer", 2, "Selenium, Postman, SQL, Jira", "Новосибирск", 140_000),
    "nurse": _person("Медицинская сестра", 7, "Медицинская документация, Внутривенные инъекции", "Самара", 60_000),
    "sales": _person("Менеджер по продажам", 4, "Холодные звонки, CRM, Переговоры, Excel", "Ростов-на-Дону", 100_000),
    "devops": _person(
        "Старший DevOps-инженер", 7, "Kubernetes, Terraform, Ansible, Linux, Prometheus, Docker", "Москва", 350_000
    ),
}
