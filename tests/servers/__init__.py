"""Real PostgreSQL and Redis on loopback, started by the tests that need them."""
