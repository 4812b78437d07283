"""Turf: cut a universe, and see the turfs."""
