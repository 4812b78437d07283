"""Voter files: bring one in, and see what it holds."""
