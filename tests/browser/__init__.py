"""The main job in a real Chromium, against a real server process."""
