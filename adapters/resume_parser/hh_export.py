"""Undoes what hh.ru's export does to a résumé, so that the common readers can go over it.

The order of its blocks: name, "Мужчина, 31 год…", phone, e-mail, "Проживает:", "Гражданство:"; "Желаемая должность и
зарплата"; "Опыт работы — 6 лет 7 месяцев"; "Образование"; "Навыки" (languages and skills under one heading);
"Дополнительная информация" with "Обо мне". A footer stands at the end of every page.
"""

from __future__ import annotations

import re

from adapters.resume_parser.headings import Kind
from adapters.resume_parser.lines import bare, is_bullet
from adapters.resume_parser.sections import Section

_FOOTER = re.compile(
    r"(?:^[^\n]{0,120}?[•·]\s{0,4})?Резюме\s{1,3}обновлено\s{1,3}\d{1,2}\s{1,3}\w{3,10}\s{1,3}\d{4}(?:\s{1,3}в\s{1,3}\d{1,2}:\d\d)?\s*$"
)
_LANGUAGES = re.compile(r"^Знание языков(?:\s{1,10}|$)")
_SKILLS = re.compile(r"^(?:Ключевые навыки|Навыки)(?:\s{1,10}|$)")
_ABOUT = re.compile(r"^Обо мне(?:\s{1,10}|$)")
_SPECIALISATIONS = re.compile(r"^Специализации:?$")
_FACT = re.compile(r"^[А-ЯЁ][а-яё\s]{2,40}:")
# hh.ru's own branches of industry; the export sets them between the company and the position.
_INDUSTRIES = (
    "Автомобильный бизнес",
    "Гостиницы, рестораны, общепит",
    "Государственные организации",
    "Добывающая отрасль",
    "ЖКХ",
    "Информационные технологии, системная интеграция, интернет",
    "Искусство, культура",
    "Лесная промышленность, деревообработка",
    "Медицина, фармацевтика, аптеки",
    "Металлургия, металлообработка",
    "Нефть и газ",
    "Образовательные учреждения",
    "Общественная деятельность, партии, благотворительность, НКО",
    "Перевозки, логистика, склад, ВЭД",
    "Продукты питания",
    "Промышленное оборудование, техника, станки и комплектующие",
    "Розничная торговля",
    "СМИ, маркетинг, реклама, BTL, PR, дизайн, продюсирование",
    "Сельское хозяйство",
    "Строительство, недвижимость, эксплуатация, проектирование",
    "Телекоммуникации, связь",
    "Товары народного потребления (непищевые)",
    "Тяжелое машиностроение",
    "Управление многопрофильными активами",
    "Услуги для бизнеса",
    "Услуги для населения",
    "Финансовый сектор",
    "Химическое производство, удобрения",
    "Электроника, приборостроение, бытовая техника, компьютеры и оптика",
    "Энергетика",
)


def without_footers(text: str) -> str:
    """Return the text without the footer that stands on every page, and lands in the middle of a block."""
    return "\n".join(line for line in text.splitlines() if not _is_footer(line))


def _is_footer(line: str) -> bool:
    return len(line) < 300 and "обновлено" in line and _FOOTER.search(line.replace("\u00a0", " ").strip()) is not None


def regrouped(sections: list[Section]) -> list[Section]:
    """Return the sections as a free layout would have them: languages apart from skills, "Обо мне" a summary."""
    result: list[Section] = []
    for section in sections:
        if section.kind is Kind.SKILLS:
            result.extend(_parted(section, ((_LANGUAGES, Kind.LANGUAGES), (_SKILLS, Kind.SKILLS))))
        elif section.kind is Kind.OTHER:
            result.extend(_parted(section, ((_ABOUT, Kind.SUMMARY),)))
        elif section.kind is Kind.DESIRED:
            result.append(Section(Kind.DESIRED, section.tail, _wishes(section.lines)))
        elif section.kind is Kind.EXPERIENCE:
            result.append(Section(Kind.EXPERIENCE, section.tail, _without_industries(section.lines)))
        else:
            result.append(section)
    return result


def _parted(section: Section, starts: tuple[tuple[re.Pattern[str], Kind], ...]) -> list[Section]:
    parts = [Section(section.kind, section.tail)]
    for line in section.lines:
        for pattern, kind in starts:
            if (start := pattern.match(line)) is not None:
                parts.append(Section(kind, lines=[line[start.end() :]]))
                break
        else:
            parts[-1].lines.append(line)
    return parts


def _wishes(lines: list[str]) -> list[str]:
    """Return the wishes without the list of specialisations, each of which reads like a position."""
    kept, within = [], False
    for line in lines:
        if _SPECIALISATIONS.match(line):
            within = True
        elif within and (is_bullet(line) or not _FACT.match(line)):
            continue
        else:
            within = False
            kept.append(line)
    return kept


def _without_industries(lines: list[str]) -> list[str]:
    kept: list[str] = []
    within = False
    for line in lines:
        if _is_industry(bare(line)):
            within = True
        elif within and (is_bullet(line) or line[:1].islower()):
            # The industry's own branches, each a list item; then comes the position.
            continue
        else:
            within = False
            kept.append(line)
    return kept


def _is_industry(line: str) -> bool:
    # A long name is cut by the width of the column: its first words are enough.
    return len(line) >= 3 and any(
        name == line or (len(line) > 20 and name.startswith(line.rstrip(" ,"))) for name in _INDUSTRIES
    )
