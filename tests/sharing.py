"""Which tests share a process: those of one file, so that what is made once for a file is."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

APART = {"tests/catalog/test_mutated_lines.py"}
"""Long tests that share nothing: they fill up what time the processes have left at the end."""


class Sharing(LoadScopeScheduling):
    """The files with most tests begin."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return nodeid if file in APART else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    return Sharing(config, log)
