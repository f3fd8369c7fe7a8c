"""`python -m bench.drawing [STEPS ...]`: what a flow chart costs, in milliseconds of CPU and bytes, by its size.

The same process in a further language costs less, because everything stands at the same places.
"""

import gzip
import statistics
import sys
import time
from random import Random

from mingshi.flow import Branch, Chart, Step, picture
from mingshi.flow.layout import sketch

SIZES = (3, 10, 20, 40)
CHARTS, TIMES = 60, 3
TITLES = (
    "收件並登錄",
    "查驗文件、登記求職",
    "文件齊全嗎？",
    "核定給付金額",
    "書面通知申請人",
    "等候補件",
    "會計室撥款",
)
ANSWERS = ("文件齊全", "缺文件，要補件", "不符合資格，不發給")


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    print("steps  median ms  slowest ms  again ms      KB  KB gzip")
    for steps in sizes:
        random = Random(steps)
        charts = [chart(random, steps, random.randint(1, 8)) for _ in range(CHARTS)]
        times = [min(_cost(chart, anew=True) for _ in range(TIMES)) for chart in charts]
        again = statistics.median(min(_cost(chart) for _ in range(TIMES)) for chart in charts)
        largest = max((picture(chart).svg for chart in charts), key=len).encode()
        weight = f"{len(largest) / 1024:8.1f}{len(gzip.compress(largest)) / 1024:9.1f}"
        print(f"{steps:>5}{statistics.median(times):>11.2f}{max(times):>12.2f}{again:>10.2f}{weight}")


def chart(random: Random, steps: int, lanes: int) -> Chart:
    """A process as offices have them: mostly onward, a question every third step, corrections that loop back."""
    names = tuple(f"第{lane + 1}科" for lane in range(lanes))
    made = [_step(random, place, steps, lanes) for place in range(steps)]
    return Chart("流程圖", "說明", "期限暫停", names, tuple(made))


def _step(random: Random, place: int, steps: int, lanes: int) -> Step:
    kind = "start" if not place else "end" if place == steps - 1 else "task" if place % 3 else "decision"
    branches = [Branch(f"s{place + 1}")] if kind != "end" else []
    if kind == "decision":
        branches = [Branch(f"s{place + 1}", ANSWERS[0]), Branch(f"s{steps - 1}", ANSWERS[2])]
        branches += [Branch(f"s{max(place - 2, 0)}", ANSWERS[1])] * (place % 2)
    limit = "3天" if kind == "task" else ""
    lane = random.randrange(lanes)
    return Step(f"s{place}", kind, lane, random.choice(TITLES), place + 1, limit, f"#s{place}", tuple(branches))


def _cost(chart: Chart, anew: bool = False) -> float:
    if anew:
        sketch.cache_clear()
    start = time.process_time()
    picture(chart)
    return (time.process_time() - start) * 1000


main()
