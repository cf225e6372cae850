"""The aspects of experience and pay: a number for each, and what is told of it."""

from __future__ import annotations

from domain.matching.applicant import Applicant
from domain.matching.assessment import Aspect, Finding, Line, Reason, Verdict
from domain.matching.levels import Gap, gap_between
from domain.matching.opening import Opening
from domain.vacancies.vacancy import Vacancy

_LEAST_OF_FLOOR = 0.25


def gap(applicant: Applicant, opening: Opening) -> Gap:
    """Return how far apart the levels of seniority are."""
    return gap_between(opening.level, applicant.level, by_title=opening.title.level is not None)


def experience_share(applicant: Applicant, vacancy: Vacancy) -> float | None:
    """Return how much of the years asked for the person has, 0 to 1, `None` where somebody kept silent."""
    asked = vacancy.experience
    if asked is None or (applicant.years is None and asked.least > 0):
        return None
    years = applicant.years or 0.0
    return 1.0 if years >= asked.least else round(years / asked.least, 3)


def experience(applicant: Applicant, vacancy: Vacancy) -> Finding:
    """Compare the years worked with those asked for."""
    share, asked = experience_share(applicant, vacancy), vacancy.experience
    if share is None or asked is None:
        return Finding()
    years = applicant.years or 0.0
    words = f"{asked.least:g}+" if asked.most is None else f"{asked.least:g}-{asked.most:g}"
    enough = years >= asked.least
    return Finding(
        share=share,
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


def salary_share(applicant: Applicant, opening: Opening) -> float | None:
    """Return how much of the pay wished is offered: half of it, or less, earns nothing. `None`: not known.

    Where only the least is told, what is paid may be more: it always earns something.
    """
    if opening.pay is None or applicant.salary is None or applicant.salary <= 0:
        return None
    if opening.pay >= applicant.salary:
        return 1.0
    least = _LEAST_OF_FLOOR if opening.pays_more else 0.0
    return round(max(least, float(opening.pay / applicant.salary) * 2 - 1), 3)


def salary(applicant: Applicant, opening: Opening) -> Finding:
    """Compare the pay wished with what is offered, both as RUB a month, net."""
    share, wished, offered = salary_share(applicant, opening), applicant.salary, opening.pay
    if share is None or wished is None or offered is None:
        return Finding()
    bound = "from" if opening.pays_more else "to"
    amounts = {"offered": int(offered), "wished": int(wished), "bound": bound, **_told_in_another(applicant)}
    lower = Verdict.UNKNOWN if opening.pays_more else Verdict.UNMET
    verdict = Verdict.MET if offered >= wished else lower
    return Finding(
        share=share,
        lines=(
            Line(
                aspect=Aspect.SALARY,
                subject=f"salary_{bound}",
                verdict=verdict,
                must=False,
                asked=str(amounts.get("wish", amounts["wished"])),
                proof=str(amounts["offered"]),
            ),
        ),
        reason=Reason(
            code="salary_fits"
            if verdict is Verdict.MET
            else "salary_open"
            if verdict is Verdict.UNKNOWN
            else "salary_low",
            data=amounts,
        ),
    )


def _told_in_another(applicant: Applicant) -> dict[str, str]:
    """Return the wish as it was told ("2500 USD"), nothing where that was in roubles."""
    wish = applicant.wish
    return {} if wish is None or wish.currency == "RUB" else {"wish": f"{wish.amount:.0f} {wish.currency}"}
