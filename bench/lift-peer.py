"""The same problems in numpy and scipy, for bench/lift.ts: reads float64 from a file, says milliseconds and what came of it as JSON."""

import json
import sys
import time

import numpy as np
import scipy
from scipy.optimize import nnls


def group_time(path, accounts, periods, draws):
    """Callaway and Sant'Anna with accounts that never got it as controls: effects, influence, and draws of the multiplier bootstrap."""
    rows = np.fromfile(path).reshape(accounts, periods + 1)
    began, y = rows[:, 0].astype(int), rows[:, 1:]
    started = time.perf_counter()
    never = began < 0
    groups = np.unique(began[~never])
    effects, influences, exposure, sizes, of = [], [], [], [], []
    for group in groups:
        own = began == group
        for period in range(1, periods):
            base = group - 1 if period >= group else period - 1
            change = y[:, period] - y[:, base]
            got, control = change[own].mean(), change[never].mean()
            influence = np.zeros(accounts)
            influence[own] = accounts / own.sum() * (change[own] - got)
            influence[never] = -accounts / never.sum() * (change[never] - control)
            effects.append(got - control)
            influences.append(influence)
            exposure.append(period - group)
            sizes.append(own.sum())
            of.append(group)
    effects, influences = np.array(effects), np.array(influences)
    exposure, sizes = np.array(exposure), np.array(sizes, dtype=float)
    by = []
    for one in np.unique(exposure):
        at = exposure == one
        weights = sizes[at] / sizes[at].sum()
        by.append(weights @ influences[at])
    by = np.array(by)
    errors = np.sqrt((by**2).mean(axis=1) / accounts)
    signs = np.random.default_rng(1).choice([-1.0, 1.0], size=(draws, accounts))
    np.quantile(np.abs(signs @ by.T / accounts / errors).max(axis=1), 0.95)
    of = np.array(of)
    means = [effects[(of == group) & (exposure >= 0)].mean() for group in groups]
    overall = float(np.average(means, weights=[(began == group).sum() for group in groups]))
    return {"milliseconds": (time.perf_counter() - started) * 1000, "effect": overall}


def simplex(path, units, periods, before):
    """Each unit from all others by weights of 0 or more that sum to one: nonnegative least squares with a heavy row for the sum."""
    values = np.fromfile(path).reshape(units, periods)[:, :before]
    started = time.perf_counter()
    sums = []
    for unit in range(units):
        donors = np.delete(values, unit, axis=0).T
        heavy = 1e4
        weights, _ = nnls(np.vstack([donors, heavy * np.ones(units - 1)]), np.append(values[unit], heavy))
        weights /= weights.sum()
        sums.append(float(((donors @ weights - values[unit]) ** 2).sum()))
    return {"milliseconds": (time.perf_counter() - started) * 1000, "sums": sums}


path, kind, *numbers = sys.argv[1:]
found = {"group_time": group_time, "simplex": simplex}[kind](path, *map(int, numbers))
print(json.dumps({"name": f"numpy {np.__version__}, scipy {scipy.__version__}", **found}))
