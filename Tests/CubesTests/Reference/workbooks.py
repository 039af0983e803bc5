"""Makes the workbooks that the tests read: python workbooks.py FOLDER (openpyxl 3.1)."""
import sys
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

folder = sys.argv[1]

# As Statistics Norway's download: title, headings over two rows, keys filled downwards, notes.
book = Workbook()
sheet = book.active
sheet.title = "Sysselsatte"
for row in [
    ["11618: Sysselsatte, etter region, kjønn, statistikkvariabel og år"],
    [],
    [None, None, "Bosatte", None, "Sysselsatte (personer)", None],
    [None, None, "2022", "2023", "2022", "2023"],
    ["0301 Oslo - Oslove", "Menn", 10, 11.5, "..", 3],
    [None, "Kvinner", 12, 13, 4, ":"],
    ["3114 Våler (Østfold)", "Menn", 14, 15, 5, 6],
    [None, "Kvinner", 16, 17, 7, "-"],
    [],
    ["Kilde: Statistisk sentralbyrå"],
    ["Sist endret: 20240301 08:00"],
    [".. = tall mangler"],
]:
    sheet.append(row)
sheet.merge_cells("C3:D3")
hidden = book.create_sheet("Skjult")
hidden.append(["kommune", "2022"])
hidden.append(["Moss", 1])
hidden.sheet_state = "hidden"
note = book.create_sheet("Merknader")
note.append(["Bare tekst"])
book.save(f"{folder}/statbank.xlsx")

# Dates, booleans, errors, rich text and a formula without a stored value.
book = Workbook()
sheet = book.active
sheet.title = "Ark1"
sheet.append(["kommunenummer", "navn", "dato", "flagg", "verdi"])
rich = CellRichText("Mo", TextBlock(InlineFont(b=True), "ss"))
sheet.append([3103, rich, None, True, "#N/A"])
sheet["C2"] = 45292
sheet["C2"].number_format = "yyyy-mm-dd"
sheet.append([301, "Oslo", None, False, 1.25])
sheet["C3"] = 59
sheet["C3"].number_format = "dd.mm.yyyy"
sheet["E2"].data_type = "e"
book.save(f"{folder}/cells.xlsx")

# Hostile ones, made of the last.
import zipfile

source = zipfile.ZipFile(f"{folder}/cells.xlsx")
DTD = b"""<?xml version="1.0"?>
<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData/></worksheet>"""


def hostile(name, sheet=None, extra=None):
    with zipfile.ZipFile(f"{folder}/hostile-{name}.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            is_sheet = part.endswith("sheet1.xml")
            archive.writestr(part, sheet if sheet and is_sheet else source.read(part))
        if extra:
            archive.writestr(extra, "a")


hostile("path", extra="../../etc/x")
hostile("absolute", extra="/etc/x")
hostile("twice", extra="XL/workbook.xml")
hostile("entity", sheet=DTD)
hostile("deep", sheet=b"<a>" * 1_000_000)

# The same without compression.
with zipfile.ZipFile(f"{folder}/stored.xlsx", "w", zipfile.ZIP_STORED) as archive:
    for part in source.namelist():
        if "theme" in part or "docProps" in part:
            continue
        archive.writestr(part, source.read(part))


def rewritten(name, changes):
    """The first workbook with texts of its parts replaced."""
    with zipfile.ZipFile(f"{folder}/{name}.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            text = source.read(part)
            for old, new in changes:
                text = text.replace(old.encode(), new.encode())
            archive.writestr(part, text)


# The strict form (ISO/IEC 29500-1) has other namespaces. Days may be counted from 1904.
rewritten("strict", [
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
     "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     "http://purl.oclc.org/ooxml/officeDocument/relationships"),
])
rewritten("days-1904", [("<workbookPr ", '<workbookPr date1904="1" ')])
# Characters that XML cannot hold are written by their numbers; an underscore that could be mistaken is too.
rewritten("escapes", [(">Oslo<", ">Os_x000D_lo_x005F_x0041_<"), (">#N/A<", ">#REF!<")])
