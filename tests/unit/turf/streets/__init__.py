"""Streets drawn by hand, small enough for paper."""
