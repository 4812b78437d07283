"""Estimates against whole matrices, and against what other people have published."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame.cli import main
from groundgame.experiment.fit import How, effects_of
from groundgame.experiment.means import difference
from groundgame.experiment.redraw import Redraw, _statistic, _sums, draws_of, redraw
from groundgame.values import Seed
from tests.reference.slow_experiment import sandwich
from tests.unit.experiment.worlds import trial

DATA = Path(__file__).parents[3] / "shared" / "data" / "experiments"
POWERS = {"hc0": 0.0, "hc2": -0.5, "hc3": -1.0}
published = pytest.mark.skipif(
    not DATA.is_dir(), reason="the data that others published are not on this machine"
)


def dense(one, *, lin):
    """Return all columns of the fit of a trial."""
    arms = (one.arm[:, None] == np.arange(1, len(one.arms))).astype(float)
    centred = one.covariates - one.covariates.mean(axis=0)
    parts = [np.ones((len(arms), 1)), arms, centred]
    if lin:
        parts += [centred * arms[:, [which]] for which in range(arms.shape[1])]
    return np.hstack(parts)


@given(
    st.integers(0, 10**6), st.sampled_from(["plain", "lin"]), st.sampled_from([*POWERS])
)
@settings(max_examples=40, deadline=None)
def test_covariates_give_what_whole_matrices_give(number, adjust, kind):
    """Taking the smaller side of each cluster apart is a short cut, not a guess."""
    one = trial(number, arms=3, clusters=24)
    found = effects_of(one, How(kind, adjust))(one.outcome, 2, kind)

    columns = dense(one, lin=adjust == "lin")
    value, error, df = sandwich(columns, one.outcome, one.cluster, 2, POWERS[kind])
    assert found.value == pytest.approx(value)
    assert found.error == pytest.approx(error)
    assert found.df == pytest.approx(df)


@given(st.integers(0, 10**6), st.integers(1, 3), st.sampled_from([*POWERS]))
@settings(max_examples=40, deadline=None)
def test_differences_in_blocks_give_what_whole_matrices_give(number, blocks, kind):
    """The sums that are written down for cells are those of a column for each cell."""
    one = trial(number, clusters=5 * 2 * blocks, blocks=blocks, covariates=0)
    found = difference(one, 1, kind)

    cells = 2 * one.block + one.arm
    columns = (cells[:, None] == np.arange(2 * blocks)).astype(float)
    share = np.bincount(one.block) / len(one.block)
    turn = np.eye(2 * blocks)
    turn[1] = np.column_stack([-share, share]).ravel()
    columns = columns @ np.linalg.inv(turn)
    value, error, df = sandwich(columns, one.outcome, one.cluster, 1, POWERS[kind])
    assert found.value == pytest.approx(value)
    assert found.error == pytest.approx(error)
    assert found.df == pytest.approx(df)


@given(st.integers(0, 10**6), st.integers(1, 4), st.integers(0, 2))
@settings(max_examples=40, deadline=None)
def test_what_is_drawn_again_is_a_fit_with_a_column_a_block(number, blocks, covariates):
    """No block has a column, and the statistic is that of a fit in which each has."""
    one = trial(number, clusters=8 * blocks, blocks=blocks, covariates=covariates)
    found = redraw(one, 1, Redraw(3, Seed(number)))

    each = (one.block[:, None] == np.arange(blocks)).astype(float)
    columns = np.column_stack([one.arm, each, one.covariates])
    slopes = np.linalg.lstsq(columns, one.outcome, rcond=None)[0]
    assert found.statistic == pytest.approx(slopes[0])


def test_five_thousand_blocks_need_no_column_each():
    """Pairs in 5,000 blocks: as columns they would be 400 MB, and the square 200."""
    place = np.arange(10_000)
    chance = Seed(1).stream("tests.pairs")
    one = trial(1, covariates=0)
    pairs = replace(
        one,
        outcome=chance.normal(size=10_000),
        arm=place % 2,
        cluster=place,
        block=place // 2,
        covariates=np.empty((10_000, 0)),
    )

    assert _sums(pairs).covariates.shape == (10_000, 0)
    assert 0 < redraw(pairs, 1, Redraw(20, Seed(1))).p <= 1


@given(st.integers(0, 10**6), st.integers(1, 4))
@settings(max_examples=20, deadline=None)
def test_an_effect_that_is_taken_away_shifts_each_draw_by_its_share(number, blocks):
    """Outcomes less an effect of 2 give what the interval takes them to give."""
    one = trial(number, clusters=8 * blocks, blocks=blocks, covariates=1)
    sums, less = (
        _sums(one.asking(y)) for y in (one.outcome, one.outcome - 2 * one.arm)
    )
    for drawn in draws_of(sums.treated, sums.block, 5, Seed(number)):
        found, shift = _statistic(sums, drawn)
        assert found - 2 * shift == pytest.approx(_statistic(less, drawn)[0])


def told(capsys, name, *asked):
    """Run the command on a published file, and read what it prints."""
    assert main(["experiment", "estimate", str(DATA / name), *asked, "--json"]) == 0
    return json.loads(capsys.readouterr().out)["arms"][0]


NEW_HAVEN = (
    "newhaven1998_individual.csv.gz",
    *("--where", "onetreat=1 and mailings=0 and phongotv=0 and persons=1"),
    *("--outcome", "v98", "--arm", "persngrp", "--control", "0"),
    *("--contacted", "cntany", "--errors", "hc3"),
)


@published
def test_new_haven_1998(capsys):
    """Gerber and Green (2012), boxes 5.4 to 5.6: a visit moved 14 of 100 it reached."""
    arm = told(capsys, *NEW_HAVEN)

    assert arm["estimate"] == pytest.approx(0.038464, abs=5e-7)
    assert arm["std_error"] == pytest.approx(0.01448, abs=5e-6)
    assert arm["cace"]["contact"]["estimate"] == pytest.approx(0.273356, abs=5e-7)
    assert arm["cace"]["contact"]["std_error"] == pytest.approx(0.011733, abs=5e-7)
    assert arm["cace"]["estimate"] == pytest.approx(0.140711, abs=6e-7)
    assert arm["cace"]["std_error"] == pytest.approx(0.0524015, abs=5e-8)


KANSAS = (
    "arceneaux2005_kansas_city.csv.gz",
    *(
        "--outcome",
        "vote03",
        "--arm",
        "treatmen",
        "--control",
        "0",
        "--cluster",
        "unit",
    ),
    *("--redraw", "20000", "--side", "greater"),
)
BEFORE = (
    "v_p2003,v_m2003,v_g2002,v_p2002,v_m2002,v_s2001,v_g2000,v_p2000,v_m2000,v_s1999,"
    "v_m1999,v_g1998,v_m1998,v_s1998,v_m1997,v_s1997,v_g1996,v_p1996,v_m1996,v_s1996"
)


@published
def test_kansas_city_2005(capsys):
    """Arceneaux's 28 precincts (Gerber and Green 2012, chapter 4, exercises).

    The published p-values are of draws by chance; ours agree within their luck.
    """
    adjusted = told(capsys, *KANSAS, "--covariates", BEFORE)
    totals = told(capsys, *KANSAS, "--estimator", "horvitz-thompson")

    assert adjusted["estimate"] == pytest.approx(0.05596, abs=5e-6)
    assert adjusted["redrawn"]["p"] == pytest.approx(0.0013, abs=0.0012)
    assert totals["estimate"] == pytest.approx(0.05395, abs=5e-6)
    assert totals["redrawn"]["p"] == pytest.approx(0.1954, abs=0.014)


@published
def test_beijing_2006(capsys):
    """Guan and Green (2006): students were assigned by dormitory room."""
    arm = told(
        capsys,
        "guan_green2006_beijing.csv.gz",
        *("--outcome", "turnout", "--arm", "treat2", "--control", "0"),
        *("--cluster", "dormid", "--contacted", "contact"),
    )

    assert arm["estimate"] == pytest.approx(0.1319296, abs=5e-8)
    assert arm["cace"]["contact"]["estimate"] == pytest.approx(0.8858, abs=5e-5)
    assert arm["cace"]["estimate"] == pytest.approx(0.1489, abs=5e-5)
