"""The measures: each runs in a process of its own, so that its peak memory is its own."""

import os
import resource
import sys
from collections.abc import Callable, Iterator
from time import process_time

from bench import material
from evalsvc.domain.quotas import banded, field
from evalsvc.domain.results import result
from evalsvc.domain.scoring import ScoreSheet, score
from evalsvc.domain.titles import titled

BEST_OF = 9
DISTINCT = 400


def best_cpu(work: Callable[[], object], times: int = BEST_OF) -> float:
    best = float("inf")
    for _ in range(times):
        start = process_time()
        work()
        best = min(best, process_time() - start)
    return best


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def sheets(number: int) -> Iterator[ScoreSheet]:
    """A stream: each sheet may be dropped as soon as it has been looked at."""
    form = material.sheet()
    parsed = [material.answers(form, unit) for unit in range(DISTINCT)]
    return (score(form, parsed[at % DISTINCT]) for at in range(number))


def scored(number: int) -> float:
    """CPU of scoring alone: the answers are parsed before the clock starts."""
    best = float("inf")
    for _ in range(BEST_OF):
        stream = sheets(number)
        start = process_time()
        for _sheet in stream:
            pass
        best = min(best, process_time() - start)
    return best


def streamed(number: int) -> float:
    """CPU of sheets with their results, one after another; the peak is what counts here."""
    start = process_time()
    for sheet in sheets(number):
        result(sheet)
    return process_time() - start


def placed(number: int) -> float:
    """Ranks in each block and overall, bands after quotas, titles."""
    criteria, units = material.criteria(), material.units(number)
    standings = tuple(material.standings(number))

    def work() -> None:
        ranked = field(criteria, standings, units)
        titled(ranked, banded(ranked))

    return best_cpu(work)


def process(*command: str) -> float:
    """CPU of a whole process, best of nine; its output is thrown away."""
    best = float("inf")
    with open(os.devnull, "w") as nothing:
        for _ in range(BEST_OF):
            actions = [(os.POSIX_SPAWN_DUP2, nothing.fileno(), 1)]
            pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
            _, status, usage = os.wait4(pid, 0)
            if status != 0:
                sys.exit(f"{' '.join(command)} ended with {status}")
            best = min(best, usage.ru_utime + usage.ru_stime)
    return best
