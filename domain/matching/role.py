"""The aspect of the role: the position wished and the title, and both stories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from domain.matching.applicant import Applicant
from domain.matching.aspects import gap
from domain.matching.assessment import Aspect, Finding, Line, Reason, Verdict
from domain.matching.levels import level_named
from domain.matching.lexicon import Title, Titles
from domain.matching.measures import Measures
from domain.matching.opening import Opening
from domain.matching.overlap import overlap
from domain.vacancies.vacancy import Vacancy

OTHER_PROFESSION = 0.25
"""A role share below this means another profession."""

FITTING_ROLE = 0.4
"""From this role share on, the other aspects count in full; below it, the less the farther the role."""

_OTHER_TECHNOLOGY = 0.7
_FITS = 0.8
_SAME_ROLE = 0.9
_FURTHER_ROLE = 0.9
_ANOTHER_LEVEL = 1.0
_TITLE_SHARE, _TITLE_SHARE_OF_WORDS = 0.45, 0.7
_WORDS_IN_TEXTS = 0.4
_FULL_OVERLAP = 0.35
"""The overlap of two texts of one trade, which is never whole."""


class Nearness(NamedTuple):
    """What a model of meaning says of a pair, 0 to 1; `None` without one, or where it was not asked."""

    of_titles: float | None = None
    of_texts: float | None = None


class RoleShare(NamedTuple):
    """How near the roles are, and the titles alone, 0 to 1; `None` where there is nothing to compare."""

    whole: float | None = None
    of_titles: float | None = None


def role_share(applicant: Applicant, opening: Opening, nearness: Nearness, measures: Measures) -> RoleShare:
    """Compare the wished position with the title, and both stories.

    The title weighs most among words, which know nothing of meaning; a model's reading of both stories weighs as much.
    """
    of_titles = _titles_agree(applicant, opening, nearness.of_titles, measures)
    of_texts = None
    if applicant.text_stems:
        of_texts = overlap(applicant.text_stems, applicant.text_weight, opening.text_words, measures.weights)
        of_texts = min(1.0, of_texts / _FULL_OVERLAP)
    if nearness.of_texts is not None:
        of_texts = (1 - _WORDS_IN_TEXTS) * nearness.of_texts + _WORDS_IN_TEXTS * (of_texts or 0.0)
    if of_titles is None and of_texts is None:
        return RoleShare()
    if of_titles is None or of_texts is None:
        share = of_titles if of_texts is None else of_texts
    else:
        weight = _TITLE_SHARE_OF_WORDS if nearness.of_texts is None else _TITLE_SHARE
        share = weight * of_titles + (1 - weight) * of_texts
    # Quantised, so that the last bits of a sum decide nothing.
    return RoleShare(round(min(1.0, share or 0.0), 3), of_titles)


def role(applicant: Applicant, opening: Opening, vacancy: Vacancy, share: RoleShare) -> Finding:
    """Tell what the share says."""
    if share.whole is None:
        return Finding()
    fits = share.of_titles is not None and share.of_titles > _FITS
    level = told_gap(applicant, opening) if fits else None
    verdict = Verdict.UNKNOWN if share.of_titles is None else Verdict.MET if fits and not level else Verdict.UNMET
    line = Line(
        aspect=Aspect.ROLE,
        subject="level" if level else _subject(fits, applicant, opening.title),
        verdict=verdict,
        must=True,
        asked=vacancy.title,
        proof=applicant.wished_title,
    )
    return Finding(share=share.whole, lines=(line,), reason=_reason(fits, applicant, opening.title, level))


def _subject(fits: bool, applicant: Applicant, offered: Title) -> str:
    """Return what sets the roles apart: the `technology`, the `position` within one profession, or the role itself."""
    wished = applicant.title
    if not fits and wished is not None and offered.role is not None and wished.family == offered.family:
        return "technology" if wished.role == offered.role else "position"
    return offered.role or "role"


def told_gap(applicant: Applicant, opening: Opening) -> Mapping[str, object] | None:
    """Return which way a title's own level differs from the person's, and both; `None` where it does not."""
    levels = gap(applicant, opening).levels
    if opening.title.level is None or opening.level is None or applicant.level is None or abs(levels) < _ANOTHER_LEVEL:
        return None
    return {
        "way": "higher" if levels > 0 else "lower",
        "offered": level_named(opening.level),
        "own": level_named(applicant.level),
    }


def _reason(fits: bool, applicant: Applicant, offered: Title, level: Mapping[str, object] | None) -> Reason | None:
    if level:
        return Reason(code="other_level", data=level)
    if fits:
        return Reason(code="role_fits", data={"wished": applicant.wished_title or ""})
    if applicant.title is not None and offered.role is not None and applicant.title.role == offered.role:
        return Reason(code="other_technology", data={"names": sorted(offered.technologies)})
    return None


def _titles_agree(applicant: Applicant, opening: Opening, nearness: float | None, measures: Measures) -> float | None:
    wished, offered = applicant.title, opening.title
    if wished is None:
        return None
    if wished.role is None or offered.role is None:
        stems = frozenset(applicant.title_stems)
        in_words = overlap(stems, applicant.title_weight, opening.title_words, measures.weights)
        share = in_words if nearness is None else (in_words + nearness) / 2
    elif wished.others or offered.others:
        share = _nearest_kinship(wished, offered, measures.titles)
    else:
        share = measures.titles.kinship(wished.role, offered.role)
    return share * _OTHER_TECHNOLOGY if _of_another_technology(applicant, opening) else share


def _nearest_kinship(wished: Title, offered: Title, titles: Titles) -> float:
    """Return the nearness of the nearest roles; one that a title names besides its first counts a little less."""
    return max(
        titles.kinship(one, other)
        * (1.0 if one == wished.role else _FURTHER_ROLE)
        * (1.0 if other == offered.role else _FURTHER_ROLE)
        for one in (wished.role, *sorted(wished.others))
        for other in (offered.role, *sorted(offered.others))
        if one is not None and other is not None
    )


def _of_another_technology(applicant: Applicant, opening: Opening) -> bool:
    """Tell whether a developer would have to change what they write in: Java is not Python."""
    if opening.code and not opening.code & applicant.skills.keys():
        return True
    return bool(applicant.code and opening.code_asked and not applicant.code & opening.code_asked)


def position_held(applicant: Applicant, opening: Opening, titles: Titles) -> str | None:
    """Return the position held in the vacancy's role, or in one that is as good as the same."""
    offered = opening.title.role
    if offered is None:
        return None
    return next(
        (words for held, words in applicant.held_roles.items() if titles.kinship(held, offered) >= _SAME_ROLE), None
    )
