"""Totals of a layer to the text in which they are kept, and back; numbers as exact text."""

import json
from decimal import Decimal
from functools import lru_cache
from typing import Any

from evalsvc.domain.history import written
from evalsvc.domain.summary import Totals


def to_text(totals: Totals | None) -> str | None:
    if totals is None:
        return None
    return written(
        {
            "total": str(totals.total),
            "compared": str(totals.compared),
            "scale": str(totals.unit_scale),
            "most": str(totals.most),
            "band": totals.band,
            "earned": totals.earned,
            "gates": list(totals.gates),
            "unrated": list(totals.unrated),
            "keys": [None if key is None else str(key) for key in totals.keys],
            "groups": [[code, str(counted), str(of)] for code, counted, of in totals.groups],
            "waiting": totals.waiting,
        }
    )


@lru_cache(maxsize=2_048)
def of_text(text: str | None) -> Totals | None:
    """The same text always says the same; a page of a ranking reads a hundred at every look.

    The bound keeps about 10 MB, a few thousand sheets that people look at over and over.
    """
    if text is None:
        return None
    read: dict[str, Any] = json.loads(text)
    return Totals(
        Decimal(read["total"]),
        Decimal(read["compared"]),
        Decimal(read["scale"]),
        Decimal(read["most"]),
        read["band"],
        read["earned"],
        tuple(read["gates"]),
        tuple(read["unrated"]),
        tuple(None if key is None else Decimal(key) for key in read["keys"]),
        tuple([(code, Decimal(counted), Decimal(of)) for code, counted, of in read["groups"]]),
        read["waiting"],
    )
