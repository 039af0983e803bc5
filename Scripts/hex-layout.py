#!/usr/bin/env python3
"""Lay Norway's municipalities and regions out as hexagons of equal size.

    python3 -m venv /tmp/hex && /tmp/hex/bin/pip install numpy scipy
    /tmp/hex/bin/python Scripts/hex-layout.py             # about a minute
    /tmp/hex/bin/python Scripts/hex-layout.py --out /tmp  # leaves the dataset alone

Reads municipalities.csv and memberships.csv in datasets/norway and writes hex_regions.csv
and hex_municipalities.csv beside them: code, column, row. The coordinates are "odd-r":
odd rows are shoved half a tile to the right, row 0 is the northernmost, columns grow
eastwards. Prints how good each layout is.

This is run once, by hand: look at the two tables drawn, and commit them. The program does
not use this script. The same input gives the same bytes on the same machine; another
machine's arithmetic may lead the search elsewhere.

How: positions in metres are spread where they crowd (a blend of ranks and positions), then
drawn so that near neighbours are one tile apart in their true direction, and assigned to
the cells of a grid at the least squared distance. Simulated annealing with a fixed seed
then swaps tiles and moves them, to keep neighbours together, groups (the region of a
municipality, the county of a region) in one piece, and the land without holes.
"""

import argparse
import csv
import math
import random
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_matrix, identity
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.sparse.linalg import spsolve
from scipy.spatial import Delaunay
from scipy.spatial.distance import cdist

DATA = Path(__file__).resolve().parent.parent / "datasets" / "norway"
DIVISION = "regions-73"
ROW_HEIGHT = math.sqrt(3) / 2
EVEN_STEPS = ((1, 0), (-1, 0), (0, -1), (-1, -1), (0, 1), (-1, 1))
ODD_STEPS = ((1, 0), (-1, 0), (1, -1), (0, -1), (1, 1), (0, 1))

# How each level is laid out. reach: how wide a triangle of neighbours may be (its circumradius
# in km), above that there is sea or abroad between them. scale: how the targets are drawn
# together, so that the grid fills. place: what a tile pays for its squared distance from its
# target. vector: for the squared error of the step to a neighbour. touch and kin: what two
# touching tiles gain, and gain more if of one group. pieces: the price of each piece of a group.
# seed: chosen by eye among a few.
SETTINGS = {
    "regions": {"seed": 99, "moves": 200_000, "reach": 50, "scale": 1.0, "place": 0.2,
                "vector": 0.6, "touch": 1.0, "kin": 0.2, "pieces": 1.0},
    "municipalities": {"seed": 2024, "moves": 1_000_000, "reach": 42, "scale": 0.84,
                       "place": 0.12, "vector": 0.2, "touch": 1.2, "kin": 0.8, "pieces": 6.0},
}


# Reading

def read_rows(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def projected(latitude, longitude):
    """Lambert's equal-area projection around the middle of Norway, in kilometres."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    lat0, lon0 = math.radians(65), math.radians(16)
    cosine = (math.sin(lat0) * np.sin(lat)
              + math.cos(lat0) * np.cos(lat) * np.cos(lon - lon0))
    scale = 6371 * np.sqrt(2 / (1 + cosine))
    east = scale * np.cos(lat) * np.sin(lon - lon0)
    north = scale * (math.cos(lat0) * np.sin(lat)
                     - math.sin(lat0) * np.cos(lat) * np.cos(lon - lon0))
    return np.round(np.column_stack([east, north]), 3)


def load():
    """Both levels as (codes, positions, groups)."""
    municipalities = sorted(read_rows("municipalities.csv"), key=lambda row: row["code"])
    codes = [row["code"] for row in municipalities]
    positions = projected(np.array([float(row["latitude"]) for row in municipalities]),
                          np.array([float(row["longitude"]) for row in municipalities]))
    region_of = {row["municipality"]: row["region"] for row in read_rows("memberships.csv")
                 if row["division"] == DIVISION}
    counties = {row["code"]: row["county_code"] for row in municipalities}
    members = defaultdict(list)
    for index, code in enumerate(codes):
        members[region_of[code]].append(index)
    regions = sorted(members)
    centres = np.array([positions[members[region]].mean(axis=0) for region in regions])
    county_of = [Counter(counties[codes[index]] for index in members[region]).most_common(1)[0][0]
                 for region in regions]
    return {"regions": (regions, centres.round(3), county_of),
            "municipalities": (codes, positions, [region_of[code] for code in codes])}


# Targets

def spread(positions):
    """Positions blended with their ranks, so that a crowded corner gets more room."""
    ranks = positions.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    ranks = ranks / (len(positions) - 1)
    plain = (positions - positions.min(axis=0)) / np.ptp(positions, axis=0)
    height = np.ptp(positions[:, 1]) / np.ptp(positions[:, 0])
    return (0.55 * ranks + 0.45 * plain) * [1, height]


def nearest(positions, count):
    distances = cdist(positions, positions)
    np.fill_diagonal(distances, np.inf)
    return distances.argsort(axis=1, kind="stable")[:, :count]


def circumradius(corners):
    a, b, c = (np.linalg.norm(corners[i] - corners[i - 1]) for i in range(3))
    half = (a + b + c) / 2
    area = math.sqrt(max(half * (half - a) * (half - b) * (half - c), 1e-9))
    return a * b * c / (4 * area)


def neighbour_pairs(positions, reach, count=5):
    """Pairs among each other's nearest, those across land, and what makes it one piece."""
    near = [set(row) for row in nearest(positions, count).tolist()]
    pairs = {(min(i, j), max(i, j)) for i, row in enumerate(near) for j in row
             if i in near[j]}
    for corners in Delaunay(positions).simplices.tolist():
        if circumradius(positions[corners]) < reach:
            a, b, c = sorted(corners)
            pairs |= {(a, b), (a, c), (b, c)}
    tree = minimum_spanning_tree(cdist(positions, positions)).tocoo()
    pairs |= {(int(min(i, j)), int(max(i, j))) for i, j in zip(tree.row, tree.col)}
    return sorted(pairs)


def unit_vectors(positions, pairs):
    steps = np.array([positions[j] - positions[i] for i, j in pairs])
    return steps / np.linalg.norm(steps, axis=1, keepdims=True)


def targets(positions, pairs, vectors, anchor=0.02):
    """Where each tile would like to lie, one tile being 1 wide; y grows northwards."""
    count = len(positions)
    base = spread(positions)
    left, right = np.array(pairs).T
    base *= 1 / np.median(np.linalg.norm(base[left] - base[right], axis=1))
    rows = np.arange(len(pairs))
    ones = np.ones(len(pairs))
    difference = coo_matrix((np.concatenate([-ones, ones]),
                             (np.concatenate([rows, rows]), np.concatenate([left, right]))),
                            shape=(len(pairs), count)).tocsr()
    system = (difference.T @ difference + anchor * identity(count)).tocsc()
    points = np.column_stack([spsolve(system, difference.T @ vectors[:, axis]
                                      + anchor * base[:, axis]) for axis in (0, 1)])
    return pushed_apart(points)


def pushed_apart(points, rounds=400, gap=1.0):
    """Points moved away from each other until few are nearer than a tile."""
    points = points.copy()
    for _ in range(rounds):
        steps = points[:, None, :] - points[None, :, :]
        distances = np.linalg.norm(steps, axis=2)
        np.fill_diagonal(distances, np.inf)
        overlap = np.clip(gap - distances, 0, None) / np.maximum(distances, 1e-6)
        points += 0.3 * (steps * overlap[:, :, None]).sum(axis=1)
    return points.round(6)


# Grid

def centre_of(column, row):
    return column + 0.5 * (row & 1), row * ROW_HEIGHT


def steps_from(row):
    return ODD_STEPS if row & 1 else EVEN_STEPS


def hex_distance(first, second):
    (column1, row1), (column2, row2) = first, second
    x1, x2 = column1 - (row1 - (row1 & 1)) // 2, column2 - (row2 - (row2 & 1)) // 2
    across, down = x1 - x2, row1 - row2
    return max(abs(across), abs(down), abs(across + down))


def piece_count(cells):
    """How many pieces touching cells form."""
    left, count = set(cells), 0
    while left:
        count += 1
        stack = [left.pop()]
        while stack:
            column, row = stack.pop()
            for across, down in steps_from(row):
                cell = (column + across, row + down)
                if cell in left:
                    left.remove(cell)
                    stack.append(cell)
    return count


class Layout:
    """Tiles on a grid with room around them; rows grow southwards, as do the targets' y."""

    margin = 3

    def __init__(self, points, pairs, vectors, groups, settings):
        low = points.min(axis=0)
        high = points.max(axis=0)
        self.targets = [(float(x - low[0]) + self.margin,
                         float(high[1] - y) + self.margin * ROW_HEIGHT) for x, y in points]
        self.columns = math.ceil(high[0] - low[0]) + 2 * self.margin + 1
        self.rows = math.ceil((high[1] - low[1]) / ROW_HEIGHT) + 2 * self.margin + 1
        self.cells = [(column, row) for row in range(self.rows) for column in range(self.columns)]
        self.centres = [centre_of(*cell) for cell in self.cells]
        self.touching = [self.cells_around(*cell) for cell in self.cells]
        self.groups, self.settings = groups, settings
        self.members = defaultdict(list)
        for tile, group in enumerate(groups):
            self.members[group].append(tile)
        self.links = [[] for _ in groups]
        for (i, j), (east, north) in zip(pairs, vectors.tolist()):
            self.links[i].append((j, east, -north))
            self.links[j].append((i, -east, north))
        self.assign()

    def cells_around(self, column, row):
        around = ((column + across, row + down) for across, down in steps_from(row))
        return [r * self.columns + c for c, r in around
                if 0 <= c < self.columns and 0 <= r < self.rows]

    def assign(self):
        costs = cdist(np.array(self.targets), np.array(self.centres), "sqeuclidean")
        self.at = linear_sum_assignment(costs)[1].tolist()
        self.tile_on = [-1] * len(self.cells)
        for tile, cell in enumerate(self.at):
            self.tile_on[cell] = tile

    # The cost of what two cells hold.

    def tile_cost(self, tile):
        """What a tile pays for its place and its links."""
        x, y = self.centres[self.at[tile]]
        target_x, target_y = self.targets[tile]
        cost = self.settings["place"] * ((x - target_x) ** 2 + (y - target_y) ** 2)
        bent = 0.0
        for other, east, south in self.links[tile]:
            other_x, other_y = self.centres[self.at[other]]
            bent += (other_x - x - east) ** 2 + (other_y - y - south) ** 2
        return cost + self.settings["vector"] * bent

    def touch_gain(self, cell):
        tile = self.tile_on[cell]
        if tile < 0:
            return 0.0
        group, gain = self.groups[tile], 0.0
        for other in self.touching[cell]:
            neighbour = self.tile_on[other]
            if neighbour >= 0:
                gain += self.settings["touch"]
                if self.groups[neighbour] == group:
                    gain += self.settings["kin"]
        return gain

    def group_pieces(self, group):
        return piece_count(self.cells[self.at[tile]] for tile in self.members[group])

    def local_cost(self, first, second):
        tiles = [tile for tile in (self.tile_on[first], self.tile_on[second]) if tile >= 0]
        cost = sum(self.tile_cost(tile) for tile in tiles)
        cost -= self.touch_gain(first) + self.touch_gain(second)
        groups = sorted({self.groups[tile] for tile in tiles})
        return cost + self.settings["pieces"] * sum(self.group_pieces(group) for group in groups)

    def swap(self, first, second):
        tile, other = self.tile_on[first], self.tile_on[second]
        self.tile_on[first], self.tile_on[second] = other, tile
        if tile >= 0:
            self.at[tile] = second
        if other >= 0:
            self.at[other] = first

    # The search.

    def anneal(self, hot=2.0, cold=0.05):
        moves = self.settings["moves"]
        rng = random.Random(self.settings["seed"])
        for move in range(moves):
            heat = hot * (cold / hot) ** (move / moves)
            first = self.at[rng.randrange(len(self.at))]
            second = first
            for _ in range(rng.choice((1, 1, 2, 3))):
                second = rng.choice(self.touching[second])
            if second == first:
                continue
            before = self.local_cost(first, second)
            self.swap(first, second)
            worse = self.local_cost(first, second) - before
            if worse > 0 and rng.random() >= math.exp(-worse / heat):
                self.swap(first, second)

    def placed(self):
        """Each tile's (column, row), the whole moved to the corner; the rows keep their shove."""
        cells = [self.cells[cell] for cell in self.at]
        top = min(row for _, row in cells)
        if top & 1:
            cells = [(column + (row & 1), row + 1) for column, row in cells]
            top += 1
        left = min(column for column, _ in cells)
        return [(column - left, row - top) for column, row in cells]


# Measuring

def holes(cells):
    """Pieces of empty cells with land all around: all but the sea."""
    columns = [column for column, _ in cells]
    rows = [row for _, row in cells]
    empty = {(column, row) for column in range(min(columns) - 1, max(columns) + 2)
             for row in range(min(rows) - 1, max(rows) + 2)} - set(cells)
    return piece_count(empty) - 1


def kept_neighbours(positions, cells):
    near = nearest(positions, 3).tolist()
    kept = [hex_distance(cells[i], cells[j]) <= 2 for i, row in enumerate(near) for j in row]
    return sum(kept) / len(kept)


def kept_order(positions, cells, axis, far):
    """Share of pairs of tiles, clearly apart along an axis, that keep their order along it."""
    here = positions[:, axis]
    there = np.array([centre_of(*cell) for cell in cells])[:, axis] * (1, -1)[axis]
    apart = here[:, None] - here[None, :] > far
    return float((there[:, None] > there[None, :])[apart].mean())


def outermost(codes, cells):
    """The tiles on the four edges, to compare with a map."""
    edges = {"north": (1, min), "east": (0, max), "south": (1, max), "west": (0, min)}
    parts = []
    for edge, (axis, extreme) in edges.items():
        places = [centre_of(*cell)[axis] for cell in cells]
        found = [code for code, place in zip(codes, places) if place == extreme(places)]
        parts.append(f"{edge} {' '.join(found)}")
    return ", ".join(parts)


def report(name, codes, positions, groups, cells):
    members = defaultdict(list)
    for cell, group in zip(cells, groups):
        members[group].append(cell)
    whole = [group for group in sorted(members) if piece_count(members[group]) == 1]
    torn = [group for group in sorted(members) if group not in whole]
    width, height = (max(cell[axis] for cell in cells) + 1 for axis in (0, 1))
    print(f"{name}: {len(set(codes))} codes on {len(set(cells))} cells, {width} × {height}")
    print(f"  pieces {piece_count(cells)}, holes {holes(cells)}")
    print(f"  three nearest within two tiles: {kept_neighbours(positions, cells):.3f}")
    print(f"  order kept: west-east {kept_order(positions, cells, 0, 50):.3f}, "
          f"south-north {kept_order(positions, cells, 1, 50):.3f}")
    print(f"  groups in one piece: {len(whole)} of {len(members)}"
          + (f" (torn: {', '.join(torn)})" if torn else ""))
    print(f"  outermost: {outermost(codes, cells)}")


# Writing

def write(path, codes, cells):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "column", "row"])
        writer.writerows(sorted((code, *cell) for code, cell in zip(codes, cells)))


def lay_out(positions, groups, settings):
    pairs = neighbour_pairs(positions, settings["reach"])
    vectors = unit_vectors(positions, pairs)
    points = targets(positions, pairs, vectors) * settings["scale"]
    layout = Layout(points, pairs, vectors, groups, settings)
    layout.anneal()
    return layout.placed()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=DATA, help="folder of the two tables")
    folder = parser.parse_args().out
    for name, (codes, positions, groups) in load().items():
        cells = lay_out(positions, groups, SETTINGS[name])
        if len(set(cells)) != len(codes) or len(set(codes)) != len(codes):
            raise SystemExit(f"{name}: two tiles on one cell, or one code twice")
        report(name, codes, positions, groups, cells)
        write(folder / f"hex_{name}.csv", codes, cells)


if __name__ == "__main__":
    main()
