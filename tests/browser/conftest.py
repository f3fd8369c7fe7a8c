"""One site, one server and one browser for all tests of this folder, and what they count."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from office import SERVICE
from sites import build, copy_project, once, set_base_url, write

from . import chromium, served
from .page_types import Built, page_types

AT, HOME_OF_404 = "/some/where/", "/a/b/"
"""Where the site is served: below a path that it does not know, and below the one that its 404 page knows."""
MANY = 101
"""So many services more make a list that goes on over several pages."""


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our project, with a long list."""
    return once(tmp_path_factory, "browser", with_long_list)


def with_long_list(root: Path) -> None:
    copy_project(root)
    set_base_url(root, f"https://labor.demo.example{HOME_OF_404}")
    units = sorted(path.stem for path in (root / "data/units").glob("*.yml"))[:3]
    for number in range(MANY):
        write(root / f"data/services/more-{number:03}.yml", _service(number, units[number % 3]))
    build(root)


def _service(number: int, unit: str) -> str:
    text = SERVICE.replace("失業給付申請", f"第{number}號申請").replace(
        "Apply for unemployment", f"Apply for number {number}"
    )
    text = re.sub("^unit: .*$", f"unit: {unit}", text, flags=re.MULTILINE)
    text = text.replace(
        "value: 15, unit: day, counting: calendar", f"value: {1 + number % 40}, unit: day, counting: working"
    )
    return text.replace("amount: 0", f"amount: {number % 4 * 100}").replace("counter", ("counter", "post")[number % 2])


@pytest.fixture(scope="session")
def server(office: Path) -> Iterator[str]:
    with served({AT: office / "site", HOME_OF_404: office / "site"}) as url:
        yield url


@pytest.fixture(scope="session")
def below(server: str) -> str:
    """The root of the site."""
    return server + AT


@pytest.fixture(scope="session")
def types(office: Path) -> list[Built]:
    return page_types(office / "site")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone; a test that wants another window opens its own."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def counts(request: pytest.FixtureRequest) -> Iterator[dict[str, int]]:
    """What the run says at its end without failing for it."""
    own: dict[str, int] = {}
    yield own
    request.node.user_properties.extend(own.items())
