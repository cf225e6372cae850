"""Vacancies found by their terms, and indexes for what requests ask. The code of 0001 works on it as before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.steps import alone, build_index

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OUR_OWN = sa.text("source NOT IN ('hh', 'trudvsem')")
_OFFERED_SINCE = sa.text("coalesce(published_at, first_seen_at) DESC")

_REWORDED = " OR ".join(f"OLD.{name} IS {{differs}} NEW.{name}" for name in ("fingerprint", "skills", "asks"))
_ON_REWORDING = "UPDATE OF fingerprint, skills, asks ON vacancies"


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            _postgresql()
    else:
        _sqlite()


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP TRIGGER vacancy_reworded ON vacancies")
        op.execute("DROP FUNCTION vacancy_reworded")
    else:
        op.execute("DROP TRIGGER vacancy_reworded")
        op.drop_table("vacancy_terms_words")
    op.drop_table("vacancy_terms")
    op.drop_index("ix_search_runs_finished_at", "search_runs")
    op.drop_index("ix_vacancies_newest", "vacancies")
    op.drop_index("ix_vacancies_indexed", "vacancies")
    op.drop_column("vacancies", "indexed")


def _postgresql() -> None:
    alone("ALTER TABLE vacancies ADD COLUMN IF NOT EXISTS indexed INTEGER DEFAULT 0 NOT NULL")
    # In the database, since the code of 0001 rewords vacancies beside this one and knows nothing of indexing.
    op.execute(
        "CREATE OR REPLACE FUNCTION vacancy_reworded() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN NEW.indexed := 0; RETURN NEW; END $$"
    )
    alone(
        f"CREATE OR REPLACE TRIGGER vacancy_reworded BEFORE {_ON_REWORDING} FOR EACH ROW"
        f" WHEN ({_REWORDED.format(differs='DISTINCT FROM')}) EXECUTE FUNCTION vacancy_reworded()"
    )
    build_index("ix_vacancies_indexed", "vacancies", ["indexed"], postgresql_where=_OUR_OWN)
    build_index("ix_vacancies_newest", "vacancies", [_OFFERED_SINCE, "id"], postgresql_where=_OUR_OWN)
    build_index("ix_search_runs_finished_at", "search_runs", ["finished_at"])
    # Terms stay in their row, where ranking reads them quickly, and a page keeps room to move `open_until` on in place.
    alone(
        "CREATE TABLE IF NOT EXISTS vacancy_terms ("
        "vacancy_id VARCHAR(200) CONSTRAINT pk_vacancy_terms PRIMARY KEY"
        " CONSTRAINT fk_vacancy_terms_vacancy_id_vacancies REFERENCES vacancies (id) ON DELETE CASCADE,"
        " open_until TIMESTAMP WITH TIME ZONE NOT NULL,"
        " terms TSVECTOR NOT NULL"
        ") WITH (toast_tuple_target = 8160, fillfactor = 90)"
    )
    op.execute("CREATE INDEX IF NOT EXISTS ix_vacancy_terms_terms ON vacancy_terms USING gin (terms)")


def _sqlite() -> None:
    op.add_column("vacancies", sa.Column("indexed", sa.Integer, server_default="0", nullable=False))
    op.execute(
        f"CREATE TRIGGER vacancy_reworded AFTER {_ON_REWORDING} WHEN {_REWORDED.format(differs='NOT')}"  # noqa: S608 — of our own words
        " BEGIN UPDATE vacancies SET indexed = 0 WHERE id = NEW.id; END"
    )
    op.create_index("ix_vacancies_indexed", "vacancies", ["indexed"], sqlite_where=_OUR_OWN)
    op.create_index("ix_vacancies_newest", "vacancies", [_OFFERED_SINCE, "id"], sqlite_where=_OUR_OWN)
    op.create_index("ix_search_runs_finished_at", "search_runs", ["finished_at"])
    op.create_table(
        "vacancy_terms",
        # The number of its row among the words.
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("vacancy_id", sa.String(200), nullable=False),
        # As text of one fixed width.
        sa.Column("open_until", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_vacancy_terms"),
        sa.UniqueConstraint("vacancy_id", name="uq_vacancy_terms_vacancy_id"),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name="fk_vacancy_terms_vacancy_id_vacancies", ondelete="CASCADE"
        ),
    )
    op.execute("CREATE VIRTUAL TABLE vacancy_terms_words USING fts5(role, title, skills, text, tokenize = 'ascii')")
