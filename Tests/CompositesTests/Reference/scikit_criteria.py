"""Writes the reference values of scikit-criteria for CompositeReferenceTests.

    pip install scikit-criteria
    python scikit_criteria.py

Twelve units, five indicators (two of them better when small), weights in two areas. The values are
written with the results of scikit-criteria: z-scores, min-max, the weighted sum of either, and the
weighted product of values from 1 to 101 (its score is the logarithm to base 10).
"""

import csv
import pathlib

import numpy as np
import skcriteria
from skcriteria.agg.simple import WeightedProductModel, WeightedSumModel
from skcriteria.preprocessing.invert_objectives import NegateMinimize
from skcriteria.preprocessing.scalers import MinMaxScaler, StandarScaler

OBJECTIVES = [max, min, max, max, min]
# Areas of 0.6 and 0.4; within them 1 : 2 and 1 : 1 : 2.
WEIGHTS = [0.6 / 3, 0.6 * 2 / 3, 0.4 / 4, 0.4 / 4, 0.4 / 2]


def main():
    rng = np.random.default_rng(20260)
    scale = np.array([10, 3, 400, 0.2, 25])
    values = np.round(rng.normal(size=(12, 5)) * scale + 5 * scale, 4)
    values[3, 1] = values[7, 1]
    matrix = skcriteria.mkdm(values, OBJECTIVES, weights=WEIGHTS)
    larger = NegateMinimize().transform(matrix)
    z = StandarScaler(target="matrix").transform(larger)
    share = MinMaxScaler(target="matrix").transform(larger)
    raised = MinMaxScaler(target="matrix", criteria_range=(1, 101)).transform(larger)
    # WeightedSumModel takes no negative values: raised by 10, which is taken off the score below.
    positive = skcriteria.mkdm(z.matrix.to_numpy() + 10, [max] * 5, weights=WEIGHTS)
    results = {
        "z": WeightedSumModel().evaluate(positive),
        "min_max": WeightedSumModel().evaluate(share),
        "product": WeightedProductModel().evaluate(raised),
    }
    columns = [f"value_{k}" for k in range(5)] + [f"z_{k}" for k in range(5)]
    columns += [f"{name}_{what}" for name in results for what in ("score", "rank")]
    path = pathlib.Path(__file__).with_name("scikit_criteria.csv")
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["unit"] + columns)
        for unit in range(12):
            row = list(values[unit]) + list(z.matrix.to_numpy()[unit])
            for name, result in results.items():
                score = result.e_.score[unit] - (10 if name == "z" else 0)
                row += [score, int(result.rank_[unit])]
            writer.writerow([unit] + [repr(float(x)) if isinstance(x, float) else x for x in row])


if __name__ == "__main__":
    main()
