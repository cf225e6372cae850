"""Puts a résumé together out of what the readers of its parts found."""

from __future__ import annotations

from datetime import date

from adapters.resume_parser import hh_export
from adapters.resume_parser.contacts import read_contact
from adapters.resume_parser.education import highest, read_education
from adapters.resume_parser.evidence import is_resume
from adapters.resume_parser.experience import Job, latest, read_experience
from adapters.resume_parser.headings import Kind
from adapters.resume_parser.languages import read_languages
from adapters.resume_parser.lexicons import Lexicons, lexicons
from adapters.resume_parser.lines import lines_of, reflowed
from adapters.resume_parser.positions import read_desired_position
from adapters.resume_parser.salary import read_salary
from adapters.resume_parser.sections import Section, lines_in, split_sections
from adapters.resume_parser.skills import read_skills
from adapters.resume_parser.tenure import read_years
from adapters.resume_parser.work_format import read_work_format
from domain.errors import Refused
from domain.resumes.content import ResumeContent
from domain.resumes.reading import FileLayout

LONGEST_TEXT = 200_000
"""Characters read; what lies beyond is no longer about one person."""
LONGEST_SUMMARY = 5000


def parse_resume(
    text: str, layout: FileLayout, *, today: date | None = None, using: Lexicons | None = None
) -> ResumeContent:
    """Return what the text says; what it does not say is `None` or empty.

    `today` closes the periods that last "till now". Raises `Refused('not_a_resume')`.
    """
    using = using or lexicons()
    today = today or date.today()  # noqa: DTZ011 -- months matter here, and the person's time zone is not known
    text = text[:LONGEST_TEXT]
    if layout is FileLayout.HH_EXPORT:
        text = hh_export.without_footers(text)
    lines = lines_of(text)
    sections = split_sections(lines, today)
    if layout is FileLayout.HH_EXPORT:
        sections = hh_export.regrouped(sections)

    contact, place, name_lines = read_contact(sections, using, text_lines=lines)
    jobs = read_experience(sections, using, today)
    last_job = latest(jobs, today)
    education = read_education(sections, today)
    desired = read_desired_position(sections, name_lines, using)
    content = ResumeContent(
        contact=contact,
        current_position=last_job.entry.position if last_job is not None else None,
        desired_position=desired,
        years_experience=read_years(sections, jobs, using.skills, today),
        skills=read_skills(
            sections,
            [desired or "", *(job.entry.position or "" for job in jobs)],
            _spoken(sections, jobs),
            using.skills,
        ),
        salary=read_salary(sections),
        # Where the person lives, as closely as it is told: a city is not widened to its region.
        region=contact.city or (place.region if place is not None else None),
        work_format=read_work_format(sections),
        languages=read_languages(sections),
        education_level=highest(education),
        experience=tuple(job.entry for job in jobs),
        education=education,
        summary=reflowed(lines_in(sections, Kind.SUMMARY), LONGEST_SUMMARY) or None,
    )
    if not is_resume(content, sections, lines, using.skills):
        raise Refused("not_a_resume")
    return content


def _spoken(sections: list[Section], jobs: list[Job]) -> list[str]:
    """Return the texts that may mention skills: not the employers' names, which only sound like some."""
    texts = [job.entry.description or "" for job in jobs]
    kinds = [Kind.SUMMARY, Kind.COURSES, Kind.OTHER] if jobs else [Kind.EXPERIENCE, Kind.SUMMARY, Kind.OTHER]
    if all(section.kind is not Kind.EXPERIENCE for section in sections):
        kinds.append(Kind.HEAD)
    return [*texts, "\n".join(lines_in(sections, *kinds))]
