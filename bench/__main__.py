"""`make bench`: prints each measure beside its bound, and how it grows."""

import json
import subprocess
import sys
from pathlib import Path

from bench import measures

BIN = Path(sys.executable).parent
ONE_SET = "criteria/tv-2019.yaml"


def main() -> None:
    if len(sys.argv) > 1:
        name, size = sys.argv[1:]
        cpu = getattr(measures, name)(int(size))
        print(json.dumps([cpu, measures.peak_megabytes()]))  # noqa: T201
        return
    print(f"{'measure':44}{'size':>9}{'CPU s':>9}{'bound':>8}{'peak MB':>9}{'growth':>8}")  # noqa: T201
    table("sheets of 60 lines, from parsed answers", "scored", (3_000, 6_000, 12_000), cpu=6.0)
    table("the same as a stream, with results", "streamed", (25_000, 50_000, 100_000), peak=300)
    table("units ranked in 34 blocks, with quotas", "placed", (25_000, 50_000, 100_000), cpu=1.5)
    whole("evalsvc --help", 0.20, "--help")
    whole(f"evalsvc criteria check {ONE_SET}", 0.30, "criteria", "check", ONE_SET)


def table(
    title: str, name: str, sizes: tuple[int, ...], cpu: float | None = None, peak: float = 0
) -> None:
    """Growth is the CPU against that of the size before; 2 is linear."""
    before = 0.0
    for size in sizes:
        command = [sys.executable, "-m", "bench", name, str(size)]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
        spent, memory = json.loads(out)
        growth = f"{spent / before:8.2f}" if before else " " * 8
        bound = ""
        if size == sizes[-1]:
            bound = f"{cpu:.2f} s" if cpu else f"{peak:.0f} MB"
        print(f"{title:44}{size:9,}{spent:9.2f}{bound:>8}{memory:9.0f}{growth}")  # noqa: T201
        before = spent


def whole(title: str, bound: float, *words: str) -> None:
    spent = measures.process(str(BIN / "evalsvc"), *words)
    print(f"{title:44}{'process':>9}{spent:9.2f}{f'{bound:.2f} s':>8}")  # noqa: T201


main()
