"""n8n, the automation engine: the workflows it runs for us and what we ask of it."""
