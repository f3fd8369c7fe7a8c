"""`python -m bench.finding ROOT`: what search costs: CPU of its index, bytes of a first search, time in Chromium."""

import gzip
import random
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from statistics import median
from urllib.parse import quote

from mingshi.catalogue import Catalogue, load
from mingshi.pages import painters
from mingshi.project import no_collection, today
from mingshi.search import files as files_of
from mingshi.search import indexes

SCRIPTS = ("assets/search.js", "assets/found.js")
QUESTIONS = 40
PLACE = "/some/where/"


def main() -> None:
    root = Path(sys.argv[1])
    with no_collection():
        catalogue = load(root / "data").catalogue
        assert catalogue is not None
        start = time.process_time()
        facts = [painter.sayings.facts for painter in painters(catalogue, None, today())]
        written = [list(files_of(index, [])) for index in indexes(catalogue, today(), facts)]
        cpu = time.process_time() - start
    sizes = [sum(len(gzip.compress(text.encode(), 6)) for _, text in files) for files in written]
    parts = ", ".join(f"{len(files)} files {size / 1024:.0f} KB" for files, size in zip(written, sizes, strict=True))
    script = " + ".join(f"{_packed(root / 'site' / name) / 1024:.2f}" for name in SCRIPTS)
    print(f"{'':9}search index: {cpu:.2f} s CPU; gzip {parts}; scripts {script} KB")
    print(f"{'':9}first search: {_in_chromium(root / 'site', catalogue)}")


def _in_chromium(site: Path, catalogue: Catalogue) -> str:
    """Bytes until the first results stand there, each in a fresh browser; then the time of a search without loading."""
    try:
        browsers = import_module("tests.browser")
    except ImportError:
        return "not measured, no playwright"
    loads: list[float] = []
    times: list[float] = []
    with browsers.chromium() as browser, browsers.served({PLACE: site}) as url:
        for tag, prefix, question in _questions(catalogue):
            context = browser.new_context()
            page = context.new_page()
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(f"{url}{PLACE}{prefix}search/?q={quote(question)}")
            page.locator("#found [role=status]").wait_for()
            own = {name.partition("?")[0] for name in asked if "/search/" in name or name.endswith(SCRIPTS)}
            loads.append(sum(_packed(site / name.partition(PLACE)[2]) for name in own if name.endswith(".js")) / 1024)
            times.append(page.evaluate(_TIMED, [tag, question]))
            context.close()
    loads.sort()
    times.sort()
    at_95 = round(len(loads) * 0.95) - 1
    return (
        f"{median(loads):.0f} KB gzip (95 %: {loads[at_95]:.0f}, most {loads[-1]:.0f}) with both scripts; "
        f"then {median(times):.1f} ms (95 %: {times[at_95]:.1f}, most {times[-1]:.1f}); {len(loads)} questions"
    )


_TIMED = """async ([tag, question]) => {
  const { search } = mingshiSearch.kit;
  await search(question, false, tag);
  const start = performance.now();
  await search(question, false, tag);
  return performance.now() - start;
}"""


def _questions(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Tag, prefix and question: whole titles, and pieces of them as long as people type."""
    dice = random.Random(1)
    entries = sorted(catalogue.entries.values(), key=lambda entry: entry.ref)
    for at in range(QUESTIONS):
        language = catalogue.languages.all[at % len(catalogue.languages)]
        title = dice.choice(entries).record.title_text.own(language)
        start = dice.randrange(max(1, len(title) - 4)) if at % 3 else 0
        yield language.tag, language.prefix, title[start : start + dice.randint(4, 14)] if at % 3 else title


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


main()
