"""Tests of places: Elm County's streets, with points to lose and to misspell."""
