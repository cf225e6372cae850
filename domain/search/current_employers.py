"""Nobody is offered a job where they work already, whenever it becomes known where that is."""

from __future__ import annotations

from domain.identifiers import TelegramId
from domain.resumes.content import ResumeContent
from domain.transactions import Transaction
from domain.vacancies.vacancy import employer_key


def current_employers(resume: ResumeContent) -> frozenset[str]:
    """Return the keys of the employers that the résumé calls present ones."""
    keys = (employer_key(job.company) for job in resume.experience if job.current)
    return frozenset(key for key in keys if key is not None)


def heed_current_employers(tx: Transaction, telegram_id: TelegramId, resume: ResumeContent) -> None:
    """Take out of the person's queue what the résumé that counts now forbids; put back what an earlier one did.

    The person must be held. What a search found no place for in its queue comes with the next one.
    """
    current = current_employers(resume)
    tx.matches.withhold_current(telegram_id, current)
    latest = tx.search_runs.latest(telegram_id)
    if latest is None:
        return
    let_back = tx.matches.offer_former(latest.id, current=current)
    for employer in sorted(let_back & tx.matches.hidden_employers(telegram_id)):
        tx.matches.withhold(telegram_id, employer)
