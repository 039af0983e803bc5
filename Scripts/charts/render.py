"""Draws Vega-Lite specs as pictures with vl-convert (https://github.com/vega/vl-convert).

regionsim runs it: render.py JOBS. JOBS is a JSON file, a list of objects with `spec` (the path of a
spec), `out` (the path to write) and `form` (svg, png, pdf or html). For each that is written a line
with its path is printed.
"""

import io
import json
import pathlib
import sys

import vl_convert
from PIL import Image

# A spec is of Vega-Lite 5; the last 5 that vl-convert has draws it.
VERSION = [v for v in vl_convert.get_vegalite_versions() if v.startswith("5.")][-1]


def html_text(text):
    """A text for within HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def page(spec):
    """One HTML file that needs nothing from outside; its title and language are the chart's.

    The spec is compiled here: the page's Vega is later than the one that Vega-Lite 5 names.
    """
    vega = vl_convert.vegalite_to_vega(spec, vl_version=VERSION)
    vega["$schema"] = "https://vega.github.io/schema/vega/v6.json"
    html = vl_convert.vega_to_html(vega, bundle=True)
    comma = spec.get("config", {}).get("locale", {}).get("number", {}).get("decimal") == ","
    title = html_text(" ".join(spec.get("title", {}).get("text", [])))
    html = html.replace("<html>", f'<html lang="{"nb" if comma else "en"}">', 1)
    if "<title>" in html:
        before, rest = html.split("<title>", 1)
        return f"{before}<title>{title}</title>{rest.split('</title>', 1)[1]}"
    return html.replace("<head>", f"<head>\n<title>{title}</title>", 1)


def small(png):
    """The same picture in 256 colours, a seventh of the size; charts have few."""
    # Vega draws on white, so that nothing is transparent.
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture = picture.quantize(colors=256, dither=Image.Dither.NONE)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def draw(spec, form):
    """The picture of a spec, as bytes."""
    if form == "svg":
        return vl_convert.vegalite_to_svg(spec, vl_version=VERSION).encode()
    if form == "png":
        return small(vl_convert.vegalite_to_png(spec, vl_version=VERSION, scale=2))
    if form == "pdf":
        return vl_convert.vegalite_to_pdf(spec, vl_version=VERSION)
    if form == "html":
        return page(spec).encode()
    raise SystemExit(f"There is no form {form}.")


def main():
    for job in json.loads(pathlib.Path(sys.argv[1]).read_text()):
        spec = json.loads(pathlib.Path(job["spec"]).read_text())
        pathlib.Path(job["out"]).write_bytes(draw(spec, job["form"]))
        print(job["out"], flush=True)


if __name__ == "__main__":
    main()
