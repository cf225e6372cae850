"""How a résumé is written: results, skills and their proof, length, readability."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.insights.phrases import is_first_person, is_shouted, words_in
from domain.insights.rubric import Shortcoming, named
from domain.insights.told import Job, Told
from domain.resumes.resume import each_once

JOBS_THAT_COUNT = 3
"""This many jobs told well are enough: of a long career nobody reads the rest."""

RESULTS_A_JOB = 2
FIGURES = 0.6
"""Of a job's results: what its figures are worth; the rest are its outcomes."""

FEWEST_SKILLS, MOST_SKILLS = 5, 25
MOST_GENERAL = 3
ENOUGH_PROVEN = 0.6

SHORTEST_STORY = 100  # characters
LONGEST_STORY = 2_000  # characters, those of sentences with a figure not counted
SHORT_NAME = 60  # characters

LONGEST_SENTENCE = 35  # words
MOST_FILLERS = 3
USUAL_FIRST_PERSON, MUCH_FIRST_PERSON = 0.07, 0.15
USUAL_CAPITALS, MUCH_CAPITALS = 0.05, 0.3


def results(told: Told) -> list[Shortcoming] | None:
    """A job counts whole when its text has two figures and two things finished."""
    if told.newcomer:
        return None
    if not told.jobs:
        return [Shortcoming(code="results_untold", costs=1)]
    best, share = _best(told.jobs, lambda job: 1 - _lacks_figures(job) - _lacks_outcomes(job))
    bare = [job for job in best if _lacks_figures(job) + _lacks_outcomes(job) == 1]
    others = [job for job in best if job not in bare]
    lacking: dict[str, list[tuple[Job, float]]] = {
        "results_missing": [(job, 1) for job in bare],
        # Who has told of one is asked for another, not for any.
        "figures_missing": [(job, _lacks_figures(job)) for job in others if not _figures(job)],
        "figures_few": [(job, _lacks_figures(job)) for job in others if _figures(job)],
        "outcomes_missing": [(job, _lacks_outcomes(job)) for job in others if not _outcomes(job)],
        "outcomes_few": [(job, _lacks_outcomes(job)) for job in others if _outcomes(job)],
    }
    return _of_jobs(lacking, share)


def _figures(job: Job) -> int:
    return sum(sentence.figures for sentence in job.sentences)


def _outcomes(job: Job) -> int:
    return sum(sentence.outcomes for sentence in job.sentences)


def _lacks_figures(job: Job) -> float:
    return _lacks(_figures(job), FIGURES)


def _lacks_outcomes(job: Job) -> float:
    return _lacks(_outcomes(job), 1 - FIGURES)


def _lacks(held: int, weight: float) -> float:
    return weight * max(0, RESULTS_A_JOB - held) / RESULTS_A_JOB


def _of_jobs(lacking: Mapping[str, Sequence[tuple[Job, float]]], share: float) -> list[Shortcoming]:
    """Return what is amiss with which jobs, by code; a job's whole text is `share` of the criterion."""
    return [
        Shortcoming(code=code, costs=costs * share, data=named([job.name for job, part in jobs if part]))
        for code, jobs in lacking.items()
        if (costs := sum(part for _, part in jobs))
    ]


def _best(jobs: Sequence[Job], value: Callable[[Job], float]) -> tuple[list[Job], float]:
    """Return the jobs that count, the best first, and the share of each."""
    best = sorted(jobs, key=lambda job: -value(job))[:JOBS_THAT_COUNT]
    return best, 1 / len(best)


def skills(told: Told) -> list[Shortcoming]:
    concrete = [skill for skill in told.skills if skill.concrete]
    recognised = [skill for skill in concrete if skill.names]
    unproven = [skill.written for skill in concrete if not skill.proven]
    lacking = max(0, FEWEST_SKILLS - len(concrete))
    found = []
    if lacking:
        found.append(Shortcoming(code="skills_few", costs=lacking / FEWEST_SKILLS, data={"count": len(concrete)}))
    unknown = min(len(concrete), FEWEST_SKILLS) - min(len(recognised), FEWEST_SKILLS)
    if unknown > 0:
        names = [skill.written for skill in concrete if not skill.names]
        found.append(Shortcoming(code="skills_unrecognised", costs=0.3 * unknown / FEWEST_SKILLS, data=named(names)))
    room = 1 - sum(each.costs for each in found)
    # A long list is a fault only as far as nothing bears it out.
    if len(unproven) > MOST_SKILLS:
        costs = min(0.3, room, 0.05 * (len(unproven) - MOST_SKILLS))
        found.append(Shortcoming(code="skills_many", costs=costs, data=named(unproven[MOST_SKILLS:])))
        room -= costs
    general = [skill.written for skill in told.skills if skill.general]
    if len(general) > MOST_GENERAL and room:
        costs = min(0.2, room, 0.05 * (len(general) - MOST_GENERAL))
        found.append(Shortcoming(code="skills_general", costs=costs, data=named(general)))
    return found


def proof(told: Told) -> list[Shortcoming] | None:
    if told.newcomer:
        return None
    provable = [skill for skill in told.skills if skill.provable]
    if not provable:
        return [Shortcoming(code="nothing_to_prove", costs=1)]
    unproven = [skill.written for skill in provable if not skill.proven]
    missing = ENOUGH_PROVEN - (1 - len(unproven) / len(provable))
    if missing <= 0:
        return []
    return [Shortcoming(code="skills_unproven", costs=missing / ENOUGH_PROVEN, data=named(unproven))]


def length(told: Told) -> list[Shortcoming] | None:
    if told.newcomer:
        return None
    if not told.jobs:
        return [Shortcoming(code="texts_missing", costs=1)]
    best, share = _best(told.jobs, _fullness)
    lacking = {
        "text_missing": [(job, 1.0) for job in best if not job.sentences],
        "text_short": [(job, 1 - _fullness(job)) for job in best if job.sentences and not _is_wall(job)],
        "text_long": [(job, 1 - _fullness(job)) for job in best if _is_wall(job)],
    }
    return _of_jobs(lacking, share)


def _fullness(job: Job) -> float:
    if _is_wall(job):
        return 0.5
    return min(1.0, sum(len(sentence.words) for sentence in job.sentences) / SHORTEST_STORY)


def _is_wall(job: Job) -> bool:
    return sum(len(sentence.words) for sentence in job.sentences if not sentence.figures) > LONGEST_STORY


def readability(told: Told) -> list[Shortcoming] | None:
    """Sentences, capitals, first person and empty phrases are a quarter each."""
    if not told.prose:
        return None
    long = [sentence.words for sentence in told.prose if len(words_in(sentence.words)) > LONGEST_SENTENCE]
    words = [word for sentence in told.prose for word in words_in(sentence.words)]
    shouted = [word for word in words if is_shouted(word)]
    first_person = sum(is_first_person(word) for word in words)
    # Next to a figure or to something finished, a virtue has its proof.
    bare = [sentence for sentence in told.prose if not (sentence.figures or sentence.outcomes)]
    fillers = each_once(filler for sentence in bare for filler in sentence.fillers)
    shares = {
        "sentences_long": (min(1.0, 2 * len(long) / len(told.prose)), named([_shortened(each) for each in long])),
        "capitals": (
            _between(len(shouted) / len(words), USUAL_CAPITALS, MUCH_CAPITALS),
            named(list(dict.fromkeys(shouted))),
        ),
        "first_person": (
            _between(first_person / len(words), USUAL_FIRST_PERSON, MUCH_FIRST_PERSON),
            {"count": first_person},
        ),
        "fillers": (min(1.0, len(fillers) / MOST_FILLERS), named(fillers)),
    }
    return [Shortcoming(code=code, costs=share / 4, data=data) for code, (share, data) in shares.items() if share]


def _between(value: float, least: float, most: float) -> float:
    """Return how far a value has come from the least to the most, 0 to 1."""
    return min(1.0, max(0.0, (value - least) / (most - least)))


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= SHORT_NAME else sentence[:SHORT_NAME].rsplit(" ", 1)[0] + "…"
