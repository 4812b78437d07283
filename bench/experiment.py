"""Effects of an experiment beside the same fit by statsmodels and by pyfixest.

    .venv/bin/python bench/experiment.py [UNITS]

An invented trial: UNITS (a million if left out) in households of one to four, four arms
and a control, ten covariates. Printed, in seconds of the clock and of processors:

- one slope a covariate, errors for clusters: ours (CR2 with Satterthwaite's degrees of
  freedom, which the peers lack), statsmodels (CR1) and pyfixest (CRV1). All must come
  to the same estimate; each is given arrays, or a data frame, that are ready, and runs
  once before, for pyfixest compiles then. Below stands how many times a peer's time
  ours took: the house wants 2 at most;
- the command `experiment estimate` on 344,084 rows in 180,000 clusters with four arms,
  from file to JSON;
- 10,000 draws again of 20,000 clusters.
"""

import argparse
import resource
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyfixest as pf
from statsmodels.regression.linear_model import OLS

from groundgame import experiment
from groundgame.cli import main as command
from groundgame.experiment.fit import How, effects_of
from groundgame.values import Seed

ARMS = ("control", "civic duty", "hawthorne", "neighbors", "self")
TURNS = 3
BESIDE = [f"x{number}" for number in range(10)]


def main() -> None:
    """Run all, and print a line for each."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("units", type=int, nargs="?", default=1_000_000)
    units = asked.parse_args().units
    table = invented(units, units * 180_000 // 344_084).to_arrow()
    trial = experiment.gather(table, question(tuple(BESIDE)))
    beside_peers(trial, table)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trial.csv"
        invented(344_084, 180_000).write_csv(path)
        timed("from file to JSON", lambda: typed(path))
    few = experiment.gather(invented(57_347, 30_000).to_arrow(), question(("x0", "x1")))
    again = experiment.Wish(redraw=experiment.Redraw(10_000, Seed(1)))
    pair = few.only(few.arm < 2)  # the control and one arm
    two = experiment.Trial(
        pair.outcome,
        pair.arm,
        ARMS[:2],
        pair.cluster,
        pair.block,
        pair.covariates,
        clustered=True,
    )
    clusters = len(np.unique(two.cluster))
    timed(
        f"10,000 draws of {clusters:,} clusters",
        lambda: experiment.estimate(two, again),
    )
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"largest memory {most:.2f} GB")


def beside_peers(trial: experiment.Trial, table: pa.Table) -> None:
    """Fit with each, in turns, and print the ratio of the least times."""
    frame = table.to_pandas()
    frame["arm"] = pd.Categorical(frame["arm"], categories=ARMS)
    ways: dict[str, Callable[[], float]] = {
        "ours": lambda: ours(trial),
        "statsmodels": lambda: with_statsmodels(trial),
        "pyfixest": lambda: with_pyfixest(frame),
    }
    found = {name: run() for name, run in ways.items()}
    least = dict.fromkeys(ways, float("inf"))
    for _ in range(TURNS):
        for name, run in ways.items():
            began = perf_counter()
            timed(name, run)
            least[name] = min(least[name], perf_counter() - began)
    print("estimates:", ", ".join(f"{name} {one:.6f}" for name, one in found.items()))
    for name in ("statsmodels", "pyfixest"):
        print(f"ours / {name}: {least['ours'] / least[name]:.2f}")


def question(covariates: tuple[str, ...]) -> experiment.Question:
    """Return what is asked of the invented trial."""
    return experiment.Question("voted", "arm", "control", "home", covariates=covariates)


def invented(units: int, homes: int) -> pl.DataFrame:
    """Make a trial: homes of one to four, and an effect of 8 points of 'neighbors'."""
    chance = Seed(units).stream("bench.experiment")
    sizes = chance.choice([1, 2, 3, 4], homes, p=[0.35, 0.45, 0.14, 0.06])
    home = np.resize(np.repeat(np.arange(homes), sizes), units)
    arm = chance.choice(5, homes, p=[5 / 9, *[1 / 9] * 4])[home]
    luck = chance.random(homes)[home] * 0.2
    voted = chance.random(units) < 0.25 + luck + 0.08 * (arm == ARMS.index("neighbors"))
    beside = {name: chance.normal(size=units) + luck for name in BESIDE}
    return pl.DataFrame(
        {
            "voted": voted.astype(np.int8),
            "arm": np.array(ARMS)[arm],
            "home": home,
            **beside,
        }
    )


def timed(name: str, run: Callable[[], Any]) -> Any:
    """Run, and print how long it took."""
    began, work = perf_counter(), process_time()
    told = run()
    clock, work = perf_counter() - began, process_time() - work
    print(f"{name:<36} {clock:7.2f} s, processors {work:7.2f} s", flush=True)
    return told


def ours(trial: experiment.Trial) -> float:
    """Fit with CR2."""
    how = How("hc2", "plain")
    return effects_of(trial, how)(trial.outcome, 3, "hc2").value


def with_statsmodels(trial: experiment.Trial) -> float:
    """Fit with CR1."""
    arms = (trial.arm[:, None] == np.arange(1, 5)).astype(float)
    columns = np.hstack([np.ones((len(arms), 1)), arms, trial.covariates])
    told = OLS(trial.outcome, columns).fit(
        cov_type="cluster", cov_kwds={"groups": trial.cluster}
    )
    return float(told.params[3])


def with_pyfixest(frame: pd.DataFrame) -> float:
    """Fit with CRV1."""
    right = " + ".join(["arm", *BESIDE])
    told = pf.feols(f"voted ~ {right}", frame, vcov={"CRV1": "home"})
    return float(told.coef()["arm[T.neighbors]"])


def typed(path: Path) -> None:
    """Run the command, from file to JSON."""
    asked = ["--outcome", "voted", "--arm", "arm", "--control", "control"]
    with redirect_stdout(StringIO()):
        command(
            ["experiment", "estimate", str(path), *asked, "--cluster", "home", "--json"]
        )


if __name__ == "__main__":
    main()
