"""What to do next, for whoever is signed in."""
