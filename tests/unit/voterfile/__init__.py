"""The voterfile room, on Elm County."""
