"""What each room does, one folder a room."""
