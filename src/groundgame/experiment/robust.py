"""How sure an estimate is: errors that ask for no equal spread and no independence.

All are sandwiches around a least-squares fit. Written in orthonormal columns Z of the
fit (X = Z R), an estimate's variance is the sum over clusters of (a'u)², u being the
residuals and a a cluster's share in the estimate, which is Z'y along some q:

- HC0 and CR0: a = Z q;                    HC1, CR1: times n / (n - k), G / (G - 1)
- HC2 and CR2: a = (I - Z Z')^(-1/2) Z q   right when spread is equal, so never far off
- HC3 and CR3: a = (I - Z Z')^(-1) Z q     the jackknife, nearly

(MacKinnon and White 1985; Bell and McCaffrey 2002; Pustejovsky and Tipton 2018). Each
unit is a cluster of its own where there are none. Their degrees of freedom are those of
Satterthwaite: as many as a chi-square has whose mean and variance are those that the
variance would have if residuals were independent and equally spread.

With weights all is done in the columns times the root of the weights, which takes the
weights to be right: the spread of a unit is one over its weight.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from groundgame.experiment.columns import Codes, Floats

Kind = Literal["hc0", "hc1", "hc2", "hc3"]
TINY = 1e-10


@dataclass(frozen=True, slots=True)
class View:
    """What an estimate's variance needs besides residuals, for one fit and one q.

    Attributes:
        order: Rows, cluster by cluster.
        starts: Where each cluster begins in that order.
        shares: Each row's share a, in that order.
        first: The mean of the variance if residuals were alike (times their variance).
        second: Half its variance then; first² / second are the degrees of freedom.
    """

    order: Codes
    starts: Codes
    shares: Floats
    first: float
    second: float

    def variance(self, residuals: Floats) -> float:
        """Return the variance of the estimate."""
        told = np.add.reduceat(self.shares * residuals[self.order], self.starts)
        return float(told @ told)


def view(z: Floats, q: Floats, cluster: Codes, kind: Kind) -> View:
    """Return what the variance of z'y along q needs.

    Args:
        z: Orthonormal columns of the fit, shape (n, k).
        q: Which estimate, shape (k,).
        cluster: Numbers of clusters from 0, shape (n,).
        kind: Which correction; of hc1 the factor for small samples is left to others.
    """
    order = np.argsort(cluster, kind="stable")
    sizes = np.bincount(cluster)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    z = z[order]
    if kind in {"hc0", "hc1"}:
        shares = z @ q
    else:
        shares = _shares(z, q, sizes, starts, -1.0 if kind == "hc3" else -0.5)
    own = np.add.reduceat(shares**2, starts)
    through = np.add.reduceat(z * shares[:, None], starts, axis=0)
    lost = (through**2).sum(axis=1)
    crossed = through.T @ through
    second = (own**2).sum() - 2 * (own * lost).sum() + (crossed**2).sum()
    return View(order, starts, shares, float(own.sum() - lost.sum()), float(second))


def _shares(z: Floats, q: Floats, sizes: Codes, starts: Codes, power: float) -> Floats:
    """Return each row's share (I - Z Z')^power Z q, all clusters of one size at once.

    f(Z Z') Z is Z f(Z'Z), so the smaller of the two is taken apart.
    """
    shares = np.empty(len(z))
    for size in np.unique(sizes):
        rows = starts[sizes == size][:, None] + np.arange(size)
        block = z[rows]
        if size == 1:
            left = 1.0 - (block**2).sum(axis=(1, 2))
            shares[rows] = (block @ q) * _raised(left, power)[:, None]
        elif size <= z.shape[1]:
            values, vectors = np.linalg.eigh(block @ block.transpose(0, 2, 1))
            along = np.einsum("gsv,gs->gv", vectors, block @ q)
            along *= _raised(1.0 - values, power)
            shares[rows] = np.einsum("gsv,gv->gs", vectors, along)
        else:
            values, vectors = np.linalg.eigh(block.transpose(0, 2, 1) @ block)
            along = np.einsum("gkv,k->gv", vectors, q)
            along *= _raised(1.0 - values, power)
            turned = np.einsum("gkv,gv->gk", vectors, along)
            shares[rows] = np.einsum("gsk,gk->gs", block, turned)
    return shares


def _raised(left: Floats, power: float) -> Floats:
    """Raise what a cluster leaves to others; one that leaves nothing says nothing."""
    kept = left > TINY
    return np.where(kept, np.where(kept, left, 1.0) ** power, 0.0)
