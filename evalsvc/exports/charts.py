"""Charts as SVG for pages and paper; each also says in words what it shows."""

from evalsvc.exports.charts_dots import distribution, dots
from evalsvc.exports.charts_gaps import gap_chart
from evalsvc.exports.charts_rulers import mini_ruler, ruler, rulers
from evalsvc.exports.charts_values import Band, Block, Gap, Layer

__all__ = [
    "Band",
    "Block",
    "Gap",
    "Layer",
    "distribution",
    "dots",
    "gap_chart",
    "mini_ruler",
    "ruler",
    "rulers",
]
