/* Run inside a page: what axe finds, each place told so that it can be found again in the file of the page. */
async (asked) => {
  "use strict";
  const PLACES = 500, TEXT = 200;
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

  function results(rules) {
    return rules.map((rule) => ({ rule: rule.id, tags: rule.tags, nodes: rule.nodes.slice(0, PLACES).map(told) }));
  }

  const own = sums();
  if (asked.looks.includes(own.looks) && asked.places.includes(own.places)) return { sums: own };
  const options = { resultTypes: ["violations", "incomplete"], elementRef: true };
  options.runOnly = asked.only.length ? { type: "rule", values: asked.only } : { type: "tag", values: asked.tags };
  options.rules = asked.only.length ? {} : Object.fromEntries(asked.leaving.map((rule) => [rule, { enabled: false }]));
  const found = await axe.run(document, options);
  return {
    sums: own,
    axe: axe.version,
    rules: new Set(["violations", "passes", "incomplete", "inapplicable"].flatMap((name) => found[name].map((rule) => rule.id))).size,
    wrong: results(found.violations),
    open: results(found.incomplete)
  };
}
