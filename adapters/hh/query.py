"""What hh.ru is asked for a résumé and filters: the narrowest query first, each after it wider."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from adapters.boards.words import without_contacts
from adapters.hh.dictionaries import Dictionaries
from domain.matching.measures import Measures
from domain.resumes.content import ResumeContent, WorkFormat
from domain.search.filters import Filters

PER_PAGE = 100
LATEST_DAYS = 30
MOST_SKILLS, MOST_NAMES = 8, 6
LONGEST_TEXT = 200

RoleNames = Callable[[str], Sequence[str]]
"""Returns the ways to name a role of the catalogue of titles."""

_NEAR = 0.7
_EXPERIENCE = ((1, "noExperience"), (3, "between1And3"), (6, "between3And6"), (None, "moreThan6"))
_FORMATS = {
    WorkFormat.OFFICE: "ON_SITE",
    WorkFormat.REMOTE: "REMOTE",
    WorkFormat.HYBRID: "HYBRID",
    WorkFormat.FIELD: "FIELD_WORK",
}
# What else means something in hh.ru's query language, or may: it has no escaping.
_SIGNS = re.compile(r"[^\w\s#+./&-]|_")
_SIGNS_BEFORE = re.compile(r"(?<!\S)[-+/&]+|[-/&]+(?!\S)")
_OPERATORS = frozenset({"and", "or", "not"})
_BY_DATE = frozenset({"period", "date_from", "date_to"})


@dataclass(frozen=True, slots=True)
class Query:
    """Parameters of `GET /vacancies`; a key with several values stands several times.

    `worded`: what is found holds the very words that the person typed.
    """

    params: tuple[tuple[str, str], ...]
    worded: bool = False

    def page(self, number: int) -> list[tuple[str, str]]:
        return [*self.params, ("page", str(number)), ("per_page", str(PER_PAGE))]

    def published(self, since: datetime, until: datetime) -> Query:
        """Return the query for what was published between the two, both included."""
        window = (("date_from", _moment(since)), ("date_to", _moment(until)))
        return replace(self, params=(*self._without(_BY_DATE), *window))

    def inside(self, area: str) -> Query:
        return replace(self, params=(*self._without(frozenset({"area"})), ("area", area)))

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(value for name, value in self.params if name == "area")

    def _without(self, names: frozenset[str]) -> list[tuple[str, str]]:
        return [pair for pair in self.params if pair[0] not in names]


def queries(
    resume: ResumeContent, filters: Filters, dictionaries: Dictionaries, measures: Measures, names: RoleNames
) -> tuple[Query, ...]:
    """Return the queries, each once, the narrowest first. There is always one."""
    asking = _Asking(resume, filters, dictionaries, measures, names)
    return tuple(dict.fromkeys(asking.in_order()))


def escaped(text: str) -> str:
    """Return the words of a text without anything that hh.ru's query language would take for a sign of its own."""
    plain = _SIGNS_BEFORE.sub(" ", _SIGNS.sub(" ", without_contacts(text)))
    words = [word.lower() if word.lower() in _OPERATORS else word for word in plain.split()]
    return " ".join(words)[:LONGEST_TEXT].strip()


def any_of(names: Sequence[str]) -> str:
    """Return the text that finds any of the names, each as it stands."""
    told = dict.fromkeys(filter(None, map(escaped, names)))
    return " OR ".join(f'"{each}"' if " " in each or each in _OPERATORS else each for each in told)


@dataclass(frozen=True)
class _Asking:
    resume: ResumeContent
    filters: Filters
    dictionaries: Dictionaries
    measures: Measures
    names: RoleNames

    def in_order(self) -> Iterator[Query]:
        words, area, format_ = self._words(), self._area(), self._format()
        typed = self.filters.text is not None
        if words:
            in_title = [("search_field", "name")] if self.dictionaries.knows("vacancy_search_fields", "name") else []
            yield self._query(words, area, format_, [*in_title, *self._experience()], worded=typed)
            yield self._query(words, area, format_, worded=typed)
        alike = self._alike()
        if alike:
            yield self._query(alike, area, format_, newest=True)
        # What the person calls their work, and what others call it, each for itself.
        for each in dict.fromkeys(filter(None, (words,) if typed else (words, alike))):
            yield from self._wider(each, area, format_)
        skills = "" if typed else self._skills()
        if skills:
            yield self._query(skills, area, format_, newest=True)
        if not (words or alike or skills):
            yield self._query("", area, format_, newest=True)

    def _wider(self, words: str, area: str | None, format_: WorkFormat | None) -> Iterator[Query]:
        """Yield what looks elsewhere: where nobody said they want to stay in the place itself."""
        typed, asked = self.filters.text is not None, self.filters.work_format
        if format_ is WorkFormat.REMOTE and self.dictionaries.knows("schedule", "remote"):
            # Some vacancies tell of the format by the older field alone.
            yield self._query(words, None, None, [("schedule", "remote")], newest=True, worded=typed)
        if format_ is not asked:
            # A format that the résumé wishes is no condition.
            yield self._query(words, self._place(), asked, newest=True, worded=typed)
        around = self.dictionaries.areas.wider(area) if area is not None and self.filters.region is None else None
        if around is not None and self.dictionaries.areas.wider(around) is not None:
            yield self._query(words, around, format_, newest=True, worded=typed)
        if area is not None and asked is None:
            yield self._query(words, None, WorkFormat.REMOTE, newest=True, worded=typed)

    def _query(
        self,
        text: str,
        area: str | None,
        format_: WorkFormat | None,
        more: Sequence[tuple[str, str]] = (),
        *,
        newest: bool = False,
        worded: bool = False,
    ) -> Query:
        pairs = [("text", text)] if text else []
        pairs += more
        if area is not None:
            pairs.append(("area", area))
        if format_ is not None and self.dictionaries.knows("work_format", _FORMATS[format_]):
            pairs.append(("work_format", _FORMATS[format_]))
        if self.filters.salary_from is not None:
            pairs += [("salary", str(int(self.filters.salary_from))), ("currency", "RUR")]
        order = "publication_time" if newest else "relevance"
        pairs += [("period", str(LATEST_DAYS)), ("order_by", order), ("no_magic", "true")]
        return Query(tuple(pairs), worded)

    def _words(self) -> str:
        return escaped(self.filters.text or "") if self.filters.text is not None else escaped(self._position())

    def _position(self) -> str:
        held = (job.position for job in self.resume.experience if job.position)
        return self.resume.desired_position or self.resume.current_position or next(held, "")

    def _alike(self) -> str:
        """Return what finds the role by its other names, with the technologies that tell it from others of its kind."""
        told = self.filters.text or self._position()
        title = self.measures.titles.read(told) if told else None
        if title is None or title.role is None:
            return ""
        told_by = any_of(self._names_of(title.role, title.technologies))
        if not told_by:
            return ""
        wanted = set(title.technologies)
        if self.filters.text is not None:
            wanted |= {mention.skill for mention in self.measures.skills.find(self.filters.text)}
        return " AND ".join([f"NAME:({told_by})", *(f"({any_of([each])})" for each in sorted(wanted)[:MOST_SKILLS])])

    def _names_of(self, role: str, technologies: Set[str]) -> list[str]:
        """Return names of the role, and of its kin where the technology makes it of them: a programmer, with Python."""
        read = self.measures.titles.read
        own = (name for name in self.names(role) if not read(name).technologies)
        found = list(islice(own, MOST_NAMES))
        if technologies:
            near = (other for other, kinship in self.measures.titles.kin(role).items() if kinship >= _NEAR)
            named = (name for other in near for name in self.names(other) if not read(name).technologies)
            with_it = " ".join(sorted(technologies))
            found += islice((name for name in named if read(f"{name} {with_it}").role == role), MOST_NAMES)
        return found

    def _skills(self) -> str:
        known = [self.measures.skills.named(skill) for skill in self.resume.skills]
        entries = [self.measures.skills.skill(name) for name in dict.fromkeys(known) if name is not None]
        telling = [entry.name for entry in entries if entry is not None and not entry.generic and not entry.licence]
        return any_of(telling[:MOST_SKILLS])

    def _format(self) -> WorkFormat | None:
        wished = self.resume.work_format
        return self.filters.work_format or (wished if wished is WorkFormat.REMOTE else None)

    def _area(self) -> str | None:
        """Return where to look; who works remotely may work for anybody."""
        return None if self._format() is WorkFormat.REMOTE else self._place()

    def _place(self) -> str | None:
        region = self.filters.region or self.resume.region or self.resume.contact.city
        return self.dictionaries.areas.id_of(region) if region else None

    def _experience(self) -> list[tuple[str, str]]:
        """Return the band of the years there are, and the one below: many ask for less than they get."""
        years = self.resume.years_experience
        if years is None:
            return []
        bands = [band for _, band in _EXPERIENCE]
        own = next(place for place, (most, _) in enumerate(_EXPERIENCE) if most is None or years < most)
        first, last = (0, 1) if own == 0 else (own - 1, own)
        return [("experience", band) for band in bands[first : last + 1] if self.dictionaries.knows("experience", band)]


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S%z")
