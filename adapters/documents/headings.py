"""The usual headings of a résumé, which tell its parts from each other."""

from __future__ import annotations

import re

_WORDING = (
    "контакты;контактная информация;контактные данные;личная информация;личные данные;обо мне;о себе;"
    "дополнительная информация;дополнительно;опыт;опыт работы;профессиональный опыт;трудовой опыт;карьера;"
    "образование;обучение;курсы;курсы и сертификаты;повышение квалификации;сертификаты;навыки;ключевые навыки;"
    "профессиональные навыки;hard skills;soft skills;инструменты;технологии;стек;языки;знание языков;"
    "иностранные языки;личные качества;качества;достижения;проекты;портфолио;ссылки;интересы;хобби;цель;профиль;"
    "рекомендации;contact;contacts;contact details;contact information;personal details;personal information;about;"
    "about me;profile;summary;professional summary;career summary;objective;experience;work experience;"
    "professional experience;employment;employment history;work history;career;education;education and training;"
    "courses;training;certificates;certifications;skills;key skills;core skills;technical skills;"
    "professional skills;tools;technologies;tech stack;languages;achievements;awards;projects;portfolio;links;"
    "interests;hobbies;strengths;references;volunteering;publications"
)
_HEADINGS = frozenset(_WORDING.split(";"))


def is_heading(line: str) -> bool:
    """Tell whether the line is one of the usual headings of a résumé, alone."""
    bare = re.sub(r"[^\w ]", "", line).strip().casefold()
    return bare in _HEADINGS or (bare.count(" ") > len(bare) // 3 and bare.replace(" ", "") in _HEADINGS)
