"""Tells the position from the company and the place in the few lines that head a job."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from adapters.resume_parser.lexicons import Lexicons
from adapters.resume_parser.lines import squeezed
from adapters.resume_parser.periods import duration_in_months
from adapters.resume_parser.positions import ENDS_WITH_A_DOT, is_position, is_title_like, tidy_position
from domain.matching.lexicon import Places

LONGEST_COMPANY = 120
_MOST_LINES_BELOW = 6
_WORDS_OF_A_ROLE = 5

_LEGAL_FORM = re.compile(
    r"(?<!\w)(?:ООО|АО|ОАО|ЗАО|ПАО|НАО|ИП|ТОО|ФГУП|ГУП|МУП|ФГБУ|ФГБОУ|ФГАОУ|ГБУ|ГБУЗ|ГБОУ|МБОУ|МБДОУ|МАОУ|МКУ|МБУ"
    r"|ФКУ|НКО|АНО"
    r"|ЧОП|ЧУП|СПК|КФХ|ТСЖ|НИИ|НПО|НПП|ЧП|ГК|ТД|ТК|ТЦ|LLC|Ltd|Inc|GmbH|Corp|Corporation|PLC|S\.A|JSC|Limited|AG"
    r"|OOO)(?!\w)\.?"
)
_COMPANY_WORD = re.compile(
    r"(?<!\w)(?:компани[яи]|фирма|банк|холдинг|группа компаний|завод|фабрика|комбинат|агентство|студия|магазин|больница"
    r"|поликлиника|клиника|министерство|администрация г|управление|гимназия|лицей|детский сад|фриланс|самозанят\w{2,3}"
    r"|freelance|self-employed|company|bank|agency|studio|group|holding|labs?|technologies|solutions|hospital"
    r"|university|университет|институт|колледж|школа"
    r"|библиотека|музей|театр|аптека|салон|барбершоп|ателье|кафе|ресторан|отель|гостиница|склад)(?!\w)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[«“\"][^»”\"]{2,80}[»”\"]")
_QUOTED_THEN_MORE = re.compile(r"(?P<company>[^«“\"]{0,40}[«“\"][^»”\"]{2,80}[»”\"])\s(?P<more>[^\W\d_].*)")
_COMPANY_LABEL = re.compile(
    r"^(?:компания|организация|работодатель|место работы|наименование организации|company|employer"
    r"|organi[sz]ation)\s?[:—–-]\s{0,3}",
    re.IGNORECASE,
)
_POSITION_LABEL = re.compile(r"^(?:должность|позиция|position|role|title|job title)\s?[:—–-]\s{0,3}", re.IGNORECASE)
_OTHER_LABEL = re.compile(
    r"^(?:период(?: работы)?|даты|срок|сайт|отрасль|город|dates?|period|location|website)\s?:?$", re.IGNORECASE
)
_WIDE = re.compile(r"\s[|•·@/—–-]\s|\|| {3,}|\sat\s(?=[A-Z])")
# "Повар в кафе «Мандарин» (кухня Кавказа)"
_AT_COMPANY = re.compile(
    r"(?P<role>[^«“\"(|•·,]{3,60}?)\sв[о]?\s(?:компани[июя]\s)?(?P<company>(?:[а-яё]{3,15}\s)?[«“\"].{2,100}"
    r"|(?:ООО|АО|ОАО|ЗАО|ПАО|ИП)\s.{2,100}|[A-Z].{2,60})$"
)
_IN_BRACKETS = re.compile(r"\s?\([^()]{0,100}\)?$")
# "ИП Нечай. Водитель-экспедитор"; in a longer line the stop ends a sentence.
_FULL_STOP = re.compile(r"(?:(?<=[a-zа-яё]{3})|(?<=[»”\"]))\.\s(?=[A-ZА-ЯЁ])")
_LONGEST_PARTED = 80
_NUMBERING = re.compile(r"^\d{1,2}[.)]\s")
_SUFFIX = re.compile(r"(?:LLC|Ltd|Inc|GmbH|Corp|PLC|JSC|Limited|AG|Co)\.?", re.IGNORECASE)
_URL = re.compile(r"^(?:https?://|www\.)?[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}(?:/\S{0,100})?$")
_PLACE_MARK = re.compile(r"^(?:г\.|город|м\.|пос\.|с\.|обл\.)\s?", re.IGNORECASE)
_COUNTRIES = frozenset(
    {"россия", "рф", "russia", "беларусь", "belarus", "казахстан", "kazakhstan", "remote", "удаленно", "удалённо"}
)


@dataclass(slots=True)
class Header:
    """What the heading lines of one job say, in the order they were understood; `told` is what belongs to its story."""

    positions: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def position(self) -> str | None:
        return tidy_position(self.positions[0]) if self.positions else None

    @property
    def company(self) -> str | None:
        company = next(iter(self.marked + self.others + self.asides), None)
        return company if company is None or len(company) <= LONGEST_COMPANY else None


def read_header(given: list[str], below: list[str], lexicons: Lexicons) -> tuple[Header, int]:
    """Return what the lines beside and above the dates and the first lines below them say, and how many of the latter.

    Lines below are taken only while they name what is still missing.
    """
    header = Header()
    for line in given:
        _take(header, line, lexicons)
    used = 0
    for index, line in enumerate(below[:_MOST_LINES_BELOW]):
        if not line or duration_in_months(line) is not None or _OTHER_LABEL.match(line):
            continue
        if is_place(line, lexicons.places) or _URL.match(line):
            used = index + 1
            continue
        labelled = _COMPANY_LABEL.match(line) or _POSITION_LABEL.match(line)
        if not labelled and (not is_title_like(line) or (header.position and header.company)):
            break
        before = (len(header.positions), len(header.marked), len(header.others))
        had_company, had_position = header.company is not None, header.position is not None
        trial = Header()
        _take(trial, line, lexicons)
        if not labelled and not trial.positions and not trial.marked and (had_company or given):
            break
        if not labelled and (
            (had_company and not trial.positions) or (had_position and not trial.marked + trial.others)
        ):
            break
        for mine, its in (
            (header.positions, trial.positions),
            (header.marked, trial.marked),
            (header.others, trial.others),
            (header.asides, trial.asides),
        ):
            mine.extend(its)
        if before == (len(header.positions), len(header.marked), len(header.others)):
            break
        used = index + 1
    return header, used


def is_company(text: str) -> bool:
    """Tell whether the words say themselves that they name an employer: a legal form, quotation marks, "банк"."""
    return bool(_LEGAL_FORM.search(text) or _QUOTED.search(text) or _COMPANY_WORD.search(text))


def is_place(text: str, places: Places) -> bool:
    """Tell whether a short line is a place and nothing else ("Москва", "Kazan, Russia", "г. Батайск, www.…")."""
    if len(text) > 80 or len(text.split()) > 8:
        return False
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return bool(parts) and all(_is_place_part(part, places, first=index == 0) for index, part in enumerate(parts))


def _is_place_part(part: str, places: Places, *, first: bool) -> bool:
    if not first and (_URL.match(part) or part.startswith("м. ")):
        return True
    if part.casefold() in _COUNTRIES:
        return True
    name = _PLACE_MARK.sub("", part)
    if len(name.split()) > 4 or _LEGAL_FORM.search(name) or _QUOTED.search(name) or not name[:1].isupper():
        return False
    place = places.find(name)
    if place is None:
        return False
    told = {_plain(named) for named in (place.city, place.region) if named}
    # The gazetteer finds a city inside "Московский завод" too; only its own name, or a Latin spelling, is a place.
    return _plain(name) in told or (name.isascii() and not _COMPANY_WORD.search(name) and len(name.split()) <= 3)


def _plain(name: str) -> str:
    return name.casefold().replace("ё", "е").replace("-", " ")


def _take(header: Header, line: str, lexicons: Lexicons) -> None:
    line = _NUMBERING.sub("", line.strip(" ,;:|—–-·•"))
    if not line or _OTHER_LABEL.match(line):
        return
    if label := _COMPANY_LABEL.match(line):
        header.marked.append(_tidy_company(line[label.end() :], lexicons.places))
        return
    if label := _POSITION_LABEL.match(line):
        header.positions.append(line[label.end() :])
        return
    if story := _QUOTED_THEN_MORE.match(line):
        role, _, more = story["more"].partition(". ")
        if _is_role(_capital(role.rstrip(".")), lexicons):
            header.marked.append(story["company"])
            header.positions.append(role.rstrip("."))
            header.told.extend([more] if more else [])
            return
    if (at := _AT_COMPANY.match(line)) and is_position(_capital(at["role"]), lexicons.titles):
        header.positions.append(_capital(at["role"]))
        header.marked.append(_tidy_company(_IN_BRACKETS.sub("", at["company"]), lexicons.places))
        return
    if len(line) <= _LONGEST_PARTED:
        line = _FULL_STOP.sub(" | ", line)
    parts = [part.strip(" ,|()") for part in _WIDE.split(line)]
    for part in parts:
        if part and not is_place(part, lexicons.places) and not _URL.match(part):
            _take_part(header, part, lexicons)


def _take_part(header: Header, part: str, lexicons: Lexicons) -> None:
    pieces = [piece.strip() for piece in part.split(", ") if piece.strip()]
    # After an employer the position goes on in lower case: "ИП Сомов, подсобный рабочий".
    after_company = bool(pieces) and is_company(pieces[0])
    roles = [
        _is_role(_capital(piece) if after_company or _names_a_role(piece, lexicons) else piece, lexicons)
        for piece in pieces
    ]
    if any(role and not is_company(piece) for piece, role in zip(pieces, roles, strict=True)):
        # "Областная библиотека, библиотекарь": the words of the employer name a trade too.
        roles = [role and not is_company(piece) for piece, role in zip(pieces, roles, strict=True)]
    if not any(roles):
        company = _tidy_company(part, lexicons.places)
        if company:
            (header.marked if is_company(company) else header.others).append(company)
        return
    named = [
        piece
        for piece, role in zip(pieces, roles, strict=True)
        if not role
        and (piece[:1].isupper() or piece[:1] in '«"“')
        and not _is_place_part(piece, lexicons.places, first=False)
    ]
    marked = [piece for piece in named if is_company(piece)]
    header.marked.extend(marked)
    header.asides.extend(piece for piece in named if piece not in marked)
    header.positions.append(
        ", ".join(piece for piece in pieces if piece not in named and _not_a_place(piece, lexicons))
    )


def _names_a_role(piece: str, lexicons: Lexicons) -> bool:
    """Tell whether words in lower case are a title that the catalogue knows, rather than a tale of the work."""
    return len(piece.split()) <= _WORDS_OF_A_ROLE and lexicons.titles.read(piece).role is not None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _not_a_place(piece: str, lexicons: Lexicons) -> bool:
    return not is_place(piece, lexicons.places)


def _is_role(piece: str, lexicons: Lexicons) -> bool:
    return (
        not _LEGAL_FORM.search(piece) and not piece.startswith(("«", '"', "“")) and is_position(piece, lexicons.titles)
    )


def _tidy_company(text: str, places: Places) -> str:
    """Return the company without its town, its site and its trade ("ООО «Платёж», финтех")."""
    text = squeezed(text).strip(" ,;:|—–-")
    text = text if ENDS_WITH_A_DOT.search(text) else text.rstrip(".")
    pieces = [piece.strip() for piece in text.split(", ")]
    kept = pieces[:1]
    for piece in pieces[1:]:
        if _SUFFIX.fullmatch(piece):
            kept.append(piece)
        elif piece[:1].islower() or _URL.match(piece) or _is_place_part(piece, places, first=False):
            break
        else:
            kept.append(piece)
    return ", ".join(kept)
