"""Small exact things, and what all rooms share."""
