"""Doors without a place: the list, and one door with a map to put it on."""
