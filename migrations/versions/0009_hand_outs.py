"""The pieces of work handed out to an outside automation, with their results. The code of 0008 works on as before."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from migrations.steps import alone

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TABLES = {
    "hand_outs": (
        "id VARCHAR(64) NOT NULL",
        "telegram_id BIGINT NOT NULL",
        "kind VARCHAR(16) NOT NULL",
        "status VARCHAR(16) NOT NULL",
        "execution_id VARCHAR(100)",
        "pages INTEGER",
        "reason VARCHAR(64)",
        "deadline {time} NOT NULL",
        "due_at {time} NOT NULL",
        "sent_at {time}",
        "lease_until {time}",
        "attempt INTEGER NOT NULL",
        "interruptions INTEGER NOT NULL",
        "failures INTEGER NOT NULL",
        "created_at {time} NOT NULL",
        "finished_at {time}",
        "CONSTRAINT pk_hand_outs PRIMARY KEY (id)",
        "CONSTRAINT fk_hand_outs_telegram_id_users"
        " FOREIGN KEY (telegram_id) REFERENCES users (telegram_id) ON DELETE CASCADE",
    ),
    "delivered_pages": (
        "hand_out_id VARCHAR(64) NOT NULL",
        "number INTEGER NOT NULL",
        "vacancy_ids {json} NOT NULL",
        "sources {json} NOT NULL",
        "used BOOLEAN NOT NULL",
        "CONSTRAINT pk_delivered_pages PRIMARY KEY (hand_out_id, number)",
        "CONSTRAINT fk_delivered_pages_hand_out_id_hand_outs"
        " FOREIGN KEY (hand_out_id) REFERENCES hand_outs (id) ON DELETE CASCADE",
    ),
}
_INDEXES = (
    ("telegram_id",),
    ("execution_id",),
    ("status", "due_at"),
    ("status", "lease_until"),
    ("finished_at",),
)


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            alone("ALTER TABLE search_runs ADD COLUMN IF NOT EXISTS deadline TIMESTAMP WITH TIME ZONE")
            _make_tables(alone, time="TIMESTAMP WITH TIME ZONE", json="JSONB")
    else:
        # A time is text of one fixed width there.
        op.add_column("search_runs", sa.Column("deadline", sa.String(32)))
        _make_tables(op.execute, time="VARCHAR(32)", json="JSON")


def downgrade() -> None:
    op.drop_table("delivered_pages")
    op.drop_table("hand_outs")
    op.drop_column("search_runs", "deadline")


def _make_tables(make: Callable[[str], None], **types: str) -> None:
    for table, columns in _TABLES.items():
        make(f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(columns).format(**types)})")
    for columns in _INDEXES:
        name = f"ix_hand_outs_{'_'.join(columns)}"
        op.execute(f"CREATE INDEX IF NOT EXISTS {name} ON hand_outs ({', '.join(columns)})")
