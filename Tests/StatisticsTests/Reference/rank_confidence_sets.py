"""Writes rank_confidence_sets.csv for RankConfidenceSetsTests: a plain NumPy transcription of
Mogstad, Romano, Shaikh & Wilhelm (2023), https://doi.org/10.1093/restud/rdad006.

Run from anywhere with numpy installed:  python3 rank_confidence_sets.py
The sets depend a little on the random draws. The csv has, for each bound, the smallest and largest
value over 40 repetitions with 1,000 draws each. Where a case is correlated, the covariance is
diag(standard_error²) + loading loadingᵀ.
"""

import pathlib

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent


def sets(x, covariance, level, targets, rng, stepdown, draws=1000):
    """Lower and upper ranks of the targets; the largest x has rank 1."""
    p = len(x)
    variances = np.diag(covariance)
    s = np.sqrt(variances[:, None] + variances[None, :] - 2 * covariance)
    difference = x[:, None] - x[None, :]
    family = np.zeros((p, p), bool)
    family[targets, :] = True
    family[:, targets] = True
    np.fill_diagonal(family, False)
    above = np.zeros((p, p), bool)
    normals = rng.multivariate_normal(np.zeros(p), covariance, draws)
    while family.any():
        j, k = np.nonzero(family)
        largest = ((normals[:, j] - normals[:, k]) / s[j, k]).max(axis=1)
        critical = np.quantile(largest, level)
        found = np.zeros((p, p), bool)
        found[j, k] = difference[j, k] - critical * s[j, k] > 0
        above |= found
        family &= ~found
        if not found.any() or not stepdown:
            break
    return 1 + above.sum(axis=0)[targets], p - above.sum(axis=1)[targets]


def cases():
    rng = np.random.default_rng(20261123)
    se = rng.uniform(0.3, 1.5, 15)
    x = rng.normal(0, 3, 15)
    yield "independent", x, se, np.zeros(15)
    yield "common", x, se, np.full(15, 4.0)
    yield "loading", x, se, rng.normal(0, 1.5, 15)
    yield "crowded", np.append(rng.normal(0, 1, 16), [9, 10, -8, 20]), rng.uniform(0.2, 0.8, 20), np.zeros(20)


with open(HERE / "rank_confidence_sets.csv", "w", encoding="utf-8", newline="\n") as file:
    bounds = ["lower_min", "lower_max", "upper_min", "upper_max"]
    print("case,scope,level,stepdown,value,standard_error,loading", *bounds, sep=",", file=file)
    for case, x, se, loading in cases():
        covariance = np.diag(se**2) + np.outer(loading, loading)
        for scope in ("simultaneous", "marginal"):
            for level, stepdown in ((0.95, True), (0.8, True), (0.95, False)):
                rng = np.random.default_rng(7)
                found = []
                for _ in range(40):
                    if scope == "simultaneous":
                        result = sets(x, covariance, level, list(range(len(x))), rng, stepdown)
                    else:
                        each = [
                            sets(x, covariance, level, [unit], rng, stepdown)
                            for unit in range(len(x))
                        ]
                        result = [np.concatenate(part) for part in zip(*each)]
                    found.append(result)
                low = np.array([lower for lower, _ in found])
                high = np.array([upper for _, upper in found])
                for unit in range(len(x)):
                    print(
                        case, scope, level, int(stepdown),
                        repr(float(x[unit])), repr(float(se[unit])), repr(float(loading[unit])),
                        low[:, unit].min(), low[:, unit].max(),
                        high[:, unit].min(), high[:, unit].max(),
                        sep=",", file=file,
                    )
print(f"numpy {np.__version__}")
