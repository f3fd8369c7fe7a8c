"""Options of the test run, a test for every golden file, and what tests counted."""

import os
import time
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import settings

from browser import engines
from browser.ways import WAYS

GOLDEN = Path(__file__).parent / "golden"

# One day for the whole run, also where midnight passes between two builds; workers inherit it.
os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(time.time())))

# A machine that does three things at a time may take any time for one of them.
settings.register_profile("ours", deadline=None)
settings.load_profile("ours")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the expected parts of tests/golden that differ, and fail"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "golden" in metafunc.fixturenames:
        metafunc.parametrize("golden", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, number in sorted(_total(terminalreporter).items()):
        terminalreporter.write_line(f"{name}: {number}")
    for excuse in _idle(terminalreporter):
        terminalreporter.write_line(f"an exception that covers nothing: {excuse}", red=True)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """An exception that covers nothing fails the whole matrix: only its end knows that."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and session.exitstatus == pytest.ExitCode.OK and _idle(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _total(reporter: pytest.TerminalReporter) -> Counter[str]:
    """The sum over all tests, whichever process ran them."""
    total: Counter[str] = Counter()
    for report in chain.from_iterable(reporter.stats.values()):
        if getattr(report, "when", "") == "teardown":
            total.update(dict(report.user_properties))
    return total


def _idle(reporter: pytest.TerminalReporter) -> list[str]:
    """Exceptions that nothing needed in a run of every way of looking; shifts are judged by other tests."""
    total = _total(reporter)
    if total["ways of looking"] < len(WAYS):
        return []
    return [own.counted for own in engines.exceptions() if own.engine != "shift" and not total[own.counted]]
