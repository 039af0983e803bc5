"""Makes employment_2024.json: what SSB's table 11618 might give for 2024, in JSON-stat 2.0.

Moss, Vestby, Råde and Våler have their real figures of 2024, as the plan prints them. All others have
the estimate of 2019, with the status "estimated" beside each: the file is for trying the import, and
holds no figures of 2024 for them.

    python3 employment_2024.py ../../../datasets/norway > employment_2024.json
"""

import csv
import json
import pathlib
import sys

CONTENTS = {
    "BefolkningBosted": ("Befolkning etter bosted", "employment.base"),
    "SysselBosted": ("Sysselsatte etter bosted", "employed.20_66"),
}


def figures(folder):
    """series -> municipality -> year -> (value, basis)"""
    found = {}
    with open(folder / "values/employment.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["series"], {}).setdefault(row["municipality"], {})[int(row["year"])] = (
                row["value"], row["basis"])
    return found


def main(folder):
    known = figures(folder)
    with open(folder / "municipalities.csv", encoding="utf-8", newline="") as file:
        places = [(row["code"], row["name"]) for row in csv.DictReader(file)]
    values, status = [], {}
    for code, _ in places:
        for _, series in CONTENTS.values():
            years = known[series].get(code, {})
            real = years.get(2024)
            value, basis = real if real and real[0] else years.get(2019, ("", "missing"))
            if not value:
                status[str(len(values))] = ".."
            elif not real:
                status[str(len(values))] = "estimated"
            values.append(json.loads(value) if value else None)
    table = {
        "version": "2.0",
        "class": "dataset",
        "label": "11618: Sysselsatte per 4. kvartal, etter region, kjønn, alder, statistikkvariabel og år",
        "source": "Statistisk sentralbyrå",
        "updated": "2026-11-26T07:00:00Z",
        "note": ["Made for trials: only Moss, Vestby, Råde and Våler have figures of 2024."],
        "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
        "id": ["Region", "Kjonn", "Alder", "ContentsCode", "Tid"],
        "size": [len(places), 1, 1, len(CONTENTS), 1],
        "dimension": {
            "Region": {"label": "region", "category": {
                "index": {"K-" + code: position for position, (code, _) in enumerate(places)},
                "label": {"K-" + code: name for code, name in places}}},
            "Kjonn": {"label": "kjønn", "category": {"index": {"0": 0}, "label": {"0": "Begge kjønn"}}},
            "Alder": {"label": "alder", "category": {"index": {"20-66": 0}, "label": {"20-66": "20-66 år"}}},
            "ContentsCode": {"label": "statistikkvariabel", "category": {
                "index": {code: position for position, code in enumerate(CONTENTS)},
                "label": {code: label for code, (label, _) in CONTENTS.items()},
                "unit": {code: {"base": "personer", "decimals": 0} for code in CONTENTS}}},
            "Tid": {"label": "år", "category": {"index": {"2024": 0}, "label": {"2024": "2024"}}},
        },
        "value": values,
        "status": status,
        "extension": {"noteMandatory": {"0": True}, "px": {"tableid": "11618", "aggregallowed": True}},
    }
    json.dump(table, sys.stdout, ensure_ascii=False, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
