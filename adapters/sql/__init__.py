"""The store in SQL: SQLite in one process, PostgreSQL for many, the same statements for both."""
