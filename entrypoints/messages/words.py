"""The message catalogue: codes and data in, a sentence in the person's language out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from fluent.runtime import FluentBundle, FluentResource

from adapters.bootstrap import called
from domain.insights.effects import FITTING, Effect
from domain.insights.held import Found, Whence
from domain.insights.quality import Advice
from domain.insights.recommendations import Keyword, Silence, SkillToAdd
from domain.insights.rubric import Criterion
from domain.matching.assessment import Aspect, Limit, Line, Reason, Verdict
from domain.resumes.content import LanguageLevel
from domain.resumes.reading import FileWarning

LANGUAGES = ("ru", "en")
_NARROW_SPACE = "\u202f"
_LEVELS = frozenset({"intern", "junior", "middle", "senior", "lead", "head"})
_INNER_QUOTES = {"ru": str.maketrans("«»", "„“"), "en": str.maketrans("“”", "‘’")}
_SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€", "GBP": "£", "KZT": "₸", "BYN": "Br", "CNY": "¥"}
_QUOTED = frozenset({"wished", "title", "position"})
"""What messages put between quotation marks."""

_YEARS_ASKED = re.compile(r"(?P<least>\d+(?:\.\d+)?)(?:\+|-(?P<most>\d+(?:\.\d+)?))")


class Words:
    """One language's messages. An unknown code is worded by the code itself, never by an error."""

    def __init__(self, language: str) -> None:
        self.language = language
        # Isolation marks are for mixed scripts in bidirectional texts, which we have none of.
        self._bundle = FluentBundle([language], use_isolating=False)
        text = files("entrypoints.messages").joinpath(f"{language}.ftl").read_text("utf-8")
        self._bundle.add_resource(FluentResource(text))

    def title(self, status: int) -> str:
        return self._say(f"title-{status}", {})

    def problem(self, code: str, data: Mapping[str, object] | None = None, *, retry_after: float | None = None) -> str:
        """Word what is the matter; `retry_after`: in so many seconds it is worth trying again."""
        minutes = math.ceil(retry_after / 60) if retry_after is not None and retry_after > 60 else 0
        return self._say(f"problem-{code}", {"minutes": minutes, **self._with_troubles(data or {})})

    def warning(self, warning: FileWarning) -> str:
        return self._say(f"warning-{warning.value}", {})

    def field(self, code: str) -> str:
        """Word what is wrong with a field; limits may follow the code: `out_of_range 14 100`, `unknown_choice a, b`."""
        code, _, limits = code.partition(" ")
        if not limits:
            return self._say(f"field-{code}", {})
        least, _, most = limits.rpartition(" ")
        return self._say(f"field-{code}-within", {"least": _short(least), "most": _short(most), "choices": limits})

    def skill(self, name: str) -> str:
        """Return what a skill of the catalogue is called, with the level behind it where one stands there."""
        return called().skill(name, self.language)

    def reason(self, reason: Reason) -> str:
        data = self._with_the_rest_counted(self._with_skills(self._with_quotes_inside(reason.data)))
        if isinstance(data.get("wished"), int):
            data["wished"] = _money(str(data.get("wish", data["wished"])))
        if "format" in data:
            data["format"] = self._say(f"format-{data['format']}", {})
        if "area" in data:
            data["area"] = called().place(str(data["area"]), self.language)
        return self._say(f"reason-{reason.code}", self._with_levels(data)).rstrip(": ")

    def line(self, line: Line, *, caps: Sequence[str] = ()) -> str:
        """Word a line of an explanation; the caps of its score are told so that both say the same."""
        subject, asked, proof = line.subject, line.asked, self._inside(line.proof or "—")
        if line.aspect is Aspect.SKILLS:
            subject = self.skill(subject)
        elif line.aspect is Aspect.ROLE:
            subject, asked = "profession" if "other_profession" in caps else subject, self._inside(asked)
        elif line.aspect is Aspect.SALARY:
            asked, proof = _money(line.asked), _grouped(int(line.proof or 0))
        elif line.aspect is Aspect.EXPERIENCE:
            asked, proof = self._years_asked(line.asked), self._years_held(line.proof)
        elif subject == "format":
            asked = self._say(f"format-{line.asked}", {})
        else:
            asked = called().place(asked, self.language)
        data = {"subject": subject, "asked": asked, "proof": proof, "must": _demand(line)}
        return self._say(f"line-{line.aspect.value}-{line.verdict.value}", data)

    def _years_asked(self, words: str) -> str:
        """Word "1-3" or "6+" years; anything else is said as it is."""
        found = _YEARS_ASKED.fullmatch(words)
        if found is None:
            return words
        least, most = float(found["least"]), float(found["most"] or 0)
        if not most:
            return self._say("years-from" if least else "years-none", {"least": least})
        return self._say("years-between" if least else "years-to", {"least": least, "most": most})

    def _years_held(self, told: str | None) -> str:
        if told is None:
            return self._say("years-untold", {})
        return self._years(float(told)) if float(told) else self._say("years-not_held", {})

    def _years(self, years: float) -> str:
        return self._say("years", {"years": years})

    def limit(self, limit: Limit) -> str:
        said = {**self._with_levels(self._with_skills(limit.data)), "percent": round(100 * limit.times)}
        text = self._say(f"limit-{limit.code}", said)
        return self._say("limit-told-by-another", {"text": text.rpartition(": ")[0]}) if limit.times == 1 else text

    def criterion(self, criterion: Criterion) -> str:
        return self._say(f"quality-{criterion.value}", {})

    def advice(self, advice: Advice) -> str:
        """Word what to do, and what it would bring."""
        data = self._with_quotes_inside(advice.data)
        names = data.get("names")
        if isinstance(names, Sequence):
            data["names"] = [self._quoted(str(name)) for name in names]
        for key, value in advice.data.items():
            if key in ("stated", "dated"):
                data[key] = self._years(float(str(value)))
        said = self._say(f"advice-{advice.code}", self._with_the_rest_counted(data))
        return self._say("advice-gain", {"text": said, "gain": advice.gain})

    def recommendation(self, skill: SkillToAdd, *, market: int) -> str:
        """Word what to do about a skill, if it is true; `market` counts the vacancies that were looked at."""
        name = self.skill(skill.skill)
        if skill.level is not None:
            name = f"{name} {self._level(skill.level)}"
        asked = {"skill": self._quoted(name), "asked": skill.must + skill.nice, "must": skill.must, "market": market}
        told = self._told(skill.found) if skill.found is not None else {}
        return self._with_effect(self._say(f"recommend-{skill.advised.value}", {**asked, **told}), skill.effect)

    def keyword(self, keyword: Keyword) -> str:
        """Word that a keyword of the role is held and not listed, and where it was found."""
        name = "keyword-implied" if keyword.found.whence is Whence.SKILL else "keyword-told"
        data = {
            "skill": self._quoted(self.skill(keyword.skill)),
            "percent": keyword.percent,
            **self._told(keyword.found),
        }
        return self._with_effect(self._say(name, data), keyword.effect)

    def hh_advice(self, state: str) -> str | None:
        """Word what a person can do about their link to hh.ru; `None` where nothing need be done."""
        return self._say(f"hh-{state}", {}) if self._has(f"hh-{state}") else None

    def page(self, step: str) -> dict[str, str]:
        """Return the texts of the page after a sign-in at hh.ru: to confirm it, that it is done, or a trouble."""
        names = ("title", "question", "compare", "warning", "button", "text", "back")
        return {name: self._say(f"page-{step}-{name}", {}) for name in names if self._has(f"page-{step}-{name}")}

    def _has(self, name: str) -> bool:
        return self._bundle.has_message(name)

    def silence(self, silence: Silence) -> str:
        return self._say(f"silence-{silence.value}", {})

    def _level(self, level: LanguageLevel) -> str:
        return self._say("level-native", {}) if level is LanguageLevel.NATIVE else level.value

    def _told(self, found: Found) -> dict[str, object]:
        words: dict[str, object] = {"words": self._quoted(found.words)}
        if found.whence is Whence.SKILL:
            return words
        place = self._say(f"found-{found.whence.value}", {"job": self._quoted(found.job or "")})
        return {**words, "place": place}

    def _with_effect(self, text: str, effect: Effect) -> str:
        if not effect.mean:
            return text
        data = {"text": text, "gain": effect.mean, "fitting": effect.newly_fitting, "from": FITTING}
        return self._say("recommend-effect", data)

    def _quoted(self, name: str) -> str:
        return self._say("quoted", {"name": self._inside(name)})

    def _inside(self, words: str) -> str:
        """Return the words as they stand between quotation marks: those inside others are of another kind."""
        return words.translate(_INNER_QUOTES[self.language])

    def _with_quotes_inside(self, data: Mapping[str, object]) -> dict[str, object]:
        return {
            key: self._inside(value) if key in _QUOTED and isinstance(value, str) else value
            for key, value in data.items()
        }

    def _with_levels(self, data: Mapping[str, object]) -> dict[str, object]:
        """Return the data with levels of seniority in words; "years" is none: only they are told."""
        levels = {key: data[key] for key in ("offered", "own") if data.get(key) in _LEVELS}
        return {**data, **{key: self._say(f"level-name-{level}", {}) for key, level in levels.items()}}

    def _with_skills(self, data: Mapping[str, object]) -> dict[str, object]:
        """Return the data with `names` of skills as they are called in this language."""
        names = data.get("names")
        return {**data, "names": [self.skill(str(name)) for name in names]} if isinstance(names, Sequence) else {**data}

    def _with_troubles(self, data: Mapping[str, object]) -> dict[str, object]:
        """Return the data with `troubles`, which are outcomes by source, in words."""
        troubles = data.get("troubles")
        if not isinstance(troubles, Mapping):
            return {**data}
        said = (
            self._say(f"outcome-{outcome}", {"source": self._say(f"source-{source}", {})})
            for source, outcome in troubles.items()
        )
        return {**data, "troubles": "; ".join(said)}

    def _with_the_rest_counted(self, data: Mapping[str, object]) -> dict[str, object]:
        """Return the data with `names` that tell of those they are the first of."""
        names, count = data.get("names"), data.get("count")
        if isinstance(names, Sequence) and isinstance(count, int) and count > len(names):
            return {**data, "names": self._say("more", {"names": names, "count": count - len(names)})}
        return dict(data)

    def _say(self, name: str, data: Mapping[str, object]) -> str:
        if not self._has(name):
            return name.split("-", 1)[1]
        pattern = self._bundle.get_message(name).value
        said, _ = self._bundle.format_pattern(pattern, {key: _argument(value) for key, value in data.items()})  # type: ignore[arg-type]  # every message has a value
        return str(said)


def _demand(line: Line) -> str:
    """Return how a requirement is asked for; `other`: the résumé has its like, which is not enough."""
    if line.verdict is Verdict.UNMET and line.proof is not None:
        return "other"
    if not line.must:
        return "nice"
    return "title" if line.of_title else "must"


def _argument(value: object) -> str | int | float:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value)
    if isinstance(value, float) and value == int(value):
        return int(value)
    if isinstance(value, int) and value >= 10_000:
        return _grouped(value)
    return value if isinstance(value, (int, float)) else str(value)


def _short(number: str) -> str:
    return number.removesuffix(".0")


def _money(told: str) -> str:
    """Word "2500 USD"; an amount alone is in roubles."""
    amount, _, currency = told.partition(" ")
    return f"{_grouped(int(amount))} {_SIGNS.get(currency, currency) if currency else _SIGNS['RUB']}"


def _grouped(amount: int) -> str:
    return f"{amount:,}".replace(",", _NARROW_SPACE)


@lru_cache
def words(language: str) -> Words:
    """Return the messages of a language, Russian for one we do not speak."""
    return Words(language if language in LANGUAGES else LANGUAGES[0])
