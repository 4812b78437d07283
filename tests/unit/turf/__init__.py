"""Doors to turfs: by hand, on streets of Elm County small enough for paper."""
