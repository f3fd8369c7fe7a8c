"""The first look: linkchecker as a process of its own, fed with our list, which it must not leave.

What its settings mean: a recursion level of 0 asks for nothing but the list. Each process has one thread and hosts of
its own, so no host gets two requests at once; the throttle waits under a lock that all threads share, so a list in
which hosts take turns hardly waits. AnchorCheck would fetch every page again for each anchor; the second look reads
anchors anyway. robots.txt is for crawlers: to open one link is what a reader does, and a denied link would count as
valid. linkchecker follows redirects without asking, so it goes out by `guard`.
"""

import csv
import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

from mingshi.external.address import Address, keeps_its_bytes
from mingshi.external.guard import door
from mingshi.external.reach import Reach

COMMAND = (sys.executable, "-m", "linkcheck")
PROCESSES = 4

_COLUMNS = ("urlname", "result", "warningstring", "infostring", "valid", "url")
_SETTINGS = """\
[checking]
threads=1
timeout={timeout}
recursionlevel=0
robotstxt=0
useragent={agent}
[filtering]
checkextern=0
[output]
status=0
verbose=1
log=csv
[csv]
encoding=utf-8
parts={columns}
[HttpHeaderInfo]
prefixes=content-type
"""
_GOOD_ENDS = (0, 1)
"""0: nothing found. 1: something found."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What linkchecker says about one URL."""

    valid: bool
    result: str
    type: str
    direct: bool
    """Whether it asked for exactly this address and was sent nowhere else."""


@dataclass(frozen=True, slots=True)
class FirstLook:
    opinions: Mapping[str, Opinion]
    fault: str = ""
    """The code of the problem that kept it from looking at everything."""
    detail: str = ""


def first_look(
    addresses: Iterable[Address], reach: Reach, agent: str, limit: float, command: Sequence[str] = COMMAND
) -> FirstLook:
    """linkchecker's opinion of every address that it would ask for byte for byte, within `limit` seconds."""
    asked = {address.wire: address for address in addresses if keeps_its_bytes(address)}
    lists = _share_out(asked.values())
    if not lists:
        return FirstLook({})
    with tempfile.TemporaryDirectory() as name, door(reach) as proxy:
        folder = Path(name)
        # As root, linkchecker becomes nobody; it has to be able to read what is meant for it.
        folder.chmod(0o755)
        settings = _SETTINGS.format(timeout=15, agent=agent.replace("\n", " "), columns=",".join(_COLUMNS))
        (folder / "settings").write_text(settings, "utf-8")
        runs = []
        try:
            runs = [_start(own, folder, number, command, proxy) for number, own in enumerate(lists)]
            return _gather(runs, folder, asked, time.monotonic() + limit)
        except OSError as error:
            return FirstLook({}, "linkchecker-missing", error.strerror or str(error))
        finally:
            for run in runs:
                _end(run)


def opinions(text: str, asked: Container[str]) -> dict[str, Opinion]:
    """The rows of its CSV by the address that was asked; a row that was cut off says nothing."""
    rows = csv.reader(io.StringIO(text), delimiter=";")
    found = {}
    for row in rows:
        if len(row) != len(_COLUMNS) or row[0] not in asked:
            continue
        url, result, warnings, facts, valid, final = row
        media = facts.partition("=")[2].partition(";")[0].strip().lower()
        direct = not warnings and final == url
        found[url] = Opinion(valid == "True", result, media, direct)
    return found


def _share_out(addresses: Iterable[Address]) -> list[list[Address]]:
    """A list for each process, every host in one list only; in a list, hosts take turns."""
    hosts: dict[str, list[Address]] = {}
    for address in addresses:
        hosts.setdefault(address.host, []).append(address)
    shares: list[list[list[Address]]] = [[] for _ in range(min(PROCESSES, len(hosts)))]
    for own in sorted(hosts.values(), key=lambda own: (-len(own), own[0].host)):
        min(shares, key=lambda share: sum(map(len, share))).append(own)
    return [[one for one in chain(*zip_longest(*share)) if one is not None] for share in shares]


def _start(
    own: Sequence[Address], folder: Path, number: int, command: Sequence[str], proxy: str
) -> "subprocess.Popen[bytes]":
    urls = folder / f"{number}.urls"
    urls.write_text("".join(f"{address.wire}\n" for address in own), "utf-8")
    environment = os.environ | {
        "http_proxy": proxy,
        "https_proxy": proxy,
        "HTTP_PROXY": proxy,
        "HTTPS_PROXY": proxy,
        "no_proxy": "",
        "NO_PROXY": "",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
    }
    with urls.open("rb") as stdin, _out(folder, number).open("wb") as out, _errors(folder, number).open("wb") as err:
        return subprocess.Popen(
            [*command, "--config", str(folder / "settings"), "--stdin"],
            stdin=stdin,
            stdout=out,
            stderr=err,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )


def _gather(runs: "Sequence[subprocess.Popen[bytes]]", folder: Path, asked: Container[str], until: float) -> FirstLook:
    fault, detail = "", ""
    found: dict[str, Opinion] = {}
    for number, run in enumerate(runs):
        try:
            end = run.wait(max(0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            _end(run)
            fault = "linkchecker-slow"
        else:
            if end not in _GOOD_ENDS or not _out(folder, number).stat().st_size:
                fault, detail = _why(_errors(folder, number).read_text("utf-8", "replace").strip(), end)
        found |= opinions(_out(folder, number).read_text("utf-8", "replace"), asked)
    return FirstLook(found, fault, detail)


def _why(said: str, end: int) -> tuple[str, str]:
    code = "linkchecker-missing" if "No module named" in said else "linkchecker-failed"
    return code, said.rpartition("\n")[2] or f"exit {end}"


def _end(run: "subprocess.Popen[bytes]") -> None:
    """Whatever it does, it and what it started are gone afterwards."""
    if run.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(run.pid, signal.SIGKILL)
        else:
            run.kill()
        run.wait()


def _out(folder: Path, number: int) -> Path:
    return folder / f"{number}.csv"


def _errors(folder: Path, number: int) -> Path:
    return folder / f"{number}.errors"
