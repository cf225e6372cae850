"""Models of meaning that carry their weights in their packages and need no network."""
