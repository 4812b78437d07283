"""The normal forms, on addresses and names of Elm County."""
