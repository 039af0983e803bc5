"""Writes incomplete_gamma.csv: regularised lower incomplete gamma functions by SciPy, for
IncompleteGammaTests.

Run from anywhere with scipy installed:  python3 incomplete_gamma.py
"""

import csv
import pathlib

import scipy
from scipy.special import gammainc

HERE = pathlib.Path(__file__).resolve().parent


def main():
    print("scipy", scipy.__version__)
    with open(HERE / "incomplete_gamma.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["a", "x", "value"])
        for a in [0.5, 1, 1.5, 2, 2.5, 4, 7.5, 15, 50]:
            for x in [1e-8, 0.01, 0.3, 1, a, a + 0.999, a + 1, a + 1.001, 2 * a, 5 * a + 20]:
                writer.writerow([a, x, repr(float(gammainc(a, x)))])


main()
