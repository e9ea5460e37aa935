"""How often one calendar may be asked for: a broken program asks without a pause."""

from collections import OrderedDict
from datetime import datetime, timedelta

SPAN = timedelta(minutes=10)
MOST = 30
MOST_KEPT = 10_000


class Pace:
    """Counts in this process only: a bound on work, not a secret that has to be kept."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, tuple[datetime, int]] = OrderedDict()

    def allows(self, who: int, now: datetime) -> bool:
        since, number = self._known.pop(who, (now, 0))
        if now - since >= SPAN:
            since, number = now, 0
        self._known[who] = since, number + 1
        if len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        return number < MOST
