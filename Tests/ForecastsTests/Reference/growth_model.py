#!/usr/bin/env python3
"""Estimates the growth model with NumPy and SciPy, independently of the Swift code, and writes what
the tests compare with: growth_parameters.csv and growth_paths.csv.

Run it in this folder's repository with Python 3.11, numpy and scipy:

    python3 Tests/ForecastsTests/Reference/growth_model.py
"""

import csv
import pathlib

import numpy as np
from scipy.optimize import nnls
from scipy.special import gammaln

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parents[2] / "datasets" / "norway"

WINDOW, CLASSES, REACH, LAGS, HORIZON = 20, 6, 5.0, 12, 5
REGION_PERSISTENCE = 0.8
PERSISTENCES = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
FREEDOMS = [3, 4, 5, 6, 8, 10, 15, 20, 30, np.inf]
CASES = [
    ("population.total", None, "log", 2021),
    ("jobs.private", "population.total", "log", 2013),
    ("education.higher", "education.stated", "logit", 2019),
]


def table(name):
    with open(DATA / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


MUNICIPALITIES = table("municipalities.csv")
CODES = [row["code"] for row in MUNICIPALITIES]
POSITION = {code: index for index, code in enumerate(CODES)}
COUNT = len(CODES)
CENTRALITY = np.array([float(row["centrality_index"]) for row in MUNICIPALITIES]) / 1000
SERIES = {row["id"]: row for row in table("series.csv")}
BREAKS = table("breaks.csv")


def regions():
    members = {}
    for row in table("memberships.csv"):
        if row["division"] == "regions-73":
            members.setdefault(row["region"], []).append(POSITION[row["municipality"]])
    return [np.array(sorted(members[key])) for key in sorted(members)]


REGIONS = regions()
COUNTY_OF = [
    max(sorted(set(codes)), key=codes.count)
    for codes in ([MUNICIPALITIES[i]["county_code"] for i in members] for members in REGIONS)
]


def figures(series):
    years = {}
    for row in table(SERIES[series]["file"]):
        if row["series"] == series and row["municipality"] in POSITION and row["value"]:
            column = years.setdefault(int(row["year"]), np.full(COUNT, np.nan))
            column[POSITION[row["municipality"]]] = float(row["value"])
    return years


def history(numerator, denominator, scale, last):
    """Values on the scale, sizes and breaks, municipalities × years up to the last."""
    top, bottom = figures(numerator), figures(denominator) if denominator else None
    known = set(top) & set(bottom) if bottom else set(top)
    years = range(min(known), min(max(known), last) + 1)
    blank = np.full(COUNT, np.nan)
    x = np.column_stack([top.get(year, blank) for year in years])
    d = np.column_stack([bottom.get(year, blank) for year in years]) if bottom else None
    ratio = x if d is None else x / d
    with np.errstate(all="ignore"):
        if scale == "log":
            y = np.where(ratio > 0, np.log(ratio), np.nan)
        else:
            y = np.where((ratio > 0) & (ratio < 1), np.log(ratio / (1 - ratio)), np.nan)
    if d is None:
        people = figures("population.total")
        d = np.column_stack([people.get(year, blank) for year in years])
    broken = np.zeros_like(y, dtype=bool)
    for row in BREAKS:
        if row["series"] in (numerator, denominator) and int(row["year"]) in years:
            column = int(row["year"]) - years[0]
            broken[POSITION[row["municipality"]] if row["municipality"] else slice(None), column] = True
    return y, d, broken


def latest(sizes):
    result = np.full(COUNT, np.nan)
    for column in sizes.T:
        result = np.where(column > 0, column, result)
    known = np.sort(result[~np.isnan(result)])
    return np.where(np.isnan(result), known[len(known) // 2], result)


def estimate(y, sizes, broken):
    g = np.diff(y, axis=1)
    g[broken[:, 1:]] = np.nan
    g = g[:, -WINDOW:]
    years = g.shape[1]
    medians = np.array(
        [np.nanmedian(column) if np.isfinite(column).sum() >= 5 else np.nan for column in g.T]
    )
    g = g - medians
    n = latest(sizes)
    group = np.empty(COUNT, int)
    group[np.argsort(n, kind="stable")] = np.arange(COUNT) * CLASSES // COUNT
    for size in range(CLASSES):
        limit = REACH * 1.4826 * np.nanmedian(np.abs(g[group == size]))
        g[group == size] = np.clip(g[group == size], -limit, limit)
    known = np.isfinite(g)
    means = np.where(known.any(1), np.nansum(g, 1) / np.maximum(known.sum(1), 1), np.nan)
    design = np.column_stack([np.ones(COUNT), np.log(n), CENTRALITY])
    present = ~np.isnan(means)
    beta = np.linalg.lstsq(design[present], means[present], rcond=None)[0]
    line = design @ beta
    r = np.where(known, g - line[:, None], 0.0)
    p = variances(r, known, n, group, min(LAGS, years - 1))
    p["tails"] = tails(r, known, n, p)
    seen = medians[~np.isnan(medians)]
    p["widening"] = 1 + 1 / len(seen)
    p["national"] = np.median(seen[-5:])
    p["national_noise"] = 1.4826 * np.median(np.abs(seen - np.median(seen)))
    return p, beta, line, n, r, known


def lagged(values, lag):
    return values[..., : values.shape[-1] - lag], values[..., lag:]


def variances(r, known, n, group, top):
    lags = np.arange(top + 1)
    products, pairs = np.zeros(top + 1), np.zeros(top + 1)
    for members in REGIONS:
        if len(members) < 2:
            continue
        for lag in lags:
            a, b = lagged(r[members], lag)
            ka, kb = lagged(known[members], lag)
            cross = np.einsum("it,jt->ij", a, b)
            count = np.einsum("it,jt->ij", ka.astype(float), kb.astype(float))
            np.fill_diagonal(cross, 0)
            np.fill_diagonal(count, 0)
            products[lag] += cross.sum() / len(members)
            pairs[lag] += count.sum() / len(members)
    region = np.divide(products, pairs, out=np.zeros(top + 1), where=pairs > 0)
    phi = REGION_PERSISTENCE
    design = np.column_stack([np.ones(top + 1), phi**lags, lags == 0]).astype(float)
    weights = np.sqrt(pairs)
    (trend, drift, shock), _ = nnls(design * weights[:, None], region * weights)
    explained = trend + drift * phi**lags + shock * (lags == 0)
    p = {
        "region_trend": trend**0.5,
        "region_drift": drift**0.5,
        "region_persistence": phi if drift > 0 else 0,
        "region_shock": shock**0.5,
    }
    across, across_pairs = 0.0, 0.0
    for county in sorted(set(COUNTY_OF)):
        mine = [members for members, other in zip(REGIONS, COUNTY_OF) if other == county]
        for year in range(r.shape[1]):
            count = sum(known[members, year].sum() for members in mine)
            if count == 0:
                continue
            for i, left in enumerate(mine):
                for j, right in enumerate(mine):
                    if i != j:
                        across += r[left, year].sum() * r[right, year].sum() / count
                        across_pairs += known[left, year].sum() * known[right, year].sum() / count
    p["county_correlation"] = (
        min(max(across / across_pairs / region[0], 0), 0.95) if region[0] > 0 else 0
    )
    values, designs = [], {phi: [] for phi in PERSISTENCES}
    for size in range(CLASSES):
        mine, here = r[group == size], known[group == size]
        share = np.mean(1 / n[group == size])
        sample, counts = np.zeros(top + 1), np.zeros(top + 1)
        for lag in lags:
            a, b = lagged(mine, lag)
            ka, kb = lagged(here, lag)
            counts[lag] = (ka & kb).sum()
            sample[lag] = (a * b).sum() / max(counts[lag], 1)
        weight = np.sqrt(counts) / sample[0]
        values.append((sample - explained) * weight)
        zero, one = (lags == 0).astype(float), (lags == 1).astype(float)
        for phi in PERSISTENCES:
            columns = [np.ones(top + 1), phi**lags, zero, zero * share, (2 * zero - one) * share]
            designs[phi].append(np.column_stack(columns) * weight[:, None])
    best = None
    for phi in PERSISTENCES:
        design = np.vstack(designs[phi])
        scale = np.abs(design).max(0)
        x, residual = nnls(design / scale, np.concatenate(values))
        if best is None or residual**2 < best[0] * (1 - 1e-9):
            best = (residual**2, phi, x / scale)
    _, phi, x = best
    p |= dict(zip(["trend", "drift", "noise", "size_noise", "level_noise"], np.sqrt(x)))
    p["persistence"] = phi if x[1] > 0 else 0
    return p


def autocovariance(p, lag, size):
    value = p["trend"] ** 2 + p["region_trend"] ** 2
    value += p["drift"] ** 2 * p["persistence"] ** lag
    value += p["region_drift"] ** 2 * p["region_persistence"] ** lag
    if lag == 0:
        value += p["noise"] ** 2 + (p["size_noise"] ** 2 + 2 * p["level_noise"] ** 2) / size
        value += p["region_shock"] ** 2
    if lag == 1:
        value -= p["level_noise"] ** 2 / size
    return value


def tails(r, known, n, p):
    variance = np.array([autocovariance(p, 0, size) for size in n])
    e2 = ((r / np.sqrt(variance)[:, None]) ** 2)[known]

    def likelihood(v):
        if np.isinf(v):
            return (-e2 / 2 - np.log(2 * np.pi) / 2).sum()
        constant = gammaln((v + 1) / 2) - gammaln(v / 2) - np.log((v - 2) * np.pi) / 2
        return (constant - (v + 1) / 2 * np.log1p(e2 / (v - 2))).sum()

    return max(FREEDOMS, key=likelihood)


def innovations(p, years):
    """The covariance of what is new in a region after the history, by a recursion of its drift."""
    phi, size = p["region_persistence"], p["region_drift"]
    loadings = np.array([[phi ** (t - k) if k <= t else 0 for k in range(1, years[-1] + 1)] for t in years])
    return size**2 * (1 - phi**2) * loadings @ loadings.T + p["region_shock"] ** 2 * np.eye(len(years))


def path(p, line, n, r, known, unit, gap=0):
    """The mean and standard deviation of the change after 1…HORIZON years, and the own weight."""
    ago = r.shape[1] - np.where(known[unit])[0]
    cov = np.vectorize(lambda lag: autocovariance(p, lag, n[unit]), otypes=[float])
    past = cov(np.abs(ago[:, None] - ago[None, :]))
    step = np.arange(HORIZON)
    cross = cov(step[:, None] + gap + ago[None, :])
    ahead = cov(np.abs(step[:, None] - step[None, :])) - innovations(p, step + gap + 1)
    coefficients = np.linalg.solve(past, cross.T).T
    mean = np.cumsum(coefficients @ r[unit, known[unit]] + line[unit] + p["national"])
    total = np.tril(np.ones((HORIZON, HORIZON)))
    variance = np.diag(total @ (ahead - coefficients @ cross.T) @ total.T)
    return mean, np.sqrt(variance * p["widening"]), coefficients[0].sum()


def main():
    parameters = [["quantity", "origin", "name", "value"]]
    paths = [["quantity", "origin", "gap", "municipality", "years", "mean", "deviation", "weight"]]
    for numerator, denominator, scale, origin in CASES:
        p, beta, line, n, r, known = estimate(*history(numerator, denominator, scale, origin))
        name = "/".join(filter(None, [numerator, denominator]))
        extra = dict(zip(["line_intercept", "line_size", "line_centrality"], beta))
        for key, value in sorted((p | extra).items()):
            parameters.append([name, origin, key, repr(float(value))])
        for gap in (0, 3):
            for code in ("0301", "3103", "3112", "3114", "5630"):
                unit = POSITION[code]
                mean, deviation, weight = path(p, line, n, r, known, unit, gap)
                for year in range(HORIZON):
                    numbers = [float(mean[year]), float(deviation[year]), float(weight)]
                    paths.append([name, origin, gap, code, year + 1] + [repr(v) for v in numbers])
    for file, rows in (("growth_parameters.csv", parameters), ("growth_paths.csv", paths)):
        with open(HERE / file, "w", newline="", encoding="utf-8") as output:
            csv.writer(output, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
