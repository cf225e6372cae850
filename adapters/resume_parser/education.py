"""Reads the places of study, and the highest level among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from adapters.resume_parser.headings import Kind
from adapters.resume_parser.lines import bare, squeezed
from adapters.resume_parser.periods import EARLIEST_YEAR
from adapters.resume_parser.sections import Section
from domain.resumes.content import Education, EducationLevel

MOST_PLACES = 20
_LONGEST_LINE = 400
_MOST_LINES = 200
_LONGEST_NAME = 200

_INSTITUTION = re.compile(
    r"(?<!\w)(?:университет\w{0,2}|институт\w{0,2}|академи[яи]|колледж\w?|техникум\w?|училищ[еа]|консерватори[яи]"
    r"|школ[аы]|лице[йя]|гимнази[яи]"
    r"|ВШЭ|МГУ|СПбГУ|МГТУ|МФТИ|МИФИ|РУДН|РАНХиГС|ИТМО|МЭИ|МАИ|МИСИС|МИРЭА|УрФУ|КФУ|ДВФУ|ЮФУ|СФУ|ТГУ|НГУ|НГТУ|ФГБОУ"
    r"|ФГАОУ|ПТУ|ГАПОУ|ГБПОУ"
    r"|university|institute|college|academy|school|polytechnic|universit[àéy])(?!\w)",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?<![\wА-Яа-я])(?:[А-Я][а-я]?){2,4}(?:ГУ|ГТУ|ГПУ|ГМУ|ГАУ|ГЭУ|ПУ|ТУ)(?!\w)")
_FACULTY = re.compile(
    r"(?<!\w)(?:факультет|кафедра|институт|отделение|faculty|department|school of)(?!\w)", re.IGNORECASE
)
_COURSE = re.compile(
    r"(?<!\w)(?:(?<!\d\s)(?<!\d\s-\s)курс(?:ы|ов|а)?|повышение квалификации|переподготовк\w|сертификат\w?"
    r"|тренинг\w?|семинар\w?"
    r"|вебинар\w?|course|courses|certificate"
    r"|certification|training|bootcamp|workshop)(?!\w)",
    re.IGNORECASE,
)
_LEVELS = (
    (
        EducationLevel.INCOMPLETE_HIGHER,
        r"(?:неоконченное|незаконченное|неполное) высшее|incomplete higher|студент\w{0,3}",
    ),
    (
        EducationLevel.VOCATIONAL,
        r"средн\w{2}[\s-]{1,3}(?:специальн|профессиональн|техническ)\w{2}|среднеспециальн\w{2}"
        r"|начальн\w{2} профессиональн\w{2}|(?<!\w)СПО(?!\w)"
        r"|vocational|secondary special|техникум\w?|колледж\w?|училищ[еа]|(?<!\w)ПТУ(?!\w)",
    ),
    (
        EducationLevel.PHD,
        r"кандидат \w{4,20}\s?-?\s?\w{0,20} ?наук|доктор \w{4,20}\s?-?\s?\w{0,20} ?наук|кандидат наук|доктор наук"
        r"|(?<!\w)к\.\s?\w{1,6}\.\s?н\.|аспирант\w{0,4}"
        r"|ph\.?\s?d\.?|doctorate|doctoral",
    ),
    (
        EducationLevel.MASTER,
        r"магист\w{1,8}|master(?:['’]?s)?(?: degree| of)?|(?<!\w)m\.?sc\.?(?!\w)|(?<!\w)MBA(?!\w)"
        r"|(?<!\w)M\.?A\.?(?= |,|$)|(?<!\w)M\.?Eng\.?(?!\w)",
    ),
    (
        EducationLevel.BACHELOR,
        r"бакалавр\w{0,6}|bachelor(?:['’]?s)?(?: degree| of)?|(?<!\w)b\.?sc\.?(?!\w)|(?<!\w)B\.?A\.?(?= |,|$)"
        r"|(?<!\w)B\.?Eng\.?(?!\w)|(?<!\w)BBA(?!\w)",
    ),
    (
        EducationLevel.HIGHER,
        r"высшее|специалитет|higher education|(?<!\w)(?:специалист|specialist)(?=,|$|\s?\()"
        r"|specialist(?:['’]s)? (?:degree|diploma)|(?<!\w)дипломированный специалист",
    ),
    (
        EducationLevel.SECONDARY,
        r"(?<!\w)среднее(?: общее| полное)?(?: образование)?(?!\w)|11 классов|9 классов|secondary|high school",
    ),
)
_LEVEL = tuple((level, re.compile(form, re.IGNORECASE)) for level, form in _LEVELS)
_EARNED_AT_THE_END = (EducationLevel.BACHELOR, EducationLevel.HIGHER)
_BROKEN_OFF = re.compile(r"не\s?(?:о|за)конч", re.IGNORECASE)
_RANK = tuple(EducationLevel)
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d)")
_PARTICULARS = re.compile(
    r"(?:специальност[ьи]|специализация|направлени[еюя](?: подготовки)?|квалификация|профессия|по профессии"
    r"|major(?:ing)?(?: in)?|speciali[sz]ation|field of study"
    r"|degree in|diploma in|(?:bachelor|master|doctor)(?:['’]?s)?(?: degree)?(?: of (?:science|arts|engineering"
    r"|business administration))?,? in"
    r"|(?:b|m)\.?sc\.?,? in|(?:b|m)\.?a\.?,? in|ph\.?\s?d\.?,? in|(?:bachelor"
    r"|master) of)\s?[:—–-]?\s{0,2}(?P<rest>«[^»]{2,150}»|[^,;|]{2,150})",
    re.IGNORECASE,
)
_GRADUATED = re.compile(
    r"(?:год (?:окончания|выпуска)|окончи\w{1,3}|выпуск|graduated|graduation|expected|год[ау]?|г\.|гг\.|диплом"
    r"|degree|with honou?rs|с отличием|красный|gpa\b.{0,12}"
    r"|очн\w{2}|заочн\w{2}|вечерн\w{2}|форма обучения|образование|учебное заведение|education|institution|россия"
    r"|russia|н\.в\.|настоящее время|present)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:учебное заведение|вуз|заведение|факультет|институт|university|institution|school|college)\s?:\s{0,3}",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«([^»]{2,150})»")


# Where a résumé without headings may tell of it.
_ASIDE = (Kind.HEAD, Kind.SUMMARY, Kind.OTHER, Kind.SKILLS, Kind.EXPERIENCE)
_LONGEST_ASIDE = 160
_STUDY = re.compile(
    r"(?:образование|учусь|училс[яь]|училась|окончил[аи]?|закончил[аи]?|выпускни(?:к|ца)|студент(?:ка)?"
    r"|graduated|studied|studying|student at|education)(?!\w)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Draft:
    institution: str | None = None
    speciality: str | None = None
    level: EducationLevel | None = None
    year: int | None = None

    def clashes(self, other: _Draft) -> bool:
        return any(
            mine is not None and its is not None and mine != its
            for mine, its in (
                (self.institution, other.institution),
                (self.level, other.level),
                (self.year, other.year),
            )
        )

    def take(self, other: _Draft) -> None:
        self.institution = self.institution or other.institution
        self.speciality = self.speciality or other.speciality
        self.level = self.level or other.level
        self.year = self.year or other.year


def read_education(sections: list[Section], today: date) -> tuple[Education, ...]:
    """Return the places of study in the order of the page; courses are none."""
    drafts: list[_Draft] = []
    for section in sections:
        if section.kind is Kind.EDUCATION:
            drafts.extend(_drafts(section.lines[:_MOST_LINES], today))
    if not drafts and all(section.kind is not Kind.EDUCATION for section in sections):
        aside = [bare(line) for section in sections if section.kind in _ASIDE for line in section.lines[:_MOST_LINES]]
        drafts = _drafts([line for line in aside if _tells_a_study(line)], today)
    return tuple(
        Education(institution=one.institution, speciality=one.speciality, level=one.level, year=one.year)
        for one in drafts
        if one.institution or one.speciality or one.level
    )[:MOST_PLACES]


def _tells_a_study(line: str) -> bool:
    if len(line) > _LONGEST_ASIDE or _COURSE.search(line):
        return False
    place = _INSTITUTION.search(line) or _ABBREVIATION.search(line)
    return _STUDY.match(line) is not None or (place is not None and read_level(line) is not None and "," in line)


def highest(places: tuple[Education, ...]) -> EducationLevel | None:
    """Return the highest level told, or `None`."""
    return max((one.level for one in places if one.level is not None), key=_RANK.index, default=None)


def read_level(text: str) -> EducationLevel | None:
    """Return the level that a line tells, or `None`."""
    level = next((level for level, form in _LEVEL if form.search(text)), None)
    return None if level is EducationLevel.PHD and _BROKEN_OFF.search(text) else level


def _drafts(lines: list[str], today: date) -> list[_Draft]:
    drafts: list[_Draft] = []
    parted = True
    for line in _unwrapped(lines):
        if not line:
            parted = True
            continue
        if len(line) > _LONGEST_LINE or _COURSE.search(line):
            continue
        draft = _read(bare(line), today)
        if draft == _Draft():
            continue
        starts = not drafts or drafts[-1].clashes(draft) or (parted and drafts[-1].institution and draft.institution)
        if starts:
            drafts.append(draft)
        else:
            drafts[-1].take(draft)
        parted = False
    return drafts


def _unwrapped(lines: list[str]) -> list[str]:
    """Join what the width of the page cut: the next line goes on in lower case."""
    joined: list[str] = []
    for line in lines:
        if joined and joined[-1] and (line[:1].islower() or line[:1] in "(–—-") and joined[-1][-1] not in ".;:":
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def _read(line: str, today: date) -> _Draft:
    years = [int(found) for found in _YEAR.findall(line) if EARLIEST_YEAR <= int(found) <= today.year + 8]
    draft = _Draft(level=read_level(line), year=max(years, default=None))
    if draft.year is not None and draft.year > today.year and draft.level in _EARNED_AT_THE_END:
        draft.level = EducationLevel.INCOMPLETE_HIGHER
    if told := _PARTICULARS.search(line):
        draft.speciality = _tidy(told["rest"])
        line = f"{line[: told.start()]}, {line[told.end() :]}"
    leftovers = []
    for part in re.split(r",\s|;|\s[|—–-]\s|\|| {3,}|(?<=\d)\.\s|(?<=[а-яё]{4})\.\s|\(|\)", line):
        part = _tidy(_without_years(part))
        if part is None:
            continue
        if (_INSTITUTION.search(part) or _ABBREVIATION.search(part)) and not part.casefold().startswith("факультет"):
            # "Институт радиоэлектроники" after the university is its faculty.
            draft.institution = draft.institution or _LABEL.sub("", part)[:_LONGEST_NAME]
        elif not _FACULTY.search(part):
            leftovers.append(part)
    if draft.speciality is None:
        draft.speciality = next((part for part in leftovers if _could_be_speciality(part)), None)
    return draft


def _without_years(text: str) -> str:
    return re.sub(r"(?:19|20)\d\d(?:\s?[-–—]\s?(?:(?:19|20)\d\d)?)?\s?(?:годы?|года|гг?\.)?", " ", text)


def _tidy(text: str) -> str | None:
    text = squeezed(text).strip(" .,;:|—–-•·")
    if (quoted := _QUOTED.fullmatch(text)) is not None:
        text = quoted[1]
    return text if sum(map(str.isalpha, text)) >= 2 else None


def _could_be_speciality(part: str) -> bool:
    if len(part) > 150 or (any(map(str.isdigit, part.replace(".", ""))) and not re.match(r"\d\d\.\d\d\.\d\d", part)):
        return False
    if _GRADUATED.match(part):
        return False
    if part.casefold().startswith(("диплом", "степень")):
        return False
    level = next((found for _, form in _LEVEL if (found := form.search(part))), None)
    return level is None or (
        len(part) - len(level.group()) > 8 and not part.casefold().startswith(("диплом", "степень"))
    )
