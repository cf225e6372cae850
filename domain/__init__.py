"""The product's rules: entities, ports, use cases. Imports the standard library alone."""
