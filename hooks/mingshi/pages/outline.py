"""What the shell says about the site in one language."""

from collections.abc import Mapping
from datetime import date

from mingshi.catalogue import Catalogue
from mingshi.frame import Outline
from mingshi.kinds import RECORDS
from mingshi.languages import Language
from mingshi.topics import topics_in_use

NEAR = ("agency", "notice", "dataset", "commitment")
"""Kinds whose lists stand at every foot, unless the menu has them."""


def outline(catalogue: Catalogue, language: Language, handwritten: Mapping[str, str], today: date) -> Outline:
    """`handwritten` is URL → title of the pages of site_src."""
    site, contact = catalogue.site, catalogue.site.contact
    badge = site.badge if site.badge and not (site.badge.until and site.badge.until < today) else None
    return Outline(
        site_name=site.name.own(language),
        navigation=tuple((language.words[f"list.{item.id}"], item.id) for item in site.navigation),
        contact={
            "address": contact.address.own(language),
            "phone": contact.phone,
            "tel": contact.phone.tel,
            "fax": contact.fax or "",
            "email": contact.email,
            "hours": contact.hours.own(language),
        },
        licence=(site.licence.name.own(language), site.licence.url),
        demo=site.demo.own(language) if site.demo else "",
        base_url=site.base_url,
        sections=sections(catalogue, language),
        footer=tuple(_written(catalogue, language, name, handwritten) for name in site.footer),
        brand=site.brand is not None,
        badge={"image": badge.image, "url": badge.url, "level": badge.level} if badge else None,
    )


def sections(catalogue: Catalogue, language: Language) -> tuple[tuple[str, str], ...]:
    """The site map, which leads to every list, and what should be near everywhere though no menu holds it."""
    menu = {item.id for item in catalogue.site.navigation}
    held = [
        kind.section for kind in RECORDS if kind.name in NEAR and kind.section not in menu and catalogue.of(kind.name)
    ]
    topics = ["topics"] if topics_in_use(catalogue) else []
    return tuple((language.words[f"list.{name}"], f"{name}/") for name in ("sitemap", *topics, *held, "changes"))


def _written(catalogue: Catalogue, language: Language, name: str, handwritten: Mapping[str, str]) -> tuple[str, str]:
    """Title and path of a handwritten page; in the first language where it has no twin."""
    own = handwritten.get(f"{language.prefix}{name}/")
    if own:
        return own, f"{name}/"
    first = catalogue.languages.first
    up = "../" if language.prefix else ""
    return handwritten.get(f"{first.prefix}{name}/", name), f"{up}{first.prefix}{name}/"
