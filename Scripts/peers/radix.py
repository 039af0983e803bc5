"""Other ways to rank and to find the first, compiled by numba: a radix sort and a threshold."""

import networks
import numba
import numpy as np
from networks import LEAST_KEY, index_bits


@numba.njit(nogil=True)
def sort_codes(keys, bits, scratch, counts):
    """Sort keys by their codes, eight bits at a time from the lowest; the result is in keys."""
    digits = (31 - bits + 7) // 8
    counts[:] = 0
    for i in range(keys.size):
        code = keys[i] >> bits
        for digit in range(digits):
            counts[digit, (code >> (8 * digit)) & 255] += 1
    source, target = keys, scratch
    for digit in range(digits):
        total = 0
        for value in range(256):
            count = counts[digit, value]
            counts[digit, value] = total
            total += count
        shift = bits + 8 * digit
        for i in range(source.size):
            key = source[i]
            value = (key >> shift) & 255
            target[counts[digit, value]] = key
            counts[digit, value] += 1
        source, target = target, source
    if digits % 2:
        keys[:] = source


@numba.njit(nogil=True)
def rank_column(values, keys, scratch, counts, places):
    """The competition places of one column."""
    units = values.size
    bits = index_bits(units)
    mask = np.uint32((1 << bits) - 1)
    low, high = networks.lowest_and_highest(values)
    scale = networks.code_scale(low, high, bits)
    line = keys[:, 0]
    for unit in range(units):
        code = np.int32((high - values[unit]) * scale)
        line[unit] = np.uint32((code << bits) + unit)
    sort_codes(line, bits, scratch, counts)
    is_tied = False
    for row in range(units):
        places[line[row] & mask] = row + 1
        if row > 0 and (line[row] ^ line[row - 1]) <= mask:
            is_tied = True
    if is_tied:
        for row in range(units):
            line[row] += np.uint32(LEAST_KEY)
        repair_column(values, keys, places)


@numba.njit(nogil=True)
def repair_column(values, keys, places):
    """Decide the places of equal codes on the exact values."""
    units = values.size
    bits = index_bits(units)
    row = 0
    while row < units:
        end = networks.run_end(keys, 0, row, units, bits)
        if end - row > 1:
            networks.repair(values, 0, row, keys, places)
        row = end


@numba.njit(nogil=True, parallel=True)
def rank_columns(values, places):
    """The competition places of every column, on all threads."""
    columns, units = values.shape
    chunk = 64
    for part in numba.prange((columns + chunk - 1) // chunk):
        keys = np.empty((units, 1), np.uint32)
        scratch = np.empty(units, np.uint32)
        counts = np.empty((4, 256), np.int32)
        for column in range(part * chunk, min((part + 1) * chunk, columns)):
            rank_column(values[column], keys, scratch, counts, places[column])


@numba.njit(nogil=True)
def limit_of_first(values, count, largest):
    """The value of the last of the first so many; largest is scratch of that length."""
    for i in range(count):
        value = values[i]
        hole = i
        while hole > 0 and largest[hole - 1] < value:
            largest[hole] = largest[hole - 1]
            hole -= 1
        largest[hole] = value
    limit = largest[count - 1]
    for i in range(count, values.size):
        value = values[i]
        if value > limit:
            hole = count - 1
            while hole > 0 and largest[hole - 1] < value:
                largest[hole] = largest[hole - 1]
                hole -= 1
            largest[hole] = value
            limit = largest[count - 1]
    return limit


@numba.njit(nogil=True, parallel=True)
def first_of_columns(values, count, is_first):
    """Whether each unit is among the first so many of its column."""
    columns, units = values.shape
    chunk = 64
    for part in numba.prange((columns + chunk - 1) // chunk):
        largest = np.empty(count, np.float64)
        for column in range(part * chunk, min((part + 1) * chunk, columns)):
            line = values[column]
            if count <= 64:
                limit = limit_of_first(line, count, largest)
            else:
                limit = np.partition(line, units - count)[units - count]
            for unit in range(units):
                is_first[column, unit] = line[unit] >= limit
