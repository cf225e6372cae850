"""The aspects of a pair besides skills and place: role, experience, salary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import fsum

from domain.matching.applicant import Applicant
from domain.matching.assessment import Aspect, Finding, Line, Reason, Verdict
from domain.matching.lexicon import TermWeights, Title, Titles
from domain.matching.measures import Measures
from domain.vacancies.vacancy import SalaryPeriod, SalaryRange, Vacancy

OTHER_PROFESSION = 0.25
"""A role share below this means another profession."""

FITTING_ROLE = 0.4
"""From this role share on, the other aspects count in full; below it, the less the farther the role."""

_OTHER_TECHNOLOGY = 0.7
_FITS = 0.8
_SAME_ROLE = 0.9
_FURTHER_ROLE = 0.9
_TITLE_SHARE, _TITLE_SHARE_OF_WORDS = 0.45, 0.7
_WORDS_IN_TEXTS = 0.2
_FULL_OVERLAP = 0.35
"""The overlap of two texts of one trade, which is never whole."""

_TECHNICAL = frozenset({"software", "testing"})
_OF_CODE = frozenset({"programming languages", "backend", "frontend", "mobile", "databases", "1c"})
_LEVELS_ASKED = ((5, 3.2), (3, 2.5), (1, 1.7), (0, 1.0))
"""Years asked for, and the level that whoever asks for them means: the middle of what the range holds."""

_LEVELS_REACHED = ((6, 3.0), (3, 2.4), (1, 1.7), (0, 1.0))
_NET_OF_GROSS = Decimal("0.87")
_MONTHLY = {
    SalaryPeriod.MONTH: Decimal(1),
    SalaryPeriod.YEAR: Decimal(1) / 12,
    SalaryPeriod.WEEK: Decimal(52) / 12,
    SalaryPeriod.SHIFT: Decimal(15),
    SalaryPeriod.HOUR: Decimal(165),
}


@dataclass(frozen=True, slots=True)
class Nearness:
    """What a model of meaning says of a pair, 0 to 1; `None` without one, or where it was not asked."""

    of_titles: float | None = None
    of_texts: float | None = None


def role(applicant: Applicant, vacancy: Vacancy, text: str, nearness: Nearness, measures: Measures) -> Finding:
    """Compare the wished position with the title, and both stories.

    The title weighs most among words, which know nothing of meaning; a model's reading of both stories weighs as much.
    """
    offered = measures.titles.read(vacancy.title)
    of_titles = _titles_agree(applicant, vacancy, offered, nearness.of_titles, measures)
    of_texts = None
    if applicant.text_stems:
        of_texts = _overlap(applicant.text_stems, frozenset(measures.stems.stems(text)), measures.weights)
        of_texts = min(1.0, of_texts / _FULL_OVERLAP)
    if nearness.of_texts is not None:
        of_texts = (1 - _WORDS_IN_TEXTS) * nearness.of_texts + _WORDS_IN_TEXTS * (of_texts or 0.0)
    if of_titles is None and of_texts is None:
        return Finding()
    if of_titles is None or of_texts is None:
        share = of_titles if of_texts is None else of_texts
    else:
        weight = _TITLE_SHARE_OF_WORDS if nearness.of_texts is None else _TITLE_SHARE
        share = weight * of_titles + (1 - weight) * of_texts
    # Quantised, so that the last bits of a sum decide nothing.
    share = round(min(1.0, share or 0.0), 3)
    fits = of_titles is not None and of_titles > _FITS
    verdict = Verdict.UNKNOWN if of_titles is None else Verdict.MET if fits else Verdict.UNMET
    line = Line(
        aspect=Aspect.ROLE,
        subject=_role_subject(fits, applicant, offered),
        verdict=verdict,
        must=True,
        asked=vacancy.title,
        proof=applicant.wished_title,
    )
    return Finding(share=share, lines=(line,), reason=_role_reason(fits, applicant, offered))


def _role_subject(fits: bool, applicant: Applicant, offered: Title) -> str:
    """Return what sets the roles apart: the `technology`, the `position` within one profession, or the role itself."""
    wished = applicant.title
    if not fits and wished is not None and offered.role is not None and wished.family == offered.family:
        return "technology" if wished.role == offered.role else "position"
    return offered.role or "role"


def _role_reason(fits: bool, applicant: Applicant, offered: Title) -> Reason | None:
    if fits:
        return Reason(code="role_fits", data={"wished": applicant.wished_title or ""})
    if applicant.title is not None and offered.role is not None and applicant.title.role == offered.role:
        return Reason(code="other_technology", data={"names": sorted(offered.technologies)})
    return None


def _titles_agree(
    applicant: Applicant, vacancy: Vacancy, offered: Title, nearness: float | None, measures: Measures
) -> float | None:
    wished = applicant.title
    if wished is None:
        return None
    if wished.role is None or offered.role is None:
        stems = frozenset(measures.stems.stems(vacancy.title))
        in_words = _overlap(frozenset(applicant.title_stems), stems, measures.weights)
        share = in_words if nearness is None else (in_words + nearness) / 2
    else:
        share = _kinship(wished, offered, measures.titles)
    return share * _OTHER_TECHNOLOGY if _of_another_technology(applicant, vacancy, offered, measures) else share


def _kinship(wished: Title, offered: Title, titles: Titles) -> float:
    """Return the nearness of the nearest roles; one that a title names besides its first counts a little less."""
    return max(
        titles.kinship(one, other)
        * (1.0 if one == wished.role else _FURTHER_ROLE)
        * (1.0 if other == offered.role else _FURTHER_ROLE)
        for one in (wished.role, *sorted(wished.others))
        for other in (offered.role, *sorted(offered.others))
        if one is not None and other is not None
    )


def _of_another_technology(applicant: Applicant, vacancy: Vacancy, offered: Title, measures: Measures) -> bool:
    """Tell whether a developer would have to change what they write in: Java is not Python."""
    named = _of_code(offered, measures)
    if named and not named & applicant.skills.keys():
        return True
    wished = _of_code(applicant.title, measures)
    asked = named | {each.skill for each in vacancy.asks if _is_of_code(each.skill, measures)}
    return bool(wished and asked and not wished & asked)


def _of_code(title: Title | None, measures: Measures) -> frozenset[str]:
    if title is None or title.family not in _TECHNICAL:
        return frozenset()
    return frozenset(name for name in title.technologies if _is_of_code(name, measures))


def _is_of_code(name: str, measures: Measures) -> bool:
    entry = measures.skills.skill(name)
    return entry is not None and entry.category in _OF_CODE


def position_held(applicant: Applicant, vacancy: Vacancy, titles: Titles) -> str | None:
    """Return the position held in the vacancy's role, or in one that is as good as the same."""
    role = titles.read(vacancy.title).role
    if role is None:
        return None
    return next(
        (words for held, words in applicant.held_roles.items() if titles.kinship(held, role) >= _SAME_ROLE), None
    )


def _overlap(one: frozenset[str], other: frozenset[str], weights: TermWeights) -> float:
    """Return the weighted Dice overlap of two sets of stems, 0 to 1."""
    both = _weigh(one, weights) + _weigh(other, weights)
    return 2 * _weigh(one & other, weights) / both if both else 0.0


def _weigh(stems: Iterable[str], weights: TermWeights) -> float:
    # Exact: a plain sum of floats depends on its order, and the order of a set on the process.
    return fsum(map(weights.weight, stems))


def levels_above(applicant: Applicant, vacancy: Vacancy, measures: Measures) -> float:
    """Return by how many levels of seniority the vacancy is above the person, below 0 if under, 0 if unknown."""
    offered: float | None = measures.titles.read(vacancy.title).level
    # Who asks for no experience takes the experienced, too.
    if offered is None and vacancy.experience is not None and vacancy.experience.least > 0:
        offered = next(level for years, level in _LEVELS_ASKED if vacancy.experience.least >= years)
    wished: float | None = applicant.title.level if applicant.title is not None else None
    if wished is None and applicant.years is not None:
        wished = next(level for years, level in _LEVELS_REACHED if applicant.years >= years)
    return 0.0 if offered is None or wished is None else round(offered - wished, 1)


def experience(applicant: Applicant, vacancy: Vacancy) -> Finding:
    asked = vacancy.experience
    if asked is None or (applicant.years is None and asked.least > 0):
        return Finding()
    years = applicant.years or 0.0
    words = f"{asked.least:g}+" if asked.most is None else f"{asked.least:g}-{asked.most:g}"
    enough = years >= asked.least
    return Finding(
        share=1.0 if enough else round(years / asked.least, 3),
        lines=(
            Line(
                aspect=Aspect.EXPERIENCE,
                subject="years",
                verdict=Verdict.MET if enough else Verdict.UNMET,
                must=True,
                asked=words,
                proof=f"{years:g}" if applicant.years is not None else None,
            ),
        ),
        reason=Reason(
            code="experience_fits" if enough else "experience_short", data={"years": years, "asked": asked.least}
        )
        if asked.least > 0
        else None,
    )


def salary(applicant: Applicant, vacancy: Vacancy, measures: Measures) -> Finding:
    """Compare the pay wished with the most that is offered, both as RUB a month, net."""
    if applicant.salary is None or vacancy.salary is None or applicant.salary <= 0:
        return Finding()
    most = most_paid(vacancy.salary, measures)
    if most is None:
        return Finding()
    meets = most >= applicant.salary
    # Half of what is wished, or less, earns nothing.
    share = 1.0 if meets else max(0.0, float(most / applicant.salary) * 2 - 1)
    amounts = {"offered": int(most), "wished": int(applicant.salary)}
    return Finding(
        share=round(share, 3),
        lines=(
            Line(
                aspect=Aspect.SALARY,
                subject="salary",
                verdict=Verdict.MET if meets else Verdict.UNMET,
                must=False,
                asked=str(int(applicant.salary)),
                proof=str(int(most)),
            ),
        ),
        reason=Reason(code="salary_fits" if meets else "salary_low", data=amounts),
    )


def most_paid(salary: SalaryRange, measures: Measures) -> Decimal | None:
    """Return the most that a range promises, as RUB a month, net; `None` in an unknown currency."""
    amount = salary.to if salary.to is not None else salary.from_
    roubles = measures.currencies.in_roubles(amount, salary.currency) if amount is not None else None
    if roubles is None:
        return None
    monthly = roubles * _MONTHLY[salary.period]
    return (monthly * _NET_OF_GROSS if salary.gross else monthly).quantize(Decimal(1))
