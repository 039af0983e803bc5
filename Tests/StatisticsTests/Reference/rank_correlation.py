"""Writes SciPy's rank correlations for RankCorrelationTests.

    pip install scipy
    python rank_correlation.py

Pairs of lists, with and without ties; each row one pair, its numbers separated by spaces.
"""

import csv
import pathlib

import numpy as np
from scipy.stats import kendalltau, spearmanr


def main():
    rng = np.random.default_rng(4)
    path = pathlib.Path(__file__).with_name("rank_correlation.csv")
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["first", "second", "spearman", "kendall"])
        for size, levels, noise in [(5, 0, 1), (40, 0, 0.3), (60, 6, 1), (30, 3, 5), (80, 0, 20)]:
            a = rng.normal(size=size)
            b = a + noise * rng.normal(size=size)
            if levels:
                a, b = np.round(a * levels / 3), np.round(b)
            lists = [" ".join(repr(float(x)) for x in one) for one in (a, b)]
            rho, tau = spearmanr(a, b).statistic, kendalltau(a, b).statistic
            writer.writerow(lists + [repr(float(rho)), repr(float(tau))])


if __name__ == "__main__":
    main()
