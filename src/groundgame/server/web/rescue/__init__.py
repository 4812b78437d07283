"""Rescue: take in the file of a phone that cannot send."""
