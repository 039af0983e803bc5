"""Writes aggregates.csv: values and places by pandas, for AggregatesReferenceTests.

Run from anywhere with pandas installed:  python3 aggregates.py
The rules are those that the dataset and the indicators document, in relational form:

- a figure that a source gives for several municipalities together stands for all of them; the
  figures of the single ones, where each has one, go before it;
- a ratio or weighted mean needs both its series; where only one of them is given for the
  municipalities together, the other is added up, if it is a count;
- a figure of several municipalities belongs to the region that holds all of them, or to none;
- a sum needs every member of the region, the others nine tenths of its inhabitants (latest year).
"""

import pathlib

import pandas as pd

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parents[2] / "datasets" / "norway"
WANTED = [
    ("employment.share", 2019),
    ("population.total", 2024),
    ("population.total", 2022),
    ("jobs.private.per_inhabitant", 2016),
    ("education.higher.share", 2019),
    ("education.higher.share", 2020),
    ("tax.relative_to_country", 2023),
    ("tax.after.per_inhabitant", 2023),
    ("migration.net.per_1000", 2019),
]
DIVISIONS = ["regions-73", "counties", "economic-regions"]


def read(name):
    return pd.read_csv(DATA / name, dtype=str, keep_default_na=False)


municipalities = read("municipalities.csv")["code"]
combined = read("combined_units.csv")
memberships = read("memberships.csv")
series_table = read("series.csv").set_index("id")
indicators = read("indicators.csv").set_index("id")
values = pd.concat([read(f"values/{path.name}") for path in sorted((DATA / "values").glob("*.csv"))])
values = values[values["value"] != ""].assign(
    value=lambda v: v["value"].astype(float), year=lambda v: v["year"].astype(int)
)
# One row for each unit and municipality in it; a municipality is a unit of its own.
parts = pd.concat([
    pd.DataFrame({"unit": municipalities, "municipality": municipalities}),
    combined.assign(municipality=combined["members"].str.split())
    .explode("municipality")
    .rename(columns={"code": "unit"})[["unit", "municipality"]],
])
size = parts.groupby("unit")["municipality"].count()
latest = values[values["series"] == "population.total"]["year"].max()


def figures(name, year):
    """The figures of a series by unit."""
    chosen = (values["series"] == name) & (values["year"] == year)
    return values[chosen].set_index("municipality")["value"]


def with_sums(name, year):
    """The same, the units of several municipalities added up where they have no figure."""
    found = figures(name, year)
    if series_table.loc[name, "country_total"] != "sum":
        return found
    joined = parts.merge(found.rename("value"), left_on="municipality", right_index=True)
    sums = joined.groupby("unit")["value"].agg(["sum", "count"])
    whole = sums.loc[sums["count"] == size.reindex(sums.index), "sum"]
    return found.combine_first(whole)


def unit_figures(indicator, year):
    """Numerator and denominator (1 for a sum) of the units that stand, none counted twice."""
    other = indicator["denominator"] or indicator["weight"]
    if other:
        pair = pd.concat(
            [with_sums(indicator["numerator"], year), with_sums(other, year)],
            axis=1, keys=["numerator", "denominator"], join="inner",
        )
    else:
        pair = figures(indicator["numerator"], year).to_frame("numerator").assign(denominator=1.0)
    several = size[size > 1].index.intersection(pair.index)
    for unit in several:
        members = parts.loc[parts["unit"] == unit, "municipality"]
        if members.isin(pair.index).all():
            pair = pair.drop(unit)
        else:
            pair = pair.drop(members, errors="ignore")
    if indicator["aggregation"] == "weighted_mean":
        pair["numerator"] *= pair["denominator"]
    return pair


def value(indicator, pair, country):
    ratio = pair["numerator"]
    if indicator["aggregation"] != "sum":
        ratio = ratio / pair["denominator"]
    if indicator["relative_to"] == "country":
        ratio = ratio / country
    return float(indicator["scale"]) * ratio


def regions(indicator, pair, division):
    """Numerator and denominator by region, NaN where the region may not be shown."""
    member = memberships[memberships["division"] == division].set_index("municipality")["region"]
    located = parts[parts["unit"].isin(pair.index)].assign(
        region=lambda p: p["municipality"].map(member)
    )
    inside = located.groupby("unit")["region"].agg(["first", "nunique"])
    home = inside.loc[inside["nunique"] == 1, "first"]
    sums = pair.loc[home.index].groupby(home)[["numerator", "denominator"]].sum()
    covered = set(located.loc[located["unit"].isin(home.index), "municipality"])
    weights = figures("population.total", latest).reindex(member.index).fillna(0)
    lacking = weights.where([code not in covered for code in member.index], 0)
    share = lacking.groupby(member).sum() / weights.groupby(member).sum()
    gaps = (~member.index.to_series().isin(covered)).groupby(member).sum()
    shown = gaps == 0 if indicator["aggregation"] == "sum" else share <= 0.1
    return sums.reindex(sorted(member.unique())).where(shown)


def results(name, year):
    indicator = indicators.loc[name]
    pair = unit_figures(indicator, year)
    country = pair["numerator"].sum() / pair["denominator"].sum()
    formerly = combined.loc[combined["is_municipality"] == "true", "code"]
    units = list(municipalities) + [code for code in formerly if code in pair.index]
    if indicator["aggregation"] == "weighted_mean":
        alone = with_sums(indicator["numerator"], year).reindex(pair.index).reindex(units)
    else:
        alone = value(indicator, pair, country).reindex(units)
    yield "municipality", "", alone
    for division in DIVISIONS:
        yield "region", division, value(indicator, regions(indicator, pair, division), country)


rows = []
for name, year in WANTED:
    for level, division, column in results(name, year):
        lower = indicators.loc[name, "direction"] == "lower"
        places = column.rank(method="min", ascending=lower, na_option="keep")
        for unit, number in column.items():
            rows.append((name, year, level, division, unit, number, places[unit], column.count()))
columns = ["indicator", "year", "level", "division", "unit", "value", "place", "ranked"]
table = pd.DataFrame(rows, columns=columns).astype({"place": "Int64"})
table.to_csv(HERE / "aggregates.csv", index=False, lineterminator="\n")
print(f"pandas {pd.__version__}, {len(table)} rows")
