"""What people applied to, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql.tables import job_applications
from adapters.sql.writing import owner_known
from domain.identifiers import TelegramId, VacancyId
from domain.search.applications import JobApplication, ToldBy

_OF_PERSON = (
    select(job_applications)
    .where(job_applications.c.telegram_id == bindparam("person"))
    .order_by(job_applications.c.applied_at, job_applications.c.vacancy_id)
)
_VACANCIES = select(job_applications.c.vacancy_id).where(job_applications.c.telegram_id == bindparam("person"))


class SqlJobApplications:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, applications: Iterable[JobApplication]) -> int:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        # What was inserted is counted by what comes back: a driver need not know how many rows an insert made.
        statement = dialect.insert(job_applications).on_conflict_do_nothing().returning(job_applications.c.vacancy_id)
        with owner_known("user_not_found"):
            return sum(len(self._connection.execute(statement, _columns(each)).all()) for each in applications)

    def vacancies(self, telegram_id: TelegramId) -> frozenset[VacancyId]:
        return frozenset(map(VacancyId, self._connection.scalars(_VACANCIES, {"person": telegram_id})))

    def all_of(self, telegram_id: TelegramId) -> Sequence[JobApplication]:
        return [
            JobApplication(
                telegram_id=TelegramId(row.telegram_id),
                vacancy_id=VacancyId(row.vacancy_id),
                applied_at=row.applied_at,
                told_by=ToldBy(row.told_by),
            )
            for row in self._connection.execute(_OF_PERSON, {"person": telegram_id})
        ]


def _columns(application: JobApplication) -> dict[str, object]:
    return {
        "telegram_id": application.telegram_id,
        "vacancy_id": application.vacancy_id,
        "applied_at": application.applied_at,
        "told_by": application.told_by.value,
    }
