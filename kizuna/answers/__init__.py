"""Answers told: what a question found, as text, tables, records and pages, in three languages."""
