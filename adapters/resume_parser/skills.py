"""Reads the skills: the listed ones first, then those the catalogue finds in the rest of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from adapters.resume_parser.headings import Kind
from adapters.resume_parser.language_names import named_languages
from adapters.resume_parser.languages import read_level
from adapters.resume_parser.lines import bare, is_bullet, split_outside_brackets, squeezed
from adapters.resume_parser.sections import Section
from domain.matching.lexicon import Skills

MOST_SKILLS = 150
LONGEST_SKILL = 60
MOST_WORDS = 6
_MOST_ITEMS = 300
_MOST_LINES = 300
_LONGEST_TEXT = 60_000
_LONGEST_LINE = 3000
_LABEL = re.compile(r"^[^\W\d_][^:;,()]{1,40}:\s+(?=\S)")
# A colon within a name ("1С:Бухгалтерия") has no space after it.
_BARE_LABEL = re.compile(r"^[^\W\d_][^:;,()]{1,40}:$")
_LEVEL_NOTE = re.compile(
    r"\s?(?:[—–:-]|\s)\s?(?:\d{1,2}\s?(?:/\s?\d{1,2}|%|лет|год\w?|years?|yrs?)|продвинут\w+|уверенн\w+|средн\w+|базов\w+|начальн\w+|отличн\w+|expert|advanced"
    r"|intermediate|basic|beginner|proficient|confident|strong|good|excellent)(?:\s(?:уровень|user|level|пользователь|знание))?$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:основы|знани[ея]|знаю|опыт работы (?:с|в|на)|опыт|владение|владею|умение|работа (?:с|в|на)|пользователь"
    r"|уверенн\w{2,3}|базов\w{2,3}|хорош\w{2,3}|отличн\w{2,3}|глубок\w{2,3}|продвинут\w{2,3}|basics? of"
    r"|knowledge of|experience (?:with|in)|good|strong|basic|advanced|proficien(?:t|cy) in|familiar(?:ity)? with)\s",
    re.IGNORECASE,
)
_DRIVING = re.compile(
    r"(?P<what>(?:права|удостоверение|водительск\w{2,3}|категори[йия]|driv\w{2,4}|licen[cs]e)[^,;\n]{0,40}?)\s"
    r"(?P<codes>[«\"]?[A-DАВСМM]1?[EЕ]?[»\"]?(?:(?:\s?[,/]\s?|\s(?:и|and)\s)[«\"]?[A-DАВСМM]1?[EЕ]?[»\"]?){1,8})(?!\w)",
    re.IGNORECASE,
)
_LATIN_CODES = str.maketrans("АВСЕМ", "ABCEM")
# No word of a language: the trace of a broken file, and slow to search through.
_UNBROKEN = re.compile(r"\S{200,}")
# What a school or a firm is called is nothing one can do: "Школа «Метрика»", "студия «Графика»".
_INSTITUTION_NAME = re.compile(
    r"(?<!\w)(?:школ[аеу]|академи[яию]|институт\w?|университет\w?|колледж\w?|центр\w?|студи[яию]|компани[яию]|фирм[аеу]|банк\w?"
    r"|агентств[оае]|магазин\w?|салон\w?|кафе|ресторан\w?|завод\w?|холдинг\w?|журнал\w?|ООО|АО|ПАО|ЗАО|ОАО|ИП|ТОО)"
    r"(?:\s[а-яё]{2,20}){0,2}\s[«\"“][^»\"”\n]{2,60}[»\"”]",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s?\([^()]{0,80}\)")
_SENTENCE = re.compile(r"[.!?]\s+[^\W\d_]|@|https?:|\d{4}\s?[–—-]\s?\d{4}")
_WRAPPED = 60
_CEFR = re.compile(r"[ABCАВС][12]\+?")
_STANDARD = re.compile(r"[A-ZА-Я]{2,6}(?:\s[A-Z]{1,4})?[\s-]\d{1,6}(?:[.:-]\d{1,4})?")
_RAW_EDGES = ' \t.,;:|•·–—-*"«»'
# Names of products and standards are Latin or begin with 1С; "e-commerce" is a trade. Papers are one's own too.
_PROPER = re.compile(r"^1С|^(?:Медицинская книжка|Удостоверение|Допуск|Лицензия|Личный)|^(?=.*[A-Z])[\x20-\x7e]+$")
_SEVERAL = 3
_VERSION = re.compile(r"(?<=[^\W\d_])\s\d{1,2}(?:\.[\dx]{1,3}){0,2}\+?$")
_MOST_LEADS = 3
_LEAST_COVERED = 0.6


def read_skills(
    sections: list[Section], titles: Iterable[str], spoken: Iterable[str], skills: Skills
) -> tuple[str, ...]:
    """Return the skills by their canonical names, or as written when the catalogue has none; none twice.

    `titles` are the positions held and wanted; `spoken` are the texts in which skills are only mentioned: the jobs,
    the summary. A "food delivery app" makes no courier of its programmer, so a mention counts in the fields in which
    the lists and the titles have skills, or the stories several; the name of a program counts anywhere.
    """
    found: dict[str, str] = {}

    def add(name: str) -> None:
        if len(found) < MOST_SKILLS:
            found.setdefault(squeezed(name).casefold(), squeezed(name))

    for section in sections:
        if section.kind is Kind.SKILLS:
            for item in listed(section.lines, skills):
                for name in understood(item, skills):
                    add(name)
    for title in titles:
        for name in _mentioned(title[:_LONGEST_TEXT], skills):
            add(name)
    mentioned = list(dict.fromkeys(name for text in spoken for name in _mentioned(text[:_LONGEST_TEXT], skills)))
    at_home = _fields(found.values(), skills)
    often = Counter(_field(name, skills) for name in mentioned)
    for name in mentioned:
        field = _field(name, skills)
        if not at_home or field in at_home or often[field] >= _SEVERAL or _is_sure(name, skills):
            add(name)
    return tuple(found.values())


def _fields(names: Iterable[str], skills: Skills) -> set[str | None]:
    """Return the fields of the catalogue that the skills are of; those of anybody's are no field."""
    known = (skills.skill(name) for name in names)
    return {entry.category for entry in known if entry is not None and not entry.generic and not entry.licence}


def _field(name: str, skills: Skills) -> str | None:
    entry = skills.skill(name)
    return None if entry is None else entry.category


def _is_sure(name: str, skills: Skills) -> bool:
    """Tell whether the name means the same in any story: a program, a standard, a licence."""
    entry = skills.skill(name)
    return (entry is not None and entry.licence) or _PROPER.search(name) is not None


def _mentioned(text: str, skills: Skills) -> list[str]:
    names = []
    for mention in skills.find(_INSTITUTION_NAME.sub(" ", _UNBROKEN.sub(" ", text))):
        entry = skills.skill(mention.skill)
        # "Responsibility" in a story about oneself is a manner of speaking; in a list of skills it is a claim.
        if entry is None or not entry.generic:
            names.append(mention.skill)
    return names


def listed(lines: list[str], skills: Skills) -> list[str]:
    """Return the items of a list of skills: one a line, or parted by commas, bars, wide gaps, bullets."""
    items: list[str] = []
    for line in _unwrapped(lines[:_MOST_LINES], skills):
        if len(line) > _LONGEST_LINE or len(items) >= _MOST_ITEMS:
            continue
        text = bare(line)
        if _BARE_LABEL.match(text):
            continue
        text = _DRIVING.sub(_each_category, _LABEL.sub("", text, count=1))
        for part in re.split(r"(?<=[a-zа-яё]{4})\.\s(?=[A-ZА-ЯЁ])|\s{3,}|\s[•·]\s?|\s[|/]\s|\s–\s(?=[A-ZА-Я])", text):
            items.extend(split_outside_brackets(part, ",;|•"))
    return items[:_MOST_ITEMS]


def _each_category(found: re.Match[str]) -> str:
    """Write "права категорий B, C" out as one licence after another."""
    codes = re.findall(r"[A-DM]1?E?", found["codes"].upper().translate(_LATIN_CODES))
    return "; ".join(f"{found['what']} {code}" for code in codes)


def _unwrapped(lines: list[str], skills: Skills) -> list[str]:
    """Join a comma-parted list that the width of the page cut into lines."""
    joined: list[str] = []
    for line in lines:
        if not line:
            joined.append("")
            continue
        above = joined[-1] if joined else ""
        if len(above) > _LONGEST_LINE:
            joined.append(line)
            continue
        lists = "," in above and len(above) >= _WRAPPED and not _ends_with_a_skill(above, line, skills)
        goes_on = above.endswith(",") or (line[:1].islower() and not _stands_alone(line, above, skills)) or lists
        if above and goes_on and above[-1] not in ".:;" and not is_bullet(line) and not _LABEL.match(line):
            joined[-1] = f"{above} {line}"
        else:
            joined.append(line)
    return [line for line in joined if line]


def _stands_alone(line: str, above: str, skills: Skills) -> bool:
    """Tell a name that is written with a small letter (pandas, еФарма) from the rest of the line above."""
    if line != line.lower() and " " not in line:
        return True
    return "," not in above and skills.named(line) is not None and skills.named(f"{above} {line}") is None


def _ends_with_a_skill(above: str, line: str, skills: Skills) -> bool:
    """Tell whether the list above is complete: its last item is a skill, and would be none with the line's first."""
    last, first = above.rpartition(",")[2].strip(), line.partition(",")[0].strip()
    return skills.named(last) is not None and skills.named(f"{last} {first}") is None


def understood(item: str, skills: Skills) -> list[str]:
    """Return the skills that one item of a list names: canonical names, or the item itself, or nothing."""
    item = _trimmed(squeezed(item))
    if not item or len(item) > 300 or not any(map(str.isalpha, item)):
        return []
    short = _trimmed(_LEVEL_NOTE.sub("", _BRACKETS.sub("", item)))
    core = _VERSION.sub("", short)
    for _ in range(_MOST_LEADS):
        core = _LEAD.sub("", core)
    if named_languages(short) and (read_level(item) is not None or len(short.split()) == 1):
        # "Татарский — родной" is read as a language.
        return [name for name in (skills.named(short), skills.named(core)) if name is not None][:1]
    for candidate in (item, short, core):
        if 0 < len(candidate) <= LONGEST_SKILL and (name := skills.named(candidate)) is not None:
            # "Excel (сводные таблицы, ВПР)": what the brackets hold is a skill too.
            within = " ".join(_BRACKETS.findall(item)) if candidate is not item else ""
            return list(dict.fromkeys([name, *(mention.skill for mention in skills.find(within))]))
    mentions = skills.find(item)
    if mentions:
        letters = sum(map(str.isalnum, short)) or 1
        covered = sum(sum(map(str.isalnum, mention.words)) for mention in mentions)
        names = [mention.skill for mention in mentions]
        if covered / letters >= _LEAST_COVERED or not _looks_like_a_skill(short) or len(short.split()) > 3:
            return names
        return [short, *names]
    return [short] if _looks_like_a_skill(short) and not _CEFR.fullmatch(short) else []


def _trimmed(item: str) -> str:
    """Return the item without signs around it; a quotation mark stays when its pair is inside."""
    item = item.strip(_RAW_EDGES)
    return f"{item}»" if "«" in item and "»" not in item else item


def _looks_like_a_skill(item: str) -> bool:
    return (
        1 < len(item) <= LONGEST_SKILL
        and len(item.split()) <= MOST_WORDS
        and _SENTENCE.search(item) is None
        and (sum(map(str.isalpha, item)) * 2 >= len(item) or _STANDARD.fullmatch(item) is not None)
    )
