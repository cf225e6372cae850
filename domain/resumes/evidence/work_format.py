"""The words by which a résumé tells the format of work that is wanted."""

from __future__ import annotations

import re

from domain.resumes.content import WorkFormat
from domain.resumes.evidence.saying import folded

_WORD_FOR = {
    WorkFormat.REMOTE: r"удаленн\w+|удаленк\w|дистанционн\w+|из дома|на дому|remote(?:ly)?|from home|wfh|home office",
    WorkFormat.OFFICE: r"офис[аеу]?|офисн\w+|office|на (?:месте|территории) работодателя|on-?\s?site",
    WorkFormat.HYBRID: r"гибрид\w*|hybrid|смешанн\w+",
    WorkFormat.FIELD: r"разъездн\w+|разъезды|выездн\w+|field work|on the road",
}
_ANY = re.compile("|".join(rf"(?P<{each.name}>(?<![\w-])(?:{forms})(?![\w-]))" for each, forms in _WORD_FOR.items()))
# Beside these words alone a word for a format is one; in "office manager", "hybrid cloud" it names a thing.
_OF_WORK = re.compile(
    r"работ(?:а|у|е|ы|ать|аю)|формат\w*|график\w*|режим\w*|тип\w?|вид\w?|занятост\w+|место|характер\w*|услови\w+"
    r"|сотрудничеств\w+|готов[аы]?|рассматрива\w+|предпоч\w+|предпочт\w+|ищу|хочу|хотя|желательн\w+|желаем\w+|можно"
    r"|возможн\w+|только|также|полн\w+|частичн\w+|день|дня|дней|неделю|интересует|в|во|на|с|к|и|или|либо|по"
    r"|работаю|строго|лучше"
    r"|works?|working|job|jobs|position|role|format|schedule|mode|type|employment|preferred|preferably|prefer|preference"
    r"|looking|for|open|to|only|available|full|part|time|or|and|in|an?|the|at|i|i'm|am|model|arrangement|location|days?"
)
_CLAUSE, _WORD = re.compile(r"[^\n,;|•().!?]+"), re.compile(r"[^\W_]+(?:'\w+)?")
_CYRILLIC = re.compile(r"[а-я]")
_LONGEST = 120  # characters


def tells_work_format(text: str, work_format: WorkFormat) -> bool:
    """Tell whether a clause names the format, and nothing but formats and work."""
    return any(
        _ANY.search(clause) is not None and work_format in _formats_of(clause)
        for clause in _CLAUSE.findall(folded(text))
        if len(clause) <= _LONGEST
    )


def _formats_of(clause: str) -> set[WorkFormat]:
    if not all(_OF_WORK.fullmatch(word) for word in _WORD.findall(_ANY.sub(" ", clause))):
        return set()
    named = {WorkFormat[str(found.lastgroup)] for found in _ANY.finditer(clause)}
    # "Работа в Office" is work with a program, and "Word, Office" two of them.
    program = "office" in clause and _CYRILLIC.search(clause) is not None
    return named - {WorkFormat.OFFICE} if program or _WORD.findall(clause) in (["office"], ["офис"]) else named
