"""The book when the power fails."""
