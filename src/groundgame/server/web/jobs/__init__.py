"""Jobs: how far the long work is, and what became of it."""
