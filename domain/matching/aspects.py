"""The aspects of a pair besides skills and place: role, experience, salary."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from domain.matching.applicant import Applicant
from domain.matching.assessment import Aspect, Finding, Line, Reason, Verdict
from domain.matching.lexicon import TermWeights, Title
from domain.matching.measures import Measures
from domain.vacancies.vacancy import SalaryPeriod, SalaryRange, Vacancy

OTHER_PROFESSION = 0.25
"""A role share below this means another profession."""

_SAME_ROLE, _SAME_FAMILY, _UNRELATED = 1.0, 0.55, 0.05
_OTHER_TECHNOLOGY = 0.7
_TITLE_SHARE = 0.8
_SENIOR, _MIDDLE, _JUNIOR = 3, 2, 1
_NET_OF_GROSS = Decimal("0.87")
_MONTHLY = {
    SalaryPeriod.MONTH: Decimal(1),
    SalaryPeriod.YEAR: Decimal(1) / 12,
    SalaryPeriod.WEEK: Decimal(52) / 12,
    SalaryPeriod.SHIFT: Decimal(15),
    SalaryPeriod.HOUR: Decimal(165),
}


def role(applicant: Applicant, vacancy: Vacancy, text: str, nearness: float | None, measures: Measures) -> Finding:
    """Compare the wished position with the title, and both stories; the title weighs most."""
    offered = measures.titles.read(vacancy.title)
    of_titles = _titles_agree(applicant, offered, measures.stems.stems(vacancy.title), measures.weights)
    of_texts = nearness
    if of_texts is None and applicant.text_stems:
        of_texts = _overlap(applicant.text_stems, frozenset(measures.stems.stems(text)), measures.weights)
    if of_titles is None and of_texts is None:
        return Finding()
    if of_titles is None or of_texts is None:
        share = of_titles if of_texts is None else of_texts
    else:
        share = _TITLE_SHARE * of_titles + (1 - _TITLE_SHARE) * of_texts
    # Quantised, so that the last bits of a sum decide nothing.
    share = round(min(1.0, share or 0.0), 3)
    fits = of_titles is not None and of_titles > _OTHER_TECHNOLOGY
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
    applicant: Applicant, offered: Title, offered_stems: tuple[str, ...], weights: TermWeights
) -> float | None:
    wished = applicant.title
    if wished is None:
        return None
    in_words = _overlap(frozenset(applicant.title_stems), frozenset(offered_stems), weights)
    if wished.role is None or offered.role is None:
        return in_words
    if wished.role == offered.role:
        share = _SAME_ROLE
    elif wished.family == offered.family:
        share = _SAME_FAMILY
    else:
        return max(_UNRELATED, in_words / 2)
    if offered.technologies and not offered.technologies & applicant.skills.keys():
        share *= _OTHER_TECHNOLOGY
    return share


def _overlap(one: frozenset[str], other: frozenset[str], weights: TermWeights) -> float:
    """Return the weighted Dice overlap of two sets of stems, 0 to 1."""
    both = _weigh(one, weights) + _weigh(other, weights)
    return 2 * _weigh(one & other, weights) / both if both else 0.0


def _weigh(stems: Iterable[str], weights: TermWeights) -> float:
    # Sorted: a sum of floats depends on its order, and the order of a set on the process.
    return sum(weights.weight(stem) for stem in sorted(stems))


def levels_above(applicant: Applicant, vacancy: Vacancy, measures: Measures) -> int:
    """Return by how many levels of seniority the vacancy is above the person, below 0 if under, 0 if unknown."""
    offered = measures.titles.read(vacancy.title).level
    # Who asks for no experience takes the experienced, too.
    if offered is None and vacancy.experience is not None and vacancy.experience.least > 0:
        offered = _level_of(vacancy.experience.least)
    wished = applicant.title.level if applicant.title is not None else None
    if wished is None and applicant.years is not None:
        wished = _level_of(applicant.years)
    return 0 if offered is None or wished is None else offered - wished


def _level_of(years: float) -> int:
    if years < 1:
        return _JUNIOR
    return _MIDDLE if years < 3 else _SENIOR


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
