"""The service behind a real server on this machine, for browsers and for clients in parallel."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from flask import Flask
from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]

Serve = Callable[[Flask], str]


@contextmanager
def served(app: Flask, *, threads: int = 4) -> Iterator[str]:
    """The address of the site, on a port that the kernel chose; gone with every thread of it."""
    sockets: dict[int, Any] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=threads)
    over = threading.Event()

    def run() -> None:
        while not over.is_set():
            wasyncore.loop(timeout=1, use_poll=True, map=sockets, count=1)

    thread = threading.Thread(target=run, name="live server")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        over.set()
        server.pull_trigger()
        thread.join()
        server.task_dispatcher.shutdown()
        for channel in list(server.active_channels.values()):
            channel.handle_close()  # also what was still being sent, which close_all leaves open
        wasyncore.close_all(sockets)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts an app on a server until the end of the test; several at once may run."""
    with ExitStack() as running:
        yield lambda app: running.enter_context(served(app))
