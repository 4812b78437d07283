"""The match room, on a small Elm."""
