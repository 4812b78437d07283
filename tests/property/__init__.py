"""Laws that hold for whatever comes."""
