"""Writes rankdata.csv: places by SciPy's rankdata, for ColumnRanksTests.

Run from anywhere with numpy and scipy installed:  python3 rankdata.py
The columns are named rule.order; the largest goes first by ranking the negated values.
"""

import csv
import pathlib

import numpy as np
import scipy
from scipy.stats import rankdata

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parents[2] / "datasets" / "norway"
RULES = {
    "competition": "min",
    "modified": "max",
    "dense": "dense",
    "fractional": "average",
    "ordinal": "ordinal",
}


def figures(name, series, year):
    """The values of a series in the order of the municipalities; NaN where missing."""
    with open(DATA / "municipalities.csv", encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    with open(DATA / "values" / name, encoding="utf-8") as file:
        found = {
            row["municipality"]: float(row["value"])
            for row in csv.DictReader(file)
            if row["series"] == series and row["year"] == str(year) and row["value"]
        }
    return np.array([found.get(code, np.nan) for code in codes])


def cases():
    employed = figures("employment.csv", "employed.20_66", 2019)
    base = figures("employment.csv", "employment.base", 2019)
    yield "employment.share 2019", 100 * (employed / base)
    yield "population.total 2024", figures("population.csv", "population.total", 2024)
    yield "low_income.share 2022", figures("living.csv", "low_income.share", 2022)
    random = np.random.default_rng(20261123)
    tied = random.integers(-8, 9, 400) / 4.0
    tied[random.random(400) < 0.1] = np.nan
    yield "random with ties", tied


with open(HERE / "rankdata.csv", "w", encoding="utf-8", newline="\n") as file:
    columns = [f"{rule}.{order}" for order in ("smallest", "largest") for rule in RULES]
    print("case", "value", *columns, sep=",", file=file)
    for case, values in cases():
        places = [
            rankdata(sign * values, method=method, nan_policy="omit")
            for sign in (1, -1)
            for method in RULES.values()
        ]
        for value, *row in zip(values, *places):
            print(case, repr(float(value)), *(f"{place:g}" for place in row), sep=",", file=file)
print(f"numpy {np.__version__}, scipy {scipy.__version__}")
