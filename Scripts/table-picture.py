#!/usr/bin/env python3
"""Draw a table of regionsim as an SVG picture for the README.

    regionsim rank employment.share --around Mosseregionen | \\
      python3 Scripts/table-picture.py > Documentation/images/ranking.svg

Reads the text of a table from standard input and draws it in a fixed-width font;
marked rows are set in bold on a tinted band.
"""

import sys
from html import escape

WIDTH, LINE, MARGIN, SIZE = 8.45, 21, 22, 14


def picture(lines):
    columns = max(len(line) for line in lines)
    width = round(columns * WIDTH + 2 * MARGIN)
    height = len(lines) * LINE + 2 * MARGIN
    label = escape(lines[0], quote=True)
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
           f'viewBox="0 0 {width} {height}" role="img" aria-label="{label}">')
    yield f'<rect width="{width}" height="{height}" rx="8" fill="#fbfbf9" stroke="#d8d8d2"/>'
    yield (f'<g font-family="ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace" '
           f'font-size="{SIZE}" fill="#22282e" xml:space="preserve">')
    for number, line in enumerate(lines):
        y = MARGIN + number * LINE
        is_marked = line.startswith("▸")
        if is_marked:
            yield f'<rect x="8" y="{y}" width="{width - 16}" height="{LINE}" fill="#dbe9f6"/>'
        style = ' font-weight="bold"' if is_marked or number == 0 else ""
        yield f'<text x="{MARGIN}" y="{y + 15}"{style}>{escape(line)}</text>'
    yield "</g>"
    yield "</svg>"


def main():
    lines = [line.rstrip("\n") for line in sys.stdin]
    while lines and not lines[-1]:
        lines.pop()
    print("\n".join(picture(lines)))


if __name__ == "__main__":
    main()
