"""The same rows on a cluster as in process."""
