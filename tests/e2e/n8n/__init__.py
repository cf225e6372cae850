"""A search and a résumé file through a real n8n: slow to install, so asked for by `pytest -m n8n`."""
