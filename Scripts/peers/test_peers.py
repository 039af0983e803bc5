"""Every library that is timed must give equal results: `make peers-check`.

Makes small data whose answers are computed in the plainest way, runs the driver on them, and reads
what it prints.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
FIELDS = {"work", "implementation", "version", "units", "columns", "threads", "median", "min",
          "max", "unit", "repeats", "peakMegabytes", "isEqual", "note"}
UNITS = {"rank": "ns/element", "top": "ns/element", "aggregate": "ns/scenario",
         "simulate": "us/scenario", "weights": "draws/s", "confidence": "s"}
NEEDED = {"numba network", "numba radix", "numba row adds", "numba fused", "numpy dgemm",
          "numpy packed keys", "scipy.stats.rankdata", "numpy threads", "numba threshold",
          "numba stepdown marginal", "numba stepdown simultaneous"}
R_PEERS = {"matrixStats::colRanks", "csranks simultaneous", "csranks marginal", "COINr::Aggregate"}
TOP = 10


def places_of(values: np.ndarray) -> np.ndarray:
    """The competition places of each row, by counting how many are larger."""
    return np.array([1 + (row[None, :] > row[:, None]).sum(axis=1) for row in values])


class Example:
    """Data in a directory, as regionsim writes them."""

    def __init__(self, directory: Path, units: int, columns: int, regions: int, draws: int,
                 has_sets: bool) -> None:
        self.directory = directory
        self.units, self.columns, self.regions, self.draws = units, columns, regions, draws
        self.random = np.random.default_rng(1)
        self.region_of = np.arange(units) % (regions + 1) - 1
        self.membership = (np.arange(regions)[:, None] == self.region_of).astype(float)
        description = {"units": units, "columns": columns, "regions": regions, "threads": 2}
        description["seed"] = 1
        description |= self.columns_of_values()
        description["simulate"] = self.futures()
        description["weights"] = self.composites()
        if has_sets:  # They take long, computed so plainly.
            description["confidence"] = self.sets()
        (directory / "work.json").write_text(json.dumps(description))

    def write(self, name: str, values: Any, kind: str = "<f8") -> str:
        np.asarray(values).astype(kind).tofile(self.directory / name)
        return name

    def columns_of_values(self) -> dict[str, Any]:
        shape = (self.columns, self.units)
        values = self.random.uniform(0.6, 0.9, self.units) * self.random.normal(1, 0.03, shape)
        values[::3] = np.round(values[::3], 2)  # Many equal values,
        values[::5, 0] = values[::5, -1]
        values[7] = 0.5  # all equal,
        values[11] = 0.5 + self.random.permutation(self.units) * 1e-13  # and nearly equal:
        values[11, 0] = 1e6  # the same 32-bit code.
        checked = min(400, self.columns)
        places = places_of(values[:checked])
        files = {"values": self.write("values.f64", values), "checked": checked}
        return {
            "rank": files | {"top": min(TOP, self.units),
                             "places": self.write("places.u16", places, "<u2")},
            "aggregate": files | {"regionOf": self.write("regionOf.i32", self.region_of, "<i4"),
                                  "sums": self.write("sums.f64",
                                                     values[:checked] @ self.membership.T)},
        }

    def futures(self) -> dict[str, Any]:
        units, regions, draws, random = self.units, self.regions, self.draws, self.random
        levels = [random.uniform(0.6, 0.9, units), random.lognormal(9, 1, units)]
        deviations = [random.uniform(0.01, 0.04, units), random.uniform(0.005, 0.02, units)]
        correlation = np.full((regions, regions), 0.3) + 0.7 * np.eye(regions)
        correlation[0, -1] = correlation[-1, 0] = 0.5
        factor = np.linalg.cholesky(correlation)
        top = [max(1, units // 3), max(1, regions // 2)]

        def future(level: np.ndarray, deviation: np.ndarray, group: float) -> np.ndarray:
            common = group * random.standard_normal((draws, regions)) @ factor.T
            shocks = deviation * random.standard_normal((draws, units)) + common @ self.membership
            return level * np.exp(shocks)

        values = future(levels[0], deviations[0], 0.01)
        sizes = future(levels[1], deviations[1], 0.005)
        with np.errstate(invalid="ignore"):
            region_values = np.nan_to_num((values * sizes) @ self.membership.T
                                          / (sizes @ self.membership.T))
        places, region_places = places_of(values), places_of(region_values)
        expected = {
            "municipalityPlace": places.mean(axis=0),
            "municipalityPlaceError": places.std(axis=0) / draws**0.5,
            "municipalityTop": (places <= top[0]).mean(axis=0),
            "regionPlace": region_places.mean(axis=0),
            "regionPlaceError": region_places.std(axis=0) / draws**0.5,
            "regionTop": (region_places <= top[1]).mean(axis=0),
        }
        return {
            "draws": draws,
            "value": self.write("sim-value.f64", levels[0]),
            "denominator": self.write("sim-denominator.f64", levels[1]),
            "valueDeviation": self.write("value-deviation.f64", deviations[0]),
            "denominatorDeviation": self.write("denominator-deviation.f64", deviations[1]),
            "valueGroupDeviation": 0.01,
            "denominatorGroupDeviation": 0.005,
            "correlation": self.write("correlation.f64", correlation.T),
            "regionOf": "regionOf.i32",
            "top": top,
            "expected": {name: self.write(name + ".f64", numbers)
                         for name, numbers in expected.items()},
        }

    def composites(self) -> dict[str, Any]:
        indicators, draws, spread = 4, 1000, 0.25
        values = self.random.gamma(3, 1, (self.units, indicators))
        base = np.array([0.4, 0.3, 0.2, 0.1])
        span = np.maximum(np.ptp(values, axis=0), 1e-300)
        weights = base * (1 + spread * (2 * self.random.random((draws, indicators)) - 1))
        weights /= weights.sum(axis=1, keepdims=True)
        places = places_of(weights @ ((values - values.min(axis=0)) / span).T)
        return {
            "draws": draws, "indicators": indicators, "spread": spread,
            "values": self.write("indicators.f64", values.T),
            "base": self.write("base.f64", base),
            "expected": {
                "place": self.write("place.f64", places.mean(axis=0)),
                "placeError": self.write("place-error.f64", places.std(axis=0) / draws**0.5),
            },
        }

    def sets(self) -> dict[str, Any]:
        values = self.random.uniform(0.6, 0.9, self.units)
        errors = self.random.uniform(0.002, 0.01, self.units)
        draws = self.random.standard_normal((1000, self.units)) * errors
        everyone = np.arange(self.units)
        together = self.stepdown(values, errors, draws, everyone)
        alone = [self.stepdown(values, errors, draws, everyone[j:j + 1]) for j in everyone]
        files = {"lower": together[0], "upper": together[1],
                 "marginalLower": np.concatenate([lower for lower, _ in alone]),
                 "marginalUpper": np.concatenate([upper for _, upper in alone])}
        return {
            "draws": 1000, "level": 0.95,
            "values": self.write("confidence-values.f64", values),
            "standardErrors": self.write("errors.f64", errors),
            "expected": {name: self.write(name + ".i32", ranks, "<i4")
                         for name, ranks in files.items()},
        }

    def stepdown(self, values: np.ndarray, errors: np.ndarray, draws: np.ndarray,
                 group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The sets of a group, by the pairs one by one."""
        chosen = set(group.tolist())
        pairs = [(j, k) for j in range(self.units) for k in range(self.units)
                 if j != k and (j in chosen or k in chosen)]
        above = np.zeros(self.units, int)
        below = np.zeros(self.units, int)
        while pairs:
            first, second = np.array(pairs).T
            deviation = np.hypot(errors[first], errors[second])
            largest = ((draws[:, first] - draws[:, second]) / deviation).max(axis=1)
            is_sure = values[first] - values[second] > np.quantile(largest, 0.95) * deviation
            if not is_sure.any():
                break
            np.add.at(above, second[is_sure], 1)
            np.add.at(below, first[is_sure], 1)
            pairs = [pair for pair, sure in zip(pairs, is_sure) if not sure]
        return 1 + above[group], self.units - below[group]


def run_driver(directory: Path, *arguments: str,
               **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HERE / "peers.py"), "--directory", str(directory), "--quick",
               "--repeats", "2", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | variables)


class PeersTests(unittest.TestCase):
    """What the driver prints."""

    def measure(self, units: int, columns: int, regions: int, *arguments: str,
                **variables: str) -> list[dict[str, Any]]:
        with tempfile.TemporaryDirectory() as folder:
            Example(Path(folder), units, columns, regions, draws=1500, has_sets=units < 50)
            finished = run_driver(Path(folder), *arguments, **variables)
        self.assertEqual(finished.returncode, 0, finished.stderr)
        return [json.loads(line) for line in finished.stdout.splitlines()]

    def assert_equal_results(self, lines: list[dict[str, Any]]) -> None:
        for line in lines:
            with self.subTest(line["implementation"], work=line["work"]):
                if "skipped" in line:
                    self.assertIn("missing" if line["implementation"] not in R_PEERS else "",
                                  line["skipped"])
                    continue
                self.assertEqual(set(line), FIELDS)
                self.assertIs(line["isEqual"], True)
                self.assertEqual(line["unit"], UNITS[line["work"]])
                self.assertTrue(0 < line["min"] <= line["median"] <= line["max"])
                self.assertGreater(line["peakMegabytes"], 1)
                self.assertGreater(line["columns"], 0)

    def test_all_peers_are_equal(self) -> None:
        lines = self.measure(30, 200, 7, "--threads", "2")
        self.assert_equal_results(lines)
        measured = {line["implementation"] for line in lines if "skipped" not in line}
        self.assertLessEqual(NEEDED, measured)
        self.assertEqual({line["work"] for line in lines}, set(UNITS))

    def test_other_sizes(self) -> None:
        for units, columns, regions in ((1, 20, 1), (73, 50, 73), (600, 20, 5)):
            with self.subTest(units=units):
                lines = self.measure(units, columns, regions, "--threads", "1",
                                     "--work", "rank,aggregate,simulate")
                self.assert_equal_results(lines)

    def blas_note(self, *arguments: str, **variables: str) -> str:
        lines = self.measure(30, 20, 7, "--work", "aggregate", *arguments, **variables)
        return next(line["note"].split(";")[0] for line in lines
                    if line["implementation"] == "numpy dgemm")

    @unittest.skipUnless(platform.machine() == "x86_64", "names kernels of x86")
    def test_numpy_chooses_its_own_kernels(self) -> None:
        own = self.blas_note()
        if not own.startswith("openblas"):
            self.skipTest("numpy has another BLAS")
        self.assertEqual(self.blas_note(OPENBLAS_CORETYPE="Haswell"), own)
        self.assertEqual(self.blas_note("--openblas-core", "Haswell"), "openblas Haswell")

    def test_failing_peers_are_skipped(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "work.json").write_text('{"units": 3, "columns": 2, "regions": 1}')
            finished = run_driver(Path(folder), "--work", "aggregate")
        self.assertEqual(finished.returncode, 1)
        for line in map(json.loads, finished.stdout.splitlines()):
            self.assertEqual(set(line), {"work", "implementation", "skipped"})

    def test_unknown_work(self) -> None:
        finished = run_driver(HERE, "--work", "sleep")
        self.assertEqual(finished.returncode, 2)
        self.assertIn("sleep is none of rank, aggregate", finished.stderr)


if __name__ == "__main__":
    unittest.main()
