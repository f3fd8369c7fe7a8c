"""The live preview: it follows every edit, and a fault is a page, never an end."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sites import Tool, command, environment, replace, small_project, write

PATIENCE = 120.0
SERVICE = "data/services/unemployment-benefit.yml"
PAGE = "services/unemployment-benefit/"
TITLE = "失業給付申請"
TOOLS: tuple[Tool, ...] = ("mkdocs", "mingshi")


@dataclass
class Server:
    """A preview at work, with everything it says."""

    root: Path
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=5) as answer:
            return str(answer.read().decode())

    def shows(self, path: str, wanted: Callable[[str], bool]) -> str:
        """The page as soon as it is as wanted."""
        deadline, page = time.monotonic() + PATIENCE, ""
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"the preview ended:\n{self.said}"
            try:
                page = self.get(path)
            except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
                page = str(error)
            if wanted(page):
                return page
            time.sleep(0.05)
        raise AssertionError(f"{path} never came to be as wanted:\n{page[:2000]}\n{self.said}")

    def interrupt(self) -> int:
        """What Ctrl-C in a terminal does: every process of the group gets the signal."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return small_project(tmp_path / "office")


@pytest.fixture(params=TOOLS)
def preview(request: pytest.FixtureRequest, office: Path) -> Iterator[Callable[[], Server]]:
    """Starts the preview of the office by either command, from a plain shell; `mingshi serve` starts the other one."""
    started: list[Server] = []

    def start() -> Server:
        # Children inherit how Ctrl-C is taken; a shell that runs the tests in the background has it ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        port = _free_port()
        option = "--address" if request.param == "mingshi" else "--dev-addr"
        log = office.parent / "log.txt"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command(request.param, "serve", option, f"127.0.0.1:{port}"),
                cwd=office,
                env=environment(office),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(Server(office, process, port, log))
        return started[0]

    yield start
    for server in started:
        if server.process.poll() is None:
            os.killpg(server.process.pid, signal.SIGKILL)
            server.process.wait()


def test_a_preview_follows_edits_and_shows_faults_over_the_last_good_page(preview: Callable[[], Server]) -> None:
    server = preview()
    record = server.root / SERVICE
    page = server.shows(PAGE, lambda page: TITLE in page)
    assert 'class="problems"' not in page
    assert "Content-Security-Policy" not in page
    assert "<h1>" in server.get("en/" + PAGE)
    assert "stylesheet" in server.get("")
    assert ":root" in server.get("assets/style.css")

    replace(record, TITLE, "改過的標題")
    server.shows(PAGE, lambda page: "<h1>改過的標題</h1>" in page)

    good = record.read_text("utf-8")
    line = good.count("\n") + 1
    write(record, good + "nonsense: 1\n")
    page = server.shows(PAGE, lambda page: 'class="problems"' in page)
    assert f"{SERVICE}:{line}:1" in page
    assert "unknown-key" in page
    assert "<h1>改過的標題</h1>" in page
    assert "需要幫忙" in page
    english = server.get("en/" + PAGE)
    assert f"{SERVICE}:{line}:1" in english
    assert "There is no field" in english

    write(record, good)
    server.shows(PAGE, lambda page: 'class="problems"' not in page and "<h1>改過的標題</h1>" in page)

    assert server.interrupt() == 0, server.said
    assert "Traceback" not in server.said
    assert not (server.root / "site").exists()


@pytest.mark.parametrize("preview", ["mingshi"], indirect=True)
def test_a_preview_follows_handwritten_pages(preview: Callable[[], Server]) -> None:
    server = preview()
    page = write(server.root / "site_src/visit.md", "# 關於\n\n第一版\n")
    server.shows("visit/", lambda html: "第一版" in html)
    write(page, "# 關於\n\n[沒有](service:nobody)第二版\n")
    html = server.shows("visit/", lambda html: "第二版" in html)
    assert "site_src/visit.md:3:6" in html
    write(page, "# 關於\n\n第三版\n")
    server.shows("visit/", lambda html: "第三版" in html and 'class="problems"' not in html)
    assert server.interrupt() == 0, server.said
    assert "Traceback" not in server.said


@pytest.mark.parametrize("preview", ["mingshi"], indirect=True)
@pytest.mark.parametrize("file", [SERVICE, "data/site.yml"])
def test_a_preview_that_starts_with_a_fault_shows_it_and_the_site_once_mended(
    preview: Callable[[], Server], office: Path, file: str
) -> None:
    good = (office / file).read_text("utf-8")
    write(office / file, good + "nonsense: 1\n")
    server = preview()
    page = server.shows("", lambda page: 'class="problems"' in page)
    assert f"{file}:{good.count(chr(10)) + 1}:1" in page
    write(office / file, good)
    server.shows(PAGE, lambda page: f"<h1>{TITLE}</h1>" in page and 'class="problems"' not in page)
    assert server.interrupt() == 0, server.said
    assert "Traceback" not in server.said
