"""Which of the vacancies found are the same job, in several sources or posted anew, and the one that stands for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import reduce

from domain.identifiers import VacancyId
from domain.matching.lexicon import Place
from domain.matching.measures import Measures
from domain.matching.pay import paid_between
from domain.resumes.content import WorkFormat
from domain.vacancies.arrival import BUILT_IN_SOURCES
from domain.vacancies.sightings import joined, seen_again
from domain.vacancies.vacancy import Vacancy, employer_key
from domain.vacancies.wording import ENOUGH, Phrases, is_part, normalised, phrases

MOST_ALIKE = 50
"""Of one employer's vacancies with one title so many, the fullest, are compared with all the others."""

_PIECE = re.compile(r"[()\[\],;/|–—]|\s-\s|(?<!\w)(?:в|во|г\.|г|город)\s", re.IGNORECASE)
# What tells nothing of the job: the format has its own field, the law does not let employers ask for a sex.
_ASIDE = re.compile(
    r"(?:работа )?(?:можно )?(?:удаленно|удаленка|дистанционно|remote|remotely)|"
    r"(?:удаленная|дистанционная|remote) (?:работа|work)|(?:удаленный|дистанционный) формат(?: работы)?|"
    r"[мжmf] [мжmf]|[мжmf]"
)
_FORMAT_BEHIND = re.compile(r" (?:удаленно|дистанционно|remote|remotely)$")
_AT_A_PLACE = frozenset({WorkFormat.OFFICE, WorkFormat.FIELD})
_RANK = {"hh": 1, "trudvsem": 2}


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A vacancy with what it is compared by."""

    vacancy: Vacancy
    where: Place | str
    told: Phrases
    paid: tuple[Decimal, Decimal | None] | None


def same_job(one: Vacancy, other: Vacancy, measures: Measures) -> bool:
    """Whether two vacancies are one job: of one employer, who is named, with one title, in one place, in one wording.

    Both remote are in one place. Wordings are one where they have the same words, or nearly all of the shorter stands
    in the longer; what is paid must not contradict itself. Two jobs of one employer that differ in nothing but their
    texts are two.
    """
    employer = employer_key(one.company)
    if employer is None or employer != employer_key(other.company):
        return False
    if _title(one, measures) != _title(other, measures):
        return False
    return _agree(_sighting(one, measures), _sighting(other, measures))


def jobs_among(
    found: Iterable[Vacancy],
    *,
    known: Mapping[VacancyId, Vacancy],
    remembered: Mapping[VacancyId, Vacancy],
    stands_for: Mapping[VacancyId, VacancyId],
    measures: Measures,
    at: datetime,
) -> list[Vacancy]:
    """Return one vacancy for each job found, in the order of their ids.

    `found` has each id once. `known` is what was known before of vacancies of boards and of those that stand for
    others by `stands_for`; our own vacancies are what is known of them. `remembered` are others that a job found may be
    another posting of; what is not found again of them is left out. Who was known first stands for the job, so that it
    keeps its id from search to search.
    """
    sightings: dict[VacancyId, list[Vacancy]] = defaultdict(list)
    for each in found:
        standing = stands_for.get(each.id, each.id)
        # What stands for another has what is known of it.
        is_known = each.id in known and (standing == each.id or standing not in known)
        sightings[standing].append(seen_again(each, known[each.id]) if is_known else each)
    jobs = [_one(standing, of_it, known, at) for standing, of_it in sightings.items()]
    memories = [
        each if each.is_open(at=at) else _without_pages(each, closes_at=None)
        for each in remembered.values()
        if each.id not in sightings
    ]
    by_employer: dict[str | None, list[Vacancy]] = defaultdict(list)
    for job in (*jobs, *memories):
        by_employer[employer_key(job.company)].append(job)
    alone = by_employer.pop(None, [])
    every_known = {**remembered, **known}
    united = (job for of_employer in by_employer.values() for job in _of_employer(of_employer, every_known, measures))
    seen_now = {each.id for of_it in sightings.values() for each in of_it}
    return sorted((each for each in (*alone, *united) if each.every_id & seen_now), key=lambda each: each.id)


def _one(
    standing: VacancyId, sightings: Sequence[Vacancy], known: Mapping[VacancyId, Vacancy], at: datetime
) -> Vacancy:
    """Return what stands for the sightings of a job already known as one."""
    in_order = sorted(sightings, key=lambda each: (each.id != standing, _RANK.get(each.source, 0), each.id))
    if in_order[0].id != standing and standing in known:
        first = known[standing]
        if not first.is_open(at=at):
            first = _without_pages(first, closes_at=in_order[0].closes_at)
        in_order.insert(0, first)
    return reduce(joined, in_order[1:], in_order[0])


def _without_pages(vacancy: Vacancy, *, closes_at: datetime | None) -> Vacancy:
    """Return one that is closed as it stands for a job that is open elsewhere: its pages are of no use any more."""
    links = tuple(replace(link, url=None) for link in vacancy.links)
    return replace(vacancy, url=None, closes_at=closes_at, links=links)


def _of_employer(
    vacancies: Sequence[Vacancy], known: Mapping[VacancyId, Vacancy], measures: Measures
) -> Iterable[Vacancy]:
    if len(vacancies) == 1:
        return vacancies
    by_title: dict[tuple[str, ...], list[Vacancy]] = defaultdict(list)
    for each in vacancies:
        by_title[_title(each, measures)].append(each)
    return [job for alike in by_title.values() for job in _united(alike, known, measures)]


def _united(alike: Sequence[Vacancy], known: Mapping[VacancyId, Vacancy], measures: Measures) -> Sequence[Vacancy]:
    """Return the jobs among vacancies of one employer with one title."""
    jobs = alike
    while len(jobs) > 1:
        # One that was joined tells more than it did, so that it may be known in another one.
        groups = _groups([_sighting(each, measures) for each in jobs])
        fewer = [_joined(group, known) for group in groups]
        if len(fewer) == len(jobs):
            break
        jobs = fewer
    return jobs


def _groups(sightings: Sequence[_Sighting]) -> list[list[_Sighting]]:
    """Return the sightings in groups of one job each, the fullest of each first.

    A few words that would fit two jobs which are not one belong to neither.
    """
    groups: list[list[_Sighting]] = []
    for each in sorted(sightings, key=lambda each: (-len(each.told), each.vacancy.id)):
        fitting = [group for group in groups[:MOST_ALIKE] if _agree(group[0], each)]
        if len(fitting) == 1:
            fitting[0].append(each)
        else:
            groups.append([each])
    return groups


def _joined(group: Sequence[_Sighting], known: Mapping[VacancyId, Vacancy]) -> Vacancy:
    def seniority(each: _Sighting) -> tuple[bool, float, int, int, str]:
        vacancy = each.vacancy
        is_known = vacancy.id in known or vacancy.source not in BUILT_IN_SOURCES
        since = vacancy.first_seen_at.timestamp() if is_known else 0.0
        return not is_known, since, _RANK.get(vacancy.source, 0), -len(each.told), vacancy.id

    return reduce(joined, (each.vacancy for each in sorted(group, key=seniority)))


def _sighting(vacancy: Vacancy, measures: Measures) -> _Sighting:
    paid = None if vacancy.salary is None else paid_between(vacancy.salary, measures)
    return _Sighting(vacancy, _where(vacancy, measures), phrases(vacancy.texts), paid)


def _agree(one: _Sighting, other: _Sighting) -> bool:
    return _in_one_place(one, other) and _pay_agrees(one, other) and _wordings_agree(one, other)


def _in_one_place(one: _Sighting, other: _Sighting) -> bool:
    formats = {one.vacancy.work_format, other.vacancy.work_format}
    if formats == {WorkFormat.REMOTE}:
        return True
    return one.where == other.where and not (WorkFormat.REMOTE in formats and formats & _AT_A_PLACE)


def _wordings_agree(one: _Sighting, other: _Sighting) -> bool:
    if one.told == other.told:
        return True
    return min(len(one.told), len(other.told)) >= ENOUGH and is_part(one.told, other.told)


def _pay_agrees(one: _Sighting, other: _Sighting) -> bool:
    salaries = one.vacancy.salary, other.vacancy.salary
    if None in salaries or salaries[0] == salaries[1]:
        return True
    if one.paid is None or other.paid is None:
        # In a currency that nobody knows.
        return False
    (least, most), (others_least, others_most) = one.paid, other.paid
    return (most is None or others_least <= most) and (others_most is None or least <= others_most)


def _where(vacancy: Vacancy, measures: Measures) -> Place | str:
    area = vacancy.area or ""
    return measures.places.find(area) or normalised(area)


def _title(vacancy: Vacancy, measures: Measures) -> tuple[str, ...]:
    """Return the words of a title in one order, without its own town and that the work is remote."""
    where = _where(vacancy, measures)
    pieces = [_FORMAT_BEHIND.sub("", normalised(piece)) for piece in _PIECE.split(vacancy.title)]
    telling = [each for each in pieces if not _ASIDE.fullmatch(each) and not _is_town(each, where, measures)]
    return tuple(sorted(" ".join(telling or pieces).split()))


def _is_town(words: str, where: Place | str, measures: Measures) -> bool:
    if isinstance(where, str):
        return words == where
    town = normalised(where.city or "")
    # Beside another word a town may be part of what the job is.
    return len(words.split()) == len(town.split()) and measures.places.find(words) == where
