"""Experiments: design one, launch it, watch it, read it."""
