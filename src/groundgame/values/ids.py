"""Ids, each with a type of its own, so that a door is never taken for a person."""

from typing import NewType

PersonId = NewType("PersonId", str)
"""From the source's own voter id, with the layout's name before it: 'nc:AA1234'."""

DoorId = NewType("DoorId", str)
"""A hash of the normal form of an address with its unit: the same in every snapshot."""

SnapshotId = NewType("SnapshotId", str)
"""The folder of a snapshot: its layout, its date and the start of its source's hash."""
