"""Errors of least squares, the obvious way: whole matrices, cluster by cluster."""

import numpy as np


def root(matrix, power):
    """Return a symmetric matrix to a power; what is 0 stays 0."""
    values, vectors = np.linalg.eigh(matrix)
    kept = values > 1e-10
    raised = np.where(kept, np.where(kept, values, 1.0) ** power, 0.0)
    return (vectors * raised) @ vectors.T


def sandwich(columns, outcome, cluster, which, power=-0.5):
    """Return coefficient, standard error and Satterthwaite's df, by the definitions.

    `power` is -1/2 for CR2 (HC2 if each row is a cluster), -1 for CR3, 0 for CR0.
    """
    inverse = np.linalg.inv(columns.T @ columns)
    hat = columns @ inverse @ columns.T
    rest = np.eye(len(columns)) - hat
    slopes = inverse @ columns.T @ outcome
    residuals = outcome - columns @ slopes
    meat, ways = 0.0, []
    for one in np.unique(cluster):
        rows = np.flatnonzero(cluster == one)
        own = root(rest[np.ix_(rows, rows)], power) @ columns[rows] @ inverse[which]
        meat += float(own @ residuals[rows]) ** 2
        ways.append(rest[:, rows] @ own)
    crossed = np.array(ways) @ np.array(ways).T
    df = np.trace(crossed) ** 2 / np.sum(crossed**2)
    return slopes[which], np.sqrt(meat), df
