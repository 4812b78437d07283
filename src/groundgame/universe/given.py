"""What a question may be given beside the file, all of it by name.

A rule may speak of lists, areas, scores, earlier snapshots, conversations and saved
universes. None of them is in the file, and this room fetches nothing: whoever asks
hands them in. What is named and was not given is refused, never taken as empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame.universe.areas import Area
from groundgame.universe.ids import Listed
from groundgame.universe.rule import Rule

RowScores: TypeAlias = npt.NDArray[np.float64]
"""A score of each row of one snapshot; not a number where somebody has none."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a question may be given; left out, there is none.

    `suppressed` are the ids of people, or of doors, to leave out of everything.
    `earlier` are PEOPLE of earlier snapshots: person_id, door_id and party suffice.
    `scores` are SCORES; or by name, laid beside the rows of this very snapshot (see
    `lay_scores`), for whoever asks again and again. `attempts` are ATTEMPTS, `answers`
    ANSWERS.
    """

    suppressed: Listed | None = None
    lists: Mapping[str, Listed] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    universes: Mapping[str, Rule] = field(default_factory=dict)
    earlier: Mapping[str, pa.Table] = field(default_factory=dict)
    scores: pa.Table | Mapping[str, RowScores] | None = None
    attempts: pa.Table | None = None
    answers: pa.Table | None = None


NOTHING = Given()
