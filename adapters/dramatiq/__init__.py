"""The task queue by Dramatiq."""
