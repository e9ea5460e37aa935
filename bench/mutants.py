"""`make mutants`: fails on too many surviving mutants, or on one without a reason."""

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
MUTMUT = Path(sys.executable).parent / "mutmut"
REASONS = Path(__file__).parent / "survivors.txt"
GREATEST_SHARE = 5
NOTICED = {"killed", "timeout", "caught by type check"}


def main() -> None:
    print("mutmut runs from the start; this takes some ten minutes", flush=True)  # noqa: T201
    # results of earlier tests would be kept for code that did not change
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    mutmut("run", "--max-children", "2")
    found = statuses(mutmut("results", "--all", "true"))
    if not found:
        sys.exit("There are no mutants at all.")
    alive = [name for name, status in found.items() if status not in NOTICED]
    sys.exit(not report(alive, len(found), reasons(REASONS.read_text("utf-8"))))


def mutmut(*words: str) -> str:
    command = [str(MUTMUT), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")  # noqa: S603
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def statuses(text: str) -> dict[str, str]:
    """`name: status` on each line."""
    lines = (line.strip().partition(": ") for line in text.splitlines())
    return {name: status for name, colon, status in lines if colon}


def reasons(text: str) -> dict[str, str]:
    """`name  reason` on each line; docs/mutants.md says what each reason means."""
    lines = (line.partition("  ") for line in text.splitlines())
    return {name: reason.strip() for name, _, reason in lines if reason.strip()}


def report(alive: list[str], number: int, reason_of: dict[str, str]) -> bool:
    """Prints what survived; whether that is little enough and all of it has a reason."""
    share = 100 * len(alive) / number
    print(f"{number} mutants, {len(alive)} survive: {share:.1f} % (bound {GREATEST_SHARE} %)")  # noqa: T201
    for reason, times in Counter(reason_of.get(name, "no reason") for name in alive).items():
        print(f"{times:6}  {reason}")  # noqa: T201
    unlisted = [name for name in alive if name not in reason_of]
    for name in unlisted:
        print(f"survives without a reason: {name}")  # noqa: T201
    for name in sorted(reason_of.keys() - set(alive)):
        print(f"listed, but noticed or gone: {name}")  # noqa: T201
    return share <= GREATEST_SHARE and not unlisted


if __name__ == "__main__":
    main()
