"""Competition ranks of many scenarios at a time by a sorting network, compiled by numba.

Sixteen scenarios are the lanes of one vector. The value of a unit becomes a 32-bit key: its code
(the value rounded to a grid, largest first) above the number of the unit. The network sorts the
keys of all lanes at once; the places of units with equal codes are then decided on the exact
values.
"""

import os

import llvmlite.binding as llvm


def use_widest_vectors() -> None:
    """Let numba use 512-bit vectors where the processor has them; LLVM alone prefers 256 bits."""
    features = llvm.get_host_cpu_features().flatten()
    if "+avx512f" in features and "NUMBA_CPU_FEATURES" not in os.environ:
        os.environ["NUMBA_CPU_NAME"] = llvm.get_host_cpu_name()
        os.environ["NUMBA_CPU_FEATURES"] = features + ",-prefer-256-bit"


use_widest_vectors()  # Numba reads the environment when it is imported.

import numba  # noqa: E402
import numpy as np  # noqa: E402
from llvmlite import ir  # noqa: E402
from numba.core import types  # noqa: E402
from numba.extending import intrinsic  # noqa: E402

LANES = 16
TILE = 16
# Keys are compared as float32, whose minimum and maximum are the fastest; so their bits must be
# those of positive normal numbers, and infinity is above them all.
LEAST_KEY = 0x0080_0000
KEY_SPACE = 0x7F00_0000
INFINITY = 0x7F80_0000
LARGEST_UNITS = 8192

VECTOR = ir.VectorType(ir.FloatType(), LANES)


def _sorting_comparators() -> list[tuple[int, int]]:
    """Batcher's odd-even merge sort of one tile."""
    comparators = []
    length = 1
    while length < TILE:
        step = length
        while step >= 1:
            for start in range(step % length, TILE - step, 2 * step):
                for i in range(start, min(start + step, TILE - step)):
                    if i // (2 * length) == (i + step) // (2 * length):
                        comparators.append((i, i + step))
            step //= 2
        length *= 2
    return comparators


def _merging_comparators(layers: int, flips: bool) -> list[tuple[int, int]]:
    """The comparators of some layers of a bitonic merge, of each 2^layers neighbours in a tile."""
    comparators = []
    size = 1 << layers
    for layer in range(layers):
        block = size >> layer
        for start in range(0, TILE, block):
            for i in range(block // 2):
                other = block - 1 - i if flips and layer == 0 else i + block // 2
                comparators.append((start + i, start + other))
    return comparators


def _exchange(comparators: list[tuple[int, int]]):
    """A function that loads the rows of a tile, compares and exchanges them, and stores them."""

    @intrinsic
    def exchange(context, keys, rows, tile):
        def generate(context, builder, signature, arguments):
            key_array = context.make_array(signature.args[0])(context, builder, arguments[0])
            row_array = context.make_array(signature.args[1])(context, builder, arguments[1])
            base = builder.bitcast(key_array.data, VECTOR.as_pointer())
            first = builder.mul(arguments[2], ir.Constant(ir.IntType(64), TILE))
            pointers = []
            for position in range(TILE):
                place = builder.add(first, ir.Constant(ir.IntType(64), position))
                row = builder.load(builder.gep(row_array.data, [place]))
                pointers.append(builder.gep(base, [builder.sext(row, ir.IntType(64))]))
            vectors = [builder.load(pointer, align=4) for pointer in pointers]
            for low, high in comparators:
                a, b = vectors[low], vectors[high]
                vectors[low] = builder.select(builder.fcmp_ordered("<", a, b), a, b)
                vectors[high] = builder.select(builder.fcmp_ordered(">", a, b), a, b)
            for pointer, vector in zip(pointers, vectors):
                builder.store(vector, pointer, align=4)
            return context.get_dummy_value()

        return types.void(keys, rows, types.int64), generate

    return exchange


@intrinsic
def equal_codes(context, keys, row, bits):
    """A bit for each lane in which the codes of a row and the next are equal."""

    def generate(context, builder, signature, arguments):
        key_array = context.make_array(signature.args[0])(context, builder, arguments[0])
        integers = ir.VectorType(ir.IntType(32), LANES)
        base = builder.bitcast(key_array.data, integers.as_pointer())
        first = builder.gep(base, [arguments[1]])
        next_row = builder.gep(first, [ir.Constant(ir.IntType(64), 1)])
        least = ir.Constant(integers, [LEAST_KEY] * LANES)
        a = builder.sub(builder.load(first, align=4), least)
        b = builder.sub(builder.load(next_row, align=4), least)
        span = builder.shl(ir.Constant(ir.IntType(64), 1), arguments[2])
        one = builder.insert_element(
            ir.Constant(integers, ir.Undefined),
            builder.trunc(span, ir.IntType(32)),
            ir.Constant(ir.IntType(32), 0),
        )
        mask = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        limit = builder.shuffle_vector(one, ir.Constant(integers, ir.Undefined), mask)
        equal = builder.icmp_unsigned("<", builder.xor(a, b), limit)
        return builder.zext(builder.bitcast(equal, ir.IntType(LANES)), ir.IntType(64))

    return types.int64(keys, types.int64, types.int64), generate


_sort = _exchange(_sorting_comparators())
_flip1 = _exchange(_merging_comparators(1, flips=True))
_flip2 = _exchange(_merging_comparators(2, flips=True))
_flip3 = _exchange(_merging_comparators(3, flips=True))
_flip4 = _exchange(_merging_comparators(4, flips=True))
_clean1 = _exchange(_merging_comparators(1, flips=False))
_clean2 = _exchange(_merging_comparators(2, flips=False))
_clean3 = _exchange(_merging_comparators(3, flips=False))
_clean4 = _exchange(_merging_comparators(4, flips=False))
FLIP, CLEAN = 0, 4  # The kind of a pass is one of these plus its layers; 0 sorts each tile.


def network(units: int) -> tuple[np.ndarray, np.ndarray]:
    """The network that sorts so many rows: its passes (kind, first tile, end) and tiles of rows.

    Rows after the last are infinite; they all are the row after the last.
    """
    if units > LARGEST_UNITS:
        raise ValueError(f"the network is for at most {LARGEST_UNITS} units")
    passes: list[tuple[int, int, int]] = []
    tiles: list[list[int]] = []

    def add(kind: int, groups: list[list[int]]) -> None:
        groups = [[min(row, units) for row in group] for group in groups if group[1] < units]
        size = len(groups[0]) if groups else TILE
        while len(groups) * size % TILE:
            groups.append([units] * size)
        rows = [row for group in groups for row in group]
        first = len(tiles)
        tiles.extend(rows[i:i + TILE] for i in range(0, len(rows), TILE))
        passes.append((kind, first, len(tiles)))

    length = TILE
    add(0, [list(range(start, start + TILE)) for start in range(0, units, TILE)])
    while length < units:
        distance, flips = length, True
        while distance:
            layers = distance.bit_length()
            if layers > 4:
                layers = min(layers - 4, 4)
            step = 2 * distance >> layers
            size = 1 << layers
            groups = []
            for start in range(0, units, 2 * distance):
                for i in range(step):
                    group = [start + i + r * step for r in range(size)]
                    if flips:
                        half = size // 2
                        end = start + 2 * distance - 1 - i
                        group[half:] = [end - r * step for r in reversed(range(half))]
                    groups.append(group)
            add((FLIP if flips else CLEAN) + layers, groups)
            distance >>= layers
            flips = False
        length *= 2
    return np.array(passes, np.int64), np.array(tiles, np.int32)


@numba.njit(nogil=True)
def sort_keys(keys, passes, tiles):
    """Sort each lane of the keys (units + 1 rows, the last infinite)."""
    for step in range(passes.shape[0]):
        kind, first, end = passes[step]
        if kind == 0:
            for tile in range(first, end):
                _sort(keys, tiles, tile)
        elif kind == 1:
            for tile in range(first, end):
                _flip1(keys, tiles, tile)
        elif kind == 2:
            for tile in range(first, end):
                _flip2(keys, tiles, tile)
        elif kind == 3:
            for tile in range(first, end):
                _flip3(keys, tiles, tile)
        elif kind == 4:
            for tile in range(first, end):
                _flip4(keys, tiles, tile)
        elif kind == 5:
            for tile in range(first, end):
                _clean1(keys, tiles, tile)
        elif kind == 6:
            for tile in range(first, end):
                _clean2(keys, tiles, tile)
        elif kind == 7:
            for tile in range(first, end):
                _clean3(keys, tiles, tile)
        else:
            for tile in range(first, end):
                _clean4(keys, tiles, tile)


@numba.njit(nogil=True)
def index_bits(units):
    """How many bits the number of a unit takes."""
    bits = 1
    while (1 << bits) < units:
        bits += 1
    return bits


@numba.njit(nogil=True)
def lowest_and_highest(values):
    """The least and the largest value; in four strands, which do not wait for one another."""
    low0 = low1 = low2 = low3 = values[0]
    high0 = high1 = high2 = high3 = values[0]
    whole = values.size // 4 * 4
    for i in range(0, whole, 4):
        a, b, c, d = values[i], values[i + 1], values[i + 2], values[i + 3]
        low0 = a if a < low0 else low0
        low1 = b if b < low1 else low1
        low2 = c if c < low2 else low2
        low3 = d if d < low3 else low3
        high0 = a if a > high0 else high0
        high1 = b if b > high1 else high1
        high2 = c if c > high2 else high2
        high3 = d if d > high3 else high3
    for i in range(whole, values.size):
        low0 = min(low0, values[i])
        high0 = max(high0, values[i])
    return min(low0, low1, low2, low3), max(high0, high1, high2, high3)


@numba.njit(nogil=True)
def code_scale(low, high, bits):
    """By what a distance from the largest value is multiplied to give its code."""
    span = high - low
    scale = ((KEY_SPACE >> bits) - 1) / span if span > 0 else 0.0
    return scale if scale < 1e300 else 0.0


@numba.njit(nogil=True)
def set_keys(values, lane, keys, line):
    """Set one lane of the keys from a column of values, largest first; line is scratch."""
    bits = np.int32(index_bits(values.size))
    low, high = lowest_and_highest(values)
    scale = code_scale(low, high, bits)
    for unit in range(values.size):
        code = np.int32((high - values[unit]) * scale)
        line[unit] = np.uint32((code << bits) + (np.int32(unit) + np.int32(LEAST_KEY)))
    for unit in range(values.size):
        keys[unit, lane] = line[unit]


@numba.njit(nogil=True)
def run_end(keys, lane, start, units, bits):
    """The end of the run of equal codes that starts at a row."""
    code = (keys[start, lane] - np.uint32(LEAST_KEY)) >> bits
    end = start + 1
    while end < units and (keys[end, lane] - np.uint32(LEAST_KEY)) >> bits == code:
        end += 1
    return end


@numba.njit(nogil=True)
def sort_run(values, lane, start, end, keys):
    """Sort the keys of a run of equal codes by the exact values."""
    mask = np.uint32((1 << index_bits(values.size)) - 1)
    least = np.uint32(LEAST_KEY)
    if end - start > 32:
        run = keys[start:end, lane].copy()
        exact = np.empty(run.size, np.float64)
        for i in range(run.size):
            exact[i] = -values[(run[i] - least) & mask]
        keys[start:end, lane] = run[np.argsort(exact)]
        return
    for row in range(start + 1, end):
        key = keys[row, lane]
        value = values[(key - least) & mask]
        hole = row
        while hole > start and values[(keys[hole - 1, lane] - least) & mask] < value:
            keys[hole, lane] = keys[hole - 1, lane]
            hole -= 1
        keys[hole, lane] = key


@numba.njit(nogil=True)
def repair(values, lane, start, keys, places):
    """Set the places of the run of equal codes that starts at a row, by the exact values.

    places[unit] must be the row + 1 already.
    """
    mask = np.uint32((1 << index_bits(values.size)) - 1)
    least = np.uint32(LEAST_KEY)
    end = run_end(keys, lane, start, values.size, index_bits(values.size))
    sort_run(values, lane, start, end, keys)
    place = start + 1
    for row in range(start, end):
        unit = (keys[row, lane] - least) & mask
        if row > start and values[unit] != values[(keys[row - 1, lane] - least) & mask]:
            place = row + 1
        places[unit] = place


@numba.njit(nogil=True)
def rank_block(values, keys, passes, tiles, line, places):
    """Rank at most 16 columns (rows of values); keys are scratch of units + 1 rows of 16 lanes."""
    columns, units = values.shape
    bits = index_bits(units)
    mask = np.uint32((1 << bits) - 1)
    least = np.uint32(LEAST_KEY)
    for lane in range(LANES):
        set_keys(values[min(lane, columns - 1)], lane, keys, line)
    sort_keys(keys, passes, tiles)
    for row in range(units):
        for lane in range(columns):
            places[lane, (keys[row, lane] - least) & mask] = row + 1
    before = 0
    for row in range(units - 1):
        equal = equal_codes(keys, row, bits)
        starts = equal & ~before
        before = equal
        lane = 0
        while starts:
            if starts & 1 and lane < columns:
                repair(values[lane], lane, row, keys, places[lane])
            starts >>= 1
            lane += 1


@numba.njit(nogil=True)
def new_keys(units):
    """Scratch for the keys of a block, the last row infinite."""
    keys = np.empty((units + 1, LANES), np.uint32)
    keys[units] = np.uint32(INFINITY)
    return keys


@numba.njit(nogil=True, parallel=True)
def rank_columns(values, passes, tiles, places):
    """The competition places of every column, a block of lanes at a time, on all threads."""
    columns, units = values.shape
    blocks = (columns + LANES - 1) // LANES
    chunk = 16
    for part in numba.prange((blocks + chunk - 1) // chunk):
        keys = new_keys(units)
        line = np.empty(units, np.uint32)
        for block in range(part * chunk, min((part + 1) * chunk, blocks)):
            first = block * LANES
            end = min(first + LANES, columns)
            rank_block(values[first:end], keys, passes, tiles, line, places[first:end])


@numba.njit(nogil=True)
def count_places(values, keys, lanes, top, place_sums, top_counts):
    """Add the places in the first lanes of sorted keys to sums and counts of each unit.

    values are (units, lanes); place_sums gets the places, top_counts who is among the first.
    """
    units = values.shape[0]
    bits = index_bits(units)
    mask = np.uint32((1 << bits) - 1)
    least = np.uint32(LEAST_KEY)
    before = 0
    for row in range(units - 1):
        equal = equal_codes(keys, row, bits)
        starts = equal & ~before
        before = equal
        lane = 0
        while starts:
            if starts & 1 and lane < lanes:
                end = run_end(keys, lane, row, units, bits)
                column = values[:, lane]
                sort_run(column, lane, row, end, keys)
                place = row + 1
                previous = column[(keys[row, lane] - least) & mask]
                for other in range(row + 1, end):
                    unit = (keys[other, lane] - least) & mask
                    if column[unit] != previous:
                        place = other + 1
                        previous = column[unit]
                    place_sums[unit] -= other + 1 - place
                    if place <= top < other + 1:
                        top_counts[unit] += 1
            starts >>= 1
            lane += 1
    for row in range(units):
        for lane in range(lanes):
            place_sums[(keys[row, lane] - least) & mask] += row + 1
    for row in range(min(top, units)):
        for lane in range(lanes):
            top_counts[(keys[row, lane] - least) & mask] += 1


@numba.njit(nogil=True)
def set_lane_keys(values, keys, high, low, scale):
    """Set the keys of all lanes from values (units, lanes); the last three are scratch of lanes."""
    units, lanes = values.shape  # Sixteen, but loops that are not unrolled use vectors.
    bits = np.int32(index_bits(units))
    for lane in range(lanes):
        high[lane] = low[lane] = values[0, lane]
    for unit in range(units):
        for lane in range(lanes):
            value = values[unit, lane]
            high[lane] = value if value > high[lane] else high[lane]
            low[lane] = value if value < low[lane] else low[lane]
    for lane in range(lanes):
        scale[lane] = code_scale(low[lane], high[lane], bits)
    for unit in range(units):
        number = np.int32(unit) + np.int32(LEAST_KEY)
        for lane in range(lanes):
            code = np.int32((high[lane] - values[unit, lane]) * scale[lane])
            keys[unit, lane] = np.uint32((code << bits) + number)
