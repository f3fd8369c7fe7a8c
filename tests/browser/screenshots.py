"""`python -m tests.browser.screenshots`: pictures of the main pages of site/, for people to look at."""

from pathlib import Path

from . import chromium, served

PROJECT = Path(__file__).resolve().parents[2]
PAGES = {
    "home": "",
    "service": "services/unemployment-benefit/",
    "sop": "sops/unemployment-benefit/",
    "plan": "plans/labor-bureau-103/",
    "list": "services/",
}
LANGUAGES = {"zh": "", "en": "en/"}
WIDTHS = (360, 1280)


def main() -> None:
    folder = PROJECT / "screenshots"
    folder.mkdir(exist_ok=True)
    with served({"/": PROJECT / "site"}) as server, chromium() as browser:
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 800})
            for name, path in PAGES.items():
                for language, prefix in LANGUAGES.items():
                    answer = page.goto(f"{server}/{prefix}{path}")
                    assert answer is not None
                    assert answer.ok, answer.url
                    picture = folder / f"{name}-{language}-{width}.png"
                    page.screenshot(path=picture, full_page=True)
                    print(picture.relative_to(PROJECT))


if __name__ == "__main__":
    main()
