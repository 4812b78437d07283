"""Borders that no turf lies across."""
