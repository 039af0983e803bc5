"""How a peer is described, checked and timed."""

import importlib.metadata
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np


class Unsupported(Exception):
    """The peer cannot do this work on these data; the message says why."""


class Trial(NamedTuple):
    """Work that is ready to run: its data are in the layout of the library."""

    run: Callable[[], Any]
    is_equal: Callable[[Any], bool | None]  # None where there is nothing to compare with.
    note: str = ""
    describe: Callable[[Any], str] | None = None  # What else is to be said of an answer.


class Task(Protocol):
    """The data of one kind of work, and what a peer's answer must be."""

    units: int
    size: int  # Columns or draws.
    small: int  # As many as a first try takes.
    threads: int

    def figure(self, seconds: float, size: int) -> float:
        """The seconds of one run in the unit of the work."""
        ...


@dataclass(frozen=True)
class Peer:
    """An implementation that regionsim is compared with."""

    work: str
    name: str
    unit: str
    package: str  # Its version is the peer's.
    variants: dict[str, Callable[[Any, int], Trial]]  # Layouts and the like; the best is measured.
    note: str = ""
    threads: int | None = None  # Where it can use but so many.


@dataclass
class Peers:
    """The peers of one kind of work."""

    work: str
    unit: str
    all: list[Peer] = field(default_factory=list)

    def add(self, name: str, package: str, note: str = "", work: str = "",
            threads: int | None = None, **variants: Callable[[Any, int], Trial]) -> None:
        self.all.append(Peer(work or self.work, name, self.unit, package, variants, note, threads))


class Data:
    """The directory that regionsim writes."""

    def __init__(self, directory: Path, threads: int) -> None:
        self.directory = directory
        self.threads = threads
        self.description: dict[str, Any] = json.loads((directory / "work.json").read_text())

    def __getitem__(self, name: str) -> Any:
        return self.description[name]

    def read(self, name: str, kind: str = "<f8", count: int = -1) -> np.ndarray:
        """The first numbers of a file."""
        values = np.fromfile(self.directory / name, dtype=kind, count=count)
        return values.astype(values.dtype.newbyteorder("="), copy=False)


def in_parts(work: Callable[[int, int], None], count: int, part: int,
             pool: ThreadPoolExecutor) -> None:
    """Call work(first, end) for every part of so many, on all threads of the pool."""
    starts = range(0, count, part)
    for _ in pool.map(lambda first: work(first, min(first + part, count)), starts):
        pass


def peak_megabytes() -> float:
    """The most memory that this process has used."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024, 1)
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale, 1)


def timed(run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def rounded(size: float) -> int:
    """A size with its first two digits."""
    whole = max(int(size), 1)
    step = 10 ** max(len(str(whole)) - 2, 0)
    return whole // step * step


def affordable_size(prepare: Callable[[Any, int], Trial], task: Task,
                    seconds: float) -> tuple[int, float]:
    """How many columns a variant can do in the time of one run, and how long it takes for each."""
    size = min(task.small, task.size)
    trial = prepare(task, size)
    trial.run()  # Compiles what is compiled when first called.
    while True:
        elapsed = min(timed(trial.run) for _ in range(2))
        affordable = min(task.size, rounded(size * seconds / elapsed))
        if affordable < 2 * size:
            return max(min(size, affordable), min(task.small, task.size)), elapsed / size
        size = min(affordable, 16 * size)
        trial = prepare(task, size)
        trial.run()


def measure(peer: Peer, task: Task, repeats: int, budget: float) -> dict[str, Any]:
    """Check and time the best variant of a peer within some seconds."""
    seconds = budget / (repeats + 3 * len(peer.variants))
    sizes = {name: affordable_size(prepare, task, seconds)
             for name, prepare in peer.variants.items()}
    best = min(sizes, key=lambda name: sizes[name][1])
    size, each = sizes[best]
    repeats = max(1, min(repeats, int(budget / (size * each))))
    trial = peer.variants[best](task, size)
    answer = trial.run()
    is_equal = trial.is_equal(answer)
    described = trial.describe(answer) if trial.describe else ""
    del answer
    times = [timed(trial.run) for _ in range(repeats)]
    figures = [task.figure(elapsed, size) for elapsed in times]
    notes = [peer.note, trial.note, described, best if len(sizes) > 1 else ""]
    return {
        "work": peer.work,
        "implementation": peer.name,
        "version": importlib.metadata.version(peer.package),
        "units": task.units,
        "columns": size,
        "threads": peer.threads or task.threads,
        "median": statistics.median(figures),
        "min": min(figures),
        "max": max(figures),
        "unit": peer.unit,
        "repeats": repeats,
        "peakMegabytes": peak_megabytes(),
        "isEqual": None if is_equal is None else bool(is_equal),
        "note": "; ".join(note for note in notes if note),
    }
