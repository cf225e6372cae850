"""Job boards, accounts at hh.ru, applications, one job in several places. The code of 0006 works on it as before."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from migrations.steps import alone

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OF_PERSON = (
    "CONSTRAINT fk_{table}_telegram_id_users FOREIGN KEY (telegram_id) REFERENCES users (telegram_id) ON DELETE CASCADE"
)

_TABLES = {
    "boards": (
        "name VARCHAR(64) NOT NULL",
        "next_at {time}",
        "rests_until {time}",
        "rests_because VARCHAR(32)",
        "token TEXT",
        "token_asked_at {time}",
        "CONSTRAINT pk_boards PRIMARY KEY (name)",
    ),
    "board_answers": (
        "key VARCHAR(64) NOT NULL",
        "etag TEXT",
        "body {bytes} NOT NULL",
        "fresh_until {time} NOT NULL",
        "CONSTRAINT pk_board_answers PRIMARY KEY (key)",
    ),
    "vacancy_twins": (
        "vacancy_id VARCHAR(200) NOT NULL",
        "same_as VARCHAR(200) NOT NULL",
        "CONSTRAINT pk_vacancy_twins PRIMARY KEY (vacancy_id)",
        "CONSTRAINT fk_vacancy_twins_same_as_vacancies"
        " FOREIGN KEY (same_as) REFERENCES vacancies (id) ON DELETE CASCADE",
    ),
    "hh_connections": (
        "telegram_id BIGINT NOT NULL",
        "state VARCHAR(32) NOT NULL",
        "tokens TEXT",
        "expires_at {time}",
        "resume_id VARCHAR(64)",
        "unanswered INTEGER NOT NULL",
        "linked_at {time} NOT NULL",
        "synced_at {time}",
        "attempt INTEGER NOT NULL",
        "held_until {time}",
        "CONSTRAINT pk_hh_connections PRIMARY KEY (telegram_id)",
        _OF_PERSON.format(table="hh_connections"),
    ),
    "hh_sign_ins": (
        "telegram_id BIGINT NOT NULL",
        "state VARCHAR(64) NOT NULL",
        "verifier TEXT",
        "expires_at {time} NOT NULL",
        "taken_at {time}",
        "resume_id VARCHAR(64)",
        "failure VARCHAR(64)",
        "CONSTRAINT pk_hh_sign_ins PRIMARY KEY (telegram_id)",
        "CONSTRAINT uq_hh_sign_ins_state UNIQUE (state)",
        _OF_PERSON.format(table="hh_sign_ins"),
    ),
    "job_applications": (
        "telegram_id BIGINT NOT NULL",
        "vacancy_id VARCHAR(200) NOT NULL",
        "applied_at {time} NOT NULL",
        "told_by VARCHAR(16) NOT NULL",
        "CONSTRAINT pk_job_applications PRIMARY KEY (telegram_id, vacancy_id)",
        _OF_PERSON.format(table="job_applications"),
    ),
}
_INDEXES = {"board_answers": "fresh_until", "vacancy_twins": "same_as"}


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            alone("ALTER TABLE vacancies ADD COLUMN IF NOT EXISTS links JSONB")
            _make_tables(alone, time="TIMESTAMP WITH TIME ZONE", bytes="BYTEA")
    else:
        op.add_column("vacancies", sa.Column("links", sa.JSON))
        # A time is text of one fixed width there.
        _make_tables(op.execute, time="VARCHAR(32)", bytes="BLOB")


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    op.drop_column("vacancies", "links")


def _make_tables(make: Callable[[str], None], **types: str) -> None:
    for table, columns in _TABLES.items():
        make(f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(columns).format(**types)})")
        if table in _INDEXES:
            column = _INDEXES[table]
            op.execute(f"CREATE INDEX IF NOT EXISTS ix_{table}_{column} ON {table} ({column})")
