"""Checks a pack of `regionsim export` with the programs of those who will use it.

    check.py REGIONSIM EXAMPLE

REGIONSIM is the program. The scenario of the committed EXAMPLE is exported anew: every file must be
the same, pictures excepted. Then Frictionless reads the data packages; Altair's JSON schema of
Vega-Lite 5 every spec; Jupyter runs the notebook and must print what it holds; openpyxl and
LibreOffice, set to Norwegian, read the workbook and the Norwegian CSV, with numbers as numbers and
0301 as text; and Chromium opens a report and an interactive chart without an error or a request,
and measures that no label of a chart is cut off or lies on another. Every finding is printed; the
exit code is their number.
"""

import base64
import csv
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse

import altair
import frictionless
import jsonschema
import nbformat
import openpyxl

findings = []


def check(condition, what):
    """Notes what does not hold."""
    if not condition:
        findings.append(what)
        print("  ✘", what[:600])


def run(arguments, **options):
    """Runs a program and gives what it printed."""
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=300, **options)
    words = " ".join(map(str, arguments[1:4]))
    error = f"{words} ended with {done.returncode}: {done.stderr[-500:]}"
    check(done.returncode == 0, error)
    return done.stdout


def files(folder):
    """The files below a folder, by their path within it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def without_pictures(name, content):
    """A file without what depends on the version of the program that draws."""
    if name.endswith((".png", ".svg")):
        return b""
    if name.endswith(".ipynb"):
        notebook = json.loads(content)
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                output.get("data", {}).pop("image/png", None)
        return json.dumps(notebook, sort_keys=True).encode()
    return content


def check_same(pack, example):
    """The committed example is what the program writes today."""
    new, old = files(pack), files(example)
    check(sorted(new) == sorted(old), f"other files: {sorted(set(new) ^ set(old))}")
    for name in sorted(set(new) & set(old)):
        same = without_pictures(name, new[name]) == without_pictures(name, old[name])
        check(same, f"{name} differs; write the example anew: make example")


def check_package(pack):
    """Frictionless validates every table in both dialects."""
    report = frictionless.validate(str(pack / "datapackage.json"))
    check(report.valid, f"Frictionless: {report.flatten(['path', 'rowNumber', 'note'])[:3]}")
    return report.stats["tasks"]


def check_specs(specs):
    """Every spec is valid Vega-Lite 5, says what it shows, and is marked as unofficial."""
    path = pathlib.Path(altair.__file__).parent / "vegalite/v5/schema/vega-lite-schema.json"
    validator = jsonschema.Draft7Validator(json.loads(path.read_text()))
    for path in specs:
        spec = json.loads(path.read_text())
        check(spec["$schema"].endswith("/v5.json"), f"{path.name}: not version 5")
        error = jsonschema.exceptions.best_match(validator.iter_errors(spec))
        check(error is None, f"{path.name}: {error and error.message}")
        text = json.dumps(spec, ensure_ascii=False)
        marks = ["Uoffisiell beregning", "Unofficial computation"]
        check(any(mark in text for mark in marks), f"{path.name}: unmarked")
        check(len(spec["description"]) > 20, f"{path.name}: no words for those who cannot see it")
        check("null" not in spec["title"]["text"], f"{path.name}: no title")
    return len(specs)


def check_notebook(pack):
    """The notebook is valid, and running it gives the outputs that it holds."""
    notebook = nbformat.read(pack / "explore.ipynb", as_version=4)
    nbformat.validate(notebook)
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "pack"
        shutil.copytree(pack, copy)
        execute = pathlib.Path(sys.executable).parent / "jupyter-execute"
        run([execute, "--inplace", "explore.ipynb"], cwd=copy)
        executed = nbformat.read(copy / "explore.ipynb", as_version=4)
    for number, (held, cell) in enumerate(zip(notebook.cells, executed.cells)):
        before, after = plain(held.get("outputs", [])), plain(cell.get("outputs", []))
        check(before == after, f"notebook, cell {number + 1}: {after} is new")
    return sum(1 for cell in notebook.cells if cell.cell_type == "code")


def plain(outputs):
    """Outputs as JSON without what running them adds."""
    shown = []
    for output in outputs:
        output = json.loads(json.dumps(output))
        output.get("data", {}).pop("image/png", None)
        output.pop("execution_count", None)
        for key, value in output.get("data", {}).items():
            output["data"][key] = "".join(value) if isinstance(value, list) else value
        if isinstance(output.get("text"), list):
            output["text"] = "".join(output["text"])
        shown.append(output)
    return shown


def check_workbook(path):
    """openpyxl reads every sheet; codes are text, places and values numbers, charts native."""
    workbook = openpyxl.load_workbook(path)
    names = ["Les meg", "Plasseringer", "Bevegelse", "Mål", "Scenario", "Datakatalog"]
    check(workbook.sheetnames == names, f"sheets: {workbook.sheetnames}")
    places = workbook["Plasseringer"]
    heading = next(row for row in range(1, 20) if places.cell(row, 1).value == "Kode")
    check(places.freeze_panes == f"C{heading + 1}", f"frozen at {places.freeze_panes}")
    check(places.auto_filter.ref is not None, "no filter")
    titles = [cell.value for cell in places[heading]]
    codes = [places.cell(row, 1).value for row in range(heading + 1, places.max_row + 1)]
    check("0301" in codes and all(isinstance(code, str) for code in codes), "codes are no text")
    for title in ["Plass", "Verdi", "År"]:
        column = titles.index(title) + 1
        values = [places.cell(row, column).value for row in range(heading + 1, places.max_row + 1)]
        known = [value for value in values if value is not None]
        check(known and all(isinstance(v, (int, float)) for v in known), f"{title} is no number")
    charts = sum(len(sheet._charts) for sheet in workbook)
    check(charts >= 2, f"{charts} native charts")
    return len(codes)


def check_office(pack, workbook, folder):
    """LibreOffice set to Norwegian reads workbook and CSV as a planner's Excel does."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        check(False, "LibreOffice is missing")
        return 0
    profile = f"-env:UserInstallation=file://{folder}/office"
    table = pack / "data/nb-NO/outcome.csv"
    # 59,34,UTF-8: semicolon and quote; from line 1, cells detected by the locale 1044, Norwegian.
    norwegian = "--infilter=CSV:59,34,76,1,,1044,false,true"
    convert = [office, profile, "--headless", "--convert-to", "fods", "--outdir", folder]
    run([*convert, norwegian, str(table)])
    run([*convert, str(workbook)])
    out = pathlib.Path(folder)
    text = (out / f"{table.stem}.fods").read_text(encoding="utf-8")
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    wanted = [float(row["value"].replace(",", ".")) for row in rows if "," in row["value"]]
    found = {float(value) for value in re.findall(r'office:value="([^"]+)"', text)}
    lost = [value for value in wanted if value not in found]
    check(len(wanted) > 100 and not lost, f"{len(lost)} of {len(wanted)} no numbers: {lost[:3]}")
    sheet = (out / f"{workbook.stem}.fods").read_text(encoding="utf-8")
    check("<text:p>0301</text:p>" in sheet, "0301 was lost in the workbook")
    return len(wanted)


MEASURE = """
<script>
const findings = [];
for (const svg of document.querySelectorAll('svg[data-name]')) {
  const name = svg.dataset.name, frame = svg.getBoundingClientRect();
  const boxes = [];
  for (const text of svg.querySelectorAll('text')) {
    if (!text.textContent.trim() || getComputedStyle(text).opacity === '0') continue;
    const box = text.getBoundingClientRect();
    if (box.width === 0) continue;
    if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 ||
        box.bottom > frame.bottom + 1) findings.push(name + ': cut off: ' + text.textContent);
    boxes.push([box, text.textContent]);
  }
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const [a, s] = boxes[i], [b, t] = boxes[j];
    const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    // Boxes have the height of the line, and letters do not fill it.
    if (w > 1 && h > 0.35 * Math.min(a.height, b.height))
      findings.push(name + ': overlap: ' + s + ' | ' + t);
  }
}
document.body.innerHTML = '<pre id="found"></pre>';
document.getElementById('found').textContent = btoa(encodeURIComponent(JSON.stringify(findings)));
</script>
"""


def browser(folder, url, *arguments):
    """What Chromium has in the page after its scripts, and what it complained of."""
    names = ["chromium", "chromium-browser", "google-chrome"]
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        check(False, "Chromium is missing")
        return "", ""
    done = subprocess.run(
        [program, "--headless=new", "--no-sandbox", "--disable-gpu",
         f"--user-data-dir={folder}/chromium", "--enable-logging=stderr", "--v=0",
         "--virtual-time-budget=8000", "--dump-dom", *arguments, url],
        capture_output=True, text=True, timeout=120,
    )
    return done.stdout, done.stderr


def check_boxes(pictures, folder):
    """No text of a picture is cut off, and no two lie on each other."""
    page = ["<!DOCTYPE html><meta charset='utf-8'><body>"]
    for path in pictures:
        svg = path.read_text(encoding="utf-8")
        svg = svg[svg.index("<svg "):].replace("<svg ", f'<svg data-name="{path.stem}" ', 1)
        page.append(svg)
    file = pathlib.Path(folder) / "boxes.html"
    file.write_text("\n".join(page) + MEASURE, encoding="utf-8")
    dom, _ = browser(folder, f"file://{file}")
    found = re.search(r'<pre id="found">(.*?)</pre>', dom, re.S)
    check(found is not None, "Chromium did not measure the pictures")
    if found:
        text = urllib.parse.unquote(base64.b64decode(found.group(1)).decode())
        for finding in json.loads(text):
            check(False, finding)
    return len(pictures)


def check_pages(pages, folder):
    """Pages open without an error in the console and without a request to anywhere."""
    asked = []

    class Recorder(http.server.BaseHTTPRequestHandler):
        """A proxy that notes what is asked of it, and has nothing."""

        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_CONNECT = do_POST = do_GET

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    proxy = f"--proxy-server=127.0.0.1:{server.server_port}"
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--no-first-run", "--disable-features=OptimizationHints,MediaRouter"]
    for page in pages:
        dom, errors = browser(folder, f"file://{page}", proxy, *quiet)
        check("<h1" in dom or "<svg" in dom or "<canvas" in dom, f"{page.name}: nothing is shown")
        console = [line for line in errors.splitlines() if "CONSOLE" in line]
        check(not console, f"{page.name}: {console[:2]}")
        # What the browser asks of its maker is none of the page's.
        own = [path for path in asked if not re.search(r"google|gstatic|gvt1|chromium", path)]
        check(not own, f"{page.name}: asked for {own[:3]}")
    server.shutdown()
    return len(pages)


def other_packs(export, folder):
    """A pack of two scenarios in English, and the charts that no pack has."""
    compared = folder / "compared"
    export(["export", "employment-targets", "employment-growth-trend", "--compare", "--draws",
            "300", "--language", "en", "--pack", str(compared)])
    kinds = folder / "kinds"
    kinds.mkdir()
    for unit in ["Moss", "Mosseregionen", "R12"]:
        for ending in ["svg", "vl.json"]:
            out = str(kinds / f"contributions-{unit}.{ending}")
            export(["chart", "contributions", "business-conditions", "--unit", unit, "--out", out]
                   + (["--against", "Vestby"] if unit == "Moss" else []))
    return compared, kinds


def check_all(program, example, folder):
    """Writes what is checked, checks it, and says how much of each there was."""
    def export(arguments):
        run([program, *arguments], cwd=example.parent.parent)

    pack = folder / example.name
    workbook = pack / f"{example.name}.xlsx"
    export(["export", example.name, "--pack", str(pack)])
    check_same(pack, example)
    print(f"The example is what is written today: {len(files(pack))} files.")
    compared, kinds = other_packs(export, folder)
    folders = [pack, compared, kinds]
    print(f"Frictionless: {check_package(pack) + check_package(compared)} tables.")
    specs = [path for each in folders for path in sorted(each.rglob("*.vl.json"))]
    print(f"Vega-Lite 5: {check_specs(specs)} specs.")
    print(f"Notebook: {check_notebook(pack) + check_notebook(compared)} cells run.")
    print(f"Workbook: {check_workbook(workbook)} rows.")
    print(f"LibreOffice: {check_office(pack, workbook, str(folder))} numbers.")
    pictures = [path for each in folders for path in sorted(each.rglob("*.svg"))]
    print(f"Pictures: {check_boxes(pictures, folder)} measured.")
    pages = [folder / "report.html", folder / "bump.html"]
    export(["report", example.name, "--draws", "300", "--out", str(pages[0])])
    export(["chart", "bump", example.name, "--out", str(pages[1])])
    print(f"Chromium: {check_pages(pages, folder)} pages.")
    document = folder / "report.pdf"
    export(["report", "mosseregionen", "--draws", "300", "--out", str(document)])
    check(document.exists() and document.read_bytes()[:5] == b"%PDF-", "no PDF")


def main():
    program, example = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    os.environ["REGIONSIM_CHARTS"] = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        check_all(program, example, pathlib.Path(folder))
    print(f"{len(findings)} findings." if findings else "The presentation holds.")
    return min(len(findings), 100)


if __name__ == "__main__":
    sys.exit(main())
