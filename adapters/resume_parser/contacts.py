"""Reads the contact block: name, e-mail, phone, city, page at hh.ru."""

from __future__ import annotations

import re

import phonenumbers

from adapters.resume_parser.headings import Kind
from adapters.resume_parser.hh_links import read_hh_link
from adapters.resume_parser.lexicons import Lexicons
from adapters.resume_parser.lines import bare, squeezed
from adapters.resume_parser.person_names import PersonName, read_name
from adapters.resume_parser.sections import Section, lines_in
from domain.matching.lexicon import Place
from domain.resumes.content import Contact

HOME_REGION = "RU"
# A name stands at the top; a two-column page may put its sidebar before it.
NAME_LINES = 12
_LONGEST_LINE = 300
_MOST_LINES_WITH_DIGITS = 150

_EMAIL = re.compile(
    r"(?<![\w.+%-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}"
)
_NOT_A_PHONE = re.compile(
    r"(?:инн|снилс|огрн|огрнип|кпп|бик|окпо|паспорт\w*|серия|р/с|к/с|счет|счёт|passport|inn|tin|account|полис|диплом)"
    r"[\s:№.\-]{0,6}(?:серия)?\s?$",
    re.IGNORECASE,
)
_CYRILLIC_DOMAIN_TRAIL = ".-"
_NAME_LABEL = re.compile(
    r"^(?:ф\.?\s?и\.?\s?о\.?|фамилия,? имя(?:,? отчество)?|имя(?: и фамилия)?|кандидат|соискатель|анкета|full name|name"
    r"|candidate|applicant)(?:\s?[:—–-]\s?|\s{3,})",
    re.IGNORECASE,
)
_PART_LABEL = re.compile(
    r"^(?:(?P<last>фамилия|last name|surname|family name)|(?P<first>имя|first name|given name)|(?P<middle>отчество"
    r"|middle name|patronymic))(?:\s?[:—–-]\s?|\s{3,})(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)$",
    re.IGNORECASE,
)
_NAME_END = re.compile(r"\s[|•/—–-]\s|[|,;(]|\s{3,}|\s\d")
_CITY_LABEL = re.compile(
    r"(?:^|[\s|•,;])(?:проживает|проживание|место (?:жительства|проживания)|город(?: проживания)?|адрес(?: проживания)?"
    r"|локация|местоположение|регион|где живу|живу в|city|location|address|based in|lives in|residence)"
    r"\s?[:—–-]?\s{0,3}(?=[^\W\d_])",
    re.IGNORECASE,
)
_CITY_MARK = re.compile(r"(?:^|[\s|•,;])г\.\s?(?=[А-ЯЁ])")
_SEGMENTS = re.compile(r"(?<=[a-zа-яё]{3})\.\s(?=[A-ZА-ЯЁ])|[|•·,;/→>()]|\s{3,}|\s[—–-]\s")
# What stands in a contact line beside the city.
_NOT_A_CITY = re.compile(
    r"\S+@\S+|(?:https?://|www\.|t\.me/)\S+|@\w+|\+?\d[\d\s()-]{8,}\d"
    r"|(?<!\w)(?:тел(?:ефон)?|моб(?:ильный)?|phone|mobile|tel|e-?mail|почта|telegram|whatsapp)(?!\w)\.?:?",
    re.IGNORECASE,
)
_PLACE_WORDS = re.compile(r"[^\W\d_]+(?:[\s-][^\W\d_]+){0,3}")


def read_contact(
    sections: list[Section], lexicons: Lexicons, *, text_lines: list[str]
) -> tuple[Contact, Place | None, int]:
    """Return the contact block, the place the person lives at, and how many of the first lines the name takes."""
    emails = _emails(sections, text_lines)
    mailbox = emails[0].partition("@")[0] if emails else None
    name, name_lines = _name(sections, text_lines, lexicons, mailbox)
    city, place = _city(sections, lexicons, name)
    contact = Contact(
        first_name=name.first,
        last_name=name.last,
        middle_name=name.middle,
        email=emails[0] if emails else None,
        phone=_phone(sections, text_lines),
        city=city,
        hh_profile_url=read_hh_link(text_lines),
    )
    return contact, place, name_lines


def _front_then_all(sections: list[Section], text_lines: list[str]) -> list[str]:
    return lines_in(sections, Kind.HEAD, Kind.CONTACT) + text_lines


def _emails(sections: list[Section], text_lines: list[str]) -> list[str]:
    for line in _front_then_all(sections, text_lines):
        if "@" in line and (found := _EMAIL.search(line[: 10 * _LONGEST_LINE])):
            return [found.group()]
    return []


def _phone(sections: list[Section], text_lines: list[str]) -> str | None:
    tried = 0
    for line in _front_then_all(sections, text_lines):
        if sum(map(str.isdigit, line[:_LONGEST_LINE])) < 10:
            continue
        tried += 1
        if tried > _MOST_LINES_WITH_DIGITS:
            return None
        line = line[:_LONGEST_LINE]
        for match in phonenumbers.PhoneNumberMatcher(line, HOME_REGION):
            if _NOT_A_PHONE.search(line[: match.start]) is None:
                return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _name(
    sections: list[Section], text_lines: list[str], lexicons: Lexicons, mailbox: str | None
) -> tuple[PersonName, int]:
    first_lines = [bare(line) for line in text_lines if line][:NAME_LINES]
    contact_lines = [bare(line) for line in lines_in(sections, Kind.HEAD, Kind.CONTACT)][: 2 * NAME_LINES]
    if (parted := _parted_name(text_lines)) is not None:
        return parted
    for line in first_lines + contact_lines:
        if label := _NAME_LABEL.match(line):
            name = read_name(_name_part(line[label.end() :]), lexicons.names, mailbox)
            if name is not None:
                return name, 1
    for index, line in enumerate(first_lines):
        below = first_lines[index + 1] if index + 1 < len(first_lines) else ""
        # A wide title is often set as two lines, the first name over the last.
        stacked = f"{line} {below}" if len(line.split()) == 1 == len(below.split()) else ""
        for candidate, height in ((_name_part(line), 1), (stacked, 2)):
            if _is_title_or_skill(candidate, lexicons):
                continue
            name = read_name(candidate, lexicons.names, mailbox)
            if name is not None:
                return name, index + height
    return PersonName(), 0


def _parted_name(text_lines: list[str]) -> tuple[PersonName, int] | None:
    """Return the name of a form that asks for each of its parts on a line of its own."""
    told: dict[str, str] = {}
    height = 0
    for index, line in enumerate([bare(line) for line in text_lines if line][: 2 * NAME_LINES]):
        if (label := _PART_LABEL.match(line[:_LONGEST_LINE])) is not None:
            part = next(name for name in ("last", "first", "middle") if label[name])
            told.setdefault(part, label["word"].title() if label["word"].isupper() else label["word"])
            height = index + 1
    if not {"first", "last"} <= told.keys():
        return None
    return PersonName(told["first"], told["last"], told.get("middle")), height


def _name_part(line: str) -> str:
    line = line[:_LONGEST_LINE].strip()
    line = re.sub(r"^(?:резюме|cv|curriculum vitae|resume|résumé)\s?[:—–-]?\s", "", line, flags=re.IGNORECASE)
    return _NAME_END.split(line, maxsplit=1)[0].strip()


def _is_title_or_skill(text: str, lexicons: Lexicons) -> bool:
    if not text or len(text) > 80:
        return True
    return lexicons.titles.read(text).role is not None or lexicons.skills.named(text) is not None


def _city(sections: list[Section], lexicons: Lexicons, name: PersonName) -> tuple[str | None, Place | None]:
    lines = [bare(line)[:_LONGEST_LINE] for line in lines_in(sections, Kind.HEAD, Kind.CONTACT)][:40]
    for pattern in (_CITY_LABEL, _CITY_MARK):
        for line in lines:
            label = pattern.search(line)
            if label is None:
                continue
            told = [part.strip() for part in _SEGMENTS.split(line[label.end() :].rstrip(".")) if part.strip()]
            for part in told:
                place = lexicons.places.find(part)
                if place is not None and place.city is not None:
                    return place.city, place
            if told and pattern is _CITY_LABEL and _PLACE_WORDS.fullmatch(told[0]) and told[0][0].isupper():
                return squeezed(told[0]), None
    names = {word for word in (name.first, name.last, name.middle) if word}
    for line in lines:
        for part in _SEGMENTS.split(_NOT_A_CITY.sub(" | ", line)):
            part = part.strip().rstrip(".")
            if not _PLACE_WORDS.fullmatch(part) or not part[0].isupper() or names & set(map(str.title, part.split())):
                continue
            place = lexicons.places.find(part)
            if place is not None and place.city is not None and lexicons.titles.read(part).role is None:
                return place.city, place
    return None, None
