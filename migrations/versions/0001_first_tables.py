"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from adapters.sql.columns import Json, Timestamp

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _users()
    _uploads()
    _files()
    _resumes()
    _vacancies()
    _search_runs()
    _matches()


def downgrade() -> None:
    for table in ("matches", "search_runs", "vacancies", "resumes", "files", "uploads", "users"):
        op.drop_table(table)


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("telegram_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("first_name", sa.String(100), nullable=False),
        sa.Column("last_name", sa.String(100), nullable=False),
        sa.Column("age", sa.Integer, nullable=False),
        sa.Column("city", sa.String(100), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("phone", sa.String(16), nullable=False),
        sa.Column("hh_profile_url", sa.Text),
        sa.Column("consent_version", sa.Text),
        sa.Column("consent_at", Timestamp),
        sa.Column("created_at", Timestamp, nullable=False),
        sa.Column("updated_at", Timestamp, nullable=False),
        sa.Column("submissions", sa.Integer, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("telegram_id", name="pk_users"),
    )


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("telegram_id", sa.BigInteger, nullable=False),
        sa.Column("filename", sa.Text, nullable=False),
        sa.Column("file_type", sa.String(16), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("submission", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(64)),
        sa.Column("resume_id", sa.String(64)),
        *_work(),
        sa.Column("created_at", Timestamp, nullable=False),
        sa.Column("finished_at", Timestamp),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
        _of_person("uploads"),
    )
    op.create_index("ix_uploads_telegram_id_sha256", "uploads", ["telegram_id", "sha256"])
    op.create_index("ix_uploads_status_due_at", "uploads", ["status", "due_at"])
    op.create_index("ix_uploads_status_lease_until", "uploads", ["status", "lease_until"])
    op.create_index("ix_uploads_finished_at", "uploads", ["finished_at"])


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("upload_id", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("upload_id", name="pk_files"),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name="fk_files_upload_id_uploads", ondelete="CASCADE"),
    )


def _resumes() -> None:
    op.create_table(
        "resumes",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("telegram_id", sa.BigInteger, nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("submission", sa.Integer, nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("corrections", Json),
        sa.Column("upload_id", sa.String(64)),
        sa.Column("created_at", Timestamp, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_resumes"),
        _of_person("resumes"),
        sa.UniqueConstraint("upload_id", name="uq_resumes_upload_id"),
    )
    op.create_index("ix_resumes_telegram_id_submission", "resumes", ["telegram_id", "submission"])


def _vacancies() -> None:
    op.create_table(
        "vacancies",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("company", sa.Text),
        sa.Column("salary", Json),
        sa.Column("area", sa.Text),
        sa.Column("work_format", sa.String(16)),
        sa.Column("experience", Json),
        sa.Column("responsibilities", sa.Text, nullable=False),
        sa.Column("requirements", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("skills", Json, nullable=False),
        sa.Column("asks", Json, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("published_at", Timestamp),
        sa.Column("closes_at", Timestamp),
        sa.Column("first_seen_at", Timestamp, nullable=False),
        sa.Column("last_seen_at", Timestamp, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vacancies"),
    )
    op.create_index("ix_vacancies_fingerprint_first_seen_at", "vacancies", ["fingerprint", "first_seen_at"])
    op.create_index("ix_vacancies_published_at", "vacancies", ["published_at"])
    op.create_index("ix_vacancies_last_seen_at_closes_at", "vacancies", ["last_seen_at", "closes_at"])


def _search_runs() -> None:
    op.create_table(
        "search_runs",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("telegram_id", sa.BigInteger, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("filters", Json, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("engine", sa.String(32)),
        sa.Column("resume_id", sa.String(64)),
        sa.Column("sources", Json, nullable=False),
        sa.Column("counts", Json, nullable=False),
        sa.Column("reason", sa.String(64)),
        *_work(),
        sa.Column("created_at", Timestamp, nullable=False),
        sa.Column("finished_at", Timestamp),
        sa.PrimaryKeyConstraint("id", name="pk_search_runs"),
        _of_person("search_runs"),
        sa.UniqueConstraint("telegram_id", "number", name="uq_search_runs_telegram_id_number"),
    )
    op.create_index("ix_search_runs_status_due_at", "search_runs", ["status", "due_at"])
    op.create_index("ix_search_runs_status_lease_until", "search_runs", ["status", "lease_until"])


def _matches() -> None:
    op.create_table(
        "matches",
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("vacancy_id", sa.String(200), nullable=False),
        sa.Column("telegram_id", sa.BigInteger, nullable=False),
        sa.Column("posting", sa.String(64), nullable=False),
        sa.Column("employer", sa.Text),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("filter_reason", sa.String(32)),
        sa.Column("place", sa.Integer),
        sa.Column("score", sa.Integer, nullable=False),
        sa.Column("assessment", Json, nullable=False),
        sa.Column("served_after", sa.String(200)),
        sa.Column("verdicts", Json, nullable=False),
        sa.Column("found_at", Timestamp, nullable=False),
        sa.Column("shown_at", Timestamp),
        sa.Column("judged_at", Timestamp),
        sa.PrimaryKeyConstraint("run_id", "vacancy_id", name="pk_matches"),
        sa.ForeignKeyConstraint(
            ["run_id"], ["search_runs.id"], name="fk_matches_run_id_search_runs", ondelete="CASCADE"
        ),
        _of_person("matches"),
    )
    op.create_index("ix_matches_run_id_state_place", "matches", ["run_id", "state", "place"])
    op.create_index("ix_matches_run_id_served_after", "matches", ["run_id", "served_after"])
    op.create_index("ix_matches_telegram_id_vacancy_id", "matches", ["telegram_id", "vacancy_id"])
    op.create_index("ix_matches_telegram_id_state_employer", "matches", ["telegram_id", "state", "employer"])
    op.create_index("ix_matches_telegram_id_shown_at", "matches", ["telegram_id", "shown_at"])
    op.create_index(
        "uq_matches_shown_posting",
        "matches",
        ["telegram_id", "posting"],
        unique=True,
        sqlite_where=sa.text("shown_at IS NOT NULL"),
        postgresql_where=sa.text("shown_at IS NOT NULL"),
    )


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["telegram_id"], ["users.telegram_id"], name=f"fk_{table}_telegram_id_users", ondelete="CASCADE"
    )


def _work() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("due_at", Timestamp, nullable=False),
        sa.Column("sent_at", Timestamp),
        sa.Column("lease_until", Timestamp),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("interruptions", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
    )
