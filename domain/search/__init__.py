"""Searches: runs, their matches, the queue of cards."""
