"""Grades, kept durably with their history."""
