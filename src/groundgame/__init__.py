"""From a voter file to a conversation that is safe, and back."""
