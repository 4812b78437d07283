"""The universe room, on a small Elm."""
