"""Draws the steps of a process as a flow chart with a lane for everyone who takes part. Pure: steps in, SVG out.

Written by hand because no layout library puts lanes first: grandalf, igraph and fast-sugiyama know layers but no lanes,
Graphviz has no lanes that hold, processpiper draws at most four lines a box and measures with fonts it must find, and
the layouts that know lanes (ELK, maxGraph, GoJS, mermaid) are JavaScript, which a build does not have.
"""

from dataclasses import dataclass

from mingshi.flow.chart import Branch, Chart, Step
from mingshi.flow.layout import Layout, lay_out
from mingshi.flow.svg import draw

__all__ = ["Branch", "Chart", "Layout", "Picture", "Step", "lay_out", "picture"]


@dataclass(frozen=True, slots=True)
class Picture:
    svg: str
    width: int
    height: int


def picture(chart: Chart) -> Picture:
    layout = lay_out(chart)
    return Picture(draw(chart, layout), layout.width, layout.height)
