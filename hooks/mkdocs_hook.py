"""The adapter between MkDocs and the package. Holds no logic and no wording; the only importer of mkdocs."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from mingshi import project, report

log = logging.getLogger("mkdocs.hooks.mingshi")


def _is_news(record: logging.LogRecord) -> bool:
    # That a frame page is not written is how it should be.
    return "enerated empty output" not in record.getMessage()


logging.getLogger("mkdocs.commands.build").addFilter(_is_news)

# MkDocs offers no other place that outlives a rebuild of `serve`.
_previews: list[project.Preview] = []
_builds: list[project.Build] = []


def on_startup(command: str, dirty: bool) -> None:
    _previews[:] = [project.Preview()] if command == "serve" else []


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load and judge everything before MkDocs cleans anything."""
    place = project.Project(Path(config.config_file_path).parent, Path(config.docs_dir))
    build = project.begin(place, _previews[0] if _previews else None)
    project.tell(build.problems)
    if build.problems:
        _say(build)
    config.extra["mingshi"] = build
    _builds[:] = [build]
    first = build.catalogue.languages.first
    config.site_name = build.catalogue.site.name.own(first)
    config.site_url = config.site_url if build.preview else build.base_url
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Drop the theme's files that no page of ours uses; add the pages that are painted for their frame."""
    build = _build(config)
    own = Path(config.docs_dir)
    kept = Files([file for file in files if file.src_dir is None or Path(file.src_dir).is_relative_to(own)])
    for frame in build.frame_pages.values():
        if kept.get_file_from_path(frame.source) is None:
            file = File.generated(config, frame.source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            kept.append(file)
    return kept


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return _build(config).link_by_id(html, _url(page))


def on_env(env: object, config: MkDocsConfig, files: Files) -> None:
    """Every page is read now, so that their titles are known."""
    frames = _build(config).frame_pages
    titles = {_url(file.page): str(file.page.title or "") for file in files.documentation_pages() if file.page}
    _build(config).handwritten = {url: title for url, title in titles.items() if url not in frames}


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    context["shell"] = _build(config).shell(_url(page), str(page.title or ""), page.meta)
    return context


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    context["shells"] = _build(config).error_shells()
    return context


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    # Ours knows the record pages; an empty output is not written.
    return "" if template_name == "sitemap.xml" else output


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    build, url = _build(config), _url(page)
    if url in build.frame_pages:
        build.keep(url, output)
        return ""
    return build.finish(output)


def on_post_build(config: MkDocsConfig) -> None:
    project.write(_build(config), Path(config.site_dir))


def on_build_error(error: Exception, **_: Any) -> None:
    # MkDocs passes no config here; the last build is the one that failed.
    text = project.explain(error, _builds[-1]) if _builds else None
    if text is not None:
        raise PluginError(text) from None


def _build(config: MkDocsConfig) -> project.Build:
    build: project.Build = config.extra["mingshi"]
    return build


def _url(page: Page) -> str:
    return "" if page.url in (".", "./", "/") else page.url


def _say(build: project.Build) -> None:
    text = report.text(build.problems, report.author_language())
    if not build.good and not build.preview:
        raise PluginError(text)
    # At this level also in a preview: a warning would end it, since mkdocs.yml is strict.
    log.info("\n%s", text)
