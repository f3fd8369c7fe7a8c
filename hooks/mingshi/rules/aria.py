"""What WAI-ARIA 1.2 knows: roles, states, properties, and what they demand of each other. Judges nothing."""

from mingshi.rules.vocabulary import words

ROLES = words("aria.roles")
PRINT_ROLES = "doc-"
"""Roles of the publishing module start so."""
_PRINT = words("aria.print")
_YES = frozenset(("true", "false"))
_MAYBE = _YES | {"undefined"}
_MIXED = _MAYBE | {"mixed"}
TOKENS = {
    "aria-atomic": _YES,
    "aria-autocomplete": frozenset(("inline", "list", "both", "none")),
    "aria-busy": _YES,
    "aria-checked": _MIXED,
    "aria-current": _YES | {"page", "step", "location", "date", "time"},
    "aria-disabled": _YES,
    "aria-expanded": _MAYBE,
    "aria-grabbed": _MAYBE,
    "aria-haspopup": _YES | {"menu", "listbox", "tree", "grid", "dialog"},
    "aria-hidden": _MAYBE,
    "aria-invalid": _YES | {"grammar", "spelling"},
    "aria-live": frozenset(("assertive", "off", "polite")),
    "aria-modal": _YES,
    "aria-multiline": _YES,
    "aria-multiselectable": _YES,
    "aria-orientation": frozenset(("horizontal", "vertical", "undefined")),
    "aria-pressed": _MIXED,
    "aria-readonly": _YES,
    "aria-required": _YES,
    "aria-selected": _MAYBE,
    "aria-sort": frozenset(("ascending", "descending", "none", "other")),
}
LISTS = {
    "aria-relevant": frozenset(("additions", "all", "removals", "text")),
    "aria-dropeffect": frozenset(("copy", "execute", "link", "move", "none", "popup", "reference")),
}
WHOLE = words("aria.whole")
NUMBERS = frozenset(["aria-valuemax", "aria-valuemin", "aria-valuenow"])
REFERENCES = frozenset(
    [
        "aria-activedescendant",
        "aria-controls",
        "aria-describedby",
        "aria-details",
        "aria-errormessage",
        "aria-flowto",
        "aria-labelledby",
        "aria-owns",
    ]
)
_TEXTS = words("aria.texts")
ATTRIBUTES = frozenset(TOKENS) | frozenset(LISTS) | WHOLE | NUMBERS | REFERENCES | _TEXTS

REQUIRED = {
    "checkbox": ("aria-checked",),
    "combobox": ("aria-expanded",),
    "menuitemcheckbox": ("aria-checked",),
    "menuitemradio": ("aria-checked",),
    "meter": ("aria-valuenow",),
    "radio": ("aria-checked",),
    "scrollbar": ("aria-controls", "aria-valuenow"),
    "slider": ("aria-valuenow",),
    "switch": ("aria-checked",),
}
"""Role → what has to be said with it."""
HOLDERS = {
    "cell": ("row",),
    "columnheader": ("row",),
    "gridcell": ("row",),
    "listitem": ("list", "directory"),
    "menuitem": ("menu", "menubar", "group"),
    "menuitemcheckbox": ("menu", "menubar", "group"),
    "menuitemradio": ("menu", "menubar", "group"),
    "option": ("listbox", "group", "combobox"),
    "row": ("table", "grid", "treegrid", "rowgroup"),
    "rowgroup": ("table", "grid", "treegrid"),
    "rowheader": ("row",),
    "tab": ("tablist",),
    "treeitem": ("tree", "group", "treeitem"),
}
"""Role → the roles of which one has to hold it."""
HELD = {
    "feed": ("article",),
    "grid": ("row", "rowgroup"),
    "list": ("listitem",),
    "listbox": ("option", "group"),
    "menu": ("menuitem", "menuitemcheckbox", "menuitemradio", "group"),
    "menubar": ("menuitem", "menuitemcheckbox", "menuitemradio", "group"),
    "row": ("cell", "columnheader", "gridcell", "rowheader"),
    "rowgroup": ("row",),
    "table": ("row", "rowgroup"),
    "tablist": ("tab",),
    "tree": ("treeitem", "group"),
    "treegrid": ("row", "rowgroup"),
}
"""Role → the roles of which one has to be in it."""
IMPLICIT = {
    "article": "article",
    "button": "button",
    "datalist": "listbox",
    "dd": "definition",
    "details": "group",
    "dialog": "dialog",
    "dt": "term",
    "fieldset": "group",
    "figure": "figure",
    "hr": "separator",
    "img": "img",
    "li": "listitem",
    "main": "main",
    "menu": "list",
    "meter": "meter",
    "nav": "navigation",
    "ol": "list",
    "optgroup": "group",
    "option": "option",
    "output": "status",
    "progress": "progressbar",
    "table": "table",
    "tbody": "rowgroup",
    "td": "cell",
    "textarea": "textbox",
    "tfoot": "rowgroup",
    "th": "columnheader",
    "thead": "rowgroup",
    "tr": "row",
    "ul": "list",
} | {f"h{level}": "heading" for level in range(1, 7)}
"""Element → the role that it has by itself."""
LEAVES = words("aria.leaves")
"""Roles in which nothing else can be told apart."""
_EXPANDED = words("aria.expanded")
ALLOWED = {
    "aria-checked": frozenset(
        ["checkbox", "menuitemcheckbox", "menuitemradio", "option", "radio", "switch", "treeitem"]
    ),
    "aria-expanded": _EXPANDED,
    "aria-pressed": frozenset(("button",)),
    "aria-selected": frozenset(["gridcell", "columnheader", "rowheader", "option", "row", "tab", "treeitem"]),
    "aria-sort": frozenset(("columnheader", "rowheader")),
    "aria-multiselectable": frozenset(["grid", "listbox", "tablist", "tree", "treegrid"]),
    "aria-modal": frozenset(("dialog", "alertdialog")),
    "aria-valuenow": frozenset(["meter", "progressbar", "scrollbar", "separator", "slider", "spinbutton"]),
    "aria-autocomplete": frozenset(["combobox", "searchbox", "textbox"]),
    "aria-multiline": frozenset(("textbox", "searchbox")),
    "aria-placeholder": frozenset(("textbox", "searchbox", "combobox")),
    "aria-colcount": frozenset(("grid", "table", "treegrid")),
    "aria-rowcount": frozenset(("grid", "table", "treegrid")),
    "aria-level": frozenset(["comment", "heading", "listitem", "row", "tablist", "treeitem"]),
}
"""Attribute → the roles that know it; the others say nothing by it."""


def is_role(word: str) -> bool:
    return word in ROLES or (word.startswith(PRINT_ROLES) and word.removeprefix(PRINT_ROLES) in _PRINT)
