#!/usr/bin/env python3
"""Build the data package `datasets/norway/` from the gathered raw figures.

    python3 datasets/build.py RAW datasets/norway

RAW is a folder with the raw CSV files (their names are in the calls of `read`
below) and the tabulated figures of the plan, `plan_tables.csv`. The raw files
are gathered from the sources that `datapackage.json` names and are not
redistributed; this file is the record of every transformation between them and
the package. Only the standard library of Python 3.11 is needed, and the same
raw files always give the same bytes.

`code_changes.py` beside this file makes the tables of municipalities through time.

Rules that hold for every figure:

* A figure is written as the source has it; a whole number loses its ".0".
  The exceptions are named where they are made: low income (`living`), and the
  sums and products `education.stated`, `farmland.total.converted`, `tax.before`.
* Codes are those of the municipal division of 2024 (357 municipalities). A figure
  published for several of them together stands under a combined unit
  (`COMBINED`), and each member gets an empty value with the reason `combined`.
* What the source does not give stays empty, with a reason. Nothing is filled in.
* Tysfjord and Snillfjord were split in 2020. Where the raw file puts the figures
  of Tysfjord wholly in Hamarøy and those of Snillfjord wholly in Orkland, the
  figures of all five successors (`SPLIT_2020`) before 2020 are `estimated`.
"""

import csv
import hashlib
import json
import sys
from collections import Counter, defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import code_changes

VERSION = "2026.11.0"
CREATED = "2026-11-23"

# Narvik, Hamarøy (Tysfjord was split between them); Heim, Hitra, Orkland (Snillfjord).
SPLIT_2020 = ("1806", "1875", "5055", "5056", "5059")
ALESUND, HARAM, ALESUND_OLD = "1508", "1580", "1507"
KLEPP_TIME, HOLE_FLA = "1120+1121", "3310+3320"
RINDAL, SVALBARD = "5061", "2100"
MOSSEREGIONEN = "R03"

MISSING_REASONS = ("split", "combined", "suppressed", "not_published", "not_computable", "implausible")
BASES = ("observed", "estimated", "plan", "missing")
UNITS = ("persons", "jobs", "NOK", "thousand_NOK", "percent", "percentage_points", "index",
         "decare", "dwellings", "enterprises", "place", "other")


# ---------------------------------------------------------------- reading

class Raw:
    """The folder with the raw files."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def read(self, name):
        with open(self.folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def number(text):
    """The figure as text: unchanged, except that a whole number loses its ".0"."""
    value = Decimal(text)
    whole = value.to_integral_value()
    return str(int(whole)) if value == whole else text


def one_decimal(text):
    """The figure rounded to the one decimal that its source publishes."""
    return number(str(Decimal(text).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)))


# ---------------------------------------------------------------- values

class Values:
    """The figures of one file: (series, year, municipality) -> (value, basis, reason)."""

    def __init__(self):
        self.rows = {}

    def put(self, series, municipality, year, value, basis="observed"):
        assert value != "" and basis in BASES and basis != "missing", (series, municipality, year)
        self._add(series, municipality, year, (value, basis, ""))

    def miss(self, series, municipality, year, reason):
        assert reason in MISSING_REASONS, reason
        self._add(series, municipality, year, ("", "missing", reason))

    def give(self, series, municipality, year, text, reason, basis="observed", form=number):
        """Put the figure, or the reason when the source has none."""
        if text in (None, ""):
            self.miss(series, municipality, year, reason)
        else:
            self.put(series, municipality, year, form(text), basis)

    def _add(self, series, municipality, year, entry):
        key = (series, int(year), municipality)
        assert key not in self.rows, f"twice: {key}"
        self.rows[key] = entry

    def value(self, series, municipality, year):
        return self.rows[series, int(year), municipality][0]

    def table(self):
        return [(series, code, year, *self.rows[series, year, code])
                for series, year, code in sorted(self.rows)]


def population(raw, codes):
    values = Values()
    for row in raw.read("population_1jan_1986_2026.csv"):
        code, year = row["kommunenummer"], int(row["aar"])
        combined = code in (ALESUND, HARAM) and 2020 <= year <= 2023
        values.give("population.total", code, year, row["folketall_1jan"],
                    "combined" if combined else "split")

    present = set()
    for row in raw.read("population_age_groups_2017_2024.csv"):
        code, year = row["kommunenummer"], int(row["aar"])
        present.add((code, year))
        values.put("population.20_66", code, year, number(row["alder_20_66"]), before_split(code, year))
    for year in range(2017, 2025):
        for code in codes:
            if (code, year) not in present:
                assert code in (ALESUND, HARAM), code
                values.miss("population.20_66", code, year, "combined")
    return values


def before_split(code, year):
    """The basis of a figure that the raw file carried across the splits of 2020."""
    return "estimated" if code in SPLIT_2020 and year < 2020 else "observed"


def none_before_split(code, year):
    """Why the source has no figure."""
    return "split" if code in SPLIT_2020 and year < 2020 else "not_published"


def employment(raw, plan):
    values = Values()
    for row in raw.read("employment_share_20_66_2019_estimate_2024div.csv"):
        code = row["kommunenummer"]
        if code == RINDAL:
            # The raw file has 0 employed of 0 persons here: not a figure.
            assert Decimal(row["sysselsatte_20_66_estimat"]) == 0
            values.miss("employed.20_66", code, 2019, "not_computable")
            values.miss("employment.base", code, 2019, "not_computable")
            continue
        values.put("employed.20_66", code, 2019, number(row["sysselsatte_20_66_estimat"]), "estimated")
        values.put("employment.base", code, 2019, number(row["befolkning_20_66_1jan2019"]),
                   before_split(code, 2019))

    # 2024: SSB's table 11618 as the plan prints it, for four municipalities.
    for series, indicator in (("employed.20_66", "employed.20_66"), ("employment.base", "population.20_66")):
        for row in plan:
            if row["indicator"] == indicator and row["unit_code"] != MOSSEREGIONEN:
                assert row["year"] == "2024"
                values.put(series, row["unit_code"], 2024, number(row["value"]))

    for row in raw.read("nav_helt_ledige_2022_jan_okt.csv"):
        if row["maaned"] != "10" or row["kommunenummer_2020"] == SVALBARD:
            continue
        code = division_2023(row["kommunenummer_2020"], row["kommunenummer_2024"])
        values.give("unemployed.registered", code, 2022, row["helt_ledige_antall"], "suppressed")
        values.give("unemployed.share.labour_force", code, 2022,
                    row["helt_ledige_prosent_av_arbeidsstyrken"], "suppressed")
    for row in raw.read("skatt_ufore_2023_amedia.csv"):
        code = division_2023(row["kommunenummer_2023"], row["kommunenummer_2024"])
        values.put("disability.share", code, 2023, number(row["andel_ufoere_18_66_pst"]))
    for series, year in (("unemployed.registered", 2022), ("unemployed.share.labour_force", 2022),
                         ("disability.share", 2023)):
        miss_alesund(values, series, year)
    return values


def division_2023(code_2023, code_2024):
    """Today's code; the Ålesund of 2020-2023 keeps its own, since Haram was part of it."""
    return ALESUND_OLD if code_2023 == ALESUND_OLD else code_2024


def miss_alesund(values, series, year):
    values.miss(series, ALESUND, year, "combined")
    values.miss(series, HARAM, year, "combined")


def jobs(raw):
    values = Values()
    for row in raw.read("private_jobs_2003_2016_2024div.csv"):
        code, year = row["kommunenummer"], int(row["aar"])
        values.put("jobs.private", code, year, number(row["private_arbeidsplasser"]), before_split(code, year))
    for row in raw.read("jobs_establishments_grid_2013_2025_2024div.csv"):
        if int(row["aar"]) >= 2022:  # earlier years have another coverage
            values.put("jobs.workplace", row["kommunenummer"], row["aar"],
                       number(row["ansatte_arbeidssted"]), "estimated")
    return values


def tax(raw, codes, people):
    values = Values()
    for row in raw.read("skatt_ufore_2023_amedia.csv"):
        code = division_2023(row["kommunenummer_2023"], row["kommunenummer_2024"])
        before = number(row["BEREGNET_skatt_kr_per_innb_foer_utjevning"])
        values.put("tax.after.per_inhabitant", code, 2023, number(row["skatt_kr_per_innb_etter_utjevning"]))
        values.put("tax.before.per_inhabitant", code, 2023, before, "estimated")
        inhabitants = int(people.value("population.total", code, 2023))
        values.put("tax.before", code, 2023, number(str(Decimal(before) * inhabitants)), "estimated")
    for series in ("tax.after.per_inhabitant", "tax.before.per_inhabitant", "tax.before"):
        miss_alesund(values, series, 2023)

    for row in raw.read("gront_hefte_2027_frie_inntekter_skatteindeks.csv"):
        values.put("tax.level", row["kommunenummer"], 2027, number(row["skatteindeks_pst_av_landet"]))
        values.put("tax.level.population", row["kommunenummer"], 2027, number(row["folketall_gh2027"]))

    need = {(row["kommunenummer"], int(row["aar"])): row["delkostnadsindeks_samlet"]
            for row in raw.read("kmd_utgiftsbehov_indeks_2025_2026.csv")}
    for year in (2025, 2026):
        for code in codes:
            values.give("expenditure.need", code, year, need.get((code, year)), "not_published")
    return values


EDUCATION = {
    "education.persons": "alle_personer",
    "education.basic": "grunnskole_personer",
    "education.upper_secondary": "videregående_skole_personer",
    "education.higher": "universitet_og_høgskole_personer",
    "education.none": "ingen_personer",
    "education.unstated": "uoppgitt_personer",
}

# Rows of education 2020 that hold two of today's municipalities: raw code -> unit.
EDUCATION_2020 = {"1120": KLEPP_TIME, "3310": HOLE_FLA, ALESUND: ALESUND_OLD}


def education(raw, codes):
    values = Values()
    present = set()
    for row in raw.read("education_level_2011_2020_2024div.csv"):
        code, year = row["kommunenummer"], int(row["aar"])
        if year == 2020:
            code = EDUCATION_2020.get(code, code)
        present.add((code, year))
        basis = before_split(code, year)
        for series, column in EDUCATION.items():
            values.put(series, code, year, number(row[column]), basis)
        stated = Decimal(row["alle_personer"]) - Decimal(row["uoppgitt_personer"])
        values.put("education.stated", code, year, number(str(stated)), basis)
    for year in range(2011, 2021):
        for code in codes:
            if (code, year) not in present:
                assert year == 2020 and code in ("1120", "1121", "3310", "3320", ALESUND, HARAM), (code, year)
                for series in [*EDUCATION, "education.stated"]:
                    values.miss(series, code, year, "combined")
    return values


def living(raw, codes):
    values = Values()
    # Made in 2020 of several municipalities. Rindal only changed its number in 2019.
    merged = {row["kommunenummer"] for row in raw.read("employment_share_20_66_2019_estimate_2024div.csv")
              if int(row["antall_2019_kommuner"]) > 1} - {RINDAL}
    rows = {(row["kommunenummer"], int(row["aar"])): row for row in raw.read("arealprofil_ssb_selected_wide.csv")}

    def cell(code, year, column):
        return rows.get((code, year), {}).get(column, "")

    for code in codes:
        for year in range(2016, 2024):
            values.give("migration.net", code, year, cell(code, year, "netto_innflytting"),
                        none_before_split(code, year), before_split(code, year))
        for year in range(2018, 2023):
            # The source has one decimal. Float noise (11.800000000000002) is taken off. In 2019 the
            # municipalities merged in 2020 carry a computed mean, most with many decimals: an
            # estimate, rounded to the same one decimal.
            text = cell(code, year, "lavinntekt_eu60")
            computed = text != "" and abs(Decimal(text) - Decimal(one_decimal(text))) > Decimal("1e-6")
            assert not computed or year == 2019 and code in merged, (code, year)
            basis = "estimated" if year == 2019 and code in merged else before_split(code, year)
            values.give("low_income.share", code, year, text, none_before_split(code, year), basis, one_decimal)
        for year in range(2019, 2025):
            values.give("dwellings.new", code, year, cell(code, year, "nye_boliger_4ar"), "not_published",
                        before_split(code, year))
        for year in range(2016, 2024):
            farmland(values, code, year, cell(code, year, "omdisp_dyrket_jord_daa"),
                     cell(code, year, "omdisp_dyrkbar_jord_daa"))
    return values


def farmland(values, code, year, cultivated, cultivable):
    series = ("farmland.converted", "farmland.convertible.converted", "farmland.total.converted")
    reason = None
    if code == HARAM and year >= 2020 or code in SPLIT_2020 and year < 2020:
        if cultivated == "":
            reason = "split"
        else:
            assert Decimal(cultivated) == Decimal(cultivable) == 0, (code, year)
            reason = "implausible"
    elif cultivated == "":
        assert cultivable == ""
        reason = "not_published"
    if reason:
        for name in series:
            values.miss(name, code, year, reason)
    else:
        total = str(Decimal(cultivated) + Decimal(cultivable))
        for name, text in zip(series, (cultivated, cultivable, total)):
            values.put(name, code, year, number(text))


def plan_values(plan):
    values = Values()
    for row in plan:
        if row["unit_code"] != MOSSEREGIONEN:
            values.put("plan." + row["indicator"], row["unit_code"], row["year"], number(row["value"]), "plan")
    return values


def region_figures(plan):
    """The plan's printed figures for Mosseregionen as a whole."""
    rows = []
    for row in plan:
        if row["unit_code"] == MOSSEREGIONEN:
            year = row["year"].split("-")[-1]  # the movement 2023-2024 belongs to 2024
            note = REGION_FIGURE_NOTES.get(row["indicator"], "")
            rows.append(("plan." + row["indicator"], "regions-73", MOSSEREGIONEN, int(year),
                         number(row["value"]), "plan", note))
    return sorted(rows)


REGION_FIGURE_NOTES = {
    "knm.total.movement": "Printed as text: 'falt 67 plasser' (fell 67 places), from 2023 to 2024.",
    "tax.relative_to_country": "Printed 90; the plan's own amounts are consistent with 91-92.",
    "employment.rank": "Place of 73 regions; whether it counts Vestby is not stated.",
    "wage_costs.private": "Printed total; the four rows above it sum to 16700895. Unit not printed, "
                          "taken as thousand NOK.",
    "residential_attractiveness": "Printed as pst.",
}


# ---------------------------------------------------------------- units and divisions

def municipalities(raw):
    rows = []
    for row in raw.read("municipalities_2024.csv"):
        # Klass tells homonyms apart by a county in brackets; the bracket is not part of the name.
        official = row["name"].split(" (")[0]
        rows.append((row["kommunenummer"], row["name_norwegian"], official, row["county_number"],
                     row["county_name"], row["area_total_km2"], row["admin_centre"], row["lat"], row["lon"],
                     row["centrality_class_2024"], row["centrality_index_2024"], row["kostra_group_2024"]))
    return sorted(rows)


COMBINED = [
    (KLEPP_TIME, "Klepp og Time", "1120 1121", 2020, 2020, "false",
     "Education 2020: the source has no row for Time (8912 persons in 2019), and its row for Klepp rises "
     "from 9155 to 18375 persons, close to the two together (18067 in 2019)."),
    (ALESUND_OLD, "Ålesund (2020–2023)", "1508 1580", 2020, 2023, "true",
     "Ålesund and Haram were one municipality, 1507, from 1 January 2020 to 31 December 2023. In education "
     "2020 the source's row for Ålesund (31746 persons) is this municipality; Ålesund and Haram together "
     "had 31502 in 2019."),
    (HOLE_FLA, "Hole og Flå", "3310 3320", 2020, 2020, "false",
     "Education 2020: the source has no row for Flå (475 persons in 2019), and its row for Hole rises from "
     "3492 to 3939 persons, close to the two together (3967 in 2019)."),
]

KULTURINDEKS = ("Telemarksforsking, Norsk kulturindeks, data of 2 November 2020 "
                "(github.com/didrikv/boilerplate, kultur/data/Kulturdata 2020-11-02.cvs.csv)")

OSLOREGIONEN_NOTE = (
    "Candidate members with the basis of each. All candidates of R01 R02 R03 R04 R05 R06 R07 R08 R09 R10 R12 "
    "R13 R14 R17 are documented or inferred, save Modum (R09, assumed), and these 14 regions are counted as "
    "wholly in. Uncertain: R22 is in through Holmestrand, the only municipality of Vestfold that is named "
    "(Horten, Tønsberg and Færder are assumed); R23 and R26 are assumed altogether.")

DIVISIONS = {
    "regions-73": (
        "partition", "Telemarksforskings 73 regioner, Vestby i Mosseregionen",
        "Telemarksforsking's 73 regions, Vestby in Mosseregionen", "2024-01-01", KULTURINDEKS,
        "The division of 2020 carried to the municipalities of 2024. Vestby is moved from Follo (R04) to "
        "Mosseregionen (R03): it takes part in the region's political council and plan. Today's names for R01 "
        "(2020: Søndre Viken) and R55 (2020: Størdalregionen)."),
    "regions-73-tf2020": (
        "partition", "Telemarksforskings 73 regioner slik de var i 2020",
        "Telemarksforsking's 73 regions as they were in 2020", "2020-01-01", KULTURINDEKS,
        "The membership of 2020 carried to the municipalities of 2024: Vestby in Follo (R04). R01 keeps the "
        "name printed then; the spelling of R55 (Størdalregionen) is corrected."),
    "counties": ("partition", "Fylker", "Counties", "2024-01-01", "SSB, Klass 104 and 131", ""),
    "economic-regions": ("partition", "Økonomiske regioner", "Economic regions", "2024-01-01",
                         "SSB, Klass 108", ""),
    "labour-market-regions": ("partition", "Bo- og arbeidsmarkedsregioner", "Labour-market regions",
                              "2024-01-01", "KDD/TØI, BA-regioner, for the municipalities of 2024", ""),
    "kostra-groups": ("partition", "KOSTRA-grupper", "KOSTRA groups", "2024-01-01", "SSB, Klass 112", ""),
    "centrality-classes": ("partition", "Sentralitetsklasser", "Centrality classes", "2024-01-01",
                           "SSB, Klass 128", "Class 1 is the most central, class 6 the least."),
    "osloregionen": ("peer_set", "Osloregionen", "Osloregionen (the Oslo Region)", "2023-11-10",
                     "osloregionen.no, board elected 10 November 2023, and others (see memberships)",
                     OSLOREGIONEN_NOTE),
}

VESTBY_NOTE = ("In Follo in the data of 2020. Counted here because Vestby is party to the agreement on "
               "Mosseregionen interkommunalt politisk råd of 28 September 2021 (moss.kommune.no) and to the "
               "region's plan.")
SPLIT_1507_NOTE = "Member in 2020 as 1507 Ålesund, split on 1 January 2024 into 1508 Ålesund and 1580 Haram."


def memberships(raw):
    rows = []
    for row in raw.read("regions_73.csv"):
        code = row["kommunenummer"]
        note = SPLIT_1507_NOTE if code in (ALESUND, HARAM) else VESTBY_NOTE if row["basis"] != "documented" else ""
        rows.append(("regions-73", row["region_code"], row["region_name"], code, row["basis"], note))
        name = "Stjørdalsregionen" if row["region_code_tf2020"] == "R55" else row["region_name_tf2020"]
        split = code in (ALESUND, HARAM)
        rows.append(("regions-73-tf2020", row["region_code_tf2020"], name, code,
                     "inferred" if split else "documented", SPLIT_1507_NOTE if split else ""))
    for row in raw.read("municipalities_2024.csv"):
        code, group, level = row["kommunenummer"], row["kostra_group_2024"], row["centrality_class_2024"]
        rows.append(("counties", row["county_number"], row["county_name"], code, "official", ""))
        rows.append(("kostra-groups", group, f"KOSTRA-gruppe {int(group.removeprefix('EKG'))}", code, "official", ""))
        rows.append(("centrality-classes", level, f"Sentralitetsklasse {level}", code, "official", ""))
    for row in raw.read("economic_regions.csv"):
        rows.append(("economic-regions", row["economic_region_code"], row["economic_region_name"],
                     row["kommunenummer"], "official", ""))
    for row in raw.read("ba_regions_2024.csv"):
        rows.append(("labour-market-regions", row["ba_region_code"], row["ba_region_name"],
                     row["kommunenummer"], "official", ""))
    for row in raw.read("osloregionen.csv"):
        note = ""
        if row["basis"] != "documented":
            remark = row["source"].partition("; ")[2]
            note = "; ".join(filter(None, ["through " + row["osloregionen_council"], remark]))
        rows.append(("osloregionen", row["region_code"], row["region_name"], row["kommunenummer"],
                     row["basis"], note))
    return sorted(rows)


def divisions(members):
    rows = []
    for id, (kind, nb, en, valid_from, source, note) in sorted(DIVISIONS.items()):
        own = [row for row in members if row[0] == id]
        rows.append((id, kind, nb, en, valid_from, len({row[1] for row in own}),
                     len({row[3] for row in own}), source, note))
    return rows


# ---------------------------------------------------------------- the catalogue of series

SSB = "SSB"
CC_BY = "CC BY 4.0"
NOT_STATED = "not stated"
SSB_VIA = "not stated; figures of SSB (CC BY 4.0)"
PLAN = "Mosseregionen: Utkast – Handlingsplan for næringsutvikling 2026"

SPLIT_NOTE = ("Before 2020 Tysfjord stands wholly in Hamarøy (1875) and Snillfjord wholly in Orkland (5059): the "
              "figures of Narvik, Hamarøy, Heim, Hitra and Orkland in those years are estimates of their present "
              "area, and 2020 is a break for them.")
ALESUND_NOTE = "Ålesund and Haram are combined as 1507 in 2020-2023."
EDUCATION_NOTE = ("The source does not state the ages; they look like 30-66. Breaks in 2014 and 2020. In 2020 Klepp "
                  "includes Time and Hole includes Flå, judged from the counts, and Ålesund includes Haram: see the "
                  "combined units. " + SPLIT_NOTE)
FARMLAND_NOTE = ("Decisions in the year, not land built on. The source labels the figures as the last four years, but the "
                 "national sums look like one year. Judged implausible and left out: 0 in Haram 2020-2023 (then part of "
                 "Ålesund, whose own figures in these years may include Haram), and 0 in every year stated before 2020 "
                 "for Narvik, Hamarøy, Heim, Hitra and Orkland (new in 2020).")

EDUCATION_NAMES = {
    "education.persons": ("Personer i alt i utdanningsstatistikken", "Persons in the education statistics", ""),
    "education.basic": ("Personer med grunnskole som høyeste utdanning",
                        "Persons with basic school as highest level", ""),
    "education.upper_secondary": ("Personer med videregående skole som høyeste utdanning",
                                  "Persons with upper secondary as highest level", ""),
    "education.higher": ("Personer med universitets- eller høgskoleutdanning",
                         "Persons with higher education", ""),
    "education.none": ("Personer uten utdanning", "Persons without education", ""),
    "education.unstated": ("Personer med uoppgitt utdanning", "Persons with unstated education", ""),
    "education.stated": ("Personer med oppgitt utdanning", "Persons with stated education",
                         "Computed: all persons less those unstated. In 2011-2015 the levels sum to up to 7 fewer. "),
}

# id: names, unit, decimals, minimum, maximum, file, coverage, country total, source, vintage, licence, note
SERIES = {
    "population.total": (
        "Folkemengde 1. januar", "Population, 1 January", "persons", 0, 0, "", "population", "all", "sum",
        "SSB, table 07459", "2026", CC_BY,
        "Division of 2024. " + ALESUND_NOTE + " No figure before 2020 for Narvik, Hamarøy, Heim, Hitra and Orkland, so "
        "the country's sum is short by them. Border transfers are not carried back: see breaks. The population of Råde "
        "2022-2024 includes a refugee arrival centre."),
    "population.20_66": (
        "Folkemengde 20–66 år, 1. januar", "Population aged 20-66, 1 January", "persons", 0, 0, "", "population",
        "all", "sum", "SSB, table 07459", "2024", CC_BY, "Sum of the age groups from 20 to 66. " + ALESUND_NOTE + " "
        + SPLIT_NOTE),
    "employed.20_66": (
        "Sysselsatte 20–66 år etter bosted", "Employed persons aged 20-66 by residence", "persons", 0, 0, "",
        "employment", "partial", "sum",
        "2019: computed from SSB's employment rates by age band (table of the 06445 type) and population by age "
        "(table 07459); 2024: SSB, table 11618, as printed in the plan, table 4", "unknown", CC_BY,
        "2019 is an estimate for every municipality: rates of age bands times population. Rindal cannot be computed "
        "(the gathered figure was 0 of 0 persons). 2024 covers only Moss, Vestby, Råde and Våler (Østfold). The two "
        "years must not be compared."),
    "employment.base": (
        "Befolkning 20–66 år som sysselsettingsandelen regnes av",
        "Population aged 20-66 that the employment share is measured against", "persons", 0, 0, "", "employment",
        "partial", "sum", "2019: SSB, table 07459; 2024: SSB, table 11618, as printed in the plan, table 4", "unknown",
        CC_BY, "2019: 1 January 2019, the population of the estimate. 2024: the population of table 11618 itself, which "
        "differs a little from 1 January. " + SPLIT_NOTE),
    "unemployed.registered": (
        "Registrerte helt ledige, oktober", "Registered unemployed, October", "persons", 0, 0, "", "employment", "all",
        "sum", "NAV, HL060", "2022", NOT_STATED,
        "October 2022. Counts under four are suppressed at the source. Svalbard is left out. " + ALESUND_NOTE),
    "unemployed.share.labour_force": (
        "Registrerte helt ledige i prosent av arbeidsstyrken, oktober",
        "Registered unemployed in percent of the labour force, October", "percent", 1, 0, 100, "employment", "all",
        "none", "NAV, HL060", "2022", NOT_STATED, "October 2022. Suppressed where the count is. " + ALESUND_NOTE),
    "disability.share": (
        "Uføre i prosent av befolkningen 18–66 år", "Disability pensioners in percent of the population aged 18-66",
        "percent", 1, 0, 100, "employment", "all", "none", "Nav/Bufdir, as compiled by Amedia", "2023",
        NOT_STATED, "Division of 2023. " + ALESUND_NOTE),
    "jobs.private": (
        "Arbeidsplasser i privat sektor", "Private-sector jobs", "jobs", 0, 0, "", "jobs", "all", "sum",
        "Register figures published by Telemarksforsking (attraktivitetsmodellen)", "unknown", NOT_STATED,
        "Summed to the division of 2024. New register in 2015 (country -3.8 %): a break. Gjemnes 2010-2011 (839, 838 "
        "beside 515 in 2009 and 513 in 2012) looks like a register error; the figures are kept. " + SPLIT_NOTE),
    "jobs.workplace": (
        "Ansatte etter arbeidssted", "Employees by place of work", "jobs", 0, 0, "", "jobs", "all", "sum",
        "SSB, establishments on the 250 m grid", "unknown", CC_BY,
        "Grid cells summed inside the municipal borders of 2024: an estimate. For levels only, never for growth: the "
        "coverage of the source changes."),
    "tax.after.per_inhabitant": (
        "Skatteinntekt per innbygger etter inntektsutjevning", "Tax revenue per inhabitant after income equalisation",
        "NOK", 0, 0, "", "tax", "all", "none", "KDD/KS, income equalisation 2023, as compiled by Amedia",
        "2023", NOT_STATED, "Division of 2023. " + ALESUND_NOTE),
    "tax.before.per_inhabitant": (
        "Skatteinntekt per innbygger før inntektsutjevning", "Tax revenue per inhabitant before income equalisation",
        "NOK", 0, 0, "", "tax", "all", "none",
        "Computed from tax revenue after equalisation (KDD/KS 2023, as compiled by Amedia)", "2023",
        NOT_STATED, "An estimate: the equalisation inverted (60 % of the distance to the country, 35 % more under 90 % of it, a "
        "deduction of 516 NOK for all). Below 90 % rounding alone costs about ±10 NOK. Råde is too low: its population "
        "of 2023 includes a refugee arrival centre. " + ALESUND_NOTE),
    "tax.before": (
        "Skatteinntekt før inntektsutjevning", "Tax revenue before income equalisation", "NOK", 0, 0, "", "tax", "all",
        "sum", "Computed: tax.before.per_inhabitant times population.total, 2023", "2023", NOT_STATED,
        "An estimate, see tax.before.per_inhabitant. " + ALESUND_NOTE),
    "tax.level": (
        "Skattenivå per innbygger i prosent av landet", "Tax level per inhabitant in percent of the country",
        "percent", 1, 0, "", "tax", "all", "none", "KDD, Grønt hefte 2027", "2027 edition", NOT_STATED,
        "The year is that of the edition. Probably a mean of several years, not one year; the weighted mean of all is "
        "100.02. Not to be compared with the level of a single year."),
    "tax.level.population": (
        "Folketall brukt i Grønt hefte 2027", "Population used in Grønt hefte 2027", "persons", 0, 0, "", "tax", "all",
        "sum", "KDD, Grønt hefte 2027", "2027 edition", NOT_STATED, "The year is that of the edition; the date of the population "
        "is not stated."),
    "expenditure.need": (
        "Indeks for utgiftsbehov", "Expenditure-need index", "index", 4, 0, "", "tax", "all", "none",
        "KDD, Grønt hefte, table A-k", "2025 and 2026 editions", NOT_STATED,
        "1 is the country. Utsira (1151) and Modalen (4629) are not in the source."),
    **{id: (nb, en, "persons", 0, 0, "", "education", "all", "sum", "IMDi, from SSB", "unknown", SSB_VIA,
            extra + EDUCATION_NOTE) for id, (nb, en, extra) in EDUCATION_NAMES.items()},
    "migration.net": (
        "Nettoinnflytting", "Net in-migration", "persons", 0, "", "", "living", "all", "sum", "SSB, Arealprofiler",
        "unknown", CC_BY,
        "Includes migration from and to abroad, judged from the national sums. None for Ålesund and Haram in any year, "
        "nor before 2019 for Narvik, Hamarøy, Heim, Hitra and Orkland; the sum of municipalities is short by them. "
        "Their figures of 2019 are counted as estimates: the source carries 2019 over from the older municipalities."),
    "low_income.share": (
        "Personer med lavinntekt (EU60) i prosent", "Persons with low income (EU60) in percent", "percent", 1, 0, 100,
        "living", "all", "none", "SSB, Arealprofiler", "unknown", CC_BY,
        "One decimal at the source; float noise (11.800000000000002) is taken off. In 2019 the "
        "municipalities merged in 2020 carry a computed mean of the older ones, 39 of them with many decimals: estimated "
        "here, and rounded to one decimal; so are Narvik, Hamarøy, Heim, Hitra and Orkland. None for Ålesund and Haram in any year, nor in 2018 for Narvik, Hamarøy, Heim, Hitra and Orkland."),
    "dwellings.new": (
        "Nye boliger de siste fire år", "New dwellings in the last four years", "dwellings", 0, 0, "", "living", "all",
        "sum", "SSB, Arealprofiler", "unknown", CC_BY,
        "The four years up to the year given, so neighbouring years overlap. Four municipalities in 2019 and six in 2024 "
        "are blank at the source; whether that means none is not stated. 2019 is counted as an estimate for Narvik, "
        "Hamarøy, Heim, Hitra and Orkland."),
    "farmland.converted": (
        "Omdisponert dyrka jord", "Cultivated land converted to other use", "decare", 0, 0, "", "living", "all", "sum",
        "SSB, Arealprofiler (KOSTRA)", "unknown", CC_BY, FARMLAND_NOTE),
    "farmland.convertible.converted": (
        "Omdisponert dyrkbar jord", "Cultivable land converted to other use", "decare", 0, 0, "", "living", "all",
        "sum", "SSB, Arealprofiler (KOSTRA)", "unknown", CC_BY, FARMLAND_NOTE),
    "farmland.total.converted": (
        "Omdisponert dyrka og dyrkbar jord", "Cultivated and cultivable land converted to other use", "decare", 0, 0,
        "", "living", "all", "sum", "SSB, Arealprofiler (KOSTRA)", "unknown", CC_BY,
        "Computed: the sum of the two, where both exist. " + FARMLAND_NOTE),
}

# indicator: names, unit, decimals, minimum, maximum, table of the plan, the plan's source, note
PLAN_SERIES = {
    "knm.total.rank": ("Kommune-NM, plassering totalt", "Kommune-NM, place in total", "place", 0, 1, 357, 2, "NHO",
                       "Edition year; the data are mainly of the year before. Of 356 in 2023, 357 in 2024."),
    "knm.total.movement": ("Kommune-NM, fremgang i antall plasser", "Kommune-NM, places climbed", "place", 0, "", "", 2,
                           "NHO", "Only for the region, see region_figures.csv. Sum of the municipalities' movement 2023-2024."),
    "population.plan": ("Innbyggere, planens tall", "Inhabitants, figure of the plan", "persons", 0, 0, "", 3,
                        "KS, equalisation of December 2024", "Date not stated. Not the denominator of the plan's figures per inhabitant."),
    "tax.income": ("Skatteinntekt, planens tall", "Tax revenue, figure of the plan", "thousand_NOK", 0, 0, "", 3,
                   "KS, equalisation of December 2024", ""),
    "tax.per_inhabitant": ("Skatteinntekt per innbygger, planens tall", "Tax revenue per inhabitant, figure of the plan",
                           "NOK", 0, 0, "", 3, "KS, equalisation of December 2024",
                           "Measured against another population than the one printed beside it."),
    "tax.relative_to_country": ("Skatteinntekt per innbygger mot landet, planens tall",
                                "Tax revenue per inhabitant relative to the country, figure of the plan", "percent", 0,
                                0, "", 3, "KS, equalisation of December 2024", "Printed in whole percent."),
    "population.20_66": ("Befolkning 20–66 år, planens tall", "Population aged 20-66, figure of the plan", "persons", 0,
                         0, "", 4, "SSB, table 11618", ""),
    "employed.20_66": ("Sysselsatte 20–66 år, planens tall", "Employed persons aged 20-66, figure of the plan",
                       "persons", 0, 0, "", 4, "SSB, table 11618", ""),
    "employment.share": ("Sysselsettingsandel 20–66 år, planens tall", "Employment share aged 20-66, figure of the plan",
                         "percent", 1, 0, 100, 4, "SSB, table 11618",
                         "As printed: Moss is cut to 73.9 (73.9967), the others are rounded."),
    "employment.rank": ("Plassering, deltakelse i arbeidslivet", "Place by participation in working life", "place", 0, 1,
                        357, 4, "Telemarksforsking", "Of 357. Whether it ranks the level of 2024 or a change over ten years "
                        "is not clear from the plan. Våler's 117 fits badly with the other three."),
    "wage_costs.private": ("Lønnskostnader i privat sektor", "Wage costs in the private sector", "thousand_NOK", 0, 0,
                           "", 5, "Regional analyse (Telemarksforsking), næringsmodulen",
                           "Unit not printed, taken as thousand NOK. The printed total is 16639111, the rows sum to 16700895."),
    "farmland.converted": ("Omdisponert dyrka og dyrkbar jord, planens tall",
                           "Cultivated and cultivable land converted, figure of the plan", "decare", 0, 0, "", 6,
                           "SSB, tables 07903, 11776 and 10781", "Decisions in the year."),
    "land.built_on": ("Fysisk nedbygd areal", "Land physically built on", "other", 2, 0, "", 6, "SSB", "Unit not printed."),
    "enterprises.new": ("Nyetablerte bedrifter", "New enterprises", "enterprises", 0, 0, "", 6, "SSB",
                        "The plan names no table for this figure."),
    "education.higher.share": ("Andel med høyere utdanning, planens tall",
                               "Share with higher education, figure of the plan", "percent", 1, 0, 100, 7,
                               "SSB and kommuneprofilen", "No table named; probably SSB's 09429, of those aged 16 and over."),
    "education.upper_secondary_and_vocational_college": (
        "Personer med videregående skole eller fagskole", "Persons with upper secondary or vocational college",
        "persons", 0, 0, "", 7, "SSB and kommuneprofilen",
        "No table named, probably SSB's 09429. The plan calls it vocational education; the size fits all upper secondary and vocational college."),
    "residential_attractiveness": ("Bostedsattraktivitet", "Residential attractiveness", "percentage_points", 1, "", "", 7,
                                   "Telemarksforsking", "Printed as pst.; taken as percentage points of the population. Period not stated."),
    "knm.competence.rank": ("Kommune-NM, plassering kompetanse", "Kommune-NM, place in competence", "place", 0, 1, 357, 8,
                            "NHO", "Edition year. Of 357."),
    "knm.labour_market.rank": ("Kommune-NM, plassering arbeidsmarked", "Kommune-NM, place in labour market", "place", 0,
                               1, 357, 8, "NHO", "Edition year. Of 357."),
    "outside_work.20_66": ("Personer utenfor arbeid, 20–66 år", "Persons outside work, aged 20-66", "persons", 0, 0, "", 8,
                           "SSB, table 13563", "Text and column head of the plan differ on which groups are counted."),
}
for _id, (_nb, _en, _unit, _dec, _min, _max, _table, _origin, _note) in PLAN_SERIES.items():
    SERIES["plan." + _id] = (_nb, _en, _unit, _dec, _min, _max, "plan", "partial", "none",
                             f"{PLAN}, table {_table} ({_origin})", "2026 draft", NOT_STATED, _note)

# Series that an update fills: id -> names, unit, source, note. The package holds no figures of them.
LABOUR_STATUS_NOTE = (
    "By priority: a person is counted once, in the first that fits of employed, unemployed, on a labour-market measure, in "
    "ordinary education, on work assessment allowance or disability pension, pensioner, other. Reference date 16 November. "
    "New source in 2015. Ones and twos are changed to 0 or 3 at the source. See update_sources.csv.")
EDUCATION_16_NOTE = (
    "Aged 16 and over, 1 October. From 2014 education that is not known of immigrants is imputed at the source: a break. Not "
    "the ages of education.*, which must not be put in one line with it. See update_sources.csv.")
UNFILLED_SERIES = {
    **{f"labour_status.{id}.20_66": (nb, en, "persons", "SSB, table 13563", extra + LABOUR_STATUS_NOTE)
       for id, nb, en, extra in (
        ("persons", "Bosatte 20–66 år i alt", "Residents aged 20-66, all statuses", "The sum of all statuses. "),
        ("employed", "Sysselsatte 20–66 år, prioritert status", "Employed aged 20-66, by priority of status", ""),
        ("unemployed", "Registrerte arbeidsledige 20–66 år", "Registered unemployed aged 20-66", ""),
        ("measures", "På arbeidsmarkedstiltak 20–66 år", "On labour-market measures aged 20-66", ""),
        ("education", "I ordinær utdanning 20–66 år", "In ordinary education aged 20-66", ""),
        ("disability", "Mottakere av arbeidsavklaringspenger eller uføretrygd 20–66 år",
         "Recipients of work assessment allowance or disability pension aged 20-66", ""),
        ("pension", "Mottakere av AFP eller alderspensjon 20–66 år", "Recipients of AFP or old-age pension aged 20-66", ""),
        ("other", "Andre 20–66 år", "Others aged 20-66", ""),
        ("outside_work", "Utenfor arbeid 20–66 år", "Outside work aged 20-66",
         "The sum of unemployed, on a measure, and on work assessment allowance or disability pension. "))},
    **{f"education_16.{id}": (nb, en, "persons", "SSB, table 09429", extra + EDUCATION_16_NOTE)
       for id, nb, en, extra in (
        ("basic", "Personer 16 år og over med grunnskole som høyeste utdanning",
         "Persons aged 16 and over with basic school as highest level", ""),
        ("upper_secondary", "Personer 16 år og over med videregående skole som høyeste utdanning",
         "Persons aged 16 and over with upper secondary as highest level", ""),
        ("vocational_college", "Personer 16 år og over med fagskole som høyeste utdanning",
         "Persons aged 16 and over with vocational college as highest level", ""),
        ("upper_secondary_and_vocational_college",
         "Personer 16 år og over med videregående skole eller fagskole som høyeste utdanning",
         "Persons aged 16 and over with upper secondary or vocational college as highest level", "The sum of the two. "),
        ("higher", "Personer 16 år og over med universitets- eller høgskoleutdanning",
         "Persons aged 16 and over with higher education", "Short and long together. "),
        ("stated", "Personer 16 år og over med oppgitt utdanning", "Persons aged 16 and over with stated education",
         "The sum of all levels but that of unstated or no education. "),
        ("unstated", "Personer 16 år og over med uoppgitt eller ingen utdanning",
         "Persons aged 16 and over with unstated or no education", ""))},
    "enterprises.established": (
        "Nyetablerte foretak", "Newly established enterprises", "enterprises", "SSB, table 08316",
        "Without those that take over an existing business, public administration and primary industries. That it is the "
        "measure of the plan's figure (plan.enterprises.new) is not known. See update_sources.csv."),
}


def series_table(files):
    years = defaultdict(set)
    for values in files.values():
        for series, year, _ in values.rows:
            years[series].add(year)
    years["plan.knm.total.movement"] = {2024}
    rows = []
    for id in sorted(SERIES):
        nb, en, unit, decimals, low, high, file, coverage, total, source, vintage, licence, note = SERIES[id]
        path = "" if id == "plan.knm.total.movement" else f"values/{file}.csv"
        rows.append((id, nb, en, unit, decimals, low, high, path, min(years[id]), max(years[id]), coverage,
                     total, source, vintage, licence, note))
    rows += [(id, nb, en, unit, 0, 0, "", "", "", "", "partial", "sum", source, "no figures yet", CC_BY, note)
             for id, (nb, en, unit, source, note) in UNFILLED_SERIES.items()]
    return sorted(rows)


# ---------------------------------------------------------------- where figures are updated from

SUMMED_REGIONS = ("Region", "agg_KommSummer")
KOSTRA_REGIONS = ("KOKkommuneregion0000", "")
STATUSES = "HovArbStyrkStatus[vs_ArbStatus2018niva2a]"
SEEN = "Table, variables and codes as in public queries against it. "
CHECK_CODES = "Table and variables as in public queries; the codes are checked against the metadata. "


def px(series, table, contents, selection, times, words, status, note, regions=SUMMED_REGIONS, contents_words=""):
    return (series, "pxwebapi", table, contents, contents_words, *regions, selection, times, words, 1, status,
            f"https://www.ssb.no/statbank/table/{table}", "", note)


def from_file(series, url, instruction, note):
    return (series, "file", "", "", "", "", "", "", "", "", 1, "to_check", url, instruction, note)


KDD_URL = "https://www.regjeringen.no/no/tema/kommuner-og-regioner/kommuneokonomi/"
KDD_FILE = ("Fetch the settlement of the running income equalisation (løpende inntektsutjevning) for the whole year, published "
            "by KDD and KS each January, as a workbook; import it with: regionsim data import FILE --as ")
NHO_URL = "https://www.nho.no/"
NHO_FILE = ("Fetch the results of the edition of Kommune-NM from NHO and save them as a table with a column of municipalities and a "
            "column of places; import it with: regionsim data import FILE --as ")


def update_sources():
    rows = [
        px("employed.20_66", "11618", "SysselBosted", "Kjonn=0;Alder=20-66", "from(2015)", "sysselsatte", "to_check",
           CHECK_CODES + "Whether there is an age group 20-66 is not known for certain."),
        px("employment.base", "11618", "BefolkningBosted", "Kjonn=0;Alder=20-66", "from(2015)", "sysselsatte", "to_check",
           CHECK_CODES + "Whether there is an age group 20-66 is not known for certain. The population of the table itself."),
        px("population.total", "07459", "Personer1", "", "from(1986)", "befolkning", "verified",
           SEEN + "Sex and age are left out and so summed at the source."),
        px("population.20_66", "07459", "Personer1", "Alder=020..066", "from(2017)", "befolkning", "verified",
           SEEN + "Sex is left out and so summed at the source; the one-year ages are summed here."),
        px("enterprises.established", "08316", "Foretak",
           "NACE2007=00-99;OrgFormer=Alle;AntSyss=999;OverlevAar=01;Overlevelse=00", "from(2015)", "nyetablerte foretak",
           "to_check", CHECK_CODES + "Whether its regions are municipalities is not known for certain.", ("Region", "")),
    ]
    for id, codes in (("persons", "A.01+A.09+U.01+U.03+U.04-U.05+U.06-U.07+U.90A"), ("employed", "A.01"),
                      ("unemployed", "A.09"), ("measures", "U.01"), ("education", "U.03"), ("disability", "U.04-U.05"),
                      ("pension", "U.06-U.07"), ("other", "U.90A"), ("outside_work", "A.09+U.01+U.04-U.05")):
        rows.append(px(f"labour_status.{id}.20_66", "13563", "Bosatte", f"{STATUSES}={codes};Alder=20-66;InnvandrKat=A-G",
                       "from(2015)", "arbeidsstyrkestatus", "to_check",
                       CHECK_CODES + "Whether there is an age group 20-66 is not known for certain."))
    for id, codes in (("basic", "01"), ("upper_secondary", "02a"), ("vocational_college", "11"),
                      ("upper_secondary_and_vocational_college", "02a+11"), ("higher", "03a+04a"),
                      ("stated", "01+02a+11+03a+04a"), ("unstated", "09a")):
        rows.append(px(f"education_16.{id}", "09429", "Personer", f"Nivaa={codes};Kjonn=0", "from(2015)", "utdanningsnivå",
                       "to_check" if id == "unstated" else "verified", CHECK_CODES if id == "unstated" else SEEN.strip()))
    for id, words in (("converted", "dyrka jord"), ("convertible.converted", "dyrkbar jord"),
                      ("total.converted", "dyrka og dyrkbar jord")):
        rows.append(px(f"farmland.{id}", "07903", "", "", "from(2016)", "jord", "to_check",
                       "KOSTRA. The plan names the table; its content and variables are not known, so the content is the one "
                       "whose name has the words given. Municipalities stand under the numbers of each year. Figures fetched "
                       "between 15 March and 15 June are not yet revised.", KOSTRA_REGIONS, words))
    for series in ("tax.before", "tax.after.per_inhabitant"):
        rows.append(from_file(series, KDD_URL, KDD_FILE + series, "Until it is imported, the figures are those of 2023."))
    for series in ("plan.knm.total.rank", "plan.knm.competence.rank", "plan.knm.labour_market.rank"):
        rows.append(from_file(series, NHO_URL, NHO_FILE + series, "The year is that of the edition."))
    return [tuple(value.strip() if isinstance(value, str) else value for value in row) for row in sorted(rows)]


# ---------------------------------------------------------------- rankings, breaks, totals

PUBLISHED_RANKINGS = [
    ("plan.employment.rank", 2024, 357, "The region's place is of 73 regions."),
    ("plan.knm.competence.rank", 2024, 357, "Edition 2024."),
    ("plan.knm.labour_market.rank", 2024, 357, "Edition 2024."),
    ("plan.knm.total.rank", 2023, 356, "Edition 2023, before Ålesund was split."),
    ("plan.knm.total.rank", 2024, 357, "Edition 2024."),
]

# Year, reason, municipalities: border transfers that the population series do not carry back.
TRANSFERS = [
    (1991, "border transfer, judged from the figures: Fjaler falls and Askvoll rises in one year", ("4645", "4646")),
    (1992, "border transfer, judged from the figures: Sogndal falls and Vik rises by about the same", ("4639", "4640")),
    (2002, "border transfer from Sande to Vanylven", ("1511", "1514")),
    (2003, "border transfer from Vestre Toten to Østre Toten", ("3442", "3443")),
    (2017, "border transfer from Sandefjord to Tønsberg, about 2000 persons", ("3905", "3907")),
    (2020, "border transfer from Kinn to Stad", ("4602", "4649")),
    (2020, "border transfer from Midt-Telemark to Notodden", ("4005", "4020")),
    (2021, "border transfer from Rauma to Vestnes", ("1535", "1539")),
]


def breaks():
    rows = []
    for year, reason, codes in TRANSFERS:
        for code in codes:
            rows.append(("population.total", code, year, reason))
            if year > 2017:
                rows.append(("population.20_66", code, year, reason))
    for code in SPLIT_2020:
        reason = "Tysfjord and Snillfjord split between new municipalities"
        rows += [("population.total", code, 2020, reason), ("population.20_66", code, 2020, reason)]
    for series in ("population.total", "population.20_66"):
        rows += [(series, "3112", year, "refugee arrival centre: an outlier, not a trend") for year in (2022, 2023, 2024)]
    rows.append(("population.20_66", "3450", 2024, "refugee reception: an outlier, not a trend"))
    rows += [("population.total", "3450", year, "refugee reception: an outlier, not a trend")
             for year in (2024, 2025, 2026)]
    rows.append(("jobs.private", "", 2015, "new register; the country falls by 3.8 percent"))
    rows += [("jobs.private", "1557", year, "the level of 2010-2011 looks like a register error")
             for year in (2010, 2011, 2012)]
    rows += [("jobs.workplace", "", year, "coverage of the grid changes; for levels only") for year in (2023, 2024, 2025)]
    for series in EDUCATION_NAMES:
        rows.append((series, "", 2014, "from 2014 SSB imputes the level of many immigrants; unstated falls from 94620 to 12419"))
        rows.append((series, "", 2020, "new municipal division; two municipalities counted with a neighbour"))
    for series in ("employed.20_66", "employment.base"):
        rows += [(series, code, 2024, "2019 is an estimate, 2024 the register") for code in ("3103", "3112", "3114", "3216")]
    return sorted(rows)


# Series with too short a history to say how they move, and what is taken instead. A ratio stands for the ratio of the
# series to its denominator.
SUBSTITUTES = [
    ("employed.20_66", "jobs.private.per_inhabitant",
     "One year for all municipalities (2019). Private jobs per inhabitant 2003-2016 are the nearest series with a history; "
     "per inhabitant, as the population aged 20-66 begins in 2017."),
    ("employment.base", "population.total",
     "Persons aged 20-66 are counted from 2017, too short a history before a baseline of 2019; all inhabitants have one "
     "since 1986."),
    ("tax.before", "jobs.private.per_inhabitant",
     "One year (2023). Private jobs per inhabitant 2003-2016 are the nearest series on income with a history."),
]

# Rates of the income equalisation of municipalities: share of the distance to the country's average (alpha), further share
# of the distance to the threshold for those below it (beta), threshold as a share of the average. Blank where not known: no
# rate is guessed. Blank years: not known from when.
EQUALISATION_SERIES = ("tax.before", "population.total", "tax.after.per_inhabitant")
EQUALISATION_RATES = [
    ("2016-2024", *EQUALISATION_SERIES, 2016, 2024, "0.6", "0.35", "0.9", "documented",
     "Kommunal Rapport, November 2016, and Trøndelag i tall, kommunenes inntekter",
     "http://kommunal-rapport.no/2016/11/sjekk-skattetall-og-skatteutjevningen-i-kommune-norge",
     "60 % of the distance to the average; 35 % of the distance to 90 % of it for those below; an equal deduction per "
     "inhabitant pays for the latter. Years before 2016 have not been looked up."),
    ("2025", *EQUALISATION_SERIES, 2025, 2025, "", "", "", "unknown",
     "Innst. 440 S (2023-2024); Prop. 102 S (2023-2024)",
     "https://www.regjeringen.no/no/dokumenter/prop.-102-s-20232024/id3039010/?ch=12",
     "A new system from 2025 with a transitional arrangement for the tax elements; its rates have not been found. Dividends "
     "leave the tax base, so that 2025 does not compare with 2024. To be had by calibration from the year's settlement."),
    ("end-state", *EQUALISATION_SERIES, "", "", "0.64", "0.35", "0.9", "assumed",
     "Statsforvaltaren i Innlandet on the proposal of 14 May 2024 (every municipality at least 95 % of the average)",
     "https://www.statsforvalteren.no/nn/innlandet/kommunal-styring/kommuneokonomi/kommuneproposisjon-2025-og-nytt-inntektssystem/",
     "0.64 is not documented here: with it, and 0.35 as before, everyone between 60 and 90 % of the average gets 96 % of it "
     "before the deduction, which fits the stated floor of 95 %. The year from which it holds is not known."),
]


def totals():
    region = "regions-73/" + MOSSEREGIONEN
    table = "the plan, table {}: sum of the four rows"
    printed = "the plan, table {}: printed total"
    return sorted([
        ("population.total", 2024, "country", 5550203, "SSB, table 07459"),
        ("population.total", 2025, "country", 5594340, "SSB, table 07459"),
        ("population.total", 2024, region, 85572, "SSB, table 07459: Moss, Råde, Våler and Vestby"),
        ("plan.population.plan", 2024, region, 86694, printed.format(3)),
        ("plan.tax.income", 2024, region, 3004596, printed.format(3)),
        ("plan.population.20_66", 2024, region, 50794, printed.format(4)),
        ("plan.employed.20_66", 2024, region, 38341, printed.format(4)),
        ("employment.base", 2024, region, 50794, printed.format(4)),
        ("employed.20_66", 2024, region, 38341, printed.format(4)),
        ("plan.wage_costs.private", 2023, region, 16700895, table.format(5) + " (printed: 16639111)"),
        ("plan.farmland.converted", 2024, region, 53, table.format(6)),
        ("plan.enterprises.new", 2024, region, 918, table.format(6)),
        ("plan.education.upper_secondary_and_vocational_college", 2024, region, 28598, printed.format(7)),
        ("plan.outside_work.20_66", 2024, region, 8447, table.format(8)),
    ])


# ---------------------------------------------------------------- indicators

INDICATOR_FIELDS = ("id", "name_nb", "name_en", "unit", "decimals", "direction", "numerator", "denominator", "scale",
                    "aggregation", "weight", "relative_to", "bounds", "source", "note")

SHARE_NOT_AVERAGED = "Only the share is published, without the counts behind it, and a share is never averaged."


def indicator(id, nb, en, unit, decimals, direction, numerator, aggregation="sum", denominator="", scale=1, weight="",
              relative_to="", bounds="", source="SSB", note=""):
    return (id, nb, en, unit, decimals, direction, numerator, denominator, scale, aggregation, weight, relative_to,
            bounds, source, note)


def ratio(id, nb, en, unit, decimals, direction, numerator, denominator, scale, **more):
    return indicator(id, nb, en, unit, decimals, direction, numerator, "ratio_of_sums", denominator, scale, **more)


def alone(id, nb, en, unit, decimals, direction, numerator, note, **more):
    return indicator(id, nb, en, unit, decimals, direction, numerator, "not_aggregable", note=note, **more)


def place(id, nb, en, numerator, source, note=""):
    # The weight is for the movement weighted by inhabitants: the plan's own population.
    return indicator(id, nb, en, "place", 0, "lower", numerator, "published_rank", weight="plan.population.plan",
                     source=source, note=note)


AMEDIA = "KDD/KS, as compiled by Amedia"
TF = "Telemarksforsking, in the plan"
UNFILLED = "The package holds no figures; see update_sources.csv."

INDICATORS = [
    indicator("population.total", "Folkemengde", "Population", "persons", 0, "higher", "population.total"),
    indicator("population.20_66", "Folkemengde 20–66 år", "Population aged 20-66", "persons", 0, "higher", "population.20_66"),
    ratio("population.20_66.share", "Andel av befolkningen 20–66 år", "Share of the population aged 20-66", "percent", 1,
          "higher", "population.20_66", "population.total", 100, bounds="share"),
    indicator("employed.20_66", "Sysselsatte 20–66 år", "Employed persons aged 20-66", "persons", 0, "higher", "employed.20_66",
              note="2019 is an estimate; 2024 covers four municipalities."),
    ratio("employment.share", "Sysselsettingsandel 20–66 år", "Employment share aged 20-66", "percent", 1, "higher",
          "employed.20_66", "employment.base", 100, bounds="share", note="2019 is an estimate; 2024 covers four municipalities."),
    indicator("jobs.private", "Arbeidsplasser i privat sektor", "Private-sector jobs", "jobs", 0, "higher", "jobs.private",
              source="Telemarksforsking"),
    ratio("jobs.private.per_inhabitant", "Private arbeidsplasser per 1000 innbyggere", "Private-sector jobs per 1000 inhabitants",
          "jobs", 0, "higher", "jobs.private", "population.total", 1000, source="Telemarksforsking, SSB"),
    indicator("jobs.workplace", "Ansatte etter arbeidssted", "Employees by place of work", "jobs", 0, "higher", "jobs.workplace",
              note="For levels only, never for growth."),
    ratio("jobs.workplace.per_inhabitant", "Ansatte etter arbeidssted per 1000 innbyggere",
          "Employees by place of work per 1000 inhabitants", "jobs", 0, "higher", "jobs.workplace", "population.total", 1000,
          note="For levels only, never for growth."),
    indicator("tax.after.per_inhabitant", "Skatteinntekt per innbygger etter inntektsutjevning",
              "Tax revenue per inhabitant after income equalisation", "NOK", 0, "higher", "tax.after.per_inhabitant",
              "weighted_mean", weight="population.total", source=AMEDIA),
    ratio("tax.before.per_inhabitant", "Skatteinntekt per innbygger før inntektsutjevning",
          "Tax revenue per inhabitant before income equalisation", "NOK", 0, "higher", "tax.before", "population.total", 1,
          source=AMEDIA, note="An estimate."),
    ratio("tax.relative_to_country", "Skatteinntekt per innbygger før utjevning i prosent av landet",
          "Tax revenue per inhabitant before equalisation in percent of the country", "percent", 1, "higher", "tax.before",
          "population.total", 100, relative_to="country", source=AMEDIA, note="An estimate."),
    indicator("tax.level", "Skattenivå i prosent av landet, Grønt hefte", "Tax level in percent of the country, Grønt hefte",
              "percent", 1, "higher", "tax.level", "weighted_mean", weight="tax.level.population", source="KDD",
              note="The year is that of the edition; probably a mean of several years."),
    indicator("expenditure.need", "Indeks for utgiftsbehov", "Expenditure-need index", "index", 4, "neutral", "expenditure.need",
              "weighted_mean", weight="population.total", source="KDD"),
    ratio("education.higher.share", "Andel med høyere utdanning", "Share with higher education", "percent", 1, "higher",
          "education.higher", "education.stated", 100, bounds="share", source="IMDi, from SSB"),
    ratio("education.upper_secondary.share", "Andel med videregående skole som høyeste utdanning",
          "Share with upper secondary as highest level", "percent", 1, "neutral", "education.upper_secondary",
          "education.stated", 100, bounds="share", source="IMDi, from SSB"),
    ratio("education.basic.share", "Andel med grunnskole som høyeste utdanning", "Share with basic school as highest level",
          "percent", 1, "lower", "education.basic", "education.stated", 100, bounds="share", source="IMDi, from SSB"),
    indicator("migration.net", "Nettoinnflytting", "Net in-migration", "persons", 0, "higher", "migration.net"),
    ratio("migration.net.per_1000", "Nettoinnflytting per 1000 innbyggere", "Net in-migration per 1000 inhabitants", "persons", 1,
          "higher", "migration.net", "population.total", 1000),
    alone("low_income.share", "Andel med lavinntekt (EU60)", "Share with low income (EU60)", "percent", 1, "lower",
          "low_income.share", SHARE_NOT_AVERAGED),
    indicator("farmland.converted", "Omdisponert dyrka jord", "Cultivated land converted", "decare", 0, "lower",
              "farmland.converted"),
    indicator("farmland.convertible.converted", "Omdisponert dyrkbar jord", "Cultivable land converted", "decare", 0, "lower",
              "farmland.convertible.converted"),
    indicator("farmland.total.converted", "Omdisponert dyrka og dyrkbar jord", "Cultivated and cultivable land converted",
              "decare", 0, "lower", "farmland.total.converted"),
    indicator("unemployed.registered", "Registrerte helt ledige", "Registered unemployed", "persons", 0, "lower",
              "unemployed.registered", source="NAV"),
    ratio("unemployed.share.20_66", "Registrerte helt ledige i prosent av befolkningen 20–66 år",
          "Registered unemployed in percent of the population aged 20-66", "percent", 1, "lower", "unemployed.registered",
          "population.20_66", 100, bounds="share", source="NAV, SSB"),
    alone("unemployed.share.labour_force", "Registrerte helt ledige i prosent av arbeidsstyrken",
          "Registered unemployed in percent of the labour force", "percent", 1, "lower", "unemployed.share.labour_force",
          "The labour force that the share is measured against is not published with it.", source="NAV"),
    alone("disability.share", "Uføre i prosent av befolkningen 18–66 år", "Disability pensioners in percent aged 18-66",
          "percent", 1, "lower", "disability.share", SHARE_NOT_AVERAGED, source="Nav/Bufdir, as compiled by Amedia"),
    indicator("dwellings.new", "Nye boliger de siste fire år", "New dwellings in the last four years", "dwellings", 0, "higher",
              "dwellings.new"),
    ratio("dwellings.new.per_1000", "Nye boliger de siste fire år per 1000 innbyggere",
          "New dwellings in the last four years per 1000 inhabitants", "dwellings", 1, "higher", "dwellings.new",
          "population.total", 1000),
    place("knm.total.rank", "Kommune-NM, plassering totalt", "Kommune-NM, place in total", "plan.knm.total.rank", "NHO, in the plan",
          "The year is that of the edition."),
    place("knm.competence.rank", "Kommune-NM, plassering kompetanse", "Kommune-NM, place in competence",
          "plan.knm.competence.rank", "NHO, in the plan", "The year is that of the edition."),
    place("knm.labour_market.rank", "Kommune-NM, plassering arbeidsmarked", "Kommune-NM, place in labour market",
          "plan.knm.labour_market.rank", "NHO, in the plan", "The year is that of the edition."),
    place("employment.rank", "Plassering, deltakelse i arbeidslivet", "Place by participation in working life",
          "plan.employment.rank", TF, "Level of 2024 or change over ten years: not clear from the plan."),
    indicator("population.plan", "Innbyggere, planens tall", "Inhabitants, figure of the plan", "persons", 0, "higher",
              "plan.population.plan", source="The plan"),
    indicator("population.20_66.plan", "Befolkning 20–66 år, planens tall", "Population aged 20-66, figure of the plan", "persons",
              0, "higher", "plan.population.20_66", source="SSB, in the plan"),
    indicator("employed.20_66.plan", "Sysselsatte 20–66 år, planens tall", "Employed persons aged 20-66, figure of the plan",
              "persons", 0, "higher", "plan.employed.20_66", source="SSB, in the plan"),
    alone("employment.share.plan", "Sysselsettingsandel 20–66 år, slik planen trykker den",
          "Employment share aged 20-66 as the plan prints it", "percent", 1, "higher", "plan.employment.share",
          "A printed share is never averaged; employment.share is computed from the counts.", source="SSB, in the plan"),
    indicator("tax.income.plan", "Skatteinntekt, planens tall", "Tax revenue, figure of the plan", "thousand_NOK", 0, "higher",
              "plan.tax.income", source="The plan"),
    alone("tax.per_inhabitant.plan", "Skatteinntekt per innbygger, planens tall", "Tax revenue per inhabitant, figure of the plan",
          "NOK", 0, "higher", "plan.tax.per_inhabitant",
          "The plan does not print the population that these figures are measured against.", source="The plan"),
    alone("tax.relative_to_country.plan", "Skatteinntekt per innbygger mot landet, planens tall",
          "Tax revenue per inhabitant relative to the country, figure of the plan", "percent", 0, "higher",
          "plan.tax.relative_to_country",
          "The plan does not print the population that these figures are measured against.", source="The plan"),
    indicator("wage_costs.private", "Lønnskostnader i privat sektor", "Wage costs in the private sector", "thousand_NOK", 0, "higher",
              "plan.wage_costs.private", source=TF, note="Unit not printed in the plan."),
    indicator("enterprises.new", "Nyetablerte bedrifter", "New enterprises", "enterprises", 0, "higher", "plan.enterprises.new",
              source="SSB, in the plan"),
    ratio("enterprises.new.per_1000", "Nyetablerte bedrifter per 1000 innbyggere", "New enterprises per 1000 inhabitants",
          "enterprises", 1, "higher", "plan.enterprises.new", "plan.population.plan", 1000, source="The plan"),
    indicator("farmland.converted.plan", "Omdisponert dyrka og dyrkbar jord, planens tall",
              "Cultivated and cultivable land converted, figure of the plan", "decare", 0, "lower", "plan.farmland.converted",
              source="SSB, in the plan"),
    alone("land.built_on", "Fysisk nedbygd areal", "Land physically built on", "other", 2, "lower", "plan.land.built_on",
          "The plan does not print the unit, so it is not known whether the figures can be added.", source="SSB, in the plan"),
    alone("education.higher.share.plan", "Andel med høyere utdanning, planens tall", "Share with higher education, figure of the plan",
          "percent", 1, "higher", "plan.education.higher.share", SHARE_NOT_AVERAGED, source="SSB, in the plan"),
    indicator("education.upper_secondary.plan", "Personer med videregående skole eller fagskole",
              "Persons with upper secondary or vocational college", "persons", 0, "higher",
              "plan.education.upper_secondary_and_vocational_college", source="SSB, in the plan"),
    alone("residential_attractiveness", "Bostedsattraktivitet", "Residential attractiveness", "percentage_points", 1, "higher",
          "plan.residential_attractiveness",
          "It is the residual of a model and has to be computed anew on the totals of the region.", source=TF),
    indicator("outside_work.20_66", "Personer utenfor arbeid, 20–66 år", "Persons outside work, aged 20-66", "persons", 0, "lower",
              "plan.outside_work.20_66", source="SSB, in the plan"),
    ratio("outside_work.20_66.share", "Andel utenfor arbeid, 20–66 år", "Share outside work, aged 20-66", "percent", 1, "lower",
          "plan.outside_work.20_66", "plan.population.20_66", 100, bounds="share", source="SSB, in the plan"),
    indicator("labour_status.outside_work.20_66", "Utenfor arbeid 20–66 år, etter arbeidsstyrkestatus",
              "Outside work aged 20-66, by labour-force status", "persons", 0, "lower", "labour_status.outside_work.20_66",
              note=UNFILLED),
    ratio("labour_status.outside_work.20_66.share", "Andel utenfor arbeid 20–66 år, etter arbeidsstyrkestatus",
          "Share outside work aged 20-66, by labour-force status", "percent", 1, "lower", "labour_status.outside_work.20_66",
          "labour_status.persons.20_66", 100, bounds="share", note=UNFILLED),
    ratio("education_16.higher.share", "Andel 16 år og over med høyere utdanning", "Share aged 16 and over with higher education",
          "percent", 1, "higher", "education_16.higher", "education_16.stated", 100, bounds="share", note=UNFILLED),
    ratio("education_16.upper_secondary_and_vocational_college.share",
          "Andel 16 år og over med videregående skole eller fagskole som høyeste utdanning",
          "Share aged 16 and over with upper secondary or vocational college as highest level", "percent", 1, "neutral",
          "education_16.upper_secondary_and_vocational_college", "education_16.stated", 100, bounds="share", note=UNFILLED),
    indicator("enterprises.established", "Nyetablerte foretak", "Newly established enterprises", "enterprises", 0, "higher",
              "enterprises.established", note=UNFILLED),
    ratio("enterprises.established.per_1000", "Nyetablerte foretak per 1000 innbyggere",
          "Newly established enterprises per 1000 inhabitants", "enterprises", 1, "higher", "enterprises.established",
          "population.total", 1000, note=UNFILLED),
]


# ---------------------------------------------------------------- the package

CODE = {"pattern": "[0-9]{4}", "required": True}
UNIT_CODE = {"pattern": r"[0-9]{4}(\+[0-9]{4})?", "required": True}
REQUIRED = {"required": True}


def field(name, type, description, **constraints):
    entry = {"name": name, "type": type, "description": description}
    if type == "boolean":
        entry |= {"trueValues": ["true"], "falseValues": ["false"]}
    return entry | ({"constraints": constraints} if constraints else {})


def schema(fields, key, **foreign):
    result = {"fields": fields, "primaryKey": key, "missingValues": [""]}
    keys = [{"fields": name, "reference": {"resource": resource, "fields": column}}
            for name, (resource, column) in foreign.items()]
    return result | ({"foreignKeys": keys} if keys else {})


SCHEMAS = {
    "municipalities": schema([
        field("code", "string", "Municipality number, division of 2024", unique=True, **CODE),
        field("name", "string", "Short Norwegian name; Våler and Herøy occur twice", **REQUIRED),
        field("name_official", "string", "Official name in SSB's Klass 131, which may be double", **REQUIRED),
        field("county_code", "string", "County number", pattern="[0-9]{2}", required=True),
        field("county_name", "string", "County", **REQUIRED),
        field("area_km2", "number", "Total area in square kilometres, not land area", required=True, minimum=0),
        field("centre", "string", "Administrative centre", **REQUIRED),
        field("latitude", "number", "A point inside the municipality, not its centre", required=True, minimum=57, maximum=72),
        field("longitude", "number", "A point inside the municipality, not its centre", required=True, minimum=4, maximum=32),
        field("centrality_class", "integer", "SSB's centrality class 2024, 1 most central", required=True, minimum=1, maximum=6),
        field("centrality_index", "integer", "SSB's centrality index 2024", required=True, minimum=0, maximum=1000),
        field("kostra_group", "string", "SSB's KOSTRA group 2024", pattern="EKG[0-9]{2}", required=True),
    ], ["code"]),
    "combined_units": schema([
        field("code", "string", "A former municipality number, or the members joined by +", **UNIT_CODE),
        field("name", "string", "Name for display", **REQUIRED),
        field("members", "string", "Numbers of the members, separated by a space", pattern="[0-9]{4}( [0-9]{4})+", required=True),
        field("valid_from", "integer", "First year in which it occurs", **REQUIRED),
        field("valid_to", "integer", "Last year in which it occurs", **REQUIRED),
        field("is_municipality", "boolean", "Whether it was a municipality in its own right", **REQUIRED),
        field("reason", "string", "Why the figures are combined", **REQUIRED),
    ], ["code"]),
    "divisions": schema([
        field("id", "string", "Division", **REQUIRED),
        field("kind", "string", "A partition holds every municipality once; a peer set only its members",
              enum=["partition", "peer_set"], required=True),
        field("name_nb", "string", "Norwegian name", **REQUIRED),
        field("name_en", "string", "English name", **REQUIRED),
        field("valid_from", "date", "Date of the membership", **REQUIRED),
        field("regions", "integer", "Number of regions", required=True, minimum=1),
        field("municipalities", "integer", "Number of municipalities", required=True, minimum=1),
        field("source", "string", "Source", **REQUIRED),
        field("note", "string", "Remarks"),
    ], ["id"]),
    "memberships": schema([
        field("division", "string", "Division", **REQUIRED),
        field("region", "string", "Code of the region", **REQUIRED),
        field("region_name", "string", "Name of the region", **REQUIRED),
        field("municipality", "string", "Municipality number", **CODE),
        field("basis", "string", "How well the membership is known",
              enum=["official", "documented", "inferred", "assumed"], required=True),
        field("note", "string", "Remarks on rows that are not plainly documented"),
    ], ["division", "municipality"], division=("divisions", "id"), municipality=("municipalities", "code")),
    "series": schema([
        field("id", "string", "Series", **REQUIRED),
        field("name_nb", "string", "Norwegian name", **REQUIRED),
        field("name_en", "string", "English name", **REQUIRED),
        field("unit", "string", "Unit", enum=list(UNITS), required=True),
        field("decimals", "integer", "Decimals to show", required=True, minimum=0),
        field("minimum", "number", "Least value allowed; blank: none"),
        field("maximum", "number", "Greatest value allowed; blank: none"),
        field("file", "string", "File with the values; blank: only in region_figures.csv, or no figures yet", pattern=r"values/[a-z]+\.csv"),
        field("first_year", "integer", "First year; blank: no figures yet"),
        field("last_year", "integer", "Last year; blank: no figures yet"),
        field("coverage", "string", "all: a row for every municipality in every year; partial: fewer",
              enum=["all", "partial"], required=True),
        field("country_total", "string", "Whether the sum of municipalities is the country", enum=["sum", "none"], required=True),
        field("source", "string", "Source and table", **REQUIRED),
        field("vintage", "string", "Date or edition of the source", **REQUIRED),
        field("licence", "string", "Licence of the figures; not stated: none is named where they were published", **REQUIRED),
        field("note", "string", "What the user must know"),
    ], ["id"]),
    "values": schema([
        field("series", "string", "Series", **REQUIRED),
        field("municipality", "string", "Municipality number or code of a combined unit", **UNIT_CODE),
        field("year", "integer", "Year", required=True, minimum=1986, maximum=2027),
        field("value", "number", "Figure in the unit of the series; blank: missing"),
        field("basis", "string", "observed, estimated, plan (printed in the plan) or missing", enum=list(BASES), required=True),
        field("reason", "string", "Why the figure is missing", enum=list(MISSING_REASONS)),
    ], ["series", "municipality", "year"], series=("series", "id")),
    "region_figures": schema([
        field("series", "string", "Series", **REQUIRED),
        field("division", "string", "Division", **REQUIRED),
        field("region", "string", "Code of the region", **REQUIRED),
        field("year", "integer", "Year", **REQUIRED),
        field("value", "number", "Figure as printed for the region as a whole", **REQUIRED),
        field("basis", "string", "Basis", enum=["plan"], required=True),
        field("note", "string", "Remarks"),
    ], ["series", "division", "region", "year"], series=("series", "id"), division=("divisions", "id")),
    "published_rankings": schema([
        field("series", "string", "Series of published places", **REQUIRED),
        field("year", "integer", "Year", **REQUIRED),
        field("ranked", "integer", "How many were ranked", required=True, minimum=1),
        field("note", "string", "Remarks"),
    ], ["series", "year"], series=("series", "id")),
    "breaks": schema([
        field("series", "string", "Series", **REQUIRED),
        field("municipality", "string", "Municipality number; blank: all", pattern="[0-9]{4}"),
        field("year", "integer", "The change into this year must not be read as growth", **REQUIRED),
        field("reason", "string", "Why", **REQUIRED),
    ], [], series=("series", "id")),
    "substitutes": schema([
        field("series", "string", "A series with too short a history to say how it moves", **REQUIRED),
        field("substitute", "string", "The series, or the ratio (indicator), that is taken instead", **REQUIRED),
        field("note", "string", "Why", **REQUIRED),
    ], ["series"], series=("series", "id")),
    "equalisation_rates": schema([
        field("id", "string", "Name by which the rates are chosen", pattern="[a-z0-9-]+", unique=True, required=True),
        field("series", "string", "Series of the tax revenue that is equalised, in NOK", **REQUIRED),
        field("population", "string", "Series of the inhabitants it is measured against", **REQUIRED),
        field("published", "string", "Series of the published revenue per inhabitant after equalisation; blank: none"),
        field("first_year", "integer", "First year in which the rates hold; blank: not known"),
        field("last_year", "integer", "Last year in which the rates hold; blank: not known"),
        field("alpha", "number", "Share of the distance to the country's average; blank: not known", minimum=0, maximum=1),
        field("beta", "number", "Further share of the distance to the threshold, for those below it; blank: not known",
              minimum=0, maximum=1),
        field("threshold", "number", "The threshold as a share of the country's average; blank: not known",
              minimum=0, maximum=1),
        field("basis", "string", "On what the rates rest", enum=["documented", "inferred", "assumed", "unknown"],
              required=True),
        field("source", "string", "Source", **REQUIRED),
        field("url", "string", "Address of the source", **REQUIRED),
        field("note", "string", "Remarks"),
    ], ["id"], series=("series", "id"), population=("series", "id"), published=("series", "id")),
    "totals": schema([
        field("series", "string", "Series", **REQUIRED),
        field("year", "integer", "Year", **REQUIRED),
        field("scope", "string", "country, or division/region", pattern="country|[a-z0-9-]+/[A-Z0-9]+", required=True),
        field("value", "number", "The sum over the municipalities", **REQUIRED),
        field("source", "string", "Where the sum is known from", **REQUIRED),
    ], ["series", "year", "scope"], series=("series", "id")),
    "update_sources": schema([
        field("series", "string", "Series", **REQUIRED),
        field("method", "string", "pxwebapi: fetched from PxWebApi 2; file: fetched by hand and imported",
              enum=["pxwebapi", "file"], required=True),
        field("table", "string", "Table", pattern="[0-9]{5}"),
        field("contents", "string", "Code of the content (ContentsCode); blank: found by contents_words"),
        field("contents_words", "string", "What the name of the content must contain, if it is not known by its code"),
        field("region_variable", "string", "Variable of the municipalities"),
        field("region_codelist", "string", "Code list of the municipalities; blank: the variable's own codes"),
        field("selection", "string", "Other variables: Variable=code;…; with [code list]; + sums codes, .. is a range that is summed"),
        field("times", "string", "Years, as PxWebApi expresses them"),
        field("title_words", "string", "What the table's title must contain, so that a wrong table is noticed"),
        field("factor", "number", "Factor from the source's unit to that of the series", **REQUIRED),
        field("status", "string", "Whether table, variables and codes are known for certain", enum=["verified", "to_check"],
              required=True),
        field("url", "string", "Address for people", **REQUIRED),
        field("instruction", "string", "For files: where to get it and how to import it"),
        field("note", "string", "Remarks"),
    ], ["series"], series=("series", "id")),
    "indicators": schema([
        field("id", "string", "Indicator", **REQUIRED),
        field("name_nb", "string", "Norwegian name", **REQUIRED),
        field("name_en", "string", "English name", **REQUIRED),
        field("unit", "string", "Unit", enum=list(UNITS), required=True),
        field("decimals", "integer", "Decimals to show", required=True, minimum=0),
        field("direction", "string", "Whether a higher or a lower value is better", enum=["higher", "lower", "neutral"], required=True),
        field("numerator", "string", "Series of the numerator, or of the figure itself", **REQUIRED),
        field("denominator", "string", "Series of the denominator; blank: none"),
        field("scale", "number", "Factor from numerator / denominator to the unit", **REQUIRED),
        field("aggregation", "string", "How a region's value is made",
              enum=["sum", "ratio_of_sums", "weighted_mean", "not_aggregable", "published_rank"], required=True),
        field("weight", "string", "Series of the weight, for weighted_mean"),
        field("relative_to", "string", "country: the value is 100 times the ratio over the country's ratio", enum=["country"]),
        field("bounds", "string", "share: the ratio must lie within 0 and 1", enum=["share"]),
        field("source", "string", "Source", **REQUIRED),
        field("note", "string", "Remarks; for not_aggregable the reason"),
    ], ["id"], numerator=("series", "id"), denominator=("series", "id"), weight=("series", "id")),
    "code_changes": schema([
        field("old_code", "string", "Municipality number until the day before", **CODE),
        field("old_name", "string", "Name until then", **REQUIRED),
        field("new_code", "string", "Municipality number from that day", **CODE),
        field("new_name", "string", "Name from then", **REQUIRED),
        field("date", "date", "First day of the new number", **REQUIRED),
        field("kind", "string", "renumbered: one to one; merged: wholly, with others; split: a part of it goes here",
              enum=["renumbered", "merged", "split"], required=True),
        field("source", "string", "Source", **REQUIRED),
    ], ["old_code", "new_code", "date"]),
    "municipality_names": schema([
        field("code", "string", "Municipality number", **CODE),
        field("valid_from", "integer", "First year in which the number had the name on 1 January, from 2013", required=True, minimum=2013),
        field("valid_to", "integer", "Last such year; blank: still"),
        field("name", "string", "Name", **REQUIRED),
        field("kind", "string", "official; bilingual: another official form in several languages; short: in one of them; "
              "former: another spelling; qualified: with the county, as Klass tells two of the same name apart",
              enum=["official", "bilingual", "short", "former", "qualified"], required=True),
    ], ["code", "name"]),
    "split_weights": schema([
        field("old_code", "string", "Number of a municipality that was split, or of one that had been merged into it", **CODE),
        field("new_code", "string", "Number of one of the municipalities that the split gave", **CODE),
        field("date", "date", "Day of the split", **REQUIRED),
        field("weight", "number", "Share of a count that goes there", required=True, minimum=0, maximum=1),
        field("basis", "string", "restored: exact; population: by the inhabitants at the split; convention: as SSB adds up its own series",
              enum=["restored", "population", "convention"], required=True),
        field("source", "string", "Source", **REQUIRED),
    ], ["old_code", "new_code", "date"]),
    "counties": schema([
        field("code", "string", "County number", pattern="[0-9]{2}", unique=True, required=True),
        field("name", "string", "Name", **REQUIRED),
        field("valid_from", "integer", "First year in which it was in use on 1 January, from 2013", required=True, minimum=2013),
        field("valid_to", "integer", "Last such year; blank: still"),
    ], ["code"]),
}
del SCHEMAS["breaks"]["primaryKey"]  # the municipality may be blank

TITLES = {
    "municipalities": "The 357 municipalities of 2024",
    "combined_units": "Units that hold several of today's municipalities",
    "divisions": "Divisions into regions, and peer sets",
    "memberships": "Which municipality belongs to which region",
    "series": "Catalogue of the series",
    "values/population": "Population",
    "values/employment": "Employment, unemployment and disability",
    "values/jobs": "Jobs",
    "values/tax": "Tax and expenditure need",
    "values/education": "Highest level of education",
    "values/living": "Migration, income, dwellings and farmland",
    "values/plan": "Municipal figures printed in the plan",
    "region_figures": "Figures that the plan prints for the region as a whole",
    "published_rankings": "Number of units in published rankings",
    "breaks": "Changes that are not growth",
    "substitutes": "What is taken for the movement of series without a history",
    "equalisation_rates": "Rates of the income equalisation by year",
    "totals": "Known sums to check against",
    "indicators": "Indicators",
    "code_changes": "Changes of municipality numbers, 2013-2024",
    "municipality_names": "Names of municipalities by number, 2013-2024",
    "split_weights": "How counts of split municipalities are shared out",
    "counties": "Counties, 2013-2024",
    "update_sources": "Where newer figures of a series are fetched",
}

SOURCES = {
    "ssb-07459": ("Statistics Norway (SSB): table 07459, Population by municipality and age", "https://www.ssb.no/statbank/table/07459", CC_BY),
    "ssb-klass": ("Statistics Norway (SSB): Klass 131 municipalities, 104 counties, 108 economic regions, 112 KOSTRA groups, 128 centrality",
                  "https://www.ssb.no/klass/", CC_BY),
    "kartverket": ("Kartverket: area and location of municipalities", "https://www.kartverket.no/", CC_BY),
    "ssb-06445": ("Statistics Norway (SSB): employment rates by age band, 2019 (table of the 06445 type)", "", CC_BY),
    "ssb-11618": ("Statistics Norway (SSB): table 11618, Employed persons, as printed in the plan", "https://www.ssb.no/statbank/table/11618", CC_BY),
    "ssb-arealprofiler": ("Statistics Norway (SSB): Arealprofiler", "", CC_BY),
    "ssb-grid": ("Statistics Norway (SSB): establishments on the 250 m grid", "", CC_BY),
    "imdi": ("IMDi, from Statistics Norway (SSB): highest level of education by municipality", "", SSB_VIA),
    "nav": ("NAV: HL060, registered unemployed by municipality, October 2022", "", NOT_STATED),
    "telemarksforsking-jobs": ("Telemarksforsking: private-sector jobs from registers (attraktivitetsmodellen)", "", NOT_STATED),
    "telemarksforsking-regions": ("Telemarksforsking: regions of Norsk kulturindeks 2020 (names and membership: facts only)",
                                  "https://github.com/didrikv/boilerplate", NOT_STATED),
    "kdd-ba": ("KDD/TØI: labour-market regions (BA-regioner)", "", NOT_STATED),
    "kdd": ("Ministry of Local Government (KDD): Grønt hefte 2027, and table A-k of the 2025 and 2026 editions", "", NOT_STATED),
    "amedia": ("Amedia's compilation 2023: income equalisation of KDD/KS, disability of Nav/Bufdir", "", NOT_STATED),
    "osloregionen": ("Osloregionen: board elected 10 November 2023", "https://www.osloregionen.no/", NOT_STATED),
    "kommunal-rapport": ("Kommunal Rapport, November 2016: how the income equalisation works (facts only)",
                         "http://kommunal-rapport.no/2016/11/sjekk-skattetall-og-skatteutjevningen-i-kommune-norge", NOT_STATED),
    "prop-102": ("Prop. 102 S (2023-2024), Kommuneproposisjonen 2025 (facts only)",
                 "https://www.regjeringen.no/no/dokumenter/prop.-102-s-20232024/id3039010/?ch=12", NOT_STATED),
    "statsforvalteren": ("Statsforvaltaren i Innlandet: the proposal for a new income system, 14 May 2024 (facts only)",
                         "https://www.statsforvalteren.no/nn/innlandet/kommunal-styring/kommuneokonomi/"
                         "kommuneproposisjon-2025-og-nytt-inntektssystem/", NOT_STATED),
    "plan": (PLAN, "", NOT_STATED),
}

RESOURCE_SOURCES = {
    "municipalities": ["ssb-klass", "kartverket"],
    "combined_units": ["ssb-klass", "imdi"],
    "divisions": ["telemarksforsking-regions", "ssb-klass", "kdd-ba", "osloregionen"],
    "memberships": ["telemarksforsking-regions", "ssb-klass", "kdd-ba", "osloregionen"],
    "values/population": ["ssb-07459"],
    "values/employment": ["ssb-06445", "ssb-07459", "ssb-11618", "nav", "amedia"],
    "values/jobs": ["telemarksforsking-jobs", "ssb-grid"],
    "values/tax": ["amedia", "kdd", "ssb-07459"],
    "values/education": ["imdi"],
    "values/living": ["ssb-arealprofiler"],
    "values/plan": ["plan"],
    "region_figures": ["plan"],
    "published_rankings": ["plan"],
    "equalisation_rates": ["kommunal-rapport", "prop-102", "statsforvalteren"],
    "totals": ["ssb-07459", "plan"],
    "code_changes": ["ssb-klass"],
    "municipality_names": ["ssb-klass"],
    "split_weights": ["ssb-07459"],
    "counties": ["ssb-klass"],
}


def source(id):
    title, path, licence = SOURCES[id]
    return {"title": f"{title}. Licence: {licence}"} | ({"path": path} if path else {})


def datapackage(folder, resources):
    cc_by = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/",
             "title": "Creative Commons Attribution 4.0 International"}
    entries = []
    for name in resources:
        path = folder / f"{name}.csv"
        data = path.read_bytes()
        entry = {
            "name": name.replace("/", "-").replace("_", "-"),
            "path": f"{name}.csv",
            "title": TITLES[name],
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(data),
            "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
            "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": True, "header": True},
            "schema": SCHEMAS["values" if name.startswith("values/") else name],
        }
        ids = RESOURCE_SOURCES.get(name, [])
        if ids:
            entry["sources"] = [source(id) for id in ids]
            if all(SOURCES[id][2] == CC_BY for id in ids):
                entry["licenses"] = [cc_by]
        entries.append(entry)
    return {
        "profile": "tabular-data-package",
        "name": "regionsim-norway",
        "title": "Figures for Norwegian municipalities and regions, for regionsim",
        "description": "Tidy tables by municipality of 2024. Every figure has a basis, every missing figure a reason, and every "
                       "series a source, a vintage and a licence (series.csv). Kilde: Statistisk sentralbyrå, Kartverket, NAV, "
                       "KDD, IMDi, Telemarksforsking and others, as named per series.",
        "version": VERSION,
        "created": CREATED + "T00:00:00Z",
        "keywords": ["Norway", "municipalities", "regions", "ranking"],
        "licenses": [cc_by | {"title": cc_by["title"] + ": the figures of SSB and Kartverket (SSB's older figures were under "
                              "NLOD). For the other sources no licence is stated; see the column licence in series.csv"}],
        "sources": [source(id) for id in SOURCES],
        "resources": entries,
    }


def write(path, header, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


# ---------------------------------------------------------------- checks

def check(files, codes, members, series_rows):
    """Stop rather than write a package that breaks its own rules."""
    assert len(codes) == 357
    units = {row[0] for row in COMBINED} | set(codes)
    for name, values in files.items():
        for (series, year, code), (value, basis, reason) in values.rows.items():
            low, high = SERIES[series][4:6]
            assert SERIES[series][6] == name and code in units, (series, code)
            assert (value == "") == (basis == "missing") == (reason != ""), (series, code, year)
            if value:
                assert low == "" or Decimal(value) >= low, (series, code, year, value)
                assert high == "" or Decimal(value) <= high, (series, code, year, value)
    for row in series_rows:
        id, file, first, last, coverage = row[0], row[7], row[8], row[9], row[10]
        if coverage == "all":
            rows = files[file[7:-4]].rows
            for year in range(first, last + 1):
                assert all((id, year, code) in rows for code in codes), (id, year)
    for (series, year, code), entry in [item for values in files.values() for item in values.rows.items()]:
        for unit, _, inside, *_ in COMBINED:
            if code == unit:
                for member in inside.split():
                    rows = next(v.rows for v in files.values() if (series, year, member) in v.rows)
                    assert rows[series, year, member][2] == "combined", (series, year, member)
    for division, (kind, *_) in DIVISIONS.items():
        count = Counter(row[3] for row in members if row[0] == division)
        assert max(count.values()) == 1
        assert kind == "peer_set" or set(count) == set(codes), division
        names = {(row[1], row[2]) for row in members if row[0] == division}
        assert len(names) == len({code for code, _ in names}), division
    regions = {(row[0], row[1]): set() for row in members}
    for row in members:
        regions[row[0], row[1]].add(row[3])
    for series, year, scope, value, _ in totals():
        rows = files[SERIES[series][6]].rows
        inside = None if scope == "country" else regions[tuple(scope.split("/"))]
        found = sum(Decimal(entry[0]) for (id, at, code), entry in rows.items()
                    if id == series and at == year and entry[0] and (inside is None or code in inside))
        assert found == value, (series, year, scope, found)
    assert all(row[0] in SERIES and row[1] in set(SERIES) | {i[0] for i in INDICATORS} for row in SUBSTITUTES)
    for _, series, people, published, first, last, *rates, basis, _, _, _ in EQUALISATION_RATES:
        assert {series, people, published} <= set(SERIES) and SERIES[series][2] == "NOK"
        assert all(rates) == (basis != "unknown") == any(rates) and (first == "") == (last == "")
        assert basis == "unknown" or 0 < Decimal(rates[0]) + Decimal(rates[1]) < 1
    used = {name for row in INDICATORS for name in (row[6], row[7], row[10]) if name}
    known = set(SERIES) | set(UNFILLED_SERIES)
    assert used <= known and not set(SERIES) & set(UNFILLED_SERIES), used - known
    sources = [row[0] for row in update_sources()]
    assert len(set(sources)) == len(sources) and set(UNFILLED_SERIES) <= set(sources) <= known
    assert {s for s in SERIES if s.startswith("plan.")} - used == {"plan.knm.total.movement"}
    assert all(row[14] for row in INDICATORS if row[9] == "not_aggregable")


def main(raw_folder, out_folder):
    raw, out = Raw(raw_folder), Path(out_folder)
    plan = raw.read("plan_tables.csv")
    places = municipalities(raw)
    codes = [row[0] for row in places]
    members = memberships(raw)
    people = population(raw, codes)
    files = {
        "population": people,
        "employment": employment(raw, plan),
        "jobs": jobs(raw),
        "tax": tax(raw, codes, people),
        "education": education(raw, codes),
        "living": living(raw, codes),
        "plan": plan_values(plan),
    }
    series_rows = series_table(files)
    check(files, codes, members, series_rows)

    tables = {
        "municipalities": places,
        "combined_units": COMBINED,
        "divisions": divisions(members),
        "memberships": members,
        "series": series_rows,
        **{f"values/{name}": values.table() for name, values in files.items()},
        "region_figures": region_figures(plan),
        "published_rankings": PUBLISHED_RANKINGS,
        "breaks": breaks(),
        "substitutes": SUBSTITUTES,
        "equalisation_rates": EQUALISATION_RATES,
        "totals": totals(),
        "indicators": sorted(INDICATORS),
        **code_changes.tables(raw, [(row["kommunenummer"], row["name"], row["name_norwegian"])
                                    for row in raw.read("municipalities_2024.csv")], people),
        "update_sources": update_sources(),
    }
    for name, rows in tables.items():
        fields = SCHEMAS["values" if name.startswith("values/") else name]["fields"]
        write(out / f"{name}.csv", [entry["name"] for entry in fields], rows)
    text = json.dumps(datapackage(out, tables), ensure_ascii=False, indent=2)
    (out / "datapackage.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: build.py RAW OUT")
    main(sys.argv[1], sys.argv[2])
