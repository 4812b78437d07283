"""The phone's API: claim a packet, fetch it, hand events in."""

from groundgame.server.api.app import api

__all__ = ["api"]
