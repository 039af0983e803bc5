"""Writes wilson.csv and quantiles.csv, for WilsonIntervalTests and QuantileTests.

Run from anywhere with numpy, scipy and statsmodels installed:  python3 intervals.py
"""

import pathlib

import numpy as np
import scipy
import statsmodels
from scipy.stats import percentileofscore
from statsmodels.stats.proportion import proportion_confint

HERE = pathlib.Path(__file__).resolve().parent

with open(HERE / "wilson.csv", "w", encoding="utf-8", newline="\n") as file:
    print("successes,trials,lower,upper", file=file)
    for successes, trials in [
        (0, 1), (1, 1), (0, 10), (10, 10), (1, 2), (3, 357), (1, 73), (72, 73), (12.5, 40),
        (0.25, 1390), (1389, 1390), (7000, 14078),
    ]:
        lower, upper = proportion_confint(successes, trials, alpha=0.05, method="wilson")
        print(successes, trials, repr(float(lower)), repr(float(upper)), sep=",", file=file)

random = np.random.default_rng(1927)
samples = {
    "one": np.array([3.5]),
    "two": np.array([2.0, -1.0]),
    "tied": random.integers(-4, 5, 101) / 2,
    "normal": random.normal(0, 1e3, 358),
}
with open(HERE / "quantiles.csv", "w", encoding="utf-8", newline="\n") as file:
    print("sample,kind,at,result,values", file=file)
    for name, values in samples.items():
        text = " ".join(repr(float(value)) for value in values)
        for p in [0, 0.025, 0.1, 0.25, 1 / 3, 0.5, 0.9, 0.975, 1]:
            result = np.quantile(values, p)
            print(name, "quantile", repr(p), repr(float(result)), text, sep=",", file=file)
        for number in [-1e4, -1.0, 0.0, 0.5, 2.0, 3.5, 1e4, float(values[0])]:
            result = percentileofscore(values, number, kind="mean")
            print(name, "percentile", repr(number), repr(float(result)), text, sep=",", file=file)
print(f"numpy {np.__version__}, scipy {scipy.__version__}, statsmodels {statsmodels.__version__}")
