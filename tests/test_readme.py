"""The commands of both READMEs exist, are the same, and run in a clean clone."""

import os
import re
import shlex
import subprocess
from pathlib import Path

from sites import PROJECT

READMES = ("README.md", "README.zh-TW.md")
EXCLUDED = {
    "make test",  # runs this very test
    "make bench",  # measures for minutes, up to 10,000 records
    "make serve",  # ends only by Ctrl-C; test_serve.py runs it
    ".venv/bin/mingshi serve",  # the same
}

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


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))


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


def test_every_make_command_is_a_target() -> None:
    for name in READMES:
        for command in commands_of(name):
            if command.startswith("make "):
                wanted = [word for word in shlex.split(command)[1:] if "=" not in word]
                assert set(wanted) <= targets(), f"{name}: {command}"


def test_every_command_runs_in_a_clean_clone(tmp_path: Path) -> None:
    clone = tmp_path / "a clean clone"
    _run(["git", "clone", "--quiet", "--no-hardlinks", str(PROJECT), str(clone)], tmp_path)
    wanted = dict.fromkeys(command for name in READMES for command in commands_of(name))
    for command in wanted:
        if command not in EXCLUDED:
            _run(shlex.split(command), clone)
            # What one command wrote is nothing to the next one; what is ignored (.venv, site) may stay.
            _run(["git", "checkout", "--quiet", "."], clone)
            _run(["git", "clean", "--quiet", "--force", "-d"], clone)


def _run(arguments: list[str], folder: Path) -> None:
    ours = ("MAKE", "MFLAGS", "MINGSHI", "PYTEST", "PYTHON", "VIRTUAL_ENV", "GIT_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, check=False, timeout=600)
    assert done.returncode == 0, f"{shlex.join(arguments)}\n{done.stdout.decode()}{done.stderr.decode()}"
