"""The sections of a vacancy's text: what is asked, what would be nice, what the employer says of itself and offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from domain.matching.clauses import says_nice
from domain.matching.lexicon import Skills

_HEADING = re.compile(r"[^:]{0,60}:\s*|[^a-zа-яё]{4,60}")
_BULLET = re.compile(r"[•·▪◦●○■♦➢➤✓✔✅*‣⁃–—-]|\d{1,2}[.)]\s")
_DECORATION = re.compile(r"^[^\w\n]+|[^\w)\n]+$")
_LONGEST_HEADING = 60

# What an employer says of itself and offers. Whole lines, without the signs around them.
_OFFER = re.compile(
    r"(?:наши\s+)?(?:условия|бенефиты|льготы|бонусы|плюшки)(?:\s+(?:работы|труда|сотрудничества|и\s+\w+|для\s+\w+))?|"
    r"(?:что\s+)?(?:мы\s+)?(?:вам\s+)?(?:предлагаем|гарантируем|обещаем|даём|даем|предоставляем)(?:\s+(?:мы|вам|мы\s+вам|тебе))?|"
    r"(?:вы|ты)\s+(?:получите|получишь)|взамен|что\s+(?:вы|ты)\s+(?:получите|получишь)|почему\s+(?:мы|у\s+нас|стоит).{0,40}|"
    r"(?:мы\s+)?(?:можем\s+)?предложить(?:\s+вам)?|(?:вас|тебя)\s+жд[её]т|преимущества\s+работы.{0,30}|"
    r"(?:немного\s+)?(?:о|про)\s+(?:нас|нашей\s+компании|компании|компанию)|кто\s+мы|мы\s+это|о\s+работодателе|"
    r"(?:что\s+)?(?:от\s+нас|у\s+нас)(?:\s+(?:есть|вас\s+жд[её]т|для\s+вас))?|со\s+своей\s+стороны.{0,30}|"
    r"соцпакет|социальный\s+пакет|этапы\s+(?:отбора|собеседования)|как\s+(?:проходит\s+отбор|откликнуться)|"
    r"(?:our\s+|the\s+|your\s+|employee\s+|company\s+)?(?:benefits|perks)(?:\s+(?:and|&)\s+\w+|\s+package|\s+include)?|"
    r"(?:what\s+)?we(?:['’]re|\s+are|\s+can|['’]ll)?\s+(?:offer(?:ing)?|provide|promise)(?:\s+you)?|what['’]s\s+in\s+it\s+for\s+you|"
    r"(?:what\s+)?you(?:['’]ll|\s+will)?\s+(?:get|receive)|why\s+(?:join\s+)?(?:us|you.{0,30}|work.{0,30}|join.{0,30})|"
    r"(?:a\s+(?:bit|little)\s+)?about\s+(?:us|the\s+company|our\s+(?:company|client)|the\s+employer)|who\s+we\s+are|our\s+story|"
    r"(?:compensation|salary|pay)(?:\s+(?:and|&)\s+\w+|\s+range)?|conditions|working\s+conditions|"
    r"equal\s+opportunit.{0,40}|(?:our\s+)?(?:hiring|interview|recruitment)\s+process|how\s+to\s+apply",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:наши?\s+|основные\s+|ключевые\s+|обязательные\s+|ваши\s+|твои\s+|дополнительные\s+|требуемые\s+)*"
    r"(?:требования|обязанности|задачи|навыки|компетенции|квалификация|функционал|стек|ожидания|пожелания)\b.{0,40}|"
    r"(?:что|чем|кого|как(?:ие|ой|ого|ую)|с\s+чем)\b.{3,50}|(?:мы\s+)?(?:жд[её]м|ищем|ожидаем)\b.{0,40}|"
    r"(?:для\s+нас|нам)\s+важн.{0,40}|(?:от\s+вас|вам|вы|тебе|ты|необходим|важн|нужн)\w*\b.{0,40}|"
    r"(?:key\s+|main\s+|core\s+|job\s+|basic\s+|minimum\s+|required\s+|preferred\s+|technical\s+|your\s+|essential\s+)*"
    r"(?:requirements?|responsibilities|duties|qualifications?|skills|tasks|experience|knowledge|role|tech\s+stack|stack"
    r"|description|education|must[ -]haves?|expectations)\b.{0,40}|"
    r"(?:what|who)\s+(?:you|we(?:['’]re|\s+are)?\s+(?:look|expect|need|seek)).{0,40}|you(?:['’]ll|\s+will|\s+are|\s+have|\s+bring)?\b.{0,40}|"
    r"we\s+(?:are\s+)?(?:look|expect|need).{0,40}|about\s+(?:you|the\s+(?:role|job|position)).{0,20}",
    re.IGNORECASE,
)
_NICE = re.compile(
    r"(?:это\s+)?(?:будет|будут|станет)?\s*(?:вашим\s+|большим\s+|дополнительным\s+|огромным\s+)?"
    r"(?:плюс(?:ом|ами|ы)?|преимуществ(?:ом|ами|а|о))(?:\s+(?:будет|будут|если|является))?|желательно|приветствуется|"
    r"nice[ -]to[ -]haves?|good\s+to\s+have|(?:(?:will|would)\s+be\s+|as\s+)?(?:an?\s+)?(?:big\s+)?"
    r"(?:plus(?:es)?|bonus(?:\s+points)?|advantages?)|(?:preferred|desired|desirable|optional)(?:\s+\w+){0,2}",
    re.IGNORECASE,
)
_OFFER_AHEAD = re.compile(
    r"(?:наши\s+)?(?:условия(?:\s+(?:работы|труда))?|(?:мы\s+)?предлагаем|бонусы|льготы|о\s+(?:нас|компании)|кто\s+мы|"
    r"we\s+offer|offer|benefits|perks|about\s+us|conditions|compensation|salary)\s*[:.—–]\s",
    re.IGNORECASE,
)


class Section(Enum):
    """What the lines of a part of the text are for."""

    ASKED = "asked"
    NICE = "nice"
    OFFER = "offer"


def sections(text: str, skills: Skills) -> Iterator[tuple[Section, str]]:
    """Yield the lines that say something, each with its section, headings left out.

    A heading holds for the lines under it until the next heading, or until an empty line with no list around it; where
    every line stands apart from the next, an empty line ends nothing.
    """
    lines = [line.strip() for line in text.split("\n")]
    spaced = _is_spaced(lines)
    section = Section.ASKED
    for index, line in enumerate(lines):
        if not line:
            if not spaced and _ends_list(lines, index):
                section = Section.ASKED
            continue
        bare = _DECORATION.sub("", line)
        if len(line) <= _LONGEST_HEADING and (heading := _heading(line, bare, skills)) is not None:
            section = heading
        elif _OFFER_AHEAD.match(bare):
            yield Section.OFFER, line
        else:
            yield section, line


def _heading(line: str, bare: str, skills: Skills) -> Section | None:
    """Return the section that a heading opens, or `None` for a line that is none."""
    if _OFFER.fullmatch(bare):
        return Section.OFFER
    if _NICE.fullmatch(bare):
        return Section.NICE
    if _HEADING.fullmatch(line) and not skills.find(line):
        return Section.NICE if says_nice(line) else Section.ASKED
    if line[0].isupper() and bare == line and _ASKING.fullmatch(bare) and not skills.find(line):
        return Section.NICE if says_nice(line) else Section.ASKED
    return None


def _is_spaced(lines: list[str]) -> bool:
    """Tell whether (nearly) every line is followed by an empty one, so that these say nothing."""
    told = [index for index, line in enumerate(lines[:-1]) if line]
    return len(told) > 3 and sum(not lines[index + 1] for index in told) >= 0.8 * len(told)


def _ends_list(lines: list[str], index: int) -> bool:
    """Tell whether an empty line parts a list from what is no list; below its heading it parts nothing."""
    before, after = lines[index - 1] if index else "", lines[index + 1] if index + 1 < len(lines) else ""
    opens_list = _BULLET.match(after) is not None and _BULLET.match(before) is None and len(before) <= _LONGEST_HEADING
    return bool(before) and not before.endswith(":") and not opens_list
