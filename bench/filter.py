"""`python -m bench.filter [SERVICES]`: how long the table of services takes to answer in a browser.

The time runs from the key or click until the rows are painted, the time of waiting for the next key among them.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from bench.corpus import Corpus
from browser import chromium, served

PROJECT = Path(__file__).resolve().parents[1]
WORKSHOP = PROJECT / ".cache"
SERVICES = 5_000
WORDS = ("申", "申請", "申請 勞工", "申請 勞工 1", "補助", "證明 信", "調解", "長者 補助", "zzz")
ANSWER = """async act => {
    const said = document.querySelector('.found'), start = performance.now();
    await new Promise(done => {
        const watch = new MutationObserver(() => { watch.disconnect(); done(); });
        watch.observe(document.getElementById('rows'), { subtree: true, childList: true, attributes: true });
        watch.observe(said, { childList: true, characterData: true, subtree: true });
        new Function(act)();
    });
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
}"""
TYPE = (
    "const w = document.getElementById('w'); w.value = '{}'; w.dispatchEvent(new Event('input', {{ bubbles: true }}))"
)
SORT = "document.querySelector('.sort[data-by={}]').click()"


def main() -> None:
    services = int(sys.argv[1]) if len(sys.argv) > 1 else SERVICES
    WORKSHOP.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="filter-", dir=WORKSHOP) as folder:
        root = Path(folder)
        corpus = Corpus(services)
        corpus.numbers = {"service": services, "sop": 0, "faq": 0}
        corpus.write(root, PROJECT)
        environment = os.environ | {"PYTHONPATH": str(PROJECT / "hooks")}
        subprocess.run(
            [sys.executable, "-m", "mingshi", "build"], cwd=root, env=environment, check=True, capture_output=True
        )
        with served({"/": root / "site"}) as server, chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
            page.goto(f"{server}/services/")
            _tell(page, services)


def _tell(page: Page, services: int) -> None:
    first = page.evaluate(ANSWER, TYPE.format("申"))
    again = [page.evaluate(ANSWER, TYPE.format(words)) for words in (*WORDS, *WORDS)]
    page.evaluate(ANSWER, TYPE.format(""))
    sorts = [page.evaluate(ANSWER, SORT.format(head)) for head in "dfnu" * 2]
    print(f"{services} services    median ms  worst ms")
    for name, times in (("first answer", [first]), ("words", again), ("sort", sorts)):
        print(f"{name:<15}{median(times):>13.0f}{max(times):>10.0f}", flush=True)


if __name__ == "__main__":
    main()
