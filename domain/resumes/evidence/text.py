"""A text that is asked what it bears of a résumé."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from itertools import islice

from domain.matching.languages import is_language, level_beside, says_a_level_alone, without_levels
from domain.matching.lexicon import Mention, Skills, Stems
from domain.resumes.content import EducationLevel, Language, LanguageLevel, Money, WorkFormat
from domain.resumes.evidence.pay import tells_salary
from domain.resumes.evidence.saying import folded, plain, said_and_denied
from domain.resumes.evidence.schooling import tells_education
from domain.resumes.evidence.wording import Wording
from domain.resumes.evidence.work_format import tells_work_format
from domain.resumes.evidence.years import tells_years

_SLACK, _SLACK_IN_SKILL = 2, 1
"""So many other content words may stand among those of a position or a place, and among those of a skill."""

_ENOUGH = 0.9
"""The part of a summary's content words that the text must hold: who sums up joins sentences by words of their own."""

_MOST_WORDS, _MOST_WORDS_OF_SKILL = 25, 10
_MOST_PLACES = 20
"""A language that is named in more places of a text is not looked for any further."""

_MOST_AT_ONCE = re.compile(r"(?s).{1,4000}(?:\n|\Z)|.{1,4000}\s|.{1,4000}")
"""The catalogue reads a text in such pieces: what it takes for them grows faster than they do."""

_MOST_LOOKED_AT = 5_000
"""A name is looked for in so many places of a text where its letters stand, be it within other words."""

_LETTERS = re.compile(r"[^\W\d_]{1,2}")
"""Names of a letter or two (C, R, Go) may be anything in a text: of them the catalogue alone decides."""

# "R and D" is research and development.
_INITIALS = re.compile(r"(?<!\w)[A-Za-z]\s?(?:&|and|n)\s?[A-Za-z](?![\w+#])")
_NOTHING_MORE = re.compile(r"[^\w\n]*\n")
_NEAR = 100  # characters
_CYRILLIC = re.compile(r"[а-я]")
_NAME_OF_A_THING = re.compile(r"\w[A-Z]|[\d+#.]")
_JOINS, _GOES_ON = re.compile(r"\w"), re.compile(r"[\w+#]")
_NUMBER = re.compile(r"\d{1,3}(?:[ .,'’]\d{3})+(?!\d)|\d+")


class Evidence:
    """A text, asked whether it bears a value of `ResumeContent`: whether its words stand there, in any usual form.

    Strict where it cannot be sure, and where too much would have to be looked at: a truth that is refused costs little.
    What the text denies it does not bear.
    """

    def __init__(self, text: str, *, stems: Stems, skills: Skills) -> None:
        self._text, denied = said_and_denied(plain(text))
        self._flat = folded(self._text).replace("\n", " ")
        self._stems, self._skills = stems, skills
        self._wording = Wording(self._text, stems=stems)
        self._denied = set(stems.stems(denied))
        self._numbers = set(_numbers(f"{self._text}\n{denied}"))
        self._found: dict[str, list[tuple[int, int]]] = {}
        for each in self._mentions():
            self._found.setdefault(each.skill, []).append((each.start, each.end))
        self._languages = sorted(place for skill, at in self._found.items() if is_language(skill) for place in at)

    def bears_line(self, line: str) -> bool:
        """Tell whether the words of a position or a place stand side by side in a clause, and its numbers somewhere."""
        told = self._wording.clauses_of(line)
        if not told:
            return self._stands(line)
        if sum(map(len, told)) > _MOST_WORDS or not self._bears_numbers(line):
            return False
        return all(self._wording.holds(words, slack=_SLACK) for words in told)

    def bears_summary(self, summary: str) -> bool:
        """Tell whether the text says nearly all words of a longer one, denies what that denies, and has its numbers."""
        said, denied = (self._stems.stems(part) for part in said_and_denied(plain(summary)))
        words = len(said) + len(denied)
        known = sum(map(self._wording.__contains__, said)) + sum(word in self._denied for word in denied)
        return words > 0 and known >= _ENOUGH * words and self._bears_numbers(summary)

    def bears_skill(self, name: str) -> bool:
        """Tell whether the catalogue finds the skill, by any name of it, or its name or a form of it stands there."""
        if len(name.split()) > _MOST_WORDS_OF_SKILL:
            return False
        canonical = self._skills.named(name)
        if canonical in self._found:
            return True
        if canonical is not None and _LETTERS.fullmatch(name):
            return False
        return self._stands(name) or self._stands_in_another_form(name)

    def bears_language(self, name: str) -> bool:
        return bool(self._places_of(name))

    def bears_level(self, language: Language) -> bool:
        """Tell whether the level told of the language is the one that stands beside a name of it."""
        return any(self._level_at(start, end) is language.level for start, end in self._places_of(language.name))

    def bears_salary(self, salary: Money) -> bool:
        return tells_salary(self._text, salary)

    def bears_years(self, years: float) -> bool:
        return tells_years(self._text, years)

    def bears_education(self, level: EducationLevel) -> bool:
        return tells_education(self._text, level)

    def bears_work_format(self, work_format: WorkFormat) -> bool:
        return tells_work_format(self._text, work_format)

    def _mentions(self) -> Iterator[Mention]:
        text = _INITIALS.sub(lambda found: " " * len(found[0]), self._text)
        for piece in _MOST_AT_ONCE.finditer(text):
            for each in self._skills.find(piece[0]):
                # The catalogue takes "native" for a language, which here is a level, of another one maybe.
                named = without_levels(each.words) if is_language(each.skill) else each.words
                start = piece.start() + each.start + len(named) - len(named.lstrip())
                if words := named.strip():
                    yield Mention(skill=each.skill, start=start, end=start + len(words), words=words)

    def _bears_numbers(self, text: str) -> bool:
        return self._numbers.issuperset(_numbers(plain(text)))

    def _stands(self, name: str) -> bool:
        return next(_standing(name, self._flat), None) is not None

    def _stands_in_another_form(self, name: str) -> bool:
        """Tell whether the words stand side by side in any form and order ("planned budgets": budget planning).

        Names of things (Power BI) have no forms. Of an English word alone only forms of doing count: who "entered the
        market" tells of no marketing.
        """
        words = self._stems.stems(name)
        if not words or not self._bears_numbers(name):
            return False
        if _CYRILLIC.search(folded(name)):
            return self._wording.holds(words, slack=_SLACK_IN_SKILL)
        if _NAME_OF_A_THING.search(name):
            return False
        return self._wording.holds(words, slack=0) if len(words) > 1 else self._wording.does(words[0])

    def _places_of(self, language: str) -> Collection[tuple[int, int]]:
        """Return where the language is named: each start and end in the text."""
        named = self._found.get(self._skills.named(language) or "", ())
        return dict.fromkeys((*named[:_MOST_PLACES], *islice(_standing(language, self._flat), _MOST_PLACES)))

    def _level_at(self, start: int, end: int) -> LanguageLevel | None:
        at = bisect_left(self._languages, (start, end))
        before = [until for _, until in self._languages[max(0, at - 1) : at] if until <= start]
        after = [since for since, _ in self._languages[at : at + 2] if since >= end]
        line_start = self._text.rfind("\n", max(0, start - _NEAR), start) + 1
        return level_beside(
            self._text,
            start,
            end,
            earliest=max([line_start, *before]),
            latest=min([self._level_ends(end), *after]),
        )

    def _level_ends(self, end: int) -> int:
        """Return where the line of a language ends; one that has nothing more may have its level in the next."""
        under = _NOTHING_MORE.match(self._text, end, end + _NEAR)
        if under is not None:
            line = self._text[under.end() : under.end() + _NEAR].partition("\n")[0]
            return under.end() + (len(line) if says_a_level_alone(line) else 0)
        line_end = self._text.find("\n", end, end + _NEAR)
        return line_end if line_end >= 0 else end + _NEAR


def _numbers(text: str) -> Iterator[str]:
    """Yield the whole numbers of a text by their digits, without the gaps of their groups."""
    for found in _NUMBER.finditer(text):
        yield re.sub(r"\D", "", found[0])


def _standing(name: str, flat: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands on word boundaries, with spaces between its words or without."""
    words = folded(plain(name)).split()
    for form in dict.fromkeys((" ".join(words), "".join(words))):
        at = flat.find(form) if form else -1
        for _ in range(_MOST_LOOKED_AT):
            if at < 0:
                break
            end = at + len(form)
            if not _JOINS.fullmatch(flat[at - 1 : at]) and not _GOES_ON.fullmatch(flat[end : end + 1]):
                yield at, end
            at = flat.find(form, at + 1)
