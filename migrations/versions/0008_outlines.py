"""Which vacancies are known but in outline. The code of 0007 works on it as before, and leaves it unsaid."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.steps import alone

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            alone("ALTER TABLE vacancies ADD COLUMN IF NOT EXISTS outline BOOLEAN")
    else:
        op.add_column("vacancies", sa.Column("outline", sa.Boolean))


def downgrade() -> None:
    op.drop_column("vacancies", "outline")
