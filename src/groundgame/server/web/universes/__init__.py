"""Universes: build a rule, see whom it finds, save it."""
