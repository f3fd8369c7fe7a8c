"""Colours: every pair of both palettes can be read, the style sheet says the same, and an office's own are judged."""

import re
from pathlib import Path

import pytest

from mingshi.palette import DEFAULT, PAIRS, PALETTES, contrast, mixed, shortfalls, style_sheet
from office import SITE, found, office, problems

STYLE = (Path(__file__).parents[1] / "site_src/assets/style.css").read_text("utf-8")


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffcb3d", "#ffcb3d", 1.0)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("name", PALETTES)
def test_every_pair_of_our_palettes_can_be_read(name: str) -> None:
    assert list(shortfalls(PALETTES[name])) == []


def test_the_style_sheet_has_the_colours_of_the_default_palette() -> None:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
    told = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in (light, dark)]

    assert told[0] == PALETTES[DEFAULT].light
    # What the dark scheme does not repeat stays as it is by day.
    assert {**told[0], **told[1]} == PALETTES[DEFAULT].dark


def test_every_colour_of_the_style_sheet_is_in_some_pair_or_mere_decoration() -> None:
    judged = {name for text, ground, _ in PAIRS for name in (text, ground)}
    assert set(PALETTES[DEFAULT].light) - judged == {"hair", "frame"}


def test_the_default_palette_needs_no_more_rules() -> None:
    assert style_sheet(PALETTES[DEFAULT]) == ""


def test_another_palette_replaces_what_differs_by_day_and_in_the_dark() -> None:
    rules = style_sheet(PALETTES["pine"])
    light, dark = rules.split("@media screen and (prefers-color-scheme:dark)")

    assert f"--sign:{PALETTES['pine'].light['sign']};" in light
    assert f"--sign:{PALETTES['pine'].dark['sign']};" in dark
    assert "--hair" in light
    assert f"--bad:{PALETTES['pine'].dark['bad']};" in dark


def test_a_colour_of_the_day_does_not_leak_into_the_dark() -> None:
    rules = style_sheet(mixed("sign", {"link": "#003344"}, {}))
    assert rules == (
        "@media screen{:root{--link:#003344;}}@media screen and (prefers-color-scheme:dark){:root{--link:#8ddbe9;}}"
    )


@pytest.mark.parametrize(
    ("brand", "codes"),
    [
        ("{palette: pine}", []),
        ('{light: {sign: "#ffffff", on_sign: "#12252e"}}', []),
        ('{light: {sign: "#ffffff", on_sign: "#aaaaaa"}}', ["low-contrast"]),
        ('{dark: {link: "#12252e"}}', ["low-contrast"] * 5),
        ('{light: {sign: "yellow"}}', ["bad-colour"]),
        ('{light: {sign: "#fc3"}}', ["bad-colour"]),
        ("{palette: purple}", ["not-a-choice"]),
        ('{light: {ground: "#ffffff"}}', ["unknown-key"]),
    ],
)
def test_the_colours_of_an_office_are_judged_at_their_place(tmp_path: Path, brand: str, codes: list[str]) -> None:
    data = office(tmp_path, {"site.yml": f"{SITE}brand: {brand}\n"})
    assert [code for _, code in problems(data)] == codes


def test_a_pair_that_cannot_be_read_says_which_and_how_much(tmp_path: Path) -> None:
    data = office(tmp_path, {"site.yml": f'{SITE}brand: {{light: {{on_sign: "#ffffff"}}}}\n'})
    [problem] = found(data)

    assert problem.message["en"] == "Hard to read: on-sign/sign (#ffffff on #ffcb3d) has a contrast of only 1.5 to 1"
    assert str(problem.mark).startswith("data/site.yml:")
