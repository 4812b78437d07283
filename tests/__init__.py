"""Every claim that groundgame makes, as something that can fail."""
