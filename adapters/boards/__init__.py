"""What the adapter of every job board needs."""
