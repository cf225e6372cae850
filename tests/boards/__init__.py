"""Loopback job boards: they answer as the real ones are documented to, faults included."""
