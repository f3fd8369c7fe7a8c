"""How wide a text is in the fonts of the site: a table measured in Chromium, because a build has no browser."""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

EM = 1000
UNKNOWN_LETTER = 650


class Face(NamedTuple):
    """The widths of the characters that are neither a full em wide nor made of a letter and an accent."""

    widths: Mapping[str, int]


def _face(ascii_widths: str, **others: int) -> Face:
    ascii_part = {chr(32 + place): int(width) for place, width in enumerate(ascii_widths.split())}
    named = {unicodedata.lookup(name.replace("_", " ")): width for name, width in others.items()}
    return Face(MappingProxyType(ascii_part | named))


_ARIAL = {"EN_DASH": 556, "MIDDLE_DOT": 278, "BULLET": 350, "MULTIPLICATION_SIGN": 584, "DEGREE_SIGN": 400}
_HAN = {"EN_DASH": 540, "DEGREE_SIGN": 390}

HAN = _face(
    """224 323 475 555 555 921 680 279 338 338 463 555 278 347 278 392 555 555 555 555 555 555 555 555 555 555 278 278
    555 555 555 473 946 602 657 609 688 589 550 689 728 293 495 646 543 812 723 742 633 742 635 583 591 721 582 878 573
    525 587 338 392 338 555 559 606 563 618 488 620 554 322 564 607 275 275 552 284 926 610 606 620 620 388 468 357 607
    521 802 498 521 475 338 270 338 555""",
    **_HAN,
)
HAN_BOLD = _face(
    """226 370 577 590 590 963 740 326 378 378 504 590 325 370 325 387 590 590 590 590 590 590 590 590 590 590 325 325
    590 590 590 512 1007 638 681 621 714 615 583 717 757 330 528 686 578 853 749 770 667 770 682 607 617 748 626 915
    627 573 600 378 387 378 590 567 626 591 644 500 644 581 360 597 640 304 306 604 315 964 641 626 644 644 436 495 400
    637 576 863 562 574 511 378 296 378 590""",
    **_HAN,
)
LATIN = _face(
    """278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278
    584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944
    667 667 611 278 278 278 469 556 333 556 556 500 556 556 262 556 556 222 222 500 222 833 556 556 556 556 333 500 278
    556 500 722 500 500 500 334 260 334 584""",
    **_ARIAL,
    LEFT_SINGLE_QUOTATION_MARK=206,
    RIGHT_SINGLE_QUOTATION_MARK=206,
    LEFT_DOUBLE_QUOTATION_MARK=333,
    RIGHT_DOUBLE_QUOTATION_MARK=333,
)
LATIN_BOLD = _face(
    """278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333
    584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944
    667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333
    611 556 778 556 556 500 389 280 389 584""",
    **_ARIAL,
    LEFT_SINGLE_QUOTATION_MARK=244,
    RIGHT_SINGLE_QUOTATION_MARK=244,
    LEFT_DOUBLE_QUOTATION_MARK=500,
    RIGHT_DOUBLE_QUOTATION_MARK=500,
)
"""The faces behind the style sheet's `--text`: what `:lang(en)` sets first, and the Han stack; weights 500 and 700."""


def text_width(text: str, face: Face, size: float) -> float:
    """The width of one line, in the unit of its size."""
    widths = face.widths
    return sum([widths[sign] if sign in widths else _other(sign, widths) for sign in text]) * size / EM


def _other(sign: str, widths: Mapping[str, int]) -> int:
    if "\u4e00" <= sign <= "\u9fff" or (sign >= "\u2e80" and unicodedata.east_asian_width(sign) in "WF"):
        return EM
    if unicodedata.combining(sign):
        return 0
    plain = unicodedata.normalize("NFD", sign)[0]
    if plain in widths:
        return widths[plain]
    # A letter of another script is rarely wider; a sign is drawn by the Han face, a full em wide.
    return UNKNOWN_LETTER if sign.isalpha() else EM
