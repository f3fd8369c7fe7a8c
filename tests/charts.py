"""Processes of every shape, to draw."""

from random import Random

from hypothesis import strategies as st

from mingshi.flow import Branch, Chart, Step

HAN = "失業給付申請文件齊全補件核定撥款通知查驗登記審查、？單位期限內辦理結案。（一）14天"
WORDS = ("Check", "the", "papers", "unemployment", "benefit", "within", "14", "days?", "Recertification", "approve,")
KINDS = ("task", "decision", "wait", "end")


@st.composite
def charts(draw: st.DrawFn, most: int = 40) -> Chart:
    """Any process that an SOP may be and many that it may not: loops, dead ends, many ways, long words."""
    return chart(draw(st.randoms(use_true_random=False)), draw(st.integers(2, most)), draw(st.integers(1, 8)))


def chart(random: Random, steps: int, lanes: int) -> Chart:
    latin = random.random() < 0.5
    kinds = ["start", *(random.choice(KINDS) for _ in range(steps - 2)), "end"]
    return Chart(
        name="A <chart> & its name",
        description="What it shows",
        stopped="clock stopped" if latin else "期限暫停",
        lanes=tuple(text(random, latin, 6) for _ in range(lanes)),
        steps=tuple(_step(random, kinds, number, lanes, latin) for number in range(steps)),
        latin=latin,
    )


def _step(random: Random, kinds: list[str], number: int, lanes: int, latin: bool) -> Step:
    kind, last = kinds[number], len(kinds) - 1
    ways = {"end": 0, "decision": random.choice((2, 2, 3, 4, 5)), "wait": random.choice((1, 2))}.get(kind, 1)
    targets = [random.randint(0, last) if random.random() < 0.3 else min(number + way + 1, last) for way in range(ways)]
    return Step(
        id=f"step-{number}",
        kind=kind,
        lane=random.randrange(lanes),
        title=text(random, latin, 16),
        number=number + 1,
        limit=random.choice(("", "7 days" if latin else "7天")),
        href=f"#step-{number}",
        branches=tuple(
            Branch(f"step-{target}", text(random, latin, 24) if ways > 1 or random.random() < 0.1 else "")
            for target in targets
        ),
    )


def text(random: Random, latin: bool, longest: int) -> str:
    length = random.randint(1, longest)
    if latin:
        return " ".join(random.choice(WORDS) for _ in range(length // 3 + 1))
    return "".join(random.choice(HAN) for _ in range(length))
