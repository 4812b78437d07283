"""Results: what came of a cut."""
