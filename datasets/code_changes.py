"""The codes and names of municipalities through time, from 1 January 2013 to 1 January 2024.

`build.py` calls `tables(raw, official_2024, people)` and writes what it gives. The steps of 2020 and 2024
come from the two maps of SSB's Klass 131 (`map_old_to_2024.csv`, `map_2020_to_2024.csv`); what the maps
cannot say stands here: the steps of 2017, 2018 and 2019, and the municipalities that were split.

Sources of what is written here:

* SSB, Klass 131, change tables 2017-2024 (https://www.ssb.no/klass/klassifikasjoner/131).
* 2017: Ministry of Local Government, press release of 2015 on the border of Stokke and Tønsberg
  (https://www.regjeringen.no/id2468436/): Vear goes to Tønsberg when Stokke, Andebu and Sandefjord merge.
* 2018: the new numbers of Trøndelag, Klass 131.

Changes of a border without a new code, such as Rauma to Vestnes in 2021, are not here: a table of codes does
not show them. Those known are in `breaks.csv`.

`check` stops when a year has another number of municipalities than Klass, when an old code does not lead
where the map says, when the names of 2019 do not stand in the order of the codes, or when the population of
2016, added up along the changes, is not that of `population.total`.
"""

import re
from collections import Counter, defaultdict

FIRST, LAST = 2013, 2024
KLASS = "SSB, Klass 131"
KLASS_MAP = "SSB, Klass 131, carried to 2024"

# Active codes without 9999 (unknown), per year.
COUNTS = {2013: 428, 2014: 428, 2015: 428, 2016: 428, 2017: 426, 2018: 422, 2019: 422,
          2020: 356, 2021: 356, 2022: 356, 2023: 356, 2024: 357}
COUNTY_COUNTS = {2013: 19, 2017: 19, 2018: 18, 2019: 18, 2020: 11, 2023: 11, 2024: 15}

# Steps that the maps do not give: (old codes, new code). A code may go on and take others in.
STEPS_2017 = [("0706 0719 0720", "0710"), ("0704 0720", "0704")]
TRONDELAG_2018 = """
1601 5001 1702 5004 1703 5005 1612 5011 1613 5012 1617 5013 1620 5014 1621 5015 1622 5016 1627 5017
1630 5018 1632 5019 1633 5020 1634 5021 1635 5022 1636 5023 1638 5024 1640 5025 1644 5026 1648 5027
1653 5028 1657 5029 1662 5030 1663 5031 1664 5032 1665 5033 1711 5034 1714 5035 1717 5036 1719 5037
1721 5038 1724 5039 1725 5040 1736 5041 1738 5042 1739 5043 1740 5044 1742 5045 1743 5046 1744 5047
1748 5048 1749 5049 1750 5050 1751 5051 1755 5052 1756 5053 1624 5054 1718 5054
""".split()
STEPS_2018 = [("0709 0728", "0712"), ("0702 0714", "0715"), ("0722 0723", "0729"),
              *zip(TRONDELAG_2018[::2], TRONDELAG_2018[1::2])]
STEPS_2019 = [("1567", "5061")]

# Split on 1 January: year, old code -> new codes (in the numbers of that year).
SPLITS = {(2017, "0720"): ("0704", "0710"), (2020, "1850"): ("1806", "1875"),
          (2020, "5012"): ("5055", "5056", "5059"), (2024, "1507"): ("1508", "1580")}
# The map gives a split municipality one main successor.
MAIN = {"0720": "3907", "1850": "1875", "5012": "5059", "1507": "1508"}

# Names that changed, or are borne beside the one in the raw files: code, first year, last year (0: on), name, kind.
OTHER_NAMES = [
    ("0301", 2024, 0, "Oslo - Oslove", "bilingual"),
    ("5001", 2018, 2022, "Trondheim", "official"),
    ("1875", 2020, 2023, "Hamarøy - Hábmer", "bilingual"),
    ("1940", 2013, 2019, "Gáivuotna - Kåfjord", "bilingual"),
]
# As the raw file of 2016 writes them, and as they were.
SPELLING_2016 = {"1940": "Gáivuotna - Kåfjord - Kaivuono", "2021": "Kárásjohka - Karasjok",
                 "2027": "Unjárga - Nesseby"}
# As the raw file of 2023 writes them.
SPELLING_2023 = {"Aurskog -Høland": "Aurskog-Høland", "Nes, Akershus": "Nes", "Nesbyen, Buskerud": "Nesbyen"}

# Renamed when the code changed and no other was merged into them: old code, new code.
RENAMED = {("0616", "3040")}

COUNTIES = [
    ("01", "Østfold", 2013, 2019), ("02", "Akershus", 2013, 2019), ("03", "Oslo", 2013, ""),
    ("04", "Hedmark", 2013, 2019), ("05", "Oppland", 2013, 2019), ("06", "Buskerud", 2013, 2019),
    ("07", "Vestfold", 2013, 2019), ("08", "Telemark", 2013, 2019), ("09", "Aust-Agder", 2013, 2019),
    ("10", "Vest-Agder", 2013, 2019), ("11", "Rogaland", 2013, ""), ("12", "Hordaland", 2013, 2019),
    ("14", "Sogn og Fjordane", 2013, 2019), ("15", "Møre og Romsdal", 2013, ""),
    ("16", "Sør-Trøndelag", 2013, 2017), ("17", "Nord-Trøndelag", 2013, 2017), ("18", "Nordland", 2013, ""),
    ("19", "Troms", 2013, 2019), ("20", "Finnmark", 2013, 2019), ("30", "Viken", 2020, 2023),
    ("31", "Østfold", 2024, ""), ("32", "Akershus", 2024, ""), ("33", "Buskerud", 2024, ""),
    ("34", "Innlandet", 2020, ""), ("38", "Vestfold og Telemark", 2020, 2023), ("39", "Vestfold", 2024, ""),
    ("40", "Telemark", 2024, ""), ("42", "Agder", 2020, ""), ("46", "Vestland", 2020, ""),
    ("50", "Trøndelag", 2018, ""), ("54", "Troms og Finnmark", 2020, 2023), ("55", "Troms", 2024, ""),
    ("56", "Finnmark", 2024, ""),
]


def plain(label):
    """A label of SSB without its years and county: `Os (Hedmark) (1976-2019)` -> `Os`."""
    return re.sub(r" \([^)]*\)", "", label).removesuffix(" municipality")


def steps(raw, codes_2016, codes_2024):
    """Every step as (year, old code, new code, source), and the codes of every year."""
    to_2024 = {row["gammelt_nummer"]: row["kommunenummer_2024"] for row in raw.read("map_old_to_2024.csv")}
    map_2020 = {row["kommunenummer_2020"]: row["kommunenummer_2024"] for row in raw.read("map_2020_to_2024.csv")}
    back_to_2020 = {new: old for old, new in map_2020.items()} | {"1580": "1507"}
    assert len(back_to_2020) == 357 and set(back_to_2020) == set(codes_2024)

    codes = {year: set(codes_2016) for year in range(FIRST, 2017)}
    found = []
    for year, listed in ((2017, STEPS_2017), (2018, STEPS_2018), (2019, STEPS_2019)):
        pairs = [(old, new) for olds, new in listed for old in olds.split()]
        codes[year] = step(year, pairs, codes[year - 1])
        found += [(year, old, new, KLASS) for old, new in pairs]
    pairs = []
    for code in sorted(codes[2019]):
        news = SPLITS.get((2020, code)) or (back_to_2020[to_2024[code]],)
        pairs += [(code, new) for new in news]
    codes[2020] = step(2020, pairs, codes[2019])
    found += [(2020, old, new, KLASS_MAP) for old, new in changed(pairs)]
    for year in range(2021, 2024):
        codes[year] = codes[2020]
    pairs = [(old, new) for old in sorted(map_2020) for new in SPLITS.get((2024, old)) or (map_2020[old],)]
    codes[2024] = step(2024, pairs, codes[2023])
    found += [(2024, old, new, KLASS_MAP) for old, new in changed(pairs)]
    assert codes[2020] == set(map_2020) and codes[2024] == set(codes_2024)
    check_maps(found, codes, to_2024)
    return found, codes


def changed(pairs):
    """The pairs in which something happens: another code, or others merged in."""
    heirs = Counter(new for _, new in pairs)
    return [(old, new) for old, new in pairs if old != new or heirs[new] > 1]


def step(year, pairs, before):
    olds, news = {old for old, _ in pairs}, {new for _, new in pairs}
    assert olds <= before and not news & (before - olds), (year, olds - before, news & (before - olds))
    for old in olds:
        targets = tuple(sorted(new for one, new in pairs if one == old))
        assert len(targets) == 1 or SPLITS[year, old] == targets, (year, old, targets)
    return before - olds | news


def check_maps(found, codes, to_2024):
    """Every code of every year leads along the steps to the code that the map says."""
    heirs = defaultdict(list)
    for year, old, new, _ in found:
        heirs[year, old].append(new)
    split_at = {old for _, old in SPLITS}
    for year, active in codes.items():
        assert len(active) == COUNTS[year], (year, len(active))
        for code in active:
            at, was_split = {code}, False
            for later in range(year + 1, LAST + 1):
                was_split |= any(one in split_at and (later, one) in SPLITS for one in at)
                at = {new for one in at for new in heirs.get((later, one), [one])}
            said = MAIN.get(code) or to_2024.get(code, code)
            assert said in at and (was_split or len(at) == 1), (year, code, at, said)
    merged = Counter(new for year, _, new, _ in found if year == 2020)
    assert sum(count > 1 for count in merged.values()) == 43, "Klass counts 43 merge targets in 2020"
    # Viken 51, Vestfold og Telemark 23, Troms og Finnmark 39, and Ålesund twice. Klass lists 118: names too.
    assert sum(old != new for year, old, new, _ in found if year == 2024) == 51 + 23 + 39 + 2
    assert not any(count > 1 for count in Counter(new for y, _, new, _ in found if y == 2024).values())


def kind(year, old, new, found):
    if (year, old) in SPLITS:
        return "split"
    return "merged" if sum(y == year and n == new for y, _, n, _ in found) > 1 else "renumbered"


def spans(codes):
    """The first and last year of every code, "" for one in use today. No code is used twice in these years."""
    result = {}
    for code in sorted(set().union(*codes.values())):
        years = [year for year in codes if code in codes[year]]
        assert years == list(range(years[0], years[-1] + 1)), code
        result[code] = (years[0], "" if years[-1] == LAST else years[-1])
    return result


def labels_2019(raw, codes):
    """The labels of 2019 by code: the raw file has no codes, but stands in their order, Trøndelag where it was."""
    labels = [row["region"] for row in raw.read("employment_rate_2019_422.csv")]
    labels = [label for label in labels if label != "Rindal (-2018)"]
    assert len(labels) == 422
    return dict(zip(sorted(codes[2019], key=lambda code: code.replace("50", "16", 1) if code[:2] == "50" else code), labels))


def names(raw, codes, official_2024):
    """Rows (code, first year, last year, name, kind), and the name to print of a code in a year."""
    at = {2016: {row["kommunenummer_2016"]: row["Kommunenavn"][5:] for row in raw.read("distriktstall_2016.csv")}}
    at[2016] |= SPELLING_2016
    labels = labels_2019(raw, codes)
    at[2019] = {code: plain(label) for code, label in labels.items()}
    at[2022] = {row["kommunenummer_2020"]: plain(row["navn"]) for row in raw.read("nav_helt_ledige_2022_jan_okt.csv")}
    at[2023] = {row["kommunenummer_2023"]: SPELLING_2023.get(row["navn"], plain(row["navn"]))
                for row in raw.read("skatt_ufore_2023_amedia.csv")}
    at[2024] = {code: plain(name) for code, name, _ in official_2024}
    for year, by_code in at.items():
        assert codes[year] <= set(by_code) and set(by_code) - codes[year] <= {"2100"}, year
    for code in codes[2016] & codes[2019]:
        assert set(at[2016][code].split(" - ")) & set(at[2019][code].split(" - ")), (code, at[2016][code], at[2019][code])

    qualified = defaultdict(set, {"3018": {"Våler (Viken)"}})
    for code, label in labels.items():
        qualified[code] |= {re.sub(r" \([0-9-]+\)", "", label)} if " (" in label else set()
    for code, name, _ in official_2024:
        qualified[code] |= {name} if " (" in name else set()
    short_2024 = {code: short for code, _, short in official_2024}
    rows = set()
    for code, (first, last) in spans(codes).items():
        known = [at[year][code] for year in at if first <= year <= (last or LAST)]
        assert known, code
        own = set(known) | {name for one, *_, name, _ in OTHER_NAMES if one == code}
        parts = {part for name in own if " - " in name for part in name.split(" - ")}
        rows.add((code, first, last, known[-1], "official"))
        for name in own - {known[-1]} - parts:
            rows.add((code, first, last, name, "bilingual" if " - " in name else "former"))
        for name in parts - {known[-1]}:
            rows.add((code, first, last, name, "short"))
        for name in qualified[code] - own:
            rows.add((code, first, last, name, "qualified"))
        assert short_2024.get(code, known[-1]) in own | parts, code
    for code, first, last, name, sort in OTHER_NAMES:
        rows = {row for row in rows if row[0] != code or row[3] != name}
        assert code in codes[first], code
        rows.add((code, first, last or "", name, sort))
    return sorted(rows, key=lambda row: (row[0], str(row[2]) or "9999", row[4] != "official", row[3])), at


def name_at(at, code, year, before):
    """The name of a code just before a year, or in it: from the raw file that is nearest within the same division."""
    order = [2016, 2019, 2022, 2023, 2024] if before else [2024, 2023, 2022, 2019, 2016]
    fits = [y for y in order if code in at[y] and (y < year if before else y >= year)]
    if not fits:
        fits = [y for y in order if code in at[y]]
    return at[max(fits) if before else min(fits)][code]


def weights(people):
    """How the counts of a split municipality are shared out. A code that was merged into it, and went out again
    with it, bears the part it had."""
    rows = []
    alesund, haram = (int(people.value("population.total", code, 2024)) for code in ("1508", "1580"))
    first = round(alesund / (alesund + haram), 6)
    where = "SSB, table 07459: population 1 January 2024"
    for new, weight in (("1508", first), ("1580", round(1 - first, 6))):
        rows.append(("1507", new, 2024, f"{weight:.6f}", "population", f"{where}: {alesund} and {haram}"))
    same = ("Haram of 2024 is Haram of 2019, as SSB's sums of table 07459 for 1 January 2016 show: 1534 alone is the "
            "figure of 1580, and the four others together that of 1508")
    for old in ("1504", "1523", "1529", "1546"):
        rows += [(old, "1508", 2024, "1", "restored", same), (old, "1580", 2024, "0", "restored", same)]
    rows += [("1534", "1508", 2024, "0", "restored", same), ("1534", "1580", 2024, "1", "restored", same)]
    stokke = ("SSB's sums of table 07459 count Stokke wholly in Sandefjord, as population.total here does; about 2000 "
              "inhabitants went to Tønsberg, see breaks.csv")
    rows += [("0720", "0704", 2017, "0", "convention", stokke), ("0720", "0710", 2017, "1", "convention", stokke)]
    return sorted(rows)


def check_population(raw, found, weight_rows, people, codes_2024):
    """The population of 1 January 2016 by the codes of then, carried along the steps, is population.total."""
    carried, split = Counter(), set()
    heirs = defaultdict(list)
    for year, old, new, _ in found:
        heirs[year, old].append(new)
    share = {(old, new): float(weight) for old, new, *_, weight, _, _ in weight_rows}
    for row in raw.read("distriktstall_2016.csv"):
        origin = row["kommunenummer_2016"]
        at = {origin: float(row["B16-O"])}
        for year in range(2017, LAST + 1):
            after = Counter()
            for code, count in at.items():
                news = heirs.get((year, code), [code])
                for new in news:
                    if len(news) == 1:
                        after[new] += count
                    elif (origin, new) in share:
                        after[new] += count * share[origin, new]
                    else:
                        split.add(new)
            at = after
        carried.update(at)
    assert split == {"1806", "1875", "5055", "5056", "5059"}, split
    for code in codes_2024:
        said = people.rows["population.total", 2016, code][0]
        assert code in split and said == "" or float(said) == carried[code], (code, said, carried[code])


def check(rows, at, found):
    heirs = Counter((year, new) for year, _, new, _ in found)
    for year, old, new, _ in found:
        if heirs[year, new] == 1 and (year, old) not in SPLITS and (old, new) not in RENAMED:
            before = {part for name in (at[y].get(old, "") for y in at) for part in name.split(" - ")}
            after = {part for name in (at[y].get(new, "") for y in at) for part in name.split(" - ")}
            assert before & after, (year, old, new, before, after)
    for year, count in COUNTY_COUNTS.items():
        assert sum(first <= year <= (last or LAST) for _, _, first, last in COUNTIES) == count, year
    for code, name, first, last in COUNTIES:
        assert any(row[0][:2] == code for row in rows), code
    for row in rows:
        assert any(code == row[0][:2] and first <= row[1] and (last == "" or row[2] != "" and row[2] <= last)
                   for code, _, first, last in COUNTIES), row


def tables(raw, official_2024, people):
    """The tables code_changes, municipality_names, split_weights and counties.

    official_2024 holds (code, official name, Norwegian name), people the figures of the population.
    """
    codes_2016 = {row["kommunenummer_2016"] for row in raw.read("distriktstall_2016.csv")}
    codes_2024 = {code for code, _, _ in official_2024}
    found, codes = steps(raw, codes_2016, codes_2024)
    rows, at = names(raw, codes, official_2024)
    check(rows, at, found)
    weight_rows = weights(people)
    check_population(raw, found, weight_rows, people, codes_2024)
    changes = [(old, name_at(at, old, year, True), new, name_at(at, new, year, False), f"{year}-01-01",
                kind(year, old, new, found), where) for year, old, new, where in found]
    return {
        "code_changes": sorted(changes, key=lambda row: (row[4], row[0], row[2])),
        "municipality_names": rows,
        "split_weights": [(old, new, f"{year}-01-01", *rest) for old, new, year, *rest in weight_rows],
        "counties": [row for row in COUNTIES],
    }
