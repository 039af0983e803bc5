"""Writes student.csv: incomplete gamma functions, chi-squared quantiles and Student's t by SciPy,
for StudentScalesTests.

Run from anywhere with scipy installed:  python3 student.py
The function t is the cumulative distribution of Student's t divided by its standard deviation.
"""

import csv
import pathlib

import scipy
from scipy.special import gammainc
from scipy.stats import chi2, t

HERE = pathlib.Path(__file__).resolve().parent


def main():
    print("scipy", scipy.__version__)
    with open(HERE / "student.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["function", "first", "second", "value"])
        for a in [0.5, 1, 1.5, 2, 2.5, 4, 7.5, 15, 50]:
            for x in [1e-8, 0.01, 0.3, 1, a, a + 0.999, a + 1, a + 1.001, 2 * a, 5 * a + 20]:
                writer.writerow(["gamma", a, x, repr(float(gammainc(a, x)))])
        for freedom in [2.5, 3, 4, 5, 8, 15, 30]:
            for probability in [1e-4, 0.01, 0.1, 0.5, 0.9, 0.99, 1 - 1e-4]:
                value = float(chi2.ppf(probability, freedom))
                writer.writerow(["chi_squared", probability, freedom, repr(value)])
        for freedom in [3, 5, 10, 30]:
            for x in [-3, -2, -1, -0.5, 0, 0.7, 1.5, 2.5]:
                value = float(t.cdf(x * (freedom / (freedom - 2)) ** 0.5, freedom))
                writer.writerow(["t", x, freedom, repr(value)])


main()
