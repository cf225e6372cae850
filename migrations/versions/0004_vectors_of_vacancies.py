"""Vectors of vacancies, and which model compared in a run. The code of 0003 works on it as before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.steps import alone, build_index

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OUR_OWN = sa.text("source NOT IN ('hh', 'trudvsem')")
_SEEN_LAST = sa.text("last_seen_at DESC")

_TEXTS = ("title", "skills", "responsibilities", "requirements", "description")
_RETOLD = " OR ".join(f"OLD.{name} IS {{differs}} NEW.{name}" for name in _TEXTS)
_ON_RETELLING = f"UPDATE OF {', '.join(_TEXTS)} ON vacancies"


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            _postgresql()
    else:
        _sqlite()


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP TRIGGER vacancy_retold ON vacancies")
        op.execute("DROP FUNCTION vacancy_retold")
    else:
        op.execute("DROP TRIGGER vacancy_retold")
    op.drop_table("vacancy_vectors")
    op.drop_table("vectors")
    op.drop_index("ix_vacancies_embedded", "vacancies")
    op.drop_column("vacancies", "embedded")
    op.drop_column("search_runs", "similarity")


def _postgresql() -> None:
    alone("ALTER TABLE search_runs ADD COLUMN IF NOT EXISTS similarity VARCHAR(100)")
    alone("ALTER TABLE vacancies ADD COLUMN IF NOT EXISTS embedded VARCHAR(100) DEFAULT '' NOT NULL")
    # In the database, since the code of 0003 rewords vacancies beside this one and knows nothing of vectors.
    op.execute(
        "CREATE OR REPLACE FUNCTION vacancy_retold() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN NEW.embedded := ''; RETURN NEW; END $$"
    )
    alone(
        f"CREATE OR REPLACE TRIGGER vacancy_retold BEFORE {_ON_RETELLING} FOR EACH ROW"
        f" WHEN ({_RETOLD.format(differs='DISTINCT FROM')}) EXECUTE FUNCTION vacancy_retold()"
    )
    build_index("ix_vacancies_embedded", "vacancies", ["embedded", _SEEN_LAST], postgresql_where=_OUR_OWN)
    op.execute(
        "CREATE TABLE IF NOT EXISTS vectors ("
        "key BYTEA CONSTRAINT pk_vectors PRIMARY KEY,"
        " vector BYTEA NOT NULL,"
        " kept_at TIMESTAMP WITH TIME ZONE NOT NULL)"
    )
    alone(
        "CREATE TABLE IF NOT EXISTS vacancy_vectors ("
        "vacancy_id VARCHAR(200) CONSTRAINT pk_vacancy_vectors PRIMARY KEY"
        " CONSTRAINT fk_vacancy_vectors_vacancy_id_vacancies REFERENCES vacancies (id) ON DELETE CASCADE,"
        " model VARCHAR(100) NOT NULL,"
        " story_key BYTEA NOT NULL,"
        " title_key BYTEA NOT NULL,"
        " embedded_at TIMESTAMP WITH TIME ZONE NOT NULL)"
    )
    op.execute("CREATE INDEX IF NOT EXISTS ix_vacancy_vectors_embedded_at ON vacancy_vectors (embedded_at)")


def _sqlite() -> None:
    op.add_column("search_runs", sa.Column("similarity", sa.String(100)))
    op.add_column("vacancies", sa.Column("embedded", sa.String(100), server_default="", nullable=False))
    op.execute(
        f"CREATE TRIGGER vacancy_retold AFTER {_ON_RETELLING} WHEN {_RETOLD.format(differs='NOT')}"  # noqa: S608 — of our own words
        " BEGIN UPDATE vacancies SET embedded = '' WHERE id = NEW.id; END"
    )
    op.create_index("ix_vacancies_embedded", "vacancies", ["embedded", _SEEN_LAST], sqlite_where=_OUR_OWN)
    op.create_table(
        "vectors",
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        # As text of one fixed width.
        sa.Column("kept_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_vectors"),
    )
    op.create_table(
        "vacancy_vectors",
        sa.Column("vacancy_id", sa.String(200), nullable=False),
        sa.Column("model", sa.String(100), nullable=False),
        sa.Column("story_key", sa.LargeBinary, nullable=False),
        sa.Column("title_key", sa.LargeBinary, nullable=False),
        sa.Column("embedded_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("vacancy_id", name="pk_vacancy_vectors"),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name="fk_vacancy_vectors_vacancy_id_vacancies", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_vacancy_vectors_embedded_at", "vacancy_vectors", ["embedded_at"])
