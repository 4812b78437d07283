"""Quarantine: what phones sent that an organizer must look at."""
