"""Slow and obvious answers that the fast ones are held against."""
