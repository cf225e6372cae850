"""Rankings that anybody could make, to be measured beside ours: chance, BM25, an embedding, the latter two together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log, sqrt

from domain.evaluation.chance import shuffled
from domain.evaluation.metrics import Scores
from domain.matching.lexicon import Similarity
from domain.resumes.content import ResumeContent
from domain.vacancies.vacancy import Vacancy

SHUFFLES = 20
K1, B = 1.2, 0.75

LONGEST_ENCODED = 1_000
"""In characters: an embedding of more is blurred by what the text says besides."""

# The last bits of a sum must not decide what a tie would.
_DIGITS = 9


def vacancy_text(vacancy: Vacancy) -> str:
    """Return the words of a vacancy, the most telling first."""
    return _joined(
        vacancy.title, ", ".join(vacancy.skills), vacancy.requirements, vacancy.responsibilities, vacancy.description
    )


def resume_text(resume: ResumeContent) -> str:
    """Return the words of a résumé, the most telling first."""
    told = [words for job in resume.experience for words in (job.position, job.description)]
    return _joined(resume.desired_position, resume.current_position, ", ".join(resume.skills), *told)


def by_chance(ids: Sequence[str], numbers: Iterator[int]) -> list[list[str]]:
    """Return orders that know nothing, as many as make their mean steady."""
    return [shuffled(sorted(ids), numbers) for _ in range(SHUFFLES)]


class Bm25:
    """Okapi BM25 (Robertson, Zaragoza, 2009) over the stems of a pool of vacancies."""

    def __init__(self, documents: Mapping[str, Sequence[str]]) -> None:
        """Index the stems of each document by its id."""
        self._ids = tuple(documents)
        mean = sum(map(len, documents.values())) / len(documents) if documents else 0.0
        counts = {name: Counter(stems) for name, stems in documents.items()}
        holding = Counter(stem for found in counts.values() for stem in found)
        self._weights: dict[str, dict[str, float]] = defaultdict(dict)
        for name, found in counts.items():
            norm = K1 * (1 - B + B * len(documents[name]) / mean) if found else 0.0
            for stem, count in found.items():
                idf = log(1 + (len(documents) - holding[stem] + 0.5) / (holding[stem] + 0.5))
                self._weights[stem][name] = idf * count * (K1 + 1) / (count + norm)

    def scores(self, stems: Sequence[str]) -> Scores:
        """Return the score of each document; a stem counts once, however often the query holds it."""
        scores = dict.fromkeys(self._ids, 0.0)
        for stem in sorted(set(stems)):
            for name, weight in self._weights.get(stem, {}).items():
                scores[name] += weight
        return {name: round(score, _DIGITS) for name, score in scores.items()}


def by_embedding(resume: ResumeContent, vacancies: Sequence[Vacancy], similarity: Similarity) -> Scores | None:
    """Return how near each vacancy is in meaning, or `None` when no model is at hand."""
    texts = [vacancy_text(vacancy)[:LONGEST_ENCODED] for vacancy in vacancies]
    near = similarity.between(resume_text(resume)[:LONGEST_ENCODED], texts)
    if near is None:
        return None
    # One that the model fails at is near to nobody.
    return {vacancy.id: round(each or 0.0, _DIGITS) for vacancy, each in zip(vacancies, near, strict=True)}


def fused(lexical: Scores, semantic: Scores, languages: Mapping[str, str]) -> Scores:
    """Return both together, standardised among the vacancies of one language: BM25 is blind across languages."""
    sums: dict[str, float] = {}
    for language in sorted(set(languages.values())):
        names = [name for name in lexical if languages[name] == language]
        pairs = zip(names, _standard(names, lexical), _standard(names, semantic), strict=True)
        sums |= {name: round(one + other, _DIGITS) for name, one, other in pairs}
    return sums


def _standard(names: Sequence[str], scores: Scores) -> Iterator[float]:
    mean = sum(scores[name] for name in names) / len(names)
    spread = sqrt(sum((scores[name] - mean) ** 2 for name in names) / len(names))
    for name in names:
        yield (scores[name] - mean) / spread if spread else 0.0


def _joined(*texts: str | None) -> str:
    return "\n".join(filter(None, texts))
