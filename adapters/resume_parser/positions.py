"""Recognises job titles, and reads the position a person wants."""

from __future__ import annotations

import re

from adapters.resume_parser.headings import Kind
from adapters.resume_parser.lexicons import Lexicons
from adapters.resume_parser.lines import bare, is_bullet, squeezed
from adapters.resume_parser.nominative import in_nominative
from adapters.resume_parser.salary import without_amounts
from adapters.resume_parser.sections import Section, lines_in
from domain.matching.lexicon import Titles

# "Oakline Retail Ltd.", "ИП Лебедева О. Н.": the dot belongs to the name.
ENDS_WITH_A_DOT = re.compile(r"(?<!\w)(?:[A-ZА-ЯЁ]|Ltd|Inc|Corp|Co|Bros|Jr|Sr)\.$")
LONGEST_POSITION = 100
MOST_WORDS = 10
# The title line stands right under the name.
_TITLE_LINES = 5
_WORDS_WITHOUT_A_NAME = 5

_LABEL = re.compile(
    r"^(?:желаем(?:ая|ые) (?:должност[ьи]|позици[яи]|работа|ваканси[яи])|должность|позиция|вакансия"
    r"|цель(?: резюме| поиска)?|специализация|рассматриваю ваканси[июя]|ищу работу"
    r"|(?:desired |target |preferred )?(?:position|job title|role|job)|(?:career )?objective|applying for"
    r"|(?:position|job) (?:desired|sought|wanted)"
    r"|position applied for)"
    r"(?:\s?[:—–-]\s{0,3}|\s{3,})(?P<rest>.+)$",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"^(?:резюме\s)?(?:получение |получить |найти |поиск |соискание |замещение |занять )?(?:работы |работу )?"
    r"(?:(?:ищу|нужна|хочу|хотела? бы)\s(?:работать|работу|место|подработку|вакансию)(?:\sна должност[ьи])?"
    r"|рассматриваю ваканси[июя]|(?:на |в )?(?:вакантн\w{2,3} )?(?:должност[ьи]|позици[юия]|вакансию|ваканси[ия])"
    r"|резюме на|претендую на(?: должность)?|position of|the position of"
    r"|seeking (?:a|an)|looking for (?:a|an))\s?:?\s(?P<rest>.+)$",
    re.IGNORECASE,
)
# Head words of trades that a catalogue of roles may not hold in full.
_TRADE = re.compile(
    r"(?<!\w)(?:разработчи[кц]|программист|инженер|аналитик|менеджер|специалист|бухгалтер|директор|руководител"
    r"|начальник"
    r"|администратор|дизайнер|тестировщик|водител|машинист|механик|техник|слесар|электри[кц]|сварщик|монтажник|оператор"
    r"|продав[ец]|кассир|кладовщик|грузчик|курьер|повар|официант|бармен|учител|преподавател|воспитател|врач|медсестра"
    r"|медицинская сестра|фельдшер|фармацевт|провизор|юрист|юрисконсульт|адвокат|экономист|финансист|логист|диспетчер"
    r"|секретар|делопроизводител|помощник|ассистент|консультант|эксперт|мастер|прораб|архитектор|проектировщик"
    r"|конструктор"
    r"|технолог|маркетолог|копирайтер|редактор|журналист|переводчик|рекрутер|охранник|уборщи[кц]|парикмахер|косметолог"
    r"|психолог|тренер|координатор|супервайзер|мерчандайзер|стажер|стажёр|практикант|заместител|главный|ведущий|старший"
    r"|младший|товаровед|лаборант|геолог|агроном|ветеринар|экспедитор|тракторист|крановщик|токар|фрезеровщик|швея|няня"
    r"|сиделка|горничная|портье|ревизор|аудитор|контролер|контролёр|тимлид|рабочий|разнорабочий|упаковщи[кц]|комплектовщи[кц]|сборщи[кц]|дворник|сторож"
    r"|developer|engineer|programmer|manager|analyst|designer|tester|administrator|specialist|accountant|director"
    r"|officer"
    r"|assistant|consultant|coordinator|supervisor|driver|teacher|tutor|nurse|doctor|lawyer|architect|scientist|writer"
    r"|editor|translator|recruiter|technician|operator|mechanic|electrician|cook|chef|waiter|waitress|bartender|cashier"
    r"|clerk|secretary|receptionist|lead|head of|intern|trainee|executive|representative|agent|strategist|marketer"
    r"|researcher|economist|auditor|bookkeeper|controller|dispatcher|courier|loader|welder|qa)(?:[а-яё]{0,4}|s)?(?!\w)",
    re.IGNORECASE,
)
_NOT_A_TITLE = re.compile(
    r"@|https?:|www\.|\d{4}|[.!?]$|[.!?]\s+(?-i:[A-ZА-ЯЁ])|^(?:резюме|cv|resume|résumé|curriculum vitae)$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"^(?:вел|вёл|вела|веду(?!щ)|занимал|отвечал|работал|руководил|управлял|выполнял|разработал|создал|делал|писал|провел"
    r"|провёл"
    r"|был|была|является|ищу|хочу|умею|люблю|led|lead a|built|managed|worked|responsible|developed|created"
    r"|i )(?:\w{0,3})\s",
    re.IGNORECASE,
)


# "To obtain a sales manager position in retail"; "Seeking a front desk role".
_ENGLISH_WISH = re.compile(
    r"^(?:to\s)?(?:obtain|get|find|secure|seeking|looking for|seek|applying for|pursuing)\s(?:an?|the|my)?\s?"
    r"(?P<rest>.{3,80}?)\s(?:position|role|job|opportunity|post)(?!\w)",
    re.IGNORECASE,
)
# What a sentence says after the title: where, for how much.
_AFTER_TITLE = re.compile(
    r"\s(?:в|во|на дому|in|at|with)\s.*$|[,;(]?\s(?:с\s)?(?:доход|зарплат|оклад|з/п|от \d|до \d|from \d|salary|график)"
    r".*$|\.\s.*$",
    re.IGNORECASE,
)


def is_position(line: str, titles: Titles) -> bool:
    """Tell whether a line is a job title and nothing else."""
    line = line.strip()
    if not 2 <= len(line) <= LONGEST_POSITION or len(line.split()) > MOST_WORDS or not line[0].isalnum():
        return False
    if _NOT_A_TITLE.search(line) or _VERB.match(line) or (line[0].islower() and not _BRAND.match(line)):
        return False
    return _TRADE.search(line) is not None or titles.read(line).role is not None


def tidy_position(text: str) -> str | None:
    """Return the title as one would quote it: one line, no label, a capital first; `None` when it is too long."""
    text = squeezed(without_amounts(text)).strip(' .,;:|—–-•"«»')
    if (phrase := _PHRASE.match(text)) is not None:
        text = phrase["rest"].strip(' .,;:"«»')
    if not text or len(text) > LONGEST_POSITION or len(text.split()) > MOST_WORDS or not any(map(str.isalpha, text)):
        return None
    return text if _BRAND.match(text) else text[0].upper() + text[1:]


def read_desired_position(sections: list[Section], name_lines: int, lexicons: Lexicons) -> str | None:
    """Return the position wanted: under a label, in the section of wishes, or right under the name."""
    titles = lexicons.titles
    head = [bare(line) for line in lines_in(sections, Kind.HEAD)]
    wishes = [bare(line) for line in lines_in(sections, Kind.DESIRED)]
    for line in wishes + head + [bare(line) for line in lines_in(sections, Kind.CONTACT, Kind.OTHER)]:
        label = _LABEL.match(line[:300])
        if label is not None and (position := tidy_position(label["rest"])) is not None:
            return position
    for line in wishes[:_TITLE_LINES]:
        if (position := _wished(line, titles)) is not None:
            return position
        position = tidy_position(line) if len(line) <= 300 else None
        if position is not None and (_PHRASE.match(line) or is_position(position, titles)):
            return position
    for line in head + [bare(line) for line in lines_in(sections, Kind.SUMMARY)]:
        if _says_a_wish(line) and (position := _wished(line, titles)) is not None:
            return position
    return _title_line(head, name_lines, titles)


# "iOS-разработчик"
_BRAND = re.compile(r"[a-z][A-Z]")
_STUDENT = re.compile(r"студент|student", re.IGNORECASE)


def _says_a_wish(line: str) -> re.Match[str] | None:
    return _ENGLISH_WISH.match(line[:300]) or _PHRASE.match(line[:300])


def _wished(line: str, titles: Titles) -> str | None:
    """Return the title within a sentence that says what work one looks for, or within a wish that says more."""
    phrase = _says_a_wish(line)
    told = _AFTER_TITLE.sub("", phrase["rest"] if phrase is not None else line[:300]).strip(' .,;:"«»')
    position = tidy_position(told if phrase is None else in_nominative(told))
    return position if position is not None and is_position(position, titles) else None


def _title_line(head: list[str], name_lines: int, titles: Titles) -> str | None:
    for line in head[: name_lines + _TITLE_LINES]:
        if len(line) > 300 or _LABELLED.match(line):
            continue
        phrase = _PHRASE.match(line)
        # "Анна Белова, аккомпаниатор | Казань": the title shares its line.
        parts = (line, *re.split(r"\s[|•—–]\s|,\s", line)) if name_lines else (line,)
        for part in parts:
            position = tidy_position(part)
            if part == line and len(parts) > 2 and _STUDENT.match(part):
                # "Студент 3 курса | Junior-разработчик": the work is in the other part.
                continue
            if position is None or not (phrase is not None or is_position(position, titles)):
                continue
            # Under no name, a line of a story may begin with a trade too.
            if name_lines or phrase is not None or len(position.split()) <= _WORDS_WITHOUT_A_NAME:
                return position
    return None


_LABELLED = re.compile(r"^[^\W\d_][\w\s./-]{0,40}:\s")


def is_title_like(line: str) -> bool:
    """Tell whether a line could head a job at all: short, no list item, no sentence."""
    if not line or is_bullet(line) or len(line) > LONGEST_POSITION + 40:
        return False
    return line[-1] not in ".;!?" or ENDS_WITH_A_DOT.search(line) is not None
