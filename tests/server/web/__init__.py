"""Each screen, visited by those who may see it and by those who may not."""
