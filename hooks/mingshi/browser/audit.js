/* Run inside a page: what axe finds, each place told so that it can be found again in the file of the page. */
async (asked) => {
  "use strict";
  const PLACES = 500, TEXT = 200;
  const WIDE = "table,pre,svg,canvas,video,iframe,object,embed,math";
  const STYLES = ["display", "visibility", "opacity", "color", "backgroundColor", "backgroundImage", "fontWeight", "textDecorationLine", "overflowX", "overflowY"];

  /* What is folded away is part of the page. */
  document.querySelectorAll("details").forEach((box) => { box.open = true; });
  await new Promise((done) => { setTimeout(done, 250); requestAnimationFrame(() => requestAnimationFrame(done)); });

  /* What an engine sees, as two sums: how things look, and where they stand. */
  function sums() {
    let looks = "", places = "";
    for (const element of document.querySelectorAll("*")) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const style = getComputedStyle(element), box = element.getBoundingClientRect(), size = parseFloat(style.fontSize);
      let own = element.localName;
      for (const one of element.attributes) own += one.name + one.value;
      // Of the size of a text only matters whether it is large.
      looks += own + STYLES.map((name) => style[name]).join() + (size >= 24 ? "large" : size >= 18.66 ? "large if bold" : "");
      places += own + [box.x, box.y, box.width, box.height].map(Math.round).join();
    }
    return { looks: hash(looks), places: hash(places) };
  }

  function hash(text) {
    let high = 0xdeadbeef, low = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      high = Math.imul(high ^ text.charCodeAt(at), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(at), 1597334677);
    }
    return (high >>> 0) + "-" + (low >>> 0) + "-" + text.length;
  }

  function said(element) {
    return (element.textContent || "").replace(/\s+/g, " ").trim().slice(0, TEXT);
  }

  function plain(element) {
    const attributes = {};
    for (const own of element.attributes) attributes[own.name.toLowerCase()] = own.value;
    return { tag: element.localName, attributes: attributes, text: said(element) };
  }

  function twins(element) {
    const start = element.cloneNode(false).outerHTML, text = said(element);
    return Array.prototype.filter.call(document.getElementsByTagName(element.localName), (other) => {
      return said(other) === text && other.cloneNode(false).outerHTML === start;
    });
  }

  function told(node) {
    const outer = typeof node.target[0] === "string" ? node.target[0] : node.target[0][0];
    const element = node.element || document.querySelector(outer) || document.documentElement;
    const above = [];
    for (let own = element.parentElement; own; own = own.parentElement) above.push(plain(own));
    return {
      target: node.target.flat().join(" "),
      html: node.html,
      says: (node.failureSummary || "").split("\n").slice(1).map((line) => line.trim()).join("; "),
      element: Object.assign(plain(element), { nth: Math.max(0, twins(element).indexOf(element)) }),
      above: above,
      inside: Boolean(element.closest("main,[role=main]"))
    };
  }

  /* At 320 px nothing may need to be scrolled sideways, except what is two-dimensional by its nature. */
  function sideways() {
    const width = document.documentElement.clientWidth, page = document.scrollingElement || document.documentElement;
    if (innerWidth !== 320 || page.scrollWidth <= width + 1) return { wrong: [], open: [] };
    const reaching = Array.prototype.filter.call(document.querySelectorAll("body *"), (element) => {
      const box = element.getBoundingClientRect();
      return element.checkVisibility() && box.width > 1 && box.height > 1 && box.right + page.scrollLeft > width + 1;
    });
    // Of nested elements the innermost is to blame; what scrolls inside a box of its own does not widen the page.
    const inner = reaching.filter((element) => !reaching.some((other) => other !== element && element.contains(other)));
    const leaves = (inner.length ? inner : spilling(width - page.scrollLeft)).filter((element) => !boxed(element));
    const flat = leaves.filter((element) => !element.closest(WIDE));
    const whole = new Set(leaves.map((element) => element.closest(WIDE) || element));
    const told_of = (elements) => elements.slice(0, 5).map((element) => told({
      target: ["reflow " + element.localName + "." + element.className],
      html: element.cloneNode(false).outerHTML,
      failureSummary: "\nReaches " + Math.round(element.getBoundingClientRect().right + page.scrollLeft) + " of " + width + " px",
      element: element
    }));
    const rule = (nodes) => (nodes.length ? [{ rule: "reflow", tags: ["wcag21aa", "wcag1410"], nodes: nodes }] : []);
    if (flat.length) return { wrong: rule(told_of(flat)), open: [] };
    return { wrong: [], open: rule(told_of(whole.size ? Array.from(whole) : [document.body])) };
  }

  /* Elements whose words stick out of them: an address that does not break. */
  function spilling(edge) {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange(), found = [];
    while (texts.nextNode()) {
      range.selectNodeContents(texts.currentNode);
      if (range.getBoundingClientRect().right > edge + 1) found.push(texts.currentNode.parentElement);
    }
    return found;
  }

  function boxed(element) {
    for (let own = element.parentElement; own && own !== document.body; own = own.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(own).overflowX)) return true;
    }
    return false;
  }

  function results(rules) {
    return rules.map((rule) => ({ rule: rule.id, tags: rule.tags, nodes: rule.nodes.slice(0, PLACES).map(told) }));
  }

  const own = sums();
  if (asked.looks.includes(own.looks) && asked.places.includes(own.places)) return { sums: own };
  const options = { resultTypes: ["violations", "incomplete"], elementRef: true };
  options.runOnly = asked.only.length ? { type: "rule", values: asked.only } : { type: "tag", values: asked.tags };
  options.rules = asked.only.length ? {} : Object.fromEntries(asked.leaving.map((rule) => [rule, { enabled: false }]));
  const found = await axe.run(document, options);
  const wide = asked.reflow ? sideways() : { wrong: [], open: [] };
  return {
    sums: own,
    axe: axe.version,
    rules: new Set(["violations", "passes", "incomplete", "inapplicable"].flatMap((name) => found[name].map((rule) => rule.id))).size,
    wrong: results(found.violations).concat(wide.wrong),
    open: results(found.incomplete).concat(wide.open)
  };
}
