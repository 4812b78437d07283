"""Estimates against statsmodels and linearmodels, where they have the same ones."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linearmodels.iv import IV2SLS
from statsmodels.regression.linear_model import OLS, WLS

from groundgame import experiment
from groundgame.experiment.fit import How, effects_of
from groundgame.values import Seed

KINDS = ["hc0", "hc1", "hc2", "hc3"]
NAMES = ("no", "visit")


def people(number, *, weights=False):
    """Return a trial of 80 people with two covariates, some of them reached."""
    chance = Seed(number).stream("tests.experiment.peers")
    arm = chance.permutation(np.repeat([0, 1], 40))
    beside = chance.normal(size=(80, 2))
    outcome = 0.2 * arm + beside[:, 0] + chance.normal(size=80)
    reached = ((chance.random(80) < 0.6) & (arm == 1)).astype(float)
    weigh = chance.uniform(1, 3, 80) if weights else None
    alone, none = np.arange(80), np.zeros(80, int)
    return experiment.Trial(
        outcome, arm, NAMES, alone, none, beside, reached, weigh, clustered=False
    )


def columns(trial):
    """Return a constant, the arm and the covariates."""
    return np.column_stack([np.ones(80), trial.arm, trial.covariates])


@given(st.integers(0, 10**6), st.sampled_from(KINDS))
@settings(max_examples=25, deadline=None)
def test_least_squares_is_that_of_statsmodels(number, kind):
    """Estimate, error and degrees of freedom, for each correction."""
    trial = people(number)
    found = effects_of(trial, How(kind, "plain"))(trial.outcome, 1, kind)
    peer = OLS(trial.outcome, columns(trial)).fit(cov_type=kind.upper())

    assert found.value == pytest.approx(peer.params[1])
    assert found.error == pytest.approx(peer.bse[1])
    assert found.df == peer.df_resid


@given(st.integers(0, 10**6), st.sampled_from(KINDS), st.integers(2, 4))
@settings(max_examples=25, deadline=None)
def test_a_difference_in_means_is_that_of_statsmodels(number, kind, arms):
    """Without covariates too, each correction is the one of its name."""
    plain = people(number)
    arm = plain.arm + 2 * (np.arange(80) % (arms - 1))
    arm = np.unique(arm, return_inverse=True)[1]
    names = tuple("abcdef"[: arm.max() + 1])
    trial = replace(plain, arm=arm, arms=names, covariates=np.empty((80, 0)))
    found = effects_of(trial, How(kind))(trial.outcome, 1, kind)
    each = (arm[:, None] == np.arange(1, len(names))).astype(float)
    peer = OLS(trial.outcome, np.column_stack([np.ones(80), each])).fit(
        cov_type=kind.upper()
    )

    assert found.value == pytest.approx(peer.params[1])
    assert found.error == pytest.approx(peer.bse[1])


@given(st.integers(0, 10**6), st.booleans())
@settings(max_examples=25, deadline=None)
def test_errors_of_clusters_are_those_of_statsmodels(number, beside):
    """CR1, with a covariate and without."""
    plain = people(number)
    cluster = np.arange(80) // 4
    arm = (cluster + number) % 2
    columns = plain.covariates if beside else np.empty((80, 0))
    trial = replace(plain, arm=arm, cluster=cluster, clustered=True, covariates=columns)
    found = effects_of(trial, How("hc1", "plain"))(trial.outcome, 1, "hc1")
    whole = np.column_stack([np.ones(80), arm, columns])
    peer = OLS(trial.outcome, whole).fit(
        cov_type="cluster", cov_kwds={"groups": cluster}
    )

    assert found.value == pytest.approx(peer.params[1])
    assert found.error == pytest.approx(peer.bse[1])


@given(st.integers(0, 10**6), st.sampled_from(KINDS))
@settings(max_examples=25, deadline=None)
def test_weighted_least_squares_is_that_of_statsmodels(number, kind):
    """Inverse probabilities are weights like others."""
    trial = people(number, weights=True)
    found = effects_of(trial, How(kind))(trial.outcome, 1, kind)
    peer = WLS(trial.outcome, columns(trial), trial.weights).fit(cov_type=kind.upper())

    assert found.value == pytest.approx(peer.params[1])
    assert found.error == pytest.approx(peer.bse[1])


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_lins_form_is_what_statsmodels_fits_with_all_products(number):
    """Two fits arm by arm are one fit with every covariate times the arm."""
    trial = people(number)
    found = effects_of(trial, How("hc2", "lin"))(trial.outcome, 1, "hc2")
    centred = trial.covariates - trial.covariates.mean(axis=0)
    whole = np.hstack([columns(trial), centred * trial.arm[:, None]])
    peer = OLS(trial.outcome, whole).fit(cov_type="HC2")

    assert found.value == pytest.approx(peer.params[1])
    assert found.error == pytest.approx(peer.bse[1])
    assert found.df == peer.df_resid


@given(st.integers(0, 10**6), st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_effect_on_those_reached_is_two_stage_least_squares(number, beside):
    """The ratio of two effects, and its error, are what linearmodels comes to."""
    trial = people(number)
    if not beside:
        trial = experiment.Trial(
            trial.outcome,
            trial.arm,
            NAMES,
            trial.cluster,
            trial.block,
            np.empty((80, 0)),
            trial.contacted,
        )
    wish = experiment.Wish(How("hc2", "plain"))
    found = experiment.estimate(trial, wish).arms[0].cace.told
    exogenous = np.column_stack([np.ones(80), trial.covariates])
    peer = IV2SLS(trial.outcome, exogenous, trial.contacted, trial.arm).fit(
        cov_type="robust"
    )

    assert found.estimate == pytest.approx(peer.params.iloc[-1])
    assert found.std_error == pytest.approx(peer.std_errors.iloc[-1])
