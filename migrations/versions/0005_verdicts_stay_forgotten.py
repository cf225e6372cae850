"""Verdicts that stay forgotten when an undo leads back to them. The code of 0004 works on it as before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.steps import alone

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            # No row is written: which verdicts were forgotten before others is not known of what is there already.
            alone("ALTER TABLE matches ADD COLUMN IF NOT EXISTS forgotten_before INTEGER DEFAULT 0 NOT NULL")
    else:
        op.add_column("matches", sa.Column("forgotten_before", sa.Integer, server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("matches", "forgotten_before")
