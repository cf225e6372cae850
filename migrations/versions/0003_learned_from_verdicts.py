"""How a person's taste moved a match, and verdicts to be forgotten. The code of 0002 works on it as before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.steps import alone

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            # No row is written: what is there already was not moved, and is not forgotten.
            alone(
                "ALTER TABLE matches ADD COLUMN IF NOT EXISTS shift JSONB,"
                " ADD COLUMN IF NOT EXISTS forgotten BOOLEAN DEFAULT false NOT NULL"
            )
    else:
        op.add_column("matches", sa.Column("shift", sa.JSON))
        op.add_column("matches", sa.Column("forgotten", sa.Boolean, server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("matches", "forgotten")
    op.drop_column("matches", "shift")
