"""Stub until the streets branch lands."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


class Network(NamedTuple):
    x: Floats
    y: Floats
    start: Ints
    to: Ints
    edge: Ints
    a: Ints
    b: Ints
    metres: Floats
    toll_a: Floats
    toll_b: Floats
    cross: Floats


class Joined(NamedTuple):
    edge: Ints
    along: Floats
    side: npt.NDArray[np.int8]
    off: Floats
