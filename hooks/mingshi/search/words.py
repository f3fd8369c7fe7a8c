"""Text → the terms by which it is found: pairs of Chinese characters, words, numbers, form numbers.

search.js cuts a question the same way, by the patterns of `SPECIFICATION`, which every index carries;
tests/search/vectors.json holds both to it. Indexes nothing.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import snowballstemmer

HAN = "\u3005-\u3007\u3040-\u312f\u3400-\u9fff\uac00-\ud7a3"
LETTERS = "a-z\u00df-\u02af\u0370-\u1fff"
PARTITION = 3
"""Words that begin with the same letters lie together; as many as this count."""
NUMERALS = "零一二三四五六七八九十百千萬"
COUNTED = "個天日月年週歲條款項次元時分倍人成樓號期級"
"""What stands after a number written in one character, so that 三個 is a number and 一般 is not."""
COMMON = "的了嗎呢吧啊我你您他她它是在被把要想請問怎麼如何什哪些可以該就也都還跟與或及去來從"
"""Characters that ask rather than name: a pair with one of them that no page has says nothing."""
ASKING = (
    "時候 會不 不會 要不 不要 有沒 沒有 可不 不可 是不 不是 能不 "
    "不能 還能 還是 或是 或者 因為 所以 但是 不過 如果 的話 已經 "
    "曾經 現在 目前 今天 昨天 明天 最近 以後 之後 之前 以前 後來 "
    "然後 直接 一直 一定 一起 一樣 一共 總共 到底 究竟 好像 應該 "
    "必須 需要 可能 自己 人家 我們 你們 他們 大家 有人 別人 一個 "
    "一些 一下 一點 有點 什麼 怎樣 這樣 那樣 這個 那個 這種 這裡 "
    "那裡 是否 有的 還有 只有 只要 只能 就是 才能 而且 每個 如何 "
    "為何 為什 甚麼 關於 對於 至於 一種 看到 知道 告訴 覺得 希望 "
    "想要 打算 沒辦 辦法 麻煩 謝謝 你好 您好 請教 東西 事情"
)
"""Pairs that ask, tell or join and name nothing, however rarely a page says them."""
STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "got",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "need",
        "no",
        "not",
        "of",
        "on",
        "one",
        "or",
        "our",
        "please",
        "she",
        "should",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "to",
        "too",
        "up",
        "us",
        "want",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "s",
        "t",
        "d",
        "m",
        "ll",
        "re",
        "ve",
    ]
)
_STEMMERS = {"en": "english", "zh": "english", "id": "indonesian", "es": "spanish", "fr": "french", "de": "german"}
SPECIFICATION = {
    "thousands": "([0-9]),(?=[0-9]{3}(?![0-9]))",
    "piece": f"[{HAN}]+|[{LETTERS}0-9]+(?:[-_./][{LETTERS}0-9]+)*",
    "part": f"[{LETTERS}]+|[0-9]+",
    "after": f"^ ?([{HAN}])",
    "numeral": f"[{NUMERALS}]+",
    "ending": "(?:ations?|ings?|ments?|ies|ed|es|s|e|y|ers?|ors?|ions?)$",
    "numerals": NUMERALS,
    "counted": COUNTED,
}
_THOUSANDS, _PIECE, _PART, _AFTER, _NUMERAL, _ENDING = map(re.compile, list(SPECIFICATION.values())[:6])
_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD_RUN = re.compile(SPECIFICATION["piece"].partition("|")[2])
_ODD_RUN = re.compile(f"(?:{_WORD_RUN.pattern})(?: ?[{HAN}])?")
_COMMA = re.compile(",[0-9]{3}")
_LATIN = re.compile(f"[{LETTERS}0-9]")


class Token(NamedTuple):
    """A term and where it stands. Kinds: `pair` and `single` of Chinese, `word`, `number`, `code` (a form number)."""

    term: str
    kind: str
    start: int
    end: int


def cut(folded: str) -> Iterator[Token]:
    """The tokens of a folded text, from left to right; what overlaps says the same in other ways."""
    for piece in _PIECE.finditer(folded):
        text, start = piece[0], piece.start()
        if text[0] > "\u3000":
            yield from _cut_han(text, start)
        else:
            yield from _cut_word(text, start, folded)


def terms(folded: str) -> list[str]:
    """The terms of a text, words with a `~` before them: what `cut` finds, but for places, and much faster."""
    others, words = terms_and_words(folded)
    return others + words


def terms_and_words(folded: str) -> tuple[list[str], list[str]]:
    others: list[str] = []
    for run in _HAN_RUN.findall(folded):
        if len(run) == 1:
            others.append(run)
        else:
            others += [run[at : at + 2] for at in range(len(run) - 1)]
    if _NUMERAL.search(folded):
        for run in _HAN_RUN.finditer(folded):
            others += [token.term for token in _numerals(run[0], 0)]
    words: list[str] = []
    if _LATIN.search(folded):
        pieces = _WORD_RUN.findall(folded)
        words = [f"~{piece}" for piece in pieces if piece.isalpha()]
        if len(words) < len(pieces):
            for odd in _ODD_RUN.findall(folded):
                for term in _odd(odd):
                    (words if term[0] == "~" else others).append(term)
    return others, words


@cache
def _odd(text: str) -> tuple[str, ...]:
    """The terms of a piece with what follows, unless it is just letters."""
    piece = _WORD_RUN.match(text)
    if piece is None or piece[0].isalpha():
        return ()
    return tuple(f"~{token.term}" if token.kind == "word" else token.term for token in _cut_word(piece[0], 0, text))


def tidy(folded: str) -> str:
    """20,000 → 20000."""
    return _THOUSANDS.sub(r"\1", folded) if _COMMA.search(folded) else folded


def _cut_han(run: str, start: int) -> Iterator[Token]:
    if len(run) == 1:
        yield Token(run, "single", start, start + 1)
    for at in range(len(run) - 1):
        yield Token(run[at : at + 2], "pair", start + at, start + at + 2)
    yield from _numerals(run, start)


def _numerals(run: str, start: int) -> Iterator[Token]:
    for numeral in _NUMERAL.finditer(run):
        first, last = numeral.span()
        after = run[last : last + 1]
        if last - first > 1 or (after and after in COUNTED) or run[first - 1 : first] == "第":
            number = value(numeral[0])
            yield Token(number, "number", start + first, start + last)
            if after:
                yield Token(number + after, "number", start + first, start + last + 1)


def _cut_word(text: str, start: int, folded: str) -> Iterator[Token]:
    parts = [
        Token(part[0].lstrip("0") or "0", "number", start + part.start(), start + part.end())
        if part[0][0] <= "9"
        else Token(part[0], "word", start + part.start(), start + part.end())
        for part in _PART.finditer(text)
    ]
    yield from parts
    if len(parts) > 1 and any(part.kind == "word" for part in parts):
        yield Token("".join(part.term for part in parts), "code", start, start + len(text))
    end = start + len(text)
    after = _AFTER.match(folded[end : end + 2])
    if after and parts[-1].kind == "number":
        yield Token(parts[-1].term + after[1], "number", parts[-1].start, end + after.end())


def value(numeral: str) -> str:
    """十五 → 15, 二零二六 → 2026, 三萬 → 30000."""
    if not any(character in "十百千萬" for character in numeral):
        return "".join(str(NUMERALS.index(character)) for character in numeral).lstrip("0") or "0"
    total = section = digit = 0
    for character in numeral:
        at = NUMERALS.index(character)
        if at < 10:
            digit = at
        elif character == "萬":
            total, section, digit = total + (section + digit or 1) * 10000, 0, 0
        else:
            section, digit = section + (digit or 1) * 10 ** (at - 9), 0
    return str(total + section + digit)


def exact(word: str) -> str:
    """The term of a word (with its `~`) in this very form, which lies beside its stem: ~shelter → shelter=."""
    return f"{word[1:]}="


def root(word: str) -> str:
    """A word without its endings, roughly: what a browser knows of stems, for words that no page has."""
    while True:
        short = _ENDING.sub("", word)
        if len(short) < 3 or short == word:
            return word
        word = short


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """The stems by which the words of a language are indexed."""
    name = _STEMMERS.get(language)
    return cache(snowballstemmer.stemmer(name).stemWord) if name else str
