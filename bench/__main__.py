"""`python -m bench [RECORDS ...]`: a table of CPU, wall, memory, pages and bytes, one row a stage and size."""

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Corpus

PROJECT = Path(__file__).resolve().parents[1]
WORKSHOP = PROJECT / ".cache"
SIZES = (300, 3_000, 10_000)
MINGSHI = (sys.executable, "-m", "mingshi")


@dataclass(frozen=True)
class Measured:
    cpu: float
    wall: float
    peak_mb: float
    output: str


def run(*command: str, cwd: Path) -> Measured:
    """One process and all its children, by the operating system's own accounting."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=cwd, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode()
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{text}")
    return Measured(usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024, text)


def stages(root: Path) -> list[tuple[str, Measured]]:
    return [
        ("yaml*", run(sys.executable, "-m", "bench.yardstick", str(root / "data"), cwd=PROJECT)),
        ("start", run(*MINGSHI, "--version", cwd=root)),
        ("load", run(*MINGSHI, "validate", cwd=root)),
        ("build", build(root)),
    ]


def build(root: Path) -> Measured:
    return run(*MINGSHI, "build", "--format", "json", cwd=root)


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    WORKSHOP.mkdir(exist_ok=True)
    environment = os.environ
    environment["PYTHONPATH"] = str(PROJECT / "hooks")
    print("records  stage    CPU s  wall s  peak MB   pages      MB  ms CPU/page")
    # On the disk on which the project lies: there its sites are built. Nothing is deleted before all is measured,
    # because ext4 makes new files slowly for minutes after many were deleted; "again" deletes a site, so it comes last.
    with tempfile.TemporaryDirectory(prefix="bench-", dir=WORKSHOP) as folder:
        offices = {records: Path(folder) / str(records) for records in sizes}
        for records, root in offices.items():
            root.mkdir()
            Corpus(records).write(root, PROJECT)
            for stage, measured in stages(root):
                print(_row(records, stage, measured), flush=True)
            print(_largest(root / "site"))
            for module, place in (("bench.finding", root), ("bench.checking", root / "site")):
                print(run(sys.executable, "-m", module, str(place), cwd=PROJECT).output, end="", flush=True)
        for records, root in offices.items():
            print(_row(records, "again", build(root)), flush=True)
    print("* PyYAML's own C loader on the same files, with the garbage collector on: the yardstick of this machine")


def _largest(site: Path) -> str:
    """The heaviest record page and list page, as they are and as gzip sends them."""
    parts = []
    for what, patterns in (("record", ("*s/*/index.html",)), ("list", ("*s/index.html", "*s/unit/*/index.html"))):
        size, path = max((path.stat().st_size, path) for pattern in patterns for path in site.glob(pattern))
        packed = len(gzip.compress(path.read_bytes()))
        parts.append(f"{what} page {size / 1024:.1f} KB, {packed / 1024:.1f} KB gzip")
    return f"{'':9}heaviest: {'; '.join(parts)}"


def _row(records: int, stage: str, measured: Measured) -> str:
    figures = f"{records:>7}  {stage:<7}{measured.cpu:>7.2f}{measured.wall:>8.2f}{measured.peak_mb:>9.0f}"
    if not measured.output.startswith("{"):
        return figures
    made = json.loads(measured.output)
    pages, size = made["pages"], made["bytes"] / 1024 / 1024
    return f"{figures}{pages:>8}{size:>8.1f}{measured.cpu / pages * 1000:>13.2f}"


main()
