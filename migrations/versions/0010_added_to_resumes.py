"""What something outside found in a résumé file beside our own reading. The code of 0009 works on it as before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.steps import alone

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            alone("ALTER TABLE resumes ADD COLUMN IF NOT EXISTS added JSONB")
    else:
        op.add_column("resumes", sa.Column("added", sa.JSON))


def downgrade() -> None:
    op.drop_column("resumes", "added")
