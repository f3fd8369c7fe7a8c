"""What counts for how much when a question is answered: every index carries these numbers to search.js."""

from typing import NamedTuple


class Worth(NamedTuple):
    """What a way to say something counts for: in the score, and as an answer to the question."""

    score: float
    cover: float


OWN = Worth(1.0, 1.0)
EXACT = Worth(1.3, 1.0)
"""A word that a title has in this very form."""
OFFICIAL, EVERYDAY = Worth(0.95, 1.0), Worth(0.6, 0.9)
GENERAL = Worth(0.75, 0.7)
"""A word of our own table, which knows nothing of the office."""
KIN, BEGUN, SLIP, TWO_SLIPS = Worth(0.8, 1.0), Worth(0.8, 1.0), Worth(0.6, 0.9), Worth(0.4, 0.7)
SKIPPED, SCATTERED = Worth(0.6, 0.7), Worth(0.3, 0.3)
WORTHS = (OFFICIAL, EVERYDAY, KIN, BEGUN, SLIP, TWO_SLIPS, SKIPPED, SCATTERED, EXACT, GENERAL)

FAINT, MIXED, HALF, STRONG = 0.25, 0.7, 0.7, 1.5
"""The weight of a pair that only asks, of one that half asks, of a bare number, of a form number."""
STRADDLE = 0.5
"""What is left of the weight of a pair that lies half inside a phrase with synonyms."""
POOR, CLOSE = 11, 8
"""Where no page says the question more strongly than this level, more is forgiven; less than that is close at best."""
LEAST = 0.12
"""Of the best score; what has less is not shown."""
GROUND = 0.3
"""The share of its score that a record keeps however little of the question it covers."""
SURE, AHEAD = 12, 4
"""Another language is offered where the own one stays below this level, and the other is so many levels better."""
LIMITS = (FAINT, HALF, STRONG, POOR, CLOSE, LEAST, GROUND, MIXED, STRADDLE, SURE, AHEAD)

MOST = 100
FEW, BEGINNINGS = 3, 12
"""So many words may stand for an unknown one, and for one that is still being typed."""
