"""The normal form of what people write: addresses, names, phones."""
