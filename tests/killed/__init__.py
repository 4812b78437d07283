"""Real processes, killed every second."""
