"""What a clause says of the skills it names: nice to have, not needed, or any one of several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.matching.lexicon import Mention, Skills

_NICE = re.compile(
    r"плюсом\b|\bплюсы?\s*:|[—–-]\s*плюс\b|\(\s*плюс\s*\)|(?:это|большой|огромный|существенный)\s+плюс\b|как плюс|"
    r"приветству|желател|преимуществ|не обязател|необязател|"
    r"nice[ -]to[ -]have|\bnice\s*:|\bplus(?:es)?\b|\bbonus\b|\bwelcomed?\b|preferred|preferably|desirable|advantage|"
    r"optional|ideally",
    re.IGNORECASE,
)
_OR = r"(?:и/или|или|либо|and/or|or)"
_FEW_WORDS = r"(?:[\w'’-]+\s+){0,3}"
_EITHER = re.compile(rf"[\s)»\"”]*,?\s*\(?{_OR}\s+{_FEW_WORDS}[(«\"“]*", re.IGNORECASE)
_LISTED = re.compile(r"\s*[,/]\s*")
LISTED_ANYHOW = re.compile(rf"\s*(?:[,/]|,?\s*(?:{_OR}|и|and)\s)\s*", re.IGNORECASE)
_JOINED = re.compile(rf"\s*(?:/|(?:{_OR}|и|and)\s)\s*", re.IGNORECASE)
_ONE_OF = re.compile(
    r"(?:одн[оаи](?:го|й|м|у)?|один|люб(?:ой|ая|ое|ого)|одним)\s+из\b|\b(?:one|any|at least one)\s+of\b", re.IGNORECASE
)
_ONE_OF_REACH = 40  # characters
_EXAMPLES = re.compile(r"\b(?:such\s+as|for\s+example|например)\b|\be\.\s?g\.", re.IGNORECASE)
# "Любой брокер сообщений (Kafka, NATS)", "any database: MySQL, Oracle": with the list opened; "any of" is told above.
_ANY = re.compile(r"\b(?:люб(?:ой|ая|ое|ого|ую|ым|ые|ых|ыми)|any)\b(?!\s+(?:из|of)\b)", re.IGNORECASE)
_OPENED = re.compile(r"[(:]")
_INTO_LIST = re.compile(r"\s*[(:]\s*(?:например|such\s+as|e\.\s?g\.|for\s+example)?\s*[,:]?\s*", re.IGNORECASE)
_SLASH = re.compile(r"\s*/\s*")
_FRAMEWORKS = frozenset({"backend", "frontend", "mobile"})
_OF_LANGUAGES = "programming languages"
_GROUND = frozenset({_OF_LANGUAGES, "1c"})
_BESIDE_OTHERS = frozenset({"SQL", "Bash"})
"""Languages of the catalogue that come with another one rather than in its stead."""
_NOT_NEEDED_AHEAD = re.compile(
    r"(?:\bне\s+(?:требу\w+|потребу\w+|нуж(?:но|ны|на|ен)|использу\w+|применя\w+)|\bno\s+need\s+(?:for|to)|"
    r"\bбез\s+(?:знани\w+|опыта|навыков)|\bwithout\s+(?:any\s+)?(?:knowledge|experience)|"
    r"\b(?:на|об)учим\b|\bwe(?:['’]ll|\s+will)?\s+teach|"
    rf"\b(?:do\s+not|don['’]t)\s+(?:need|use|require)|\bnot\s+(?:required|necessary)\s+to)\s+{_FEW_WORDS}$",
    re.IGNORECASE,
)
_NOT_NEEDED_BEHIND = re.compile(
    rf"[\s)»\"”]*{_FEW_WORDS}(?:не\s+(?:требу\w+|потребу\w+|нуж(?:но|ны|на|ен)|использу\w+|применя\w+)|"
    r"(?:is|are)(?:n['’]t|\s+not)\s+(?:\w+\s+)?(?:required|needed|necessary|used)|not\s+(?:required|needed|necessary|used))\b",
    re.IGNORECASE,
)
_NO_AHEAD = re.compile(rf"\bno\s+{_FEW_WORDS}$", re.IGNORECASE)
_NEEDED_BEHIND = re.compile(rf"\s*{_FEW_WORDS}(?:required|needed|necessary)\b", re.IGNORECASE)


def says_nice(text: str) -> bool:
    return _NICE.search(text) is not None


def nice_ones(clause: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the indexes of the mentions that the clause calls nice to have.

    "Python, желательно Go" speaks of what follows, "Kafka (желательно), Redis" of what stands before the bracket,
    "Python (Go — плюс)" of what stands in it.
    """
    said = _NICE.search(clause)
    if said is None:
        return frozenset()
    opened = clause.rfind("(", 0, said.start())
    inside = [index for index, mention in enumerate(mentions) if opened < mention.start < said.start()]
    if opened >= 0 and ")" not in clause[opened : said.start()] and inside:
        return frozenset(inside)
    before = [index for index, mention in enumerate(mentions) if mention.end <= said.start()]
    after = [index for index in range(len(mentions)) if index not in before]
    if not before or not after:
        return frozenset(range(len(mentions)))
    lead = clause[: said.start()].rstrip()
    if lead.endswith("("):
        return frozenset(before[-1:])
    return frozenset(after) if lead.endswith((",", "—", "–")) else frozenset(range(len(mentions)))


def unneeded_ones(clause: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the indexes of the mentions that the clause says it does not ask for."""
    gaps = gaps_between(clause, mentions)
    found: set[int] = set()
    for index, mention in enumerate(mentions):
        ahead, behind = clause[: mention.start], clause[mention.end :]
        if _NOT_NEEDED_AHEAD.search(ahead) or (_NO_AHEAD.search(ahead) and _NEEDED_BEHIND.match(behind)):
            found |= set(run_from(index, gaps, LISTED_ANYHOW, step=1))
        if _NOT_NEEDED_BEHIND.match(behind):
            found |= set(run_from(index, gaps, _JOINED, step=-1))
    return frozenset(found)


def alternatives(clause: str, mentions: Sequence[Mention], skills: Skills) -> dict[int, tuple[str, ...]]:
    """Return, by index, the group of each mention that stands among alternatives, in the order of the clause."""
    gaps = gaps_between(clause, mentions)
    linked = [_EITHER.fullmatch(gap) is not None for gap in gaps]
    for index in reversed(range(len(gaps) - 1)):
        # "Docker, Kafka или RabbitMQ": only things of one kind are alternatives over a comma.
        alike = _category(mentions[index], skills) == _category(mentions[index + 1], skills)
        linked[index] = linked[index] or (linked[index + 1] and alike and _LISTED.fullmatch(gaps[index]) is not None)
    # After the commas: "PostgreSQL, Redis/Memcached" offers no choice of PostgreSQL.
    for index, gap in enumerate(gaps):
        if _SLASH.fullmatch(gap) and _stand_in(mentions[index].skill, mentions[index + 1].skill, skills):
            linked[index] = True
    for said in (*_ONE_OF.finditer(clause), *_EXAMPLES.finditer(clause), *_ANY.finditer(clause)):
        for index in _named_by(said, clause, mentions, gaps):
            linked[index] = True
    groups: dict[int, tuple[str, ...]] = {}
    start = 0
    for index in range(len(mentions)):
        if index == len(gaps) or not linked[index]:
            names = tuple(dict.fromkeys(mention.skill for mention in mentions[start : index + 1]))
            if len(names) > 1:
                groups |= dict.fromkeys(range(start, index + 1), names)
            start = index + 1
    return groups


def _named_by(said: re.Match[str], clause: str, mentions: Sequence[Mention], gaps: Sequence[str]) -> Sequence[int]:
    """Return the gaps inside the list that "one of" speaks of: behind it, or before its bracket.

    A gap has the index of the mention before it.
    """
    before = [index for index, mention in enumerate(mentions) if mention.end <= said.start()]
    if before and clause[mentions[before[-1]].end : said.start()].strip() == "(":
        return run_from(before[-1], gaps, LISTED_ANYHOW, step=-1)[1:]
    first = len(before)
    if first < len(gaps) and _INTO_LIST.fullmatch(gaps[first]):
        # What the list is of: "any of the brokers (Kafka, NATS)".
        first += 1
    if first == len(mentions) or mentions[first].start - said.end() > _ONE_OF_REACH:
        return []
    if said.re is _ANY and _OPENED.search(clause, said.end(), mentions[first].start) is None:
        return []
    return run_from(first, gaps, LISTED_ANYHOW, step=1)[:-1]


def run_from(index: int, gaps: Sequence[str], join: re.Pattern[str], *, step: int) -> Sequence[int]:
    """Return the indexes of the mentions joined to the one given, itself first, in one direction."""
    run = [index]
    while 0 <= (gap := run[-1] if step > 0 else run[-1] - 1) < len(gaps) and join.fullmatch(gaps[gap]):
        run.append(run[-1] + step)
    return run


def gaps_between(clause: str, mentions: Sequence[Mention]) -> list[str]:
    """Return what stands between each mention and the next."""
    return [clause[mentions[index].end : mentions[index + 1].start] for index in range(len(mentions) - 1)]


def _stand_in(one: str, other: str, skills: Skills) -> bool:
    """Tell whether either of two skills usually will do: both are kinds of one thing, and neither needs the other."""
    if other in skills.implied((one,)) or one in skills.implied((other,)):
        return False
    first, second = skills.skill(one), skills.skill(other)
    # "Категории B/C" asks for both.
    if first is None or second is None or one == other or first.licence or second.licence:
        return False
    if first.category == second.category == _OF_LANGUAGES:
        return not {one, other} & _BESIDE_OTHERS
    common = [skills.skill(name) for name in skills.implied((one,)) & skills.implied((other,))]
    frameworks = first.category == second.category and first.category in _FRAMEWORKS
    # What two libraries have in common is but their language, or the platform they stand on.
    return any(
        each is not None and (frameworks or each.category not in _GROUND or each.name == "SQL") for each in common
    )


def _category(mention: Mention, skills: Skills) -> str | None:
    entry = skills.skill(mention.skill)
    return entry.category if entry is not None else None
