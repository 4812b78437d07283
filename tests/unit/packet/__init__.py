"""Paper and bundles."""
