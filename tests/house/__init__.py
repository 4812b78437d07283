"""Tests of the house itself: its proportions, its floors, its papers."""
