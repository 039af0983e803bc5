"""Writes scenarios.csv: the shipped scenarios by pandas, for ScenariosReferenceTests.

Run from anywhere with pandas and PyYAML installed:  python3 scenarios.py
The rules are those that the scenarios, the dataset and the levers document, in relational form:

- a figure that a source gives for several municipalities together stands for all of them; single
  figures, where each has one, go before it; nothing is counted twice, in the country neither;
- `fill: carry` lets the latest earlier figures stand, numerator and denominator of one year;
- a unit's growth is the median of its latest changes from one year to the next, without those that
  are a break, from or to a missing figure, or from zero; at least two are needed, else the
  country's growth takes its place. Nothing after the baseline year counts;
- the country's growth is the same median of the changes of the sum over the units with figures in
  both years, without breaks of everybody;
- of own growth and the country's the weighted mean is taken; growth borrowed from a ratio becomes
  that of the numerator by (1 + ratio)(1 + denominator) - 1;
- levers act in the order written: growth compounds on top of the movement, a change of persons is
  spread in proportion to the baseline, a level is reached by the share that the ramp gives;
- values that are equal up to the rounding of the last digits share a place.
"""

import functools
import pathlib

import numpy as np
import pandas as pd
import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
DATA = ROOT / "datasets" / "norway"


def read(name):
    return pd.read_csv(DATA / name, dtype=str, keep_default_na=False)


municipalities = read("municipalities.csv").set_index("code")
combined = read("combined_units.csv").set_index("code")
parts = {code: [code] for code in municipalities.index}
parts |= {code: members.split() for code, members in combined["members"].items()}
memberships = read("memberships.csv")
series_table = read("series.csv").set_index("id")
indicators = read("indicators.csv").set_index("id")
breaks = read("breaks.csv")
values = pd.concat([read(f"values/{path.name}") for path in sorted((DATA / "values").glob("*.csv"))])
values = values[values["value"] != ""].assign(
    value=lambda v: v["value"].astype(float), year=lambda v: v["year"].astype(int)
)


@functools.cache
def matrix(name):
    """The figures of a series, years down and units across; units of several added up."""
    table = values[values["series"] == name].pivot(
        index="year", columns="municipality", values="value"
    ).reindex(columns=list(parts))
    if series_table.loc[name, "country_total"] == "sum":
        for code in combined.index:
            table[code] = table[code].fillna(table[parts[code]].sum(axis=1, skipna=False))
    return table


def without_doubles(present):
    """Of units and their members, those that stand: the members where all of them are there."""
    doubled = {c for c in combined.index if c in present and set(parts[c]) <= set(present)}
    covered = {m for c in combined.index if c in present and c not in doubled for m in parts[c]}
    return [unit for unit in present if unit not in doubled and unit not in covered]


# --- The baseline


def baseline(indicator, year, fill):
    """Numerator and denominator (1 for a sum) of the units that stand, their year beside them."""
    top = matrix(indicator["numerator"])
    if not indicator["denominator"]:
        # A sum needs no pair: a figure for several together stands only where it was published.
        published = values[values["series"] == indicator["numerator"]]
        top = published.pivot(index="year", columns="municipality", values="value").reindex(
            columns=list(parts)
        )
    bottom = matrix(indicator["denominator"]) if indicator["denominator"] else top * 0 + 1
    found = {}
    for then in sorted(top.index.intersection(bottom.index), reverse=True):
        if then > year or (then < year and fill != "carry"):
            continue
        pair = pd.DataFrame({"numerator": top.loc[then], "denominator": bottom.loc[then]}).dropna()
        for unit in without_doubles(list(pair.index)):
            taken = {m for u in found for m in parts[u]}
            if not set(parts[unit]) & taken:
                found[unit] = pair.loc[unit].tolist()
    table = pd.DataFrame.from_dict(found, orient="index", columns=["numerator", "denominator"])
    return table.reindex([unit for unit in parts if unit in found])


# --- The movement of all


def is_break(names, year, unit=None):
    rows = breaks[breaks["series"].isin(names) & (breaks["year"] == str(year))]
    everybody = (rows["municipality"] == "").any()
    return everybody or (unit is not None and rows["municipality"].isin(parts[unit]).any())


@functools.cache
def history(top_name, bottom_name, until, window):
    """The median growth of each unit and of the country."""
    names = [name for name in (top_name, bottom_name) if name]
    top = matrix(top_name)
    top = top[top.index <= until]
    bottom = matrix(bottom_name).reindex(top.index) if bottom_name else top * 0 + 1
    ratio = top / bottom
    units = {unit: [] for unit in parts}
    country = []
    for year in sorted(top.index, reverse=True):
        if year - 1 not in top.index:
            continue
        change = (ratio.loc[year] / ratio.loc[year - 1] - 1).replace([np.inf, -np.inf], np.nan)
        for unit, number in change.dropna().items():
            if not is_break(names, year, unit):
                units[unit].append(number)
        both = ratio.loc[year].notna() & ratio.loc[year - 1].notna()
        both = without_doubles(list(both[both].index))
        sums = [table.loc[y, both].sum() for table in (top, bottom) for y in (year, year - 1)]
        if not is_break(names, year):
            change = sums[0] / sums[1] - 1
            if bottom_name:
                change = (sums[0] / sums[2]) / (sums[1] / sums[3]) - 1
            country.append(change)
    own = {unit: np.median(found[:window]) for unit, found in units.items() if len(found) >= 2}
    return pd.Series(own, dtype=float).reindex(list(parts)), np.median(country[:window])


def growth(scenario, indicator):
    """Growth per year of numerator and denominator by unit."""
    others = scenario.get("others", {"move": "hold"})
    still = pd.Series(0.0, index=list(parts))
    if others["move"] == "hold":
        return still, still
    given, window = others.get("weight", 1), others.get("window", 5)
    until = scenario["baseline"]["year"]

    def blended(series, top, bottom=None):
        weight = float(given.get(series, 1) if isinstance(given, dict) else given)
        own, country = history(top, bottom, until, window)
        return (weight * own + (1 - weight) * country).fillna(country)

    def of(name, denominator):
        lender = others.get("borrow", {}).get(name, name)
        if lender in indicators.index and indicators.loc[lender, "denominator"]:
            ratio = blended(name, *indicators.loc[lender, ["numerator", "denominator"]])
            return (1 + ratio) * (1 + denominator) - 1
        return blended(name, lender)

    denominator = of(indicator["denominator"], None) if indicator["denominator"] else still
    return of(indicator["numerator"], denominator), denominator


# --- The levers


def named(scenario, name):
    """The municipalities that a scenario means by a region's or municipality's code or name."""
    chosen = memberships[memberships["division"] == scenario["division"]]
    region = chosen[(chosen["region"] == name) | (chosen["region_name"] == name)]
    if len(region):
        return list(region["municipality"])
    return [c for c, row in municipalities.iterrows() if name in (c, row["name"])]


def ramp(lever, year, first):
    start = int(lever.get("from", first))
    end = int(lever.get("until", start))
    w = min(1.0, max(0.0, (year - start + 1) / (end - start + 1)))
    kind = lever.get("ramp", "step")
    return {"step": float(year >= start), "linear": w, "s-curve": 3 * w**2 - 2 * w**3}[kind]


def pull(scenario, lever, indicator, start, table, year):
    """One lever on the figures of a year."""
    first = int(scenario["baseline"]["year"]) + 1
    whom = table.index.intersection(named(scenario, lever["whom"]))
    share = ramp(lever, year, first)
    if lever["kind"] == "reach":
        goal = table.loc[named(scenario, lever["target"])].sum()
        level = goal["numerator"] / goal["denominator"]
        own = table.loc[whom, "numerator"] / table.loc[whom, "denominator"]
        own = own.where(own >= level, own + share * (level - own))
        table.loc[whom, "numerator"] = own * table.loc[whom, "denominator"]
        return
    column = next(
        part for part in ("numerator", "denominator") if indicator[part] == lever["series"]
    )
    amount = float(lever["value"])
    if lever["kind"] == "growth":
        years = [ramp(lever, past, first) for past in range(first, year + 1)]
        table.loc[whom, column] *= np.prod([1 + amount / 100 * w for w in years])
    elif lever["kind"] == "change":
        weights = start.loc[whom, column] / start.loc[whom, column].sum()
        table.loc[whom, column] += share * amount * weights


# --- Both levels


def value(indicator, table, country):
    ratio = table["numerator"] / table["denominator"]
    if indicator["relative_to"] == "country":
        ratio = ratio / country
    return float(indicator["scale"]) * ratio


def levels(indicator, table, division):
    """The values of municipalities and of regions."""
    if not indicator["denominator"]:
        table = table.assign(denominator=1.0)
    country = table["numerator"].sum() / table["denominator"].sum()
    shown = [u for u in parts if u in municipalities.index
             or (u in table.index and combined.loc[u, "is_municipality"] == "true")]
    yield "municipality", value(indicator, table, country).reindex(shown)
    members = memberships[memberships["division"] == division].groupby("region")["municipality"]
    population = matrix("population.total").iloc[-1]
    found = {}
    for region, codes in members.agg(list).items():
        inside = [u for u in table.index if set(parts[u]) <= set(codes)]
        covered = {m for u in inside for m in parts[u]}
        lacking = [code for code in codes if code not in covered]
        sums = table.loc[inside].sum()
        if not indicator["denominator"]:
            sums["denominator"] = 1.0
        enough = population[lacking].sum() <= 0.1 * population[codes].sum()
        if indicator["aggregation"] == "sum":
            enough = not lacking
        found[region] = sums if enough else sums * np.nan
    yield "region", value(indicator, pd.DataFrame(found).T, country).sort_index()


def places(column, lower_is_better):
    """Competition places; values apart by rounding alone are equal."""
    return column.map(lambda v: float(f"{v:.12e}")).rank(method="min", ascending=lower_is_better)


def run(path):
    scenario = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    if "window" in scenario["others"]:
        scenario["others"]["window"] = int(scenario["others"]["window"])
    first, last = int(scenario["baseline"]["year"]), int(scenario["horizon"])
    scenario["baseline"]["year"] = first
    view = {scenario["focus"], *named(scenario, scenario["focus"])}
    for name in scenario["indicators"]:
        indicator = indicators.loc[name]
        start = baseline(indicator, first, scenario["baseline"].get("fill"))
        numerator, denominator = growth(scenario, indicator)
        before = {
            level: places(column, indicator["direction"] == "lower")
            for level, column in levels(indicator, start, scenario["division"])
        }
        for variant in ("levers", "none"):
            for year in range(first, last + 1):
                table = start.copy()
                table["numerator"] *= (1 + numerator.reindex(table.index)) ** (year - first)
                if indicator["denominator"]:
                    table["denominator"] *= (1 + denominator.reindex(table.index)) ** (year - first)
                if variant == "levers" and year > first:
                    for lever in scenario.get("levers", []):
                        pull(scenario, lever, indicator, start, table, year)
                for level, column in levels(indicator, table, scenario["division"]):
                    place = places(column, indicator["direction"] == "lower")
                    for unit, number in column.items():
                        everyone = variant == "levers" and year == last
                        if everyone or unit in view:
                            yield (path.stem, variant, year, name, level, unit, number, place[unit],
                                   before[level].get(unit, np.nan) - place[unit])


def by_model(path):
    """Whether the others move by the growth model, which futures.py covers."""
    others = yaml.safe_load(path.read_text(encoding="utf-8")).get("others", {})
    return others.get("move") == "model"


paths = [path for path in sorted((ROOT / "scenarios").glob("*.yml")) if not by_model(path)]
rows = [row for path in paths for row in run(path)]
columns = ["scenario", "variant", "year", "indicator", "level", "unit", "value", "place", "movement"]
table = pd.DataFrame(rows, columns=columns).astype({"place": "Int64", "movement": "Int64"})
table.to_csv(HERE / "scenarios.csv", index=False, lineterminator="\n", float_format="%.14g")
print(f"pandas {pd.__version__}, {len(table)} rows")
