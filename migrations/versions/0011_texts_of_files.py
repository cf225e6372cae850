"""The texts of the files handed out, for as long as an answer may come. The code of 0010 works on as before."""

from __future__ import annotations

from alembic import op

from migrations.steps import alone

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TABLE = """CREATE TABLE IF NOT EXISTS handed_texts (
    hand_out_id VARCHAR(64) NOT NULL,
    text TEXT NOT NULL,
    kept_until {time} NOT NULL,
    CONSTRAINT pk_handed_texts PRIMARY KEY (hand_out_id),
    CONSTRAINT fk_handed_texts_hand_out_id_hand_outs
        FOREIGN KEY (hand_out_id) REFERENCES hand_outs (id) ON DELETE CASCADE
)"""


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            alone(_TABLE.format(time="TIMESTAMP WITH TIME ZONE"))
    else:
        # A time is text of one fixed width there.
        op.execute(_TABLE.format(time="VARCHAR(32)"))


def downgrade() -> None:
    op.drop_table("handed_texts")
