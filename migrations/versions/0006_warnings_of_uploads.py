"""What a person should know of a file that was read. The code of 0005 works on it as before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.steps import alone

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            alone("ALTER TABLE uploads ADD COLUMN IF NOT EXISTS warnings JSONB")
    else:
        op.add_column("uploads", sa.Column("warnings", sa.JSON))


def downgrade() -> None:
    op.drop_column("uploads", "warnings")
