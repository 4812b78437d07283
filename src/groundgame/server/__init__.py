"""The server: screens, the phone's API, and the book that they write in."""
