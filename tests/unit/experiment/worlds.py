"""Small invented experiments, and a table of each."""

import numpy as np
import pyarrow as pa

from groundgame import experiment
from groundgame.values import Seed


def trial(number, *, clusters=12, blocks=1, covariates=2, arms=2):
    """Return a trial of clusters of unequal size, some of them alone."""
    chance = Seed(number).stream("tests.experiment")
    sizes = chance.integers(1, 6, clusters)
    cluster = np.repeat(np.arange(clusters), sizes)
    block = np.arange(clusters) % blocks
    arm = (np.arange(clusters) // blocks) % arms
    arm, block = arm[cluster], block[cluster]
    beside = chance.normal(size=(len(cluster), covariates))
    outcome = (
        0.4 * arm
        + chance.normal(size=clusters)[cluster]
        + chance.normal(size=len(cluster))
        + beside.sum(axis=1)
    )
    names = tuple("abcdef"[:arms])
    return experiment.Trial(outcome, arm, names, cluster, block, beside, clustered=True)


def table(**columns):
    """Return a table of columns."""
    return pa.table(columns)
