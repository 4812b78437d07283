"""Scripts and the conversation log."""
