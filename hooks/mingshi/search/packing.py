"""Numbers and lists as printable text that compresses well, and a list of parts as files. search.js reads both."""

import zlib
from base64 import b32encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log2

DIGITS = [chr(code) for code in range(35, 127) if code != 92]
"""Printable, without the quotation mark and the backslash that a string would have to escape."""
LAST = 46
"""Digits below this end a number; the others say that more follows."""
MORE = len(DIGITS) - LAST
VALUES = {digit: value for value, digit in enumerate(DIGITS)}
_SMALL = 1 << 14
FOLDER = "assets/search/"
NAME_LENGTH = 5


def number(value: int) -> str:
    """The smaller, the shorter: one character up to 45, two up to 2115."""
    text = DIGITS[value % LAST]
    value //= LAST
    while value:
        value -= 1
        text = DIGITS[LAST + value % MORE] + text
        value //= MORE
    return text


def numbers(text: str) -> list[int]:
    """The numbers of a text, as `number` wrote them."""
    found, high = [], 0
    for character in text:
        digit = VALUES[character]
        if digit < LAST:
            found.append(high * LAST + digit)
            high = 0
        else:
            high = high * MORE + digit - LAST + 1
    return found


def writer() -> Callable[[Sequence[int]], str]:
    """Writes many numbers; most are small and written before."""
    small = [number(value) for value in range(_SMALL)]

    def write(values: Sequence[int]) -> str:
        if max(values) < _SMALL:
            return "".join([small[value] for value in values])
        return "".join([small[value] if value < _SMALL else number(value) for value in values])

    return write


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an index: `common`, `terms` from a first term on, or a block of `cards`. Data is JSON."""

    kind: str
    data: str

    @property
    def packed(self) -> int:
        """Bytes as a server sends them."""
        return len(zlib.compress(self.data.encode(), 6))


def runs(items: Sequence[str], sizes: Sequence[int], aim: int) -> Iterator[slice]:
    """Neighbours together, near an aimed size. Items tell by themselves where to cut, so an edit moves few borders."""
    odds = 1 << max(0, round(log2(aim * max(1, len(items)) / 2 / max(1, sum(sizes)))))
    start = size = 0
    for at, item in enumerate(items):
        if size > 2 * aim or (size > aim / 2 and _mark(item) % odds == 0):
            yield slice(start, at)
            start, size = at, 0
        size += sizes[at]
    if start < len(items):
        yield slice(start, len(items))


def name_of(content: str) -> str:
    """A few letters that change with the content."""
    return b32encode(blake2b(content.encode(), digest_size=5).digest()).decode().lower()[:NAME_LENGTH]


def _mark(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest())
