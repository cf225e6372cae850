"""How the world drives the use cases: HTTP and the command line."""
