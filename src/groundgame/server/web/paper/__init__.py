"""Paper: take in photographs of filled walk sheets, and look at what is in doubt."""
