"""Readers against bytes that nobody meant, and what was found, replayed."""
