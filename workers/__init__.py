"""Entrypoints of the task queue: actors and the periodic work."""
