"""Invented vacancies in the shape of Работа России: regions, trades, and the oddities that its users report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

_REGIONS = {
    "16": "Республика Татарстан (Татарстан)",
    "77": "г. Москва",
    "50": "Московская область",
    "78": "г. Санкт-Петербург",
    "66": "Свердловская область",
    "54": "Новосибирская область",
    "28": "Амурская область",
    "02": "Республика Башкортостан",
    "86": "Ханты-Мансийский автономный округ - Югра",
    "23": "Краснодарский край",
}

# Each row: region, address, title, company, least and most paid, employment, schedule, duty, education, years asked,
# qualification.
_ROWS: list[list[Any]] = json.loads(Path(__file__).with_name("trudvsem_vacancies.json").read_text(encoding="utf-8"))


def invented_vacancies() -> list[dict[str, Any]]:
    """Return forty vacancies, the last ones odd."""
    return [*(_vacancy(number, row) for number, row in enumerate(_ROWS, start=1)), *_odd_ones()]


def a_trudvsem_vacancy(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a vacancy of its own number with every field; `changes` name fields with `_` for `-`."""
    changed = {name.replace("_", "-") if name in _HYPHENED else name: value for name, value in changes.items()}
    return {**_vacancy(number, _ROWS[(number - 1) % len(_ROWS)]), **changed}


_HYPHENED = frozenset({"creation_date", "modify_date", "date_modify", "job_name"})


def _vacancy(number: int, row: list[Any]) -> dict[str, Any]:
    region, address, title, company, least, most, employment, schedule, duty, education, years, qualification = row
    ident = str(UUID(int=0x7A0D << 112 | number))
    return {
        "id": ident,
        "source": "Работодатель",
        "region": {"region_code": f"{region}00000000000", "name": _REGIONS[region]},
        "company": {
            "name": company,
            "inn": "0000000000",
            "ogrn": f"100000000{number:04d}",
            "url": f"https://trudvsem.ru/company/100000000{number:04d}",
            "email": f"kadry{number}@example.ru",
            "hr-agency": False,
        },
        "creation-date": f"2026-02-{number % 27 + 1:02d}",
        "date-modify": "2026-02-28",
        "salary": f"от {least}" if least else "",
        "salary_min": least,
        "salary_max": most,
        "job-name": title,
        "vac_url": f"https://trudvsem.ru/vacancy/card/100000000{number:04d}/{ident}",
        "employment": employment,
        "schedule": schedule,
        "duty": duty,
        "category": {"specialisation": "Придуманная сфера"},
        "requirement": {"education": education, "experience": years, "qualification": qualification},
        "addresses": {"address": [{"location": address, "lng": "37.0", "lat": "55.0"}]},
        "currency": "«руб.»",
        "term": {"text": "Официальное оформление"},
        "work_places": 1 + number % 3,
        "contact_list": [
            {"contact_type": "Телефон", "contact_value": f"+7 900 000-00-{number % 100:02d}"},
            {"contact_type": "Эл. почта", "contact_value": f"otdel{number}@example.ru"},
        ],
        "contact_person": "Придуманова Пелагея Петровна",
    }


def _odd_ones() -> list[dict[str, Any]]:
    return [
        a_trudvsem_vacancy(37, company="ООО «Строкой»", region="Краснодарский край", addresses="г. Анапа"),
        a_trudvsem_vacancy(38, requirement="Опыт работы", term="Вахта", salary_min="50 000", salary_max="0.0"),
        a_trudvsem_vacancy(39, creation_date="31.02.2026", date_modify=None, vac_url="", currency="тугрики"),
        {"id": "no-title-40", "job-name": "  ", "contact_list": "нет"},
    ]
