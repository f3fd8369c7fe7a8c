"""Tables tell which header belongs to which cell.

- `table-header-missing`: a table of data without any `<th>`.
- `table-scope-missing`: a header cell without `scope` that no cell names in its `headers` either.
- `table-scope-invalid`: `scope` with another word than row, col, rowgroup or colgroup, or on a cell that is no header.
- `table-headers-wrong`: `headers` names a cell that is not in the table.
- `table-header-empty`: a header cell without words (the empty corner is a `<td>`).
- `table-caption-missing`: a table of data that does not say what it shows.
- `table-layout-headers`: a table that says that it only arranges (`role="presentation"`) and has headers or a caption.

Fails: `<table><tr><td>月</td><td>件</td></tr><tr>…`. Passes: `<th scope="col">`, `<table role="presentation">` of
plain cells, tables of one row or column, and tables that hold other tables or forms.
"""

from collections.abc import Iterator

from mingshi.built import Element
from mingshi.rules.finding import Finding, PageView, of_element, of_tag

SUBJECT = "page"
CODES = (
    "table-header-missing",
    "table-scope-missing",
    "table-scope-invalid",
    "table-headers-wrong",
    "table-header-empty",
    "table-caption-missing",
    "table-layout-headers",
)
_SCOPES = frozenset(("row", "col", "rowgroup", "colgroup"))
_LEAST = 2


def check(page: PageView) -> Iterator[Finding]:
    for table in page.tagged("table"):
        if table.is_hidden:
            continue
        rows = _rows(table)
        cells = [cell for row in rows for cell in row]
        role = table.attributes.get("role", "").strip()
        if role in ("presentation", "none"):
            if any(cell.tag == "th" for cell in cells) or any(own.tag == "caption" for own in table.inner):
                yield of_tag("table-layout-headers", page, table)
        elif role in ("", "table", "grid", "treegrid"):
            yield from _of_data(page, table, rows, cells)


def _of_data(page: PageView, table: Element, rows: list[list[Element]], cells: list[Element]) -> Iterator[Finding]:
    headers = [cell for cell in cells if cell.tag == "th" or cell.attributes.get("role") in _HEADER_ROLES]
    shown = page.names.of(table)[:60] or (cells[0].text[:40] if cells else "")
    is_data = len(rows) >= _LEAST and max(map(len, rows)) >= _LEAST
    if not headers:
        if is_data and not _arranges(table):
            yield of_element("table-header-missing", page, table, shown)
    elif is_data and not page.names.of(table) and not _has_caption_beside(table):
        yield of_element("table-caption-missing", page, table, shown)
    yield from _of_cells(page, cells)


_HEADER_ROLES = ("columnheader", "rowheader")


def _of_cells(page: PageView, cells: list[Element]) -> Iterator[Finding]:
    named = {key for cell in cells for key in cell.attributes.get("headers", "").split()}
    own_ids = {cell.attributes["id"]: cell for cell in cells if cell.attributes.get("id")}
    for cell in cells:
        scope = cell.attributes.get("scope")
        if cell.tag == "th" and not page.names.of(cell):
            yield of_element("table-header-empty", page, cell, "<th>")
        elif cell.tag == "th" and not scope and _needs_scope(cell, named):
            yield of_element("table-scope-missing", page, cell, cell.text[:60] or page.names.of(cell)[:60])
        if scope and (scope.strip().lower() not in _SCOPES or cell.tag != "th"):
            yield of_element("table-scope-invalid", page, cell, f'<{cell.tag} scope="{scope}">', text=cell.text[:40])
        for key in cell.attributes.get("headers", "").split():
            if own_ids.get(key) is None or own_ids[key] is cell:
                yield of_element("table-headers-wrong", page, cell, key, text=cell.text[:40])


def _needs_scope(cell: Element, named: set[str]) -> bool:
    """Whether neither a role nor a cell that names it says which cells it belongs to."""
    return cell.attributes.get("id", "\0") not in named and cell.attributes.get("role", "") in ("", *_HEADER_ROLES)


def _rows(table: Element) -> list[list[Element]]:
    """The cells of its rows; not those of tables in it."""
    rows = []
    for part in table.inner:
        for row in [part] if part.tag == "tr" else part.inner if part.tag in ("thead", "tbody", "tfoot") else ():
            if row.tag == "tr":
                rows.append([cell for cell in row.inner if cell.tag in ("td", "th")])
    return [row for row in rows if row]


def _arranges(table: Element) -> bool:
    """Whether it may be there only to arrange things."""
    parts = (
        "table",
        "form",
        "input",
        "select",
        "textarea",
        "h1",
        "h2",
        "h3",
        "h4",
        "nav",
        "section",
        "article",
        "iframe",
    )
    inside = any(own.attributes.get("role") for own in table.find("tr", "td"))
    words = sum(bool(cell.text) for row in _rows(table) for cell in row)
    return inside or next(table.find(*parts), None) is not None or words < _LEAST * _LEAST


def _has_caption_beside(table: Element) -> bool:
    return any(
        above.tag == "figure" and any(child.tag == "figcaption" for child in above.inner) for above in table.above()
    )
