"""What the law asks for: licences, and the kinds that a licence comes in."""

from __future__ import annotations

from domain.matching.lexicon import Skills
from domain.matching.specialities import is_of_speciality


def is_licence(name: str, skills: Skills) -> bool:
    entry = skills.skill(name)
    return entry is not None and entry.licence


def kinds_of(name: str, skills: Skills) -> frozenset[str]:
    """Return the wider licences that a licence is a kind of: a category B is a driving licence; none for a skill.

    A document of a speciality is no kind of the education that it is given for.
    """
    if not is_licence(name, skills) or is_of_speciality(name):
        return frozenset()
    return frozenset(each for each in skills.implied((name,)) if each != name and is_licence(each, skills))
