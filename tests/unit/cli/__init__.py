"""Each command, as a program calls it."""
