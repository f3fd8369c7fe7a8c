"""The commands of both READMEs exist, are the same, and run in a clean clone."""

import os
import re
import shlex
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from sites import PROJECT

READMES = ("README.md", "README.zh-TW.md")
RUNS_THIS_TEST = "make test"
ENDS_BY_CTRL_C = "make serve"

_FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"(?:make|\.venv/bin/mingshi) [^#\n]+")


def commands(text: str) -> list[str]:
    """The commands in the shell blocks of a README, without the remarks behind them."""
    lines = [line for block in _FENCE.findall(text) for line in block.splitlines()]
    return [found[0].strip() for line in lines if (found := _COMMAND.match(line))]


def commands_of(name: str) -> list[str]:
    found = commands((PROJECT / name).read_text("utf-8"))
    assert found, f"{name} shows no command"
    return found


def targets_for_everybody() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):.*## ", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_commands_are_read_from_shell_blocks_only() -> None:
    text = (
        "make no\n\n```sh\nmake site   # builds\ncd x\n.venv/bin/mingshi new faq --csv\n```\n\n```yaml\nmake no\n```\n"
    )
    assert commands(text) == ["make site", ".venv/bin/mingshi new faq --csv"]


def test_both_readmes_show_the_same_commands_in_the_same_order() -> None:
    english, chinese = (commands_of(name) for name in READMES)
    assert english == chinese


def test_the_first_two_commands_build_and_test() -> None:
    for name in READMES:
        assert commands_of(name)[:2] == ["make site", "make test"]


def test_the_make_commands_are_the_targets_for_everybody() -> None:
    for name in READMES:
        shown = [command.removeprefix("make ") for command in commands_of(name) if command.startswith("make ")]
        assert set(shown) == targets_for_everybody()


def test_every_command_runs_in_a_clean_clone(tmp_path: Path) -> None:
    clone = tmp_path / "a clean clone"
    _run(["git", "clone", "--quiet", "--no-hardlinks", str(PROJECT), str(clone)], tmp_path)
    wanted = dict.fromkeys(command for name in READMES for command in commands_of(name))
    for command in wanted:
        if command == ENDS_BY_CTRL_C:
            _serve(shlex.split(command), clone)
        elif command != RUNS_THIS_TEST:
            _run(shlex.split(command), clone)
            # What one command wrote is nothing to the next one; what is ignored (.venv, site) may stay.
            _run(["git", "checkout", "--quiet", "."], clone)
            _run(["git", "clean", "--quiet", "--force", "-d"], clone)


def _run(arguments: list[str], folder: Path) -> None:
    done = subprocess.run(arguments, cwd=folder, env=_environment(), capture_output=True, check=False, timeout=600)
    assert done.returncode == 0, f"{shlex.join(arguments)}\n{done.stdout.decode()}{done.stderr.decode()}"


def _serve(arguments: list[str], folder: Path) -> None:
    """The command answers, and ends when it is interrupted."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    environment = _environment() | {"ADDRESS": address}
    process = subprocess.Popen(arguments, cwd=folder, env=environment, start_new_session=True)
    try:
        assert "<!doctype html>" in _answer(f"http://{address}/", time.monotonic() + 300)
        os.killpg(process.pid, signal.SIGINT)
        process.wait(120)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _answer(url: str, deadline: float) -> str:
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as page:
                text: str = page.read().decode()
                return text
        except OSError:
            assert time.monotonic() < deadline, f"{url} does not answer"
            time.sleep(0.2)


def _environment() -> dict[str, str]:
    ours = ("MAKE", "MFLAGS", "MINGSHI", "PYTEST", "PYTHON", "VIRTUAL_ENV", "GIT_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
