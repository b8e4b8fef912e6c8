"""Checks and pictures for maintainers; not installed."""
