"""Uncertain futures of a ratio, drawn, ranked and counted in one pass, compiled by numba.

Sixteen scenarios are drawn at a time; nothing that grows with the number of draws is kept. The
random numbers are a hash of a counter, so that they do not depend on the number of threads.
"""

import networks
import numba
import numpy as np
from llvmlite import ir
from networks import LANES
from numba.core import types
from numba.extending import intrinsic

VECTORISED = {"nogil": True, "error_model": "numpy", "fastmath": {"contract"}}
LOG_HIGH, LOG_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
ROUNDER = 6755399441055744.0  # 1.5 · 2⁵²: adding it rounds to a whole number in the low bits.
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX1, MIX2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@intrinsic
def bits_of(context, value):
    """The bits of a float64."""
    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.IntType(64))
    return types.int64(types.float64), generate


@intrinsic
def of_bits(context, value):
    """The float64 with these bits."""
    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.DoubleType())
    return types.float64(types.int64), generate


@numba.njit(**VECTORISED)
def exponential(x):
    """e to the power of x, for |x| < 700."""
    shifted = x * 1.4426950408889634 + ROUNDER
    power = shifted - ROUNDER
    r = x - power * LOG_HIGH - power * LOG_LOW
    p = 1 / 479001600
    p = p * r + 1 / 39916800
    p = p * r + 1 / 3628800
    p = p * r + 1 / 362880
    p = p * r + 1 / 40320
    p = p * r + 1 / 5040
    p = p * r + 1 / 720
    p = p * r + 1 / 120
    p = p * r + 1 / 24
    p = p * r + 1 / 6
    p = p * r + 0.5
    p = p * r + 1.0
    p = p * r + 1.0
    return of_bits(bits_of(p) + (bits_of(shifted) << 52))


@numba.njit(**VECTORISED)
def logarithm(x):
    """The natural logarithm of a positive normal number."""
    bits = bits_of(x)
    exponent = (bits >> 52) - 1023
    m = of_bits((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000)
    is_large = m > 1.4142135623730951
    m = 0.5 * m if is_large else m
    e = np.float64(exponent + (1 if is_large else 0))
    s = (m - 1) / (m + 1)
    z = s * s
    p = 2 / 19
    p = p * z + 2 / 17
    p = p * z + 2 / 15
    p = p * z + 2 / 13
    p = p * z + 2 / 11
    p = p * z + 2 / 9
    p = p * z + 2 / 7
    p = p * z + 2 / 5
    p = p * z + 2 / 3
    return e * LOG_HIGH + (2 * s + (s * z * p + e * LOG_LOW))


@numba.njit(**VECTORISED)
def hashed(counter):
    """64 random bits of a counter (the finish of SplitMix64)."""
    z = counter * GOLDEN
    z = (z ^ (z >> np.uint64(30))) * MIX1
    z = (z ^ (z >> np.uint64(27))) * MIX2
    return z ^ (z >> np.uint64(31))


@numba.njit(**VECTORISED)
def fill_normals(normals, counter):
    """Fill (an even number of rows, lanes) with standard normals, by Box and Muller in float64."""
    for pair in range(normals.shape[0] // 2):
        first, second = normals[2 * pair], normals[2 * pair + 1]
        start = counter + np.uint64(2 * LANES * pair)
        for lane in range(LANES):
            place = start + np.uint64(lane)
            a = hashed(place)
            b = hashed(place + np.uint64(LANES))
            u = (np.float64(np.int64(a >> np.uint64(11))) + 0.5) * 2.0**-53
            radius = np.sqrt(-2 * logarithm(u))
            # The angle is within an eighth of a turn; two other bits choose the quarter.
            x = (np.float64(np.int64(b >> np.uint64(11))) * 2.0**-53 - 0.5) * 1.5707963267948966
            z = x * x
            p = -1 / 1307674368000
            p = p * z + 1 / 6227020800
            p = p * z - 1 / 39916800
            p = p * z + 1 / 362880
            p = p * z - 1 / 5040
            p = p * z + 1 / 120
            p = p * z - 1 / 6
            sine = x + x * z * p
            q = 1 / 20922789888000
            q = q * z - 1 / 87178291200
            q = q * z + 1 / 479001600
            q = q * z - 1 / 3628800
            q = q * z + 1 / 40320
            q = q * z - 1 / 720
            q = q * z + 1 / 24
            q = q * z - 0.5
            cosine = 1.0 + z * q
            bits = np.int64(b)
            radius = of_bits(bits_of(radius) ^ ((bits & 1) << 63))
            swaps = (bits & 2) != 0
            first[lane] = radius * (sine if swaps else cosine)
            second[lane] = radius * (cosine if swaps else sine)


@numba.njit(nogil=True)
def correlate(factor, normals, common):
    """The rows of normals times the lower factor into common; its last row is 0."""
    regions = factor.shape[0]
    np.dot(factor, normals, common[:regions])
    common[regions] = 0.0


@numba.njit(**VECTORISED)
def draw_block(model, deviations, group_deviations, region_of, normals, common, values, sums):
    """The values of units (units, lanes), and of regions their numerators and denominators."""
    units = values.shape[0]
    sums[:] = 0.0
    for unit in range(units):
        region = region_of[unit]
        level, size = model[0, unit], model[1, unit]
        own_x, own_y = deviations[0, unit], deviations[1, unit]
        group_x, group_y = group_deviations[0], group_deviations[1]
        z_x, z_y = normals[unit], normals[units + unit]
        common_x, common_y = common[0, region], common[1, region]
        line = values[unit]
        numerators, denominators = sums[0, region], sums[1, region]
        for lane in range(LANES):
            value = level * exponential(own_x * z_x[lane] + group_x * common_x[lane])
            denominator = size * exponential(own_y * z_y[lane] + group_y * common_y[lane])
            line[lane] = value
            numerators[lane] += value * denominator
            denominators[lane] += denominator


@numba.njit(**VECTORISED)
def divide_sums(sums, values):
    """The values of regions; 0 of those without units."""
    for region in range(values.shape[0]):
        for lane in range(LANES):
            size = sums[1, region, lane]
            values[region, lane] = sums[0, region, lane] / size if size > 0 else 0.0


@numba.njit(nogil=True)
def simulate_blocks(first, end, draws, seed, model, deviations, group_deviations, region_of, factor,
                    unit_network, region_network, top, places, tops, region_places, region_tops):
    """Count the places in the blocks from first to end."""
    units, regions = model.shape[1], factor.shape[0]
    rows = 2 * (units + regions)
    normals = np.empty((rows, LANES))
    common = np.empty((2, regions + 1, LANES))
    sums = np.empty((2, regions + 1, LANES))
    values = np.empty((units, LANES))
    region_values = np.empty((regions, LANES))
    keys, region_keys = networks.new_keys(units), networks.new_keys(regions)
    high, low, scale = np.empty(LANES), np.empty(LANES), np.empty(LANES)
    for block in range(first, end):
        lanes = min(LANES, draws - block * LANES)
        fill_normals(normals, np.uint64(seed) + np.uint64(block) * np.uint64(rows * LANES))
        correlate(factor, normals[2 * units:2 * units + regions], common[0])
        correlate(factor, normals[2 * units + regions:], common[1])
        draw_block(model, deviations, group_deviations, region_of, normals, common, values, sums)
        divide_sums(sums, region_values)
        networks.set_lane_keys(values, keys, high, low, scale)
        networks.sort_keys(keys, unit_network[0], unit_network[1])
        networks.count_places(values, keys, lanes, top[0], places, tops)
        networks.set_lane_keys(region_values, region_keys, high, low, scale)
        networks.sort_keys(region_keys, region_network[0], region_network[1])
        networks.count_places(region_values, region_keys, lanes, top[1], region_places, region_tops)


@numba.njit(nogil=True, parallel=True)
def simulate(draws, seed, threads, model, deviations, group_deviations, region_of, factor,
             unit_network, region_network, top):
    """Sums of places and counts of being among the first, of units and of regions."""
    units, regions = model.shape[1], factor.shape[0]
    blocks = (draws + LANES - 1) // LANES
    parts = min(4 * threads, blocks)
    places, tops = np.zeros((parts, units), np.int64), np.zeros((parts, units), np.int64)
    region_places = np.zeros((parts, regions), np.int64)
    region_tops = np.zeros((parts, regions), np.int64)
    for part in numba.prange(parts):
        simulate_blocks(part * blocks // parts, (part + 1) * blocks // parts, draws, seed, model,
                        deviations, group_deviations, region_of, factor, unit_network,
                        region_network, top, places[part], tops[part], region_places[part],
                        region_tops[part])
    return places.sum(axis=0), tops.sum(axis=0), region_places.sum(axis=0), region_tops.sum(axis=0)
