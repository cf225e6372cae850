"""What would make a person fit more of the vacancies of their own market, if it is true of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from domain.identifiers import TelegramId
from domain.insights.courses import Courses, CourseSearch
from domain.insights.demand import Demand, asked_by, unmet
from domain.insights.effects import Effect, compared_once, effect_of
from domain.insights.held import Found, found_elsewhere
from domain.insights.market import ENCODING_TIME, FEWEST_ENCODED, FEWEST_OF_A_ROLE, Market, assessed, market_of
from domain.insights.told import names_in
from domain.matching.applicant import measured
from domain.matching.languages import is_language
from domain.matching.scorer import SCORER_VERSION, Scorer
from domain.outside import Clock
from domain.resumes.content import LanguageLevel, ResumeContent
from domain.resumes.use_cases import must_have_one
from domain.transactions import Transactions
from domain.vacancies.embedding import EncodeFirst
from domain.vacancies.vacancy import Vacancy

MOST_RECOMMENDED = 10
MOST_TRIED = 12
"""Of how many skills, those asked most, the effect is computed."""

KEYWORD_FROM = 0.4
"""The share of the vacancies of one's role from which on a skill they ask for is a keyword of the role."""


class Advised(str, Enum):
    """What is to be done about a skill, each only if it is true."""

    ADD = "add"
    MENTION = "mention"
    LEVEL = "level"
    LICENCE = "licence"
    LEARN = "learn"


class Silence(str, Enum):
    """Why nothing is recommended."""

    NO_VACANCIES = "no_vacancies"
    OTHER_PROFESSIONS = "other_professions"
    NOTHING_MISSING = "nothing_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillToAdd:
    """A skill that the market asks for and the list of skills lacks.

    `found` tells where the texts speak of it all the same. `LEARN` is said of one that the person has denied, `LEVEL`
    of a language: `level` is the one most often asked.
    """

    skill: str
    advised: Advised
    level: LanguageLevel | None
    must: int
    nice: int
    effect: Effect
    found: Found | None
    courses: tuple[CourseSearch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A skill usually asked for in the role, which the résumé holds and does not list; `percent` of its vacancies ask.

    One that is implied by another earns its points already: its effect is none, but people who search by words find it.
    """

    skill: str
    percent: int
    found: Found
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendations:
    """`market` counts the vacancies that were looked at, `of_role` those among them of the role wished."""

    market: int = 0
    of_role: int = 0
    skills: tuple[SkillToAdd, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    silence: Silence | None = None
    scorer_version: str = SCORER_VERSION


@dataclass(frozen=True)
class Recommend:
    """Recommend by computing, not by guessing: each effect is what the scorer says of the same résumé with it."""

    transaction: Transactions
    clock: Clock
    scorer: Scorer
    encode_first: EncodeFirst
    courses: Courses

    def __call__(self, *, telegram_id: TelegramId, language: str) -> Recommendations:
        """Return what would help, courses taught in that language first; raises `NotFound` without a résumé."""
        now, measures = self.clock.now(), self.scorer.measures
        with self.transaction() as tx:
            resume = must_have_one(tx, telegram_id)
            vacancies = market_of(tx, telegram_id, resume.content, measures, at=now)
        vacancies = self.encode_first(vacancies, fewest=FEWEST_ENCODED, within=ENCODING_TIME)
        scorer = compared_once(self.scorer)
        market = assessed(vacancies, resume.content, scorer)
        if (silence := silence_of(market)) is not None:
            return Recommendations(silence=silence)
        said_no = resume.corrections.denied_skills
        denied = frozenset(name for written in said_no for name in names_in(written, measures.skills))
        return self._recommended(resume.content, market, scorer, denied, language)

    def _recommended(
        self,
        content: ResumeContent,
        market: Market,
        scorer: Scorer,
        denied: frozenset[str],
        language: str,
    ) -> Recommendations:
        measures = scorer.measures
        applicant = measured(content, measures)
        elsewhere = found_elsewhere(content, measures.skills)
        found = {name: where for name, where in elsewhere.items() if name not in denied}
        tried = unmet((vacancy for vacancy, _ in market.looked_at), applicant, measures.skills)[:MOST_TRIED]
        effects = {each.skill.name: effect_of(each, content, market.looked_at, scorer) for each in tried}
        keywords = self._keywords([vacancy for vacancy, _ in market.of_role], found, effects)
        named = {keyword.skill for keyword in keywords}
        to_add = [
            self._to_add(each, effects[each.skill.name], found, denied, language)
            for each in tried
            if each.skill.name not in named
        ]
        # What would bring less than can be shown is not worth a person's time.
        gainful = sorted((each for each in to_add if each.effect.mean > 0), key=_most_gainful_first)
        return Recommendations(
            market=len(market.looked_at),
            of_role=len(market.of_role),
            skills=tuple(gainful[:MOST_RECOMMENDED]),
            keywords=keywords,
            silence=None if gainful or keywords else Silence.NOTHING_MISSING,
        )

    def _keywords(
        self,
        of_role: Sequence[Vacancy],
        found: Mapping[str, Found],
        effects: Mapping[str, Effect],
    ) -> tuple[Keyword, ...]:
        if len(of_role) < FEWEST_OF_A_ROLE:
            return ()
        usual = {
            name: count / len(of_role)
            for name, count in asked_by(of_role, self.scorer.measures.skills).items()
            if count >= KEYWORD_FROM * len(of_role) and name in found
        }
        return tuple(
            Keyword(
                skill=name,
                percent=round(100 * share),
                found=found[name],
                effect=effects.get(name, Effect()),
            )
            for name, share in sorted(usual.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_RECOMMENDED]
        )

    def _to_add(
        self, demand: Demand, effect: Effect, found: Mapping[str, Found], denied: frozenset[str], language: str
    ) -> SkillToAdd:
        name, where = demand.skill.name, found.get(demand.skill.name)
        advised = Advised.ADD
        if name in denied:
            advised = Advised.LEARN
        elif demand.level is not None or is_language(name):
            advised = Advised.LEVEL
        elif demand.skill.licence:
            advised = Advised.LICENCE
        elif where is not None:
            advised = Advised.MENTION
        # Whoever has it need not learn it.
        courses = () if advised is Advised.MENTION else self.courses.teaching(demand.skill, language=language)
        return SkillToAdd(
            skill=name,
            advised=advised,
            level=demand.level,
            must=demand.must,
            nice=demand.nice,
            effect=effect,
            found=where,
            courses=tuple(courses),
        )


def silence_of(market: Market) -> Silence | None:
    """Return why a market has nothing to tell, `None` where it has."""
    if market.profession:
        return None
    return Silence.OTHER_PROFESSIONS if market.offered else Silence.NO_VACANCIES


def _most_gainful_first(each: SkillToAdd) -> tuple[int, int, int, str]:
    return -each.effect.total, -each.effect.newly_fitting, -(each.must + each.nice), each.skill
