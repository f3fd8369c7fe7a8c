"""`python -m bench.checking SITE`: what `mingshi check` costs on a finished site, beside a bare parse of its pages.

Every figure is the CPU of a process of its own, start included; the ratios are to the bare parse of the same run.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from mingshi.rules import LINKS

PROJECT = Path(__file__).resolve().parents[1]
PARSE = "--parse"


def parse(site: Path) -> None:
    """Read every page and let the parser loose on it; nothing else."""
    for folder, _, files in os.walk(site):
        for name in files:
            if name.endswith(".html"):
                LexborHTMLParser(Path(folder, name).read_bytes())


def cpu(*command: str, cwd: Path) -> tuple[float, str]:
    """Seconds of a process and its children, and what it printed."""
    with tempfile.TemporaryFile() as output:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(PROJECT / "hooks"), str(PROJECT)))}
        process = subprocess.Popen(command, cwd=cwd, stdout=output, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        output.seek(0)
        text = output.read().decode()
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime, text


def measure(site: Path) -> list[tuple[str, float]]:
    """Bare parse, then the rules of links and files, then all rules: cold, warm, and after one page was edited."""
    figures = [("bare parse", cpu(sys.executable, "-m", "bench.checking", PARSE, str(site), cwd=PROJECT)[0])]
    links = [part for rule in LINKS for code in rule.CODES for part in ("--only", code)]
    for name, only in (("links", links), ("all rules", [])):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            place = Path(folder)
            # A project is where the cache may lie; this one is nothing but that.
            (place / "mkdocs.yml").write_text("site_name: bench\n", "utf-8")
            check = (sys.executable, "-m", "mingshi", "check", "--site", str(site), "--format", "json", *only)
            figures.append((f"{name}, cold", cpu(*check, cwd=place)[0]))
            # What changed within the same second as the cache is read once more; a user is slower than that.
            time.sleep(1.5)
            seconds, text = cpu(*check, cwd=place)
            figures.append((f"{name}, warm", seconds))
            figures.append((f"{name}, edit", _after_an_edit(check, site, place)))
    counted = json.loads(text)
    print(f"{'':9}check of {counted['pages']} pages, {counted['files']} files: {len(counted['findings'])} findings")
    return figures


def _after_an_edit(check: tuple[str, ...], site: Path, place: Path) -> float:
    page = next(path for path in sorted(site.rglob("*.html")) if b"</body>" in path.read_bytes())
    before = page.read_bytes()
    try:
        page.write_bytes(before.replace(b"</body>", b"<p>edited</p></body>"))
        return cpu(*check, cwd=place)[0]
    finally:
        page.write_bytes(before)


def main() -> None:
    if sys.argv[1] == PARSE:
        parse(Path(sys.argv[2]))
        return
    figures = measure(Path(sys.argv[1]).resolve())
    bare = figures[0][1]
    for name, seconds in figures:
        print(f"{'':9}{name:<16}{seconds:>7.2f} s CPU{seconds / bare:>7.2f} of a bare parse")


if __name__ == "__main__":
    main()
