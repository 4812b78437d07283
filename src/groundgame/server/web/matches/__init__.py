"""Lists from outside: bring one in, and look at what is unsure."""
