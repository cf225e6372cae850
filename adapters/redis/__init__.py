"""What is kept in Redis, and may be lost."""
