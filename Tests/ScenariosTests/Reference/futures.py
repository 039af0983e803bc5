#!/usr/bin/env python3
"""Draws futures with NumPy, independently of the Swift code, and writes futures.csv: the mean place
of every unit at the horizon, its standard deviation, and how often it keeps its place or a better.

Two cases on the real panel, without levers: higher education from 2019 to 2022 when the others hold,
and population from 2019 to 2022 by the model's own expectation. FuturesReferenceTests compares within
the error of the draws.

    python3 Tests/ScenariosTests/Reference/futures.py
"""

import csv
import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "ForecastsTests" / "Reference"))
import growth_model as gm  # noqa: E402

DRAWS, YEARS = 20_000, 3
CASES = [
    ("education.higher.share", "education.higher", "education.stated", "logit", 2019, "hold"),
    ("population.total", "population.total", None, "log", 2019, "model"),
]


class Process:
    """The changes of a quantity after YEARS years: mean, own spread, and what is shared."""

    def __init__(self, numerator, denominator, scale, origin):
        self.history = gm.history(numerator, denominator, scale, origin)
        self.p, beta, line, self.n, self.r, self.known = gm.estimate(*self.history)
        p = self.p
        horizon = gm.HORIZON
        self.mean = np.zeros(gm.COUNT)
        self.deviation = np.zeros(gm.COUNT)
        for unit in range(gm.COUNT):
            mean, deviation, _ = gm.path(p, line, self.n, self.r, self.known, unit)
            self.mean[unit], self.deviation[unit] = mean[YEARS - 1], deviation[YEARS - 1]
        total = np.tril(np.ones((horizon, horizon)))
        shared = total @ gm.innovations(p, np.arange(1, horizon + 1)) @ total.T
        self.shared = np.sqrt(shared[YEARS - 1, YEARS - 1] * p["widening"])
        count = min(5, int(1 / (p["widening"] - 1) + 0.5))
        self.national = p["national_noise"] * np.sqrt(YEARS + YEARS**2 / count)

    def standardised(self):
        variance = np.array([gm.autocovariance(self.p, 0, size) for size in self.n])
        return np.where(self.known, self.r / np.sqrt(variance)[:, None], np.nan)

    def draw(self, rng, own):
        """Changes, units × draws, from standard normals of the own parts."""
        v = self.p["tails"]
        if np.isfinite(v):
            own = own * np.sqrt((v - 2) / rng.chisquare(v, own.shape))
        groups = len(gm.REGIONS)
        same = np.equal.outer(gm.COUNTY_OF, gm.COUNTY_OF)
        correlation = np.where(same, self.p["county_correlation"], 0.0)
        np.fill_diagonal(correlation, 1)
        shocks = np.linalg.cholesky(correlation) @ rng.standard_normal((groups, own.shape[1]))
        changes = self.deviation[:, None] * own
        for group, members in enumerate(gm.REGIONS):
            changes[members] += self.shared * shocks[group]
        return changes + self.national * rng.standard_normal(own.shape[1])


def correlation(a, b):
    x, y = a.standardised(), b.standardised()
    years = min(x.shape[1], y.shape[1])
    x, y = x[:, -years:], y[:, -years:]
    both = np.isfinite(x) & np.isfinite(y)
    product = (x[both] * y[both]).sum()
    return product / np.sqrt((x[both] ** 2).sum() * (y[both] ** 2).sum())


def places(values):
    """Competition places by the largest value, column by column."""
    order = np.sort(-values, axis=0)
    return np.stack(
        [np.searchsorted(order[:, j], -values[:, j]) + 1 for j in range(values.shape[1])], axis=1
    )


def simulate(numerator, denominator, scale, origin, others, rng):
    value = Process(numerator, denominator, scale, origin)
    own = rng.standard_normal((gm.COUNT, DRAWS))
    changes = value.draw(rng, own)
    if others == "model":
        changes += value.mean[:, None]
    top = gm.figures(numerator)[origin]
    if denominator is None:
        x = top[:, None] * np.exp(changes)
        return top, None, x, None
    size = Process(denominator, None, "log", origin)
    rho = correlation(value, size)
    second = rho * own + np.sqrt(1 - rho**2) * rng.standard_normal(own.shape)
    weight = size.draw(rng, second)
    if others == "model":
        weight += size.mean[:, None]
    bottom = gm.figures(denominator)[origin]
    share = top / bottom
    x = 1 / (1 + ((1 - share) / share)[:, None] * np.exp(-changes))
    d = bottom[:, None] * np.exp(weight)
    return top, bottom, x * d, d


def main():
    rng = np.random.default_rng(2026)
    rows = [["indicator", "level", "index", "mean", "deviation", "kept"]]
    for indicator, numerator, denominator, scale, origin, others in CASES:
        top, bottom, a, b = simulate(numerator, denominator, scale, origin, others, rng)
        for level in ("municipality", "region"):
            members = [[i] for i in range(gm.COUNT)] if level == "municipality" else gm.REGIONS
            add = lambda v: np.array([v[m].sum(0) for m in members])  # noqa: E731
            now = add(top[:, None]) / (1 if bottom is None else add(bottom[:, None]))
            then = add(a) / (1 if b is None else add(b))
            start, place = places(now)[:, 0], places(then)
            for index in np.where(~np.isnan(now[:, 0]))[0]:
                mean, spread = place[index].mean(), place[index].std()
                kept = (place[index] <= start[index]).mean()
                rows.append([indicator, level, index, f"{mean:.4f}", f"{spread:.4f}", f"{kept:.5f}"])
    with open(HERE / "futures.csv", "w", newline="", encoding="utf-8") as output:
        csv.writer(output, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
