"""The history of the database's structure, one file a step, for Alembic."""
