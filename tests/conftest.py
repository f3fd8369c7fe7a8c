"""Options of the test run, and a test for every golden file."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import settings

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
