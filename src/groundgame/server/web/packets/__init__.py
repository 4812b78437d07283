"""Packets: hand a turf out, show its code, take it back."""
