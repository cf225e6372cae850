"""What the two sides tell of the work itself: the texts whose meanings are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.matching.context import told_clauses
from domain.matching.measures import Measures
from domain.resumes.content import ResumeContent
from domain.vacancies.vacancy import Vacancy

LONGEST_STORY = 700
"""Characters of a text that are compared: what comes later is seldom of the work, and costs time."""

_OF_WORK = re.compile(
    r"(?:основные |ваши |твои |должностные )?(?:обязанности|задачи|требования|функционал|функции)|"
    r"что (?:нужно|надо|предстоит|вы будете|будешь|ты будешь|делать)|чем (?:предстоит|вы будете|будете|нужно|будешь)|"
    r"(?:вам|тебе) предстоит|мы (?:ждем|ждём|ищем|ожидаем)|(?:кого|кто) (?:мы )?(?:ищем|нужен)|"
    r"(?:от вас|нужно|необходимо|нам важно|важно|ждем|ждём|ожидаем|ожидания|наши ожидания|зона ответственности|стек)\b|"
    r"(?:key |main |your |job )?(?:responsibilities|duties|tasks|requirements|qualifications)|what (?:you|we)['’ ]|"
    r"you (?:will|have|are|bring)|who you are|must[ -]have|your (?:role|profile|mission)|the role|"
    r"about (?:the role|you)|we(?:['’]re| are) looking for|we (?:need|expect)|skills|stack|experience",
    re.IGNORECASE,
)
_OF_OFFER = re.compile(
    r"(?:что )?мы (?:предлагаем|гарантируем|обеспечиваем)|(?:наши )?(?:условия|бонусы|преимущества|плюшки|льготы)|"
    r"предлагаем|о (?:компании|нас|проекте)|кто мы|почему (?:мы|у нас)|"
    r"что (?:вас ждет|вас ждёт|получите|вы получите|взамен|даем|мы даем)|"
    r"график|оплата|зарплата|контакты|как откликнуться|этапы|у нас|"
    r"(?:what )?we offer|what we(?: can)? offer|what(?: you['’]ll get|['’]s in it)|"
    r"(?:our |the )?(?:benefits|perks|conditions|offer)|about (?:us|the company|company)|who we are|why (?:us|join)|"
    r"how to apply|salary|schedule|pay\b|hiring (?:process|steps)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^[\W\d_]*([^:.!?;]{2,60}?)\s*(?::\s*(.*)|[?!]?)$")


def told_in_resume(resume: ResumeContent, measures: Measures) -> str:
    """Return the résumé's own words without its lists of skills: a list of words must not pass for experience."""
    told = [resume.desired_position, resume.current_position]
    for job in resume.experience:
        told += [job.position, *_clauses(job.description, measures)]
    return "\n".join(filter(None, [*told, *_clauses(resume.summary, measures)]))[:LONGEST_STORY]


def _clauses(text: str | None, measures: Measures) -> Iterator[str]:
    return (clause for clause, _ in told_clauses(text or "", measures))


def sought_with(resume: ResumeContent, measures: Measures) -> str:
    """Return what vacancies of a near meaning are looked for by: the story, and the skills, which may help here."""
    return "\n".join(filter(None, (told_in_resume(resume, measures), ", ".join(resume.skills)[:LONGEST_STORY])))


def told_in_vacancy(vacancy: Vacancy) -> str:
    """Return title, tags and what is said of the work, without what is said of the employer and the offer."""
    texts = "\n".join(filter(None, (vacancy.responsibilities, vacancy.requirements, vacancy.description)))
    told = (vacancy.title, ", ".join(vacancy.skills), _of_work(texts))
    return "\n".join(filter(None, told))[:LONGEST_STORY]


def _of_work(text: str) -> str:
    """Return the lines that speak of the work, those before the first heading of it last."""
    before: list[str] = []
    told: list[str] = []
    begun = False
    for line, kind in _headed(text):
        if kind is None:
            (told if begun else before).append(line)
        else:
            begun = True
            told.append(line)
    return "\n".join([*told, *before])


def _headed(text: str) -> Iterator[tuple[str, bool | None]]:
    """Yield each line with whether it stands under a heading of work, `None` under none; offers are left out.

    "Условия: ДМС" speaks for its own line, "Условия:" and a bare "Условия" for those under it.
    """
    under: bool | None = None
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        heading = _HEADING.match(line)
        said = _speaks_of_work(heading) if heading is not None else None
        inline = heading is not None and bool(heading[2])
        if said is not None and not (inline and said is False):
            under = said
        if (under if said is None else said) is not False:
            yield line, under


def _speaks_of_work(heading: re.Match[str]) -> bool | None:
    # Without a colon, only a line that is nothing but the usual words is a heading.
    matched = "match" if heading[2] is not None else "fullmatch"
    if getattr(_OF_OFFER, matched)(heading[1]):
        return False
    return True if getattr(_OF_WORK, matched)(heading[1]) else None
