"""Small measuring instruments for tests: words for stems, a few skills, titles, places and currencies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.insights.courses import CourseSearch
from domain.matching.lexicon import Mention, Place, Similarity, Skill, Title
from domain.matching.measures import Measures

_STOP_WORDS = frozenset({"и", "в", "на", "с", "the", "a", "of", "and"})

CATALOGUE = (
    Skill(name="Python", category="programming languages"),
    Skill(name="Django", category="backend", implies=frozenset({"Python"})),
    Skill(name="SQL", category="languages"),
    Skill(name="PostgreSQL", category="databases", implies=frozenset({"SQL"})),
    Skill(name="Apache Kafka", category="queues"),
    Skill(name="Redis", category="databases"),
    Skill(name="Docker", category="operations"),
    Skill(name="Excel", category="office"),
    Skill(name="Права категории C", category="licences", licence=True),
    Skill(name="ПК", category="office", generic=True),
    Skill(name="Английский язык", category="natural languages"),
)
_ALIASES = {
    "english": "Английский язык",
    "upper-intermediate": "Английский язык",
    "kafka": "Apache Kafka",
    "постгрес": "PostgreSQL",
    "категория c": "Права категории C",
}


class WordStems:
    """Takes lower-case words for stems."""

    def stems(self, text: str) -> tuple[str, ...]:
        return tuple(word for word in re.findall(r"[\w+#]+", text.casefold()) if word not in _STOP_WORDS)


class SkillList:
    """Knows the skills above."""

    def __init__(self) -> None:
        self._entries = {skill.name: skill for skill in CATALOGUE}
        self._names = {**{skill.name.casefold(): skill.name for skill in CATALOGUE}, **_ALIASES}
        words = sorted(self._names, key=len, reverse=True)
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)

    def find(self, text: str) -> tuple[Mention, ...]:
        return tuple(
            Mention(
                skill=self._names[found.group().casefold()], start=found.start(), end=found.end(), words=found.group()
            )
            for found in self._any.finditer(text)
        )

    def named(self, name: str) -> str | None:
        return self._names.get(name.strip().casefold())

    def skill(self, name: str) -> Skill | None:
        return self._entries.get(name)

    def implied(self, names: Iterable[str]) -> frozenset[str]:
        held = set(names)
        return frozenset(held.union(*(self._entries[name].implies for name in held if name in self._entries)))


class TitleList:
    """Knows four professions in three families, and the usual words of seniority."""

    _ROLES = (
        (r"разработчик|developer", "backend_developer", "software"),
        (r"тестировщик|\bqa\b", "tester", "software"),
        (r"водитель|driver", "driver", "transport"),
        (r"бухгалтер|accountant", "accountant", "finance"),
    )
    _LEVELS = (
        (r"стажёр|intern", 0),
        (r"младший|junior", 1),
        (r"middle", 2),
        (r"старший|senior", 3),
        (r"ведущий|lead", 4),
        (r"руководитель|head", 5),
    )

    def read(self, title: str) -> Title:
        words = title.casefold()
        named = [(role, family) for sign, role, family in self._ROLES if re.search(sign, words)]
        role, family = named[0] if named else (None, None)
        return Title(
            role=role,
            family=family,
            others=frozenset(other for other, _ in named[1:]),
            level=next((level for sign, level in self._LEVELS if re.search(sign, words)), None),
            technologies=frozenset(mention.skill for mention in SkillList().find(title)),
        )

    def kinship(self, one: str, other: str) -> float:
        return 1.0 if one == other else self.kin(one).get(other, 0.0)

    def kin(self, role: str) -> Mapping[str, float]:
        return {"backend_developer": {"tester": 0.45}, "tester": {"backend_developer": 0.45}}.get(role, {})


class PlaceList:
    """Knows a few cities, a region and two countries."""

    _PLACES = (
        ("подольск", Place(city="Подольск", region="Московская область", country="Россия")),
        ("химки", Place(city="Химки", region="Московская область", country="Россия")),
        ("московская область", Place(city=None, region="Московская область", country="Россия")),
        ("москва", Place(city="Москва", region="Москва", country="Россия")),
        ("казань", Place(city="Казань", region="Республика Татарстан", country="Россия")),
        ("татарстан", Place(city=None, region="Республика Татарстан", country="Россия")),
        ("минск", Place(city="Минск", region="Минск", country="Беларусь")),
        ("россия", Place(city=None, region=None, country="Россия")),
        ("беларусь", Place(city=None, region=None, country="Беларусь")),
    )

    def find(self, text: str) -> Place | None:
        return next((place for name, place in self._PLACES if name in text.casefold()), None)


class FixedCurrencies:
    """Knows three currencies at round rates."""

    _RATES = {"RUB": Decimal(1), "USD": Decimal(90), "KZT": Decimal("0.2")}  # noqa: RUF012 — never changed

    def in_roubles(self, amount: Decimal, currency: str) -> Decimal | None:
        rate = self._RATES.get(currency)
        return None if rate is None else amount * rate


class EqualWeights:
    """Takes every word for equally telling."""

    def weight(self, stem: str) -> float:
        return 1.0 if stem else 0.0


class NoSimilarity:
    """Has no model at hand."""

    model = None

    def between(self, text: str, others: Sequence[str]) -> Sequence[float] | None:  # noqa: ARG002 — as the port has it
        return None


@dataclass(frozen=True)
class FixedSimilarity:
    """Finds every pair of texts equally near."""

    nearness: float
    model: str | None = "fixed-1"

    def between(self, text: str, others: Sequence[str]) -> Sequence[float] | None:  # noqa: ARG002 — as the port has it
        return [self.nearness] * len(others)


class PlainMarkup:
    """Takes tags and the commonest entities out of a text."""

    def plain(self, text: str) -> str:
        lines = re.sub(r"</(?:p|li|div)>|<br\s*/?>", "\n", text)
        return re.sub(r"<[^>]*>", "", lines).replace("&nbsp;", " ").replace("&amp;", "&").strip()


class TwoSchools:
    """Look for anything but licences in a Russian school and an English one."""

    def teaching(self, skill: Skill, *, language: str) -> tuple[CourseSearch, ...]:
        names = () if skill.licence else sorted(("en", "ru"), key=lambda each: each != language)
        return tuple(
            CourseSearch(provider=f"School {each}", language=each, url=f"https://example.com/{each}?q={skill.name}")
            for each in names
        )


COURSES = TwoSchools()
MEASURES = Measures(
    stems=WordStems(),
    skills=SkillList(),
    titles=TitleList(),
    places=PlaceList(),
    currencies=FixedCurrencies(),
    weights=EqualWeights(),
    similarity=NoSimilarity(),
)


def measures_with(similarity: Similarity) -> Measures:
    return replace(MEASURES, similarity=similarity)
