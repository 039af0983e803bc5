"""Writes counter_normals.csv for CounterNormalsTests: Philox4x32-10 in plain Python, and SciPy's
normal quantile.

Run from anywhere with scipy installed:  python3 counter_normals.py
"""

import pathlib

import scipy
from scipy.special import ndtri

HERE = pathlib.Path(__file__).resolve().parent
MASK = 0xFFFFFFFF


def philox(counter, key):
    """The four words of a block (Salmon et al. 2011, https://doi.org/10.1145/2063384.2063405)."""
    (a, b, c, d), (k, l) = counter, key
    for _ in range(10):
        left, right = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = right >> 32 ^ b ^ k, right & MASK, left >> 32 ^ d ^ l, left & MASK
        k, l = k + 0x9E3779B9 & MASK, l + 0xBB67AE85 & MASK
    return a, b, c, d


assert philox((0, 0, 0, 0), (0, 0)) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)

with open(HERE / "counter_normals.csv", "w", encoding="utf-8", newline="\n") as file:
    print("seed,stream,draw,index,uniform,normal", file=file)
    for seed, stream, draw in [
        (0, 0, 0), (7, 1, 2), (2026, 3, 99999), (2**63 + 5, 2**32 - 1, 2**40 + 1),
    ]:
        for index in [*range(20), 356, 429, 430, 431]:
            block = 2 * (index // 4) + index % 2
            words = philox(
                (block, stream, draw & MASK, draw >> 32), (seed & MASK, seed >> 32)
            )
            half = index % 4 // 2
            bits = words[2 * half] | words[2 * half + 1] << 32
            uniform = (2 * (bits >> 12) + 1) / 2**53
            row = [seed, stream, draw, index, repr(uniform), repr(float(ndtri(uniform)))]
            print(*row, sep=",", file=file)
print(f"scipy {scipy.__version__}")
