"""Makes a page of the documentation of every error that the program explains, and the table of them all.

The explanations are the program's own (`offhook.web.error_pages`): the running Offhook shows the same ones. MkDocs
calls `on_files` before it reads the pages, and `on_page_markdown` for each of them.
"""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from offhook.web.error_pages import error_pages, index

FOLDER = "reference/errors"
INDEX = f"{FOLDER}/index.md"
MARKER = "<!-- errors -->"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each error, and put them into the navigation, below their index."""
    names = {f"{FOLDER}/{page.code}.md": page.markdown() for page in error_pages().values()}
    for name, content in names.items():
        files.append(File.generated(config, name, content=content))
    config.nav = _with_pages(config.nav, [INDEX, *names])
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Write the tables where the marker stands."""
    return markdown.replace(MARKER, index()) if MARKER in markdown else markdown


def _with_pages(nav: Any, pages: list[str]) -> Any:
    """The navigation, with a section of `pages` where the index stood."""
    if isinstance(nav, list):
        return [_with_pages(entry, pages) for entry in nav]
    if isinstance(nav, dict):
        return {title: _with_pages(entry, pages) for title, entry in nav.items()}
    return {"Errors": pages} if nav == INDEX else nav
