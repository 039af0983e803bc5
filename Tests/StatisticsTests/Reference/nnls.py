"""Writes nnls.csv: non-negative least squares by SciPy, for NonNegativeLeastSquaresTests.

Run from anywhere with numpy and scipy installed:  python3 nnls.py
Lists are separated by blanks; the columns stand one after the other.
"""

import csv
import pathlib

import numpy as np
import scipy
from scipy.optimize import nnls

HERE = pathlib.Path(__file__).resolve().parent


def shown(values):
    return " ".join(repr(float(value)) for value in np.ravel(values))


def main():
    print("scipy", scipy.__version__)
    generator = np.random.default_rng(6)
    with open(HERE / "nnls.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["columns", "values", "weights", "coefficients", "squared_residual"])
        for case in range(12):
            count = 1 + case % 6
            rows = count + 2 + case
            # Rounded, so that the file holds exactly what was fitted.
            columns = np.round(generator.normal(size=(rows, count)) * 10.0 ** (case % 4 - 2), 6)
            columns[:, 0] = 1
            values = np.round(generator.normal(size=rows) + 0.5, 6)
            weights = np.round(generator.uniform(0.1, 3, size=rows), 6)
            root = np.sqrt(weights)
            coefficients, residual = nnls(columns * root[:, None], values * root)
            writer.writerow(
                [
                    shown(columns.T),
                    shown(values),
                    shown(weights),
                    shown(coefficients),
                    repr(float(residual**2)),
                ]
            )


main()
