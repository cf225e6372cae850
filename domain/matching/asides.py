"""What a clause names without asking for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.matching.clauses import LISTED_ANYHOW, gaps_between, run_from
from domain.matching.lexicon import Mention

_SUBJECT = r"(?:[«\"“][^»\"”]*[»\"”]\s*|[\w-]+\s+)"
_ROLES = (
    r"(?:leaders?|leading|provider|company|firm|startup|platform|agency|manufacturer|retailer|bank|brand|largest|"
    r"subsidiary)"
)
_WINDOW = 160  # characters: a long clause must not be read anew for each of its mentions
# The employer speaks of itself, or of what it gives.
_OF_EMPLOYER = re.compile(
    r"^\W*(?:в\s+сущности,?\s+)?(?:мы|компания|наша\s+компания|группа\s+компаний|холдинг)\s*[—–-]\s|"
    r"^\W*наш[аи]?\s+(?:компания|миссия|главная\s+цель|цель)\b|"
    r"\bмы\s+(?:занимаемся|производим|помогаем|являемся|предлагаем|предоставляем|оплачиваем|оплатим|компенсируем|научим|"
    r"разработали|автоматизируем|продаём|продаем|выпускаем|оказываем|специализируемся|[\w-]+-компания)\b|"
    rf"^\W*(?:наша\s+компания\s+)?{_SUBJECT}{{0,3}}(?:занимается|специализируется)\s|"
    rf"\bкомпания\s+{_SUBJECT}{{0,3}}(?:[—–-]|является|разрабатывает|предлагает|работает|поставляет|производит)|"
    r"[—–-]\s*(?:это\s+)?(?:один\s+из\s+|одна\s+из\s+)?"
    r"(?:(?:международн|российск|крупн|ведущ|федеральн|динамично|быстрораст|успешн|стабильн|молод|лидер|современн)[\w-]*\s+){1,3}"
    r"(?:[\w-]+\s+){0,2}(?:\w+-)?(?:компани|холдинг|групп|сет|производител|разработчик|интегратор|оператор|рынк|банк|поставщик|дистрибь)|"
    r"\bлидер\w*\s+(?:рынка|отрасли|в\s+области|в\s+сфере)|\b(?:одна|один)\s+из\s+(?:крупнейш|ведущ|лидер)|"
    r"\b(?:is|are|am)\s+(?:a|an|the|one\s+of\s+the)\s+(?!(?:\w+\s+)?(?:plus|must|bonus|requirement|advantage|benefit)\b)"
    rf"(?:[\w,&’'-]+\s+){{0,4}}?{_ROLES}\b|\bmulti-billion\b|"
    r"^\W*(?:the|this|our)\s+(?:company|platform|clients?|mission|vision)\s+(?:is|are|has|have|powers?|provides?|delivers?|"
    r"helps?|enables?|serves?)\b|\bhas\s+advanced\b|\bwe\s+(?:offer|provide|reimburse|pay)\b|"
    r"\bза\s+сч[её]т\s+(?:компании|работодателя|организации)|\bкомпенс(?:ация|ируем|ацию)|\bоплачиваем|"
    r"^\W*(?:бесплатн|корпоративн\w+\s+(?:обучени|английск|скидк)|скидк\w+\s+на|школ\w+\s+английск)|"
    r"\b(?:учить(?:ся)?|изуча(?:ть|ем))\b.{0,80}(?:школ|курс|с\s+коллегами)|"
    r"^\W*возможност\w+\s+(?:[\w-]+\s+){0,3}(?:развит|развив|обуч|роста|карьер|расти|учить|изуч|стажир|участв)|"
    r"\bopportunit(?:y|ies)\s+to\s+(?:learn|grow|develop)|\bat\s+(?:the\s+)?company['’]?s?\s+expense|\breimburse|"
    r"\btuition\b|\bequal\s+opportunity\b|"
    r"\b(?:этап|интервью|собеседовани)\w*\s+(?:[\w-]+\s+){0,2}(?:с\s+hr|с\s+руководител|в\s+офис|отбора)",
    re.IGNORECASE,
)
_FIELD_OF_STUDY = re.compile(
    r"\b(?:degree|diploma|bachelor|master|phd|ph\.d)\b[^.;]{0,60}?\b(?:in|of)\s", re.IGNORECASE
)
_AFTER_STUDY = re.compile(
    r"\b(?:experience|knowledge|skills?|years?|proficien\w+|familiar\w*|опыт|знани\w+|with)\b", re.IGNORECASE
)
# "Work with marketing and sales teams" names colleagues; "experience with Scrum teams" asks for Scrum.
_AMONG = re.compile(
    r"^(?!.*\b(?:experience|knowledge)\b).*\b(?:with|for|alongside|across|supports?|supporting|between|other)\s[^.;:]{0,60}$",
    re.IGNORECASE | re.DOTALL,
)
_COLLEAGUES = re.compile(
    r"(?:[\s,/&]+(?!(?:in|on|for|within|across|to|as|by|at|from)\b)[\w-]+){0,4}\s*"
    r"\b(?:teams?|departments?|colleagues|specialists|stakeholders|consultants|brokers)\b",
    re.IGNORECASE,
)
_DEPARTMENT = re.compile(
    r"\b(?:(?:со?|между|для)\s+(?:[\w-]+\s+){0,2}(?:отдел|служб|команд|департамент|подразделени|коллег)\w*|в\s+команд[уе])"
    r"\s+(?:по\s+)?$",
    re.IGNORECASE,
)
# "In teams of many trades (IT, finance, PR)" tells who is in them.
_MEMBERS = re.compile(
    r"\b(?:команд(?:ах?|ами|ой|е|ам)|подразделени(?:я|й|ями|ях|ям)|отдел(?:ы|ами|ов|ам|ах)|департамент(?:ы|ами|ов|ам|ах)|"
    r"служб(?:ами|ы|ах)|teams|departments|stakeholders)\s*\([^()]*$",
    re.IGNORECASE,
)
# Whom a recruiter looks for, and what the others speak.
_OTHERS = re.compile(
    r"\b(?:hire|recruit|hiring|подбор\w*|найм\w*)\b[^:]{0,80}:[^:]*$|"
    r"\b(?:we|teams?|colleagues|staff|office|мы|коллеги|команда)\b[^,;:]{0,30}\b(?:speaks?|говорим|говорит|говорят)\s+"
    r"(?:\w+\s+and\s+)?$",
    re.IGNORECASE,
)
_STREET = re.compile(r"(?:\bул\.?|\bулиц[аеы]|\bпр-т|\bпроспект\w*|\bметро|\bм\.)\s*[«\"]?$", re.IGNORECASE)


def aside_ones(clause: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the indexes of the mentions that the clause names without asking for them.

    The employer speaks of itself or of what it gives, names a field of study, other teams, a street.
    """
    if not mentions:
        return frozenset()
    gaps = gaps_between(clause, mentions)
    found: set[int] = set()
    for own in _OF_EMPLOYER.finditer(clause):
        found |= {
            index
            for index, mention in enumerate(mentions)
            if own.start() - _WINDOW <= mention.start <= own.end() + _WINDOW
        }
    study = _FIELD_OF_STUDY.search(clause)
    study_end = study.end() if study is not None else len(clause)
    studied_until = _after(study_end, clause)
    for index, mention in enumerate(mentions):
        ahead = clause[max(0, mention.start - _WINDOW) : mention.start]
        behind = clause[mention.end : mention.end + _WINDOW]
        if study_end <= mention.start < studied_until or any(
            said.search(ahead) for said in (_STREET, _OTHERS, _MEMBERS)
        ):
            found.add(index)
        if _COLLEAGUES.match(behind) and _AMONG.search(ahead):
            found |= set(run_from(index, gaps, LISTED_ANYHOW, step=-1))
        if _DEPARTMENT.search(ahead):
            found |= set(run_from(index, gaps, LISTED_ANYHOW, step=1))
    return frozenset(found)


def _after(study: int, clause: str) -> int:
    """Return where a clause that names a field of study goes on to something else."""
    found = _AFTER_STUDY.search(clause, study)
    return found.start() if found is not None else len(clause)
