"""Writes changes.csv, difficulty.csv and movement.csv, for ChangeHistoryReferenceTests and
StandardisedMovementTests.

Run from anywhere with numpy and pandas installed:  python3 changes.py
The windows are made by joining each year with the year a span later, in relational form:

- municipalities need a figure of numerator and denominator in both years, regions one of every
  member; the values of a region are sums over sums;
- places are those among all that have both years; the mean place where values are equal;
- a row is dropped when a break of either series falls after the first year and not after the last,
  for the municipality or any member of the region.
"""

import pathlib

import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parents[2] / "datasets" / "norway"


def read(name):
    return pd.read_csv(DATA / name, dtype=str, keep_default_na=False)


indicators = read("indicators.csv").set_index("id")
breaks = read("breaks.csv").astype({"year": int})
codes = read("municipalities.csv").set_index("code")
members = read("memberships.csv")
members = members[members["division"] == "regions-73"].set_index("municipality")["region"]
values = pd.concat([read(f"values/{path.name}") for path in sorted((DATA / "values").glob("*.csv"))])
values = values[values["value"] != ""].assign(
    value=lambda v: v["value"].astype(float), year=lambda v: v["year"].astype(int)
)
# Ålesund and Haram have one figure in 2020–2023; their region has it all the same.
together = values[values["municipality"] == "1507"]
values = values[values["municipality"].isin(codes.index)]


def wide(series):
    """Municipality × year."""
    chosen = values[values["series"] == series]
    return chosen.pivot(index="municipality", columns="year", values="value").reindex(codes.index)


def for_regions(series):
    """The same, the figure of two put at one of them, 0 at the other, where neither has its own."""
    table = wide(series)
    for row in together[together["series"] == series].itertuples():
        if table.loc[["1508", "1580"], row.year].isna().all():
            table.loc[["1508", "1580"], row.year] = [row.value, 0.0]
    return table


inhabitants = wide("population.total")


def history(name, span, level):
    indicator = indicators.loc[name]
    table = for_regions if level == "region" else wide
    numerator = table(indicator["numerator"])
    denominator = table(indicator["denominator"]) if indicator["denominator"] else numerator * 0 + 1
    numerator, denominator = numerator.align(denominator, join="inner", axis=1)
    held = inhabitants
    if level == "region":
        add = lambda table: table.groupby(members).sum(min_count=1).where(
            table.notna().groupby(members).all())
        both = numerator.notna() & denominator.notna()
        numerator, denominator = add(numerator.where(both)), add(denominator.where(both))
        denominator = denominator if indicator["denominator"] else numerator * 0 + 1
        held = add(for_regions("population.total"))
    level_values = float(indicator["scale"]) * (numerator / denominator)
    of = indicator[["numerator", "denominator"]].tolist()
    broken = breaks[breaks["series"].isin([s for s in of if s])]
    national = set(broken.loc[broken["municipality"] == "", "year"])
    local = broken[broken["municipality"] != ""]
    unit_of = local["municipality"].map(members) if level == "region" else local["municipality"]
    local = set(zip(unit_of, local["year"]))
    growth = indicator["unit"] not in ("percent", "percentage_points") and name != "migration.net"
    frames = []
    for start in level_values.columns:
        if start + span not in level_values.columns:
            continue
        pair = level_values[[start, start + span]].dropna()
        pair.columns = ["before", "after"]
        if pair.empty:
            continue
        ascending = indicator["direction"] == "lower"
        ranks = pair.rank(method="average", ascending=ascending)
        frame = pd.DataFrame({
            "start": start,
            "value": pair["before"],
            "place": ranks["before"],
            "inhabitants": held[start].reindex(pair.index) if start in held else np.nan,
            "change": pair["after"] / pair["before"] - 1 if growth else pair["after"] - pair["before"],
            "movement": ranks["before"] - ranks["after"],
        })
        if growth:
            frame = frame[pair["before"] > 0]
        into = range(start + 1, start + span + 1)
        bad = [any(y in national or (unit, y) in local for y in into) for unit in frame.index]
        frames.append(frame[~np.array(bad, dtype=bool)])
    if not frames:
        return pd.DataFrame()
    table = pd.concat(frames).rename_axis("unit").reset_index()
    return table.sort_values(["start", "unit"], kind="stable")


def apart(windows, span):
    """The largest number of windows of each unit that do not overlap, by trying every chain."""
    total = 0
    for _, starts in windows.groupby("unit")["start"]:
        starts = sorted(starts)
        best = []
        for index, start in enumerate(starts):
            earlier = [best[i] for i in range(index) if starts[i] + span <= start]
            best.append(1 + max(earlier, default=0))
        total += max(best)
    return total


CASES = [
    ("population.total", 1, "municipality"),
    ("population.total", 10, "municipality"),
    ("population.total", 10, "region"),
    ("population.total", 40, "municipality"),
    ("jobs.private.per_inhabitant", 1, "municipality"),
    ("jobs.private.per_inhabitant", 5, "municipality"),
    ("jobs.private.per_inhabitant", 6, "region"),
    ("education.higher.share", 5, "municipality"),
    ("education.higher.share", 3, "region"),
    ("education.basic.share", 5, "municipality"),
    ("migration.net", 2, "municipality"),
    ("farmland.total.converted", 1, "municipality"),
]

tables = {case: history(*case) for case in CASES}
summaries = []
for (name, span, level), table in tables.items():
    row = {"indicator": name, "span": span, "level": level, "windows": len(table),
           "units": table["unit"].nunique(), "apart": apart(table, span)}
    for column in ["value", "place", "inhabitants", "change", "movement"]:
        row[column + "_sum"] = repr(float(table[column].sum()))
        row[column + "_squares"] = repr(float((table[column] ** 2).sum()))
    for column in ["change", "movement"]:
        for q in [0.0, 0.1, 0.5, 0.9, 1.0]:
            row[f"{column}_{q:g}"] = repr(float(np.quantile(table[column], q)))
    summaries.append(row)
pd.DataFrame(summaries).to_csv(HERE / "changes.csv", index=False, lineterminator="\n")

groups = read("municipalities.csv").set_index("code")["kostra_group"]
ASKED = [
    ("population.total", 10, "municipality", "3103", "change", [-0.05, 0.05, 0.12, 0.2, 0.4, 3.0]),
    ("population.total", 10, "municipality", "3103", "movement", [0, 3, 7.5, 25, 200]),
    ("population.total", 10, "region", "R03", "movement", [0, 1, 4, 20]),
    ("jobs.private.per_inhabitant", 5, "municipality", "3114", "movement", [-20, 30, 90]),
    ("jobs.private.per_inhabitant", 6, "region", "R03", "change", [0.0, 0.03, 0.08, 0.2]),
    ("education.basic.share", 5, "municipality", "3112", "change", [0.5, -1.0, -2.5, -4.0, -9.0]),
    ("education.higher.share", 5, "municipality", "3216", "movement", [1, 20, 300]),
]
rows = []
for name, span, level, unit, kind, wanted in ASKED:
    table = tables[(name, span, level)]
    own = table[table["unit"] == unit].iloc[-1]
    sign = -1 if kind == "change" and indicators.loc[name, "direction"] == "lower" else 1
    near = 15 if level == "municipality" else 5
    group = set(groups[groups == groups[unit]].index) if level == "municipality" else set()
    choices = {
        "all": table,
        "group": table[table["unit"].isin(group)],
        "inhabitants": table[(table["inhabitants"] / own["inhabitants"] - 1).abs() <= 0.3],
        "own": table[table["unit"] == unit],
        "start_place": table[(table["place"] - own["place"]).abs() <= near],
    }
    for required in wanted:
        for peers, chosen in choices.items():
            if chosen.empty:
                continue
            made = sign * chosen[kind]
            done = chosen[made >= sign * required]
            rows.append({
                "indicator": name, "span": span, "level": level, "unit": unit, "kind": kind,
                "required": required, "peers": peers, "start_place": own["place"],
                "inhabitants": own["inhabitants"], "windows": len(chosen),
                "units": chosen["unit"].nunique(), "apart": apart(chosen, span),
                "achieved_windows": len(done), "achieved_units": done["unit"].nunique(),
                "percentile": repr(float(100 * ((made < sign * required).mean()
                                                + (made == sign * required).mean() / 2))),
                "best": repr(float(sign * made.max())),
            })
pd.DataFrame(rows).to_csv(HERE / "difficulty.csv", index=False, lineterminator="\n")

# Z and p between two years, all regions; the bins hold those of equal mean rank at the start.
random = np.random.default_rng(20261124)
rows = []
for name, first, last in [("population.total", 2014, 2024),
                          ("jobs.private.per_inhabitant", 2006, 2014),
                          ("education.higher.share", 2014, 2019)]:
    indicator = indicators.loc[name]
    level_values = wide(indicator["numerator"])
    if indicator["denominator"]:
        level_values = level_values / wide(indicator["denominator"])
    pair = level_values[[first, last]]
    places = pair.rank(method="average", ascending=False).dropna()
    delta = (places[first] - places[last]).to_numpy()
    start = places[first].rank(method="average").to_numpy()
    count = max(1, min(10, len(places) // 10))
    bins = np.floor((start - 0.5) * count / len(places)).astype(int)
    frame = pd.DataFrame({"bin": bins, "delta": delta}, index=places.index)
    moments = frame.groupby("bin")["delta"].agg(["mean", lambda d: d.var(ddof=0)]).to_numpy()
    shuffled = np.tile(delta, (20000, 1))
    for number in np.unique(bins):
        where = np.flatnonzero(bins == number)
        shuffled[:, where] = random.permuted(shuffled[:, where], axis=1)
    for region, home in members.groupby(members):
        inside = places.index.isin(home.index)
        if inside.sum() < len(home):
            continue
        total = delta[inside].sum()
        mean, variance = moments[np.searchsorted(np.unique(bins), bins[inside])].sum(axis=0)
        hits = (shuffled[:, inside].sum(axis=1) >= total).sum()
        rows.append({"indicator": name, "from": first, "to": last, "region": region,
                     "f1": repr(float(total)), "f2": repr(float(total / inside.sum())),
                     "expected": repr(float(mean)), "deviation": repr(float(variance ** 0.5)),
                     "z": repr(float((total - mean) / variance ** 0.5)),
                     "p": (1 + hits) / 20001})
pd.DataFrame(rows).to_csv(HERE / "movement.csv", index=False, lineterminator="\n")
print(f"numpy {np.__version__}, pandas {pd.__version__}")
