"""Decides whether a text is a résumé at all."""

from __future__ import annotations

import re

from adapters.resume_parser.headings import Kind
from adapters.resume_parser.sections import Section
from domain.matching.lexicon import Skills
from domain.resumes.content import ResumeContent

ENOUGH = 2
# What a text that opens like another document must show before it is believed.
ENOUGH_IN_DOUBT = 3
_MANY_SKILLS = 5
_LISTED_SKILLS = 2
_FIRST_LINES = 15
_OTHER_DOCUMENT = re.compile(
    r"^\W{0,3}(?:договор|контракт|соглашение|дополнительное соглашение|сч[её]т(?:-фактура| на оплату)|акт (?:сдачи"
    r"|выполненных|при[её]ма|сверки)"
    r"|накладная|товарная накладная|приказ|заявление|доверенность|справка|протокол|инструкция|руководство"
    r"|коммерческое предложение|прайс"
    r"|программа (?:курса|обучения|тренинга|семинара)"
    r"|рецепт|ингредиенты|устав|оферта|техническое задание|вакансия|уважаем\w{2,3}|сопроводительное письмо|реферат"
    r"|курсовая|дипломная работа|содержание|оглавление"
    r"|invoice|contract|agreement|this agreement|receipt|purchase order|quotation|proposal|terms and conditions"
    r"|terms of service|privacy policy|recipe|ingredients|user manual|manual"
    r"|user guide|table of contents|abstract|dear|cover letter|job description|vacancy|minutes of|lorem ipsum"
    r"|statement of work|non-disclosure)"
    r"(?!\w)(?!\s(?:менеджер|manager))",
    re.IGNORECASE,
)
_LONGEST_LINE = 500
_EMPLOYER_SAYS = re.compile(
    r"(?<!\w)(?:мы предлагаем|мы жд[её]м|мы ищем|ищем в|ищем человека|в нашу команду|в нашей команде|откликайтесь"
    r"|присылайте резюме|приглашаем|требуется|наша компания|о компании|что нужно делать|чем предстоит заниматься"
    r"|вакансия компании|what we offer|we offer|we are looking for|we're looking for|what you will do|you will"
    r"|send your cv|send your resume|apply now|join (?:us|our team)|about us|your responsibilities|our company)(?!\w)",
    re.IGNORECASE,
)
_VACANCY_HEADINGS = re.compile(
    r"^(?:требования|обязанности|условия|мы предлагаем|что мы предлагаем|мы ожидаем|requirements|responsibilities"
    r"|we offer|what we offer|your profile)\s?:?$",
    re.IGNORECASE,
)


def is_resume(content: ResumeContent, sections: list[Section], lines: list[str], skills: Skills) -> bool:
    """Return whether at least two kinds of evidence speak for a résumé.

    Three do, with jobs or places of study among them, when the text opens like something else or names no person: so
    does a vacancy ad, an article, a price list.
    """
    jobs = [job for job in content.experience if job.position is not None or job.company is not None]
    history = (
        bool(jobs)
        or (bool(content.education) and any(job.start for job in content.experience))
        or _has_headed_history(sections)
    )
    evidence = (
        content.contact.email is not None or content.contact.phone is not None,
        history or any(place.institution for place in content.education),
        content.desired_position is not None or any(job.position for job in jobs),
        _has_skills(content, sections, skills),
    )
    named = content.contact.first_name is not None and content.contact.last_name is not None
    if _opens_like_another_document(lines) or _speaks_for_an_employer(lines):
        return named and sum(evidence) >= ENOUGH_IN_DOUBT and history and bool(jobs)
    if named:
        return sum(evidence) >= ENOUGH
    headed = any(section.kind is Kind.EXPERIENCE for section in sections)
    if headed and any(job.start and job.position for job in jobs):
        return True
    past = any(job.start for job in jobs) or any(place.institution for place in content.education)
    return sum(evidence) >= ENOUGH_IN_DOUBT and past


def _speaks_for_an_employer(lines: list[str]) -> bool:
    said = {
        found.group().casefold()
        for line in lines
        if len(line) <= _LONGEST_LINE
        for found in _EMPLOYER_SAYS.finditer(line)
    }
    return len(said) >= ENOUGH


def _has_headed_history(sections: list[Section]) -> bool:
    kinds = {section.kind for section in sections if any(section.lines) or section.tail}
    return Kind.EXPERIENCE in kinds and bool(kinds & {Kind.EDUCATION, Kind.SKILLS, Kind.LANGUAGES})


def _has_skills(content: ResumeContent, sections: list[Section], skills: Skills) -> bool:
    known = [name for name in content.skills if (entry := skills.skill(name)) is not None and not entry.generic]
    listed = any(section.kind is Kind.SKILLS and any(section.lines) for section in sections)
    return len(known) >= _MANY_SKILLS or (listed and len(content.skills) >= _LISTED_SKILLS)


def _opens_like_another_document(lines: list[str]) -> bool:
    first = [line for line in lines if line][:_FIRST_LINES]
    if any(_OTHER_DOCUMENT.match(line) for line in first):
        return True
    return sum(_VACANCY_HEADINGS.match(line) is not None for line in lines if len(line) <= 30) >= 2
