"""Writes two small made-up tables, and what pyjstat and pyaxis read in them.

Made with pyjstat, pyaxis and pandas of PyPI: python3 peers.py, in this folder. The figures are made up.
"""

import json

from pyaxis import pyaxis
from pyjstat import pyjstat

dataset = {
    "version": "2.0",
    "class": "dataset",
    "label": "Unemployment",
    "id": ["concept", "area", "year"],
    "size": [1, 3, 4],
    "dimension": {
        "concept": {"label": "concept", "category": {"index": {"UNR": 0}, "label": {"UNR": "rate"}}},
        "area": {
            "label": "area",
            "category": {"index": {"B": 1, "A": 0, "C": 2}, "label": {"A": "a", "B": "b", "C": "c"}},
        },
        "year": {"label": "year", "category": {"index": {"2003": 0, "2004": 1, "2005": 2, "2006": 3}}},
    },
    "value": [5.943826289, 5.39663128, None, 1e-7, None, -12, None, 7, 123456789.125, 0, 1e22, 0.1],
}
with open("sample.json", "w", encoding="utf-8") as file:
    json.dump(dataset, file, indent=1)

px = """CHARSET="ANSI";
CODEPAGE="utf-8";
MATRIX="M";
TITLE="Population, "
"by area";
CONTENTS="Population";
UNITS="persons";
DECIMALS=2;
STUB="area","sex";
HEADING="year";
VALUES("area")="Østre","Vestre";
VALUES("sex")="men","women";
VALUES("year")="2003","2004","2005";
DATA=
1.25 2 ".."
-4 5 6
7 "." 9
10 11.5 12
;
"""
with open("sample.px", "w", encoding="utf-8") as file:
    file.write(px)


def number(cell):
    """The number of a cell; pyaxis gives texts, and missing values as it finds them."""
    try:
        return float(cell)
    except ValueError:
        return None


def write(name, values):
    with open(name, "w", encoding="utf-8") as file:
        file.write("index,value\n")
        for index, value in enumerate(values):
            missing = value is None or value != value
            file.write(f"{index},{'' if missing else repr(float(value))}\n")


frame = pyjstat.Dataset.read(json.dumps(dataset)).write("dataframe")
write("sample.json.csv", list(frame["value"]))
parsed = pyaxis.parse("sample.px", encoding="utf-8")["DATA"]
write("sample.px.csv", [number(v) for v in parsed["DATA"]])
