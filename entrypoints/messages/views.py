"""Assessments and warnings in words, for HTTP and the command line alike."""

from __future__ import annotations

from typing import Any

from domain.matching.assessment import Assessment
from domain.resumes.reading import FileWarning
from domain.search.match import Shift
from entrypoints.messages.words import Words


def warning_view(warning: FileWarning, words: Words) -> dict[str, Any]:
    """Return what the person should know of a file that was read all the same."""
    return {"code": warning, "detail": words.warning(warning)}


def ranked_view(vacancy_id: str, assessment: Assessment, words: Words) -> dict[str, Any]:
    """Return what a ranking says of one vacancy."""
    return {
        "vacancy_id": vacancy_id,
        "score": assessment.score,
        "skills_match_percent": assessment.skills_match,
        "matched_skills": [words.skill(name) for name in assessment.matched_skills],
        "missing_skills": [words.skill(name) for name in assessment.missing_skills],
        "reasons": [words.reason(reason) for reason in assessment.reasons],
    }


def explanation_view(assessment: Assessment, words: Words) -> dict[str, Any]:
    """Return where a score comes from, each line worded."""
    return {
        "score": assessment.score,
        "skills_match_percent": assessment.skills_match,
        "parts": assessment.parts,
        "limits": [
            {"code": limit.code, "times": limit.times, "text": words.limit(limit)} for limit in assessment.limits
        ],
        "caps": assessment.caps,
        "lines": [
            {
                "aspect": line.aspect,
                "subject": line.subject,
                "verdict": line.verdict,
                "must": line.must,
                "asked": line.asked,
                "proof": line.proof,
                "text": words.line(line, caps=assessment.caps),
            }
            for line in assessment.lines
        ],
        "reasons": [words.reason(reason) for reason in assessment.reasons],
        "scorer_version": assessment.scorer_version,
    }


def shift_view(shift: Shift, words: Words) -> dict[str, Any] | None:
    """Return how a person's taste moved a match, `None` where it did not."""
    if shift.reason is None:
        return None
    return {"points": shift.points, "reason": words.reason(shift.reason)}
