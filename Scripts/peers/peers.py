#!/usr/bin/env python3
"""Time what analysts would use instead of regionsim, on the data that regionsim wrote.

    peers.py --directory DIR --work rank,simulate --threads 2 --repeats 5

Prints one JSON object a line for each measurement; what goes wrong is told on standard error. Each
peer runs in a process of its own, so that its memory and the threads of its libraries are its own.
"""

import argparse
import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

WORKS = ("rank", "aggregate", "simulate", "weights", "confidence")
TASKS = {"rank": "RankTask", "aggregate": "AggregateTask", "simulate": "SimulateTask",
         "weights": "WeightsTask", "confidence": "ConfidenceTask"}
R_PEERS = {
    "rank": ["matrixStats::colRanks"],
    "weights": ["COINr::Aggregate"],
    "confidence": ["csranks simultaneous", "csranks marginal"],
}
INSTALL_R = "needs R (Debian: r-base-core, r-cran-matrixstats; CRAN: csranks, COINr)"
BEST_CORE = "SkylakeX"
BUDGET, QUICK_BUDGET = 8.0, 2.0  # Seconds of timing a peer, beside what it compiles and reads.
QUICK_REPEATS = 3
TIME_LIMIT = 180
HERE = Path(__file__).resolve().parent


def environment(threads: int, core: str | None) -> dict[str, str]:
    """The variables that libraries read: so many threads, and OpenBLAS as it chooses itself."""
    variables = {name: value for name, value in os.environ.items()
                 if name not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    for name in ("OPENBLAS", "OMP", "MKL", "NUMBA"):
        variables[f"{name}_NUM_THREADS"] = str(threads)
    variables["POLARS_MAX_THREADS"] = str(threads)
    variables.setdefault("OMP_WAIT_POLICY", "passive")  # Waiting threads leave the cores to others.
    if core:
        variables["OPENBLAS_CORETYPE"] = core
    return variables


def has_avx512() -> bool:
    info = Path("/proc/cpuinfo")
    return info.exists() and "avx512f" in info.read_text()


def say(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


def report(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def why(child: subprocess.CompletedProcess[str]) -> str:
    """Why a process failed: its last words, or how it ended."""
    if child.returncode < 0:
        return f"was ended by signal {-child.returncode}"
    lines = child.stderr.strip().splitlines()
    return lines[-1].strip() if lines else f"ended with code {child.returncode}"


class Driver:
    """Starts a process for each peer and passes on what it measures."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.variables = environment(options.threads, options.openblas_core)
        self.measured = 0

    def run(self) -> int:
        for work in self.options.work:
            for name in self.names(work):
                self.measure(work, name)
            if work == "aggregate" and has_avx512() and not self.options.openblas_core:
                self.measure(work, "numpy dgemm", BEST_CORE)
            for name in R_PEERS.get(work, []):
                self.measure_r(work, name)
        return 0 if self.measured else 1

    def child(self, *arguments: str, core: str | None = None) -> subprocess.CompletedProcess[str]:
        """This program again, in a process of its own."""
        options = self.options
        command = [sys.executable, str(HERE / "peers.py"), "--directory", str(options.directory),
                   "--threads", str(options.threads), "--repeats", str(options.repeats),
                   *(["--quick"] if options.quick else []), *arguments]
        variables = self.variables | ({"OPENBLAS_CORETYPE": core} if core else {})
        return self.finish(command, variables)

    @staticmethod
    def finish(command: list[str], variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(command, env=variables, capture_output=True, text=True,
                                  timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 1, "", f"took over {TIME_LIMIT} s")

    def names(self, work: str) -> list[str]:
        listed = self.child("--list", work)
        if listed.returncode:
            report(listed.stderr)
            say({"work": work, "implementation": "all", "skipped": why(listed)})
            return []
        return listed.stdout.splitlines()

    def measure(self, work: str, name: str, core: str | None = None) -> None:
        label = f"{name} ({core})" if core else name
        report(f"{work}: {label}")
        self.pass_on(work, label, self.child("--one", work, name, core=core))

    def measure_r(self, work: str, name: str) -> None:
        if work not in json.loads((self.options.directory / "work.json").read_text()):
            return
        rscript = shutil.which("Rscript")
        if not rscript:
            say({"work": work, "implementation": name, "skipped": INSTALL_R})
            return
        report(f"{work}: {name}")
        options = self.options
        command = [rscript, "--vanilla", str(HERE / "peers.R"), name, *r_arguments(options, work)]
        self.pass_on(work, name, self.finish(command, self.variables))

    def pass_on(self, work: str, label: str, child: subprocess.CompletedProcess[str]) -> None:
        lines = [line for line in child.stdout.splitlines() if line.startswith("{")]
        if child.returncode or not lines:
            report(child.stderr)
            say({"work": work, "implementation": label, "skipped": why(child)})
            return
        for line in lines:
            measurement = json.loads(line)
            measurement["implementation"] = label
            say(measurement)
            if "skipped" not in measurement:
                self.measured += 1


def r_arguments(options: argparse.Namespace, work: str) -> list[str]:
    """What peers.R is told: it reads no JSON."""
    data = json.loads((options.directory / "work.json").read_text())
    facts = {
        "directory": str(options.directory),
        "units": data["units"],
        "repeats": repeats_of(options),
        "seconds": budget_of(options),
    }
    if work == "rank":
        facts |= {"columns": data["columns"], "values": data["rank"]["values"],
                  "checked": min(data["rank"]["checked"], data["columns"]),
                  "places": data["rank"]["places"]}
    elif work == "weights":
        weights = data["weights"]
        facts |= {"draws": weights["draws"], "indicators": weights["indicators"],
                  "values": weights["values"], "base": weights["base"],
                  "spread": weights["spread"], "place": weights["expected"]["place"],
                  "placeError": weights["expected"]["placeError"]}
    else:
        confidence = data["confidence"]
        facts |= {"draws": confidence["draws"], "level": confidence["level"],
                  "values": confidence["values"], "standardErrors": confidence["standardErrors"]}
        facts |= {name: file for name, file in confidence["expected"].items()}
        facts["scope"] = confidence.get("scope", "simultaneous")
    return [f"{name}={value}" for name, value in facts.items()]


def budget_of(options: argparse.Namespace) -> float:
    return QUICK_BUDGET if options.quick else BUDGET


def repeats_of(options: argparse.Namespace) -> int:
    return min(options.repeats, QUICK_REPEATS) if options.quick else options.repeats


def list_peers(work: str) -> None:
    """In a process of its own: print the names of the peers."""
    for peer in importlib.import_module(work).PEERS.all:
        print(peer.name)


def measure_one(options: argparse.Namespace, work: str, name: str) -> None:
    """In a process of its own: measure one peer."""
    import measurement

    module = importlib.import_module(work)
    peer = next(peer for peer in module.PEERS.all if peer.name == name)
    try:
        data = measurement.Data(options.directory, options.threads)
        if work not in data.description:
            raise measurement.Unsupported("no such data were given")
        task = getattr(module, TASKS[work])(data)
        say(measurement.measure(peer, task, repeats_of(options), budget_of(options)))
    except measurement.Unsupported as reason:
        say({"work": peer.work, "implementation": name, "skipped": str(reason)})
    except ModuleNotFoundError as error:
        say({"work": peer.work, "implementation": name, "skipped": f"{error.name} is missing"})


def works(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in WORKS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(WORKS)}")
    return names


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--directory", type=Path, required=True, help="what regionsim wrote")
    parser.add_argument("--work", type=works, default=list(WORKS), help="what to measure")
    parser.add_argument("--threads", type=positive, default=1)
    parser.add_argument("--repeats", type=positive, default=5)
    parser.add_argument("--quick", action="store_true", help="a few seconds for each peer at most")
    parser.add_argument("--openblas-core", help="the kernels that OpenBLAS is made to use")
    parser.add_argument("--list", help=argparse.SUPPRESS)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    options = parse()
    if options.list:
        list_peers(options.list)
    elif options.one:
        measure_one(options, *options.one)
    else:
        return Driver(options).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
