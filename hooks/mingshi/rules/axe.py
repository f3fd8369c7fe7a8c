"""Pages hold up in a browser, as the engine axe-core judges them (`mingshi check --browser`).

A page is opened by day, in the dark and in forced colours, on a phone and on a desk, and axe-core judges what is there.
What a criterion of WCAG 2.2 demands is an error; what axe calls good practice is a warning. What axe cannot tell is
counted as open for a person, never as passed.

Not every page is opened: one whose every part of structure stands on a page that was opened is taken to be like it.
`--browser=all` opens each.

- `axe-other`: a rule of axe that is newer than our words.
- `reflow`: in a window of 320 px the page has to be scrolled sideways. Tables, code, drawings and films may be wider;
  where only they are, a person has to look.
- `request-outside`: the page asks another site for something. The browser of this check has no network.

Fails: grey text that can be read by day and not in the dark. Passes: the same text with a colour for each.
"""

from mingshi.rules.texts import AXE

SUBJECT = "browser"
REFLOW = "reflow"
CODES = (*AXE, "axe-other", REFLOW, "request-outside")
