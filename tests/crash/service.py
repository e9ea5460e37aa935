"""The service as a process of its own, which can be killed like any other."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.postgres import dies_with_us

COMMAND = (sys.executable, "-m", "evalsvc.cli", "serve")
ADDRESS = re.compile(r"http://127\.0\.0\.1:([0-9]+)")
PATIENCE = 20.0
MOST_SAID = 3_000
LONG = str(60 * 24 * 365)


class Service:
    """`evalsvc serve` on a port of the kernel's choice; `port` changes with each start."""

    def __init__(self, url: str, log: IO[str], files: Path | None = None) -> None:
        self.environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith("EVALSVC_")},
            "EVALSVC_DATABASE_URL": url,
            "EVALSVC_PORT": "0",
            "EVALSVC_SESSION_MINUTES": LONG,
            "PYTHONUNBUFFERED": "1",
            **({"EVALSVC_FILES": str(files)} if files else {}),
        }
        self.log = log
        self.process: subprocess.Popen[str] | None = None
        self.port = 0

    def start(self) -> None:
        """Returns when it answers."""
        self.process = subprocess.Popen(  # noqa: S603
            [*dies_with_us(), *COMMAND],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            start_new_session=True,  # Ctrl-C is for the tests, which then stop it
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := ADDRESS.search(line):
                self.port = int(found[1])
                return
        raise AssertionError(f"the service did not start:\n{self.said()}")

    def said(self) -> str:
        """The end of its log; the writer's place in it stays."""
        return os.pread(self.log.fileno(), MOST_SAID, max(0, self._size() - MOST_SAID)).decode()

    def _size(self) -> int:
        return os.fstat(self.log.fileno()).st_size

    def kill(self) -> None:
        """Dies without a word."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None


@contextmanager
def running(url: str, files: Path | None = None) -> Iterator[Service]:
    with tempfile.TemporaryFile("w+") as log:
        service = Service(url, log, files)
        try:
            service.start()
            yield service
        finally:
            service.stop()
