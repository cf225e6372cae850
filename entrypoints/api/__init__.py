"""The HTTP API: flask-smorest over the use cases."""
