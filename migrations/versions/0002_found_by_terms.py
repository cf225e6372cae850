"""Vacancies found by their terms, and indexes for what requests ask. The code of 0001 works on it as before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OUR_OWN = sa.text("source NOT IN ('hh', 'trudvsem')")


def upgrade() -> None:
    op.add_column("vacancies", sa.Column("indexed", sa.Integer, server_default="0", nullable=False))
    op.create_index("ix_vacancies_indexed", "vacancies", ["indexed"], sqlite_where=_OUR_OWN, postgresql_where=_OUR_OWN)
    op.create_index(
        "ix_vacancies_newest",
        "vacancies",
        [sa.text("coalesce(published_at, first_seen_at) DESC"), "id"],
        sqlite_where=_OUR_OWN,
        postgresql_where=_OUR_OWN,
    )
    op.create_index("ix_search_runs_finished_at", "search_runs", ["finished_at"])
    if op.get_context().dialect.name == "postgresql":
        _postgresql_terms()
    else:
        _sqlite_terms()


def downgrade() -> None:
    if op.get_context().dialect.name != "postgresql":
        op.drop_table("vacancy_terms_words")
    op.drop_table("vacancy_terms")
    op.drop_index("ix_search_runs_finished_at", "search_runs")
    op.drop_index("ix_vacancies_newest", "vacancies")
    op.drop_index("ix_vacancies_indexed", "vacancies")
    op.drop_column("vacancies", "indexed")


def _postgresql_terms() -> None:
    op.create_table(
        "vacancy_terms",
        sa.Column("vacancy_id", sa.String(200), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("terms", postgresql.TSVECTOR, nullable=False),
        sa.PrimaryKeyConstraint("vacancy_id", name="pk_vacancy_terms"),
        _of_vacancy(),
    )
    # Terms stay in their row, where ranking reads them quickly, and a page keeps room to move `open_until` on in place.
    op.execute("ALTER TABLE vacancy_terms SET (toast_tuple_target = 8160, fillfactor = 90)")
    op.create_index("ix_vacancy_terms_terms", "vacancy_terms", ["terms"], postgresql_using="gin")


def _sqlite_terms() -> None:
    op.create_table(
        "vacancy_terms",
        # The number of its row among the words.
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("vacancy_id", sa.String(200), nullable=False),
        # As text of one fixed width.
        sa.Column("open_until", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_vacancy_terms"),
        sa.UniqueConstraint("vacancy_id", name="uq_vacancy_terms_vacancy_id"),
        _of_vacancy(),
    )
    op.execute("CREATE VIRTUAL TABLE vacancy_terms_words USING fts5(role, title, skills, text, tokenize = 'ascii')")


def _of_vacancy() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["vacancy_id"], ["vacancies.id"], name="fk_vacancy_terms_vacancy_id_vacancies", ondelete="CASCADE"
    )
