/* What the tests ask of a page in the browser. Every probe gives back what is wrong, as lines of text. */
window.probe = (function () {
  "use strict";
  const CONTROLS = ["a[href]", "button", "input:not([type=hidden])", "select", "textarea", "summary", "[tabindex]"].map(function (one) {
    return one + ":not([tabindex='-1'])";
  }).join();

  function name(element) {
    const text = (element.getAttribute("aria-label") || element.textContent || element.name || "").trim().replace(/\s+/g, " ");
    const own = element.id ? "#" + element.id : element.classList.length ? "." + element.classList[0] : "";
    return element.tagName.toLowerCase() + own + (text ? " “" + text.slice(0, 30) + "”" : "");
  }

  function seen(element) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  }

  const stops = function () {
    return Array.prototype.filter.call(document.querySelectorAll(CONTROLS), function (element) {
      return element.checkVisibility() && !element.disabled && !element.closest("[inert]");
    });
  };

  /* A row like the others proves nothing: of many siblings a few stay. */
  function thin(few) {
    document.querySelectorAll("main ul,main ol,main tbody,main section,main div").forEach(function (parent) {
      Array.prototype.slice.call(parent.children, few || 12).forEach(function (child) {
        const named = child.id && document.querySelector("a[href='#" + CSS.escape(child.id) + "']");
        if (child.tagName === parent.children[0].tagName && child.matches("li,tr,details") && !named) child.remove();
      });
    });
  }

  /* What is folded away is part of the page: engines see it, too. */
  function unfold() {
    document.querySelectorAll("details").forEach(function (box) { box.open = true; });
  }

  /* The place of the focused element, and what is wrong with it. Null where nothing has the focus. */
  function stop() {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const style = getComputedStyle(element);
    const wrong = [];
    const boxes = Array.prototype.filter.call(element.getClientRects(), function (box) { return box.width && box.height; });
    const shown = boxes.some(function (box) { return box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight; });
    if (!shown) wrong.push("off the screen");
    else if (!boxes.some(function (box) { return open(element, box); })) wrong.push("behind something else");
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push("focus not visible");
    const place = element.closest("header,footer,aside,nav,form,table,dl,details,section,main");
    const box = element.getBoundingClientRect();
    return {
      at: stops().indexOf(element),
      name: name(element),
      wrong: wrong,
      look: [element.tagName, element.type || "", element.className, place ? place.tagName + "." + place.className : ""].join(" "),
      box: { x: box.x, y: box.y, width: box.width, height: box.height }
    };
  }

  function open(element, box) {
    const columns = [0.5, 0.1, 0.9], rows = [0.5, 0.1, 0.9];
    return columns.some(function (column) {
      return rows.some(function (row) {
        const top = document.elementFromPoint(box.left + box.width * column, box.top + box.height * row);
        return top && (element.contains(top) || top.contains(element));
      });
    });
  }

  /* Controls that Tab should have reached; of a group of radio buttons one is enough. */
  function unreached(reached) {
    const all = stops();
    const groups = new Set(reached.map(function (at) { return all[at] && all[at].type === "radio" ? all[at].name : ""; }));
    return all.filter(function (element, at) {
      return seen(element) && reached.indexOf(at) < 0 && !(element.type === "radio" && groups.has(element.name));
    }).map(function (element) { return "no way by Tab to " + name(element); });
  }

  /* What looks as if it could be pressed, but only by a pointer. */
  function pointerOnly() {
    return Array.prototype.filter.call(document.querySelectorAll("body *"), function (element) {
      if (getComputedStyle(element).cursor !== "pointer" || !seen(element) || element.closest(CONTROLS)) return false;
      // A shortcut inside a picture to what the page lists anyway, such as the steps of its chart.
      const shortcut = element.closest("svg a[href^='#']");
      if (shortcut && document.getElementById(decodeURIComponent(shortcut.getAttribute("href").slice(1)))) return false;
      const label = element.closest("label");
      return !(label && label.control && stops().indexOf(label.control) >= 0);
    }).map(function (element) { return "only a pointer reaches " + name(element); });
  }

  /* Keys without Ctrl, Alt or Meta belong to the reader and her screen reader (2.1.4). */
  function shortcuts() {
    const wrong = [];
    const before = document.activeElement, place = location.href;
    let changed = 0;
    const watch = new MutationObserver(function (changes) { changed += changes.length; });
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    "abcdefghijklmnopqrstuvwxyz0123456789/?.,;'-=[]".split("").forEach(function (key) {
      const free = ["keydown", "keypress", "keyup"].every(function (type) {
        return document.body.dispatchEvent(new KeyboardEvent(type, { key: key, bubbles: true, cancelable: true }));
      });
      changed += watch.takeRecords().length;
      if (!free || changed || document.activeElement !== before || location.href !== place) wrong.push("the key " + key + " does something");
      changed = 0;
    });
    watch.disconnect();
    return wrong;
  }

  /* Wider than the window, or text cut off inside a box. */
  function sideways() {
    const wrong = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
      document.querySelectorAll("body *").forEach(function (element) {
        const box = element.getBoundingClientRect();
        if (box.right > width + 1 && box.width && !element.closest(".scroll *,.vh,.skip") && wrong.length < 3) wrong.push("reaches " + Math.round(box.right) + " of " + width + ": " + name(element));
      });
      if (!wrong.length) wrong.push("the page is " + document.documentElement.scrollWidth + " wide");
    }
    document.querySelectorAll("body *").forEach(function (element) {
      const style = getComputedStyle(element);
      const cuts = /hidden|clip/.test(style.overflowX) && style.clipPath === "none";
      if (cuts && seen(element) && overflowing(element)) wrong.push("cuts its text: " + name(element));
    });
    return wrong;
  }

  /* Whether some text inside stands beyond the edge; ornaments may. */
  function overflowing(element) {
    const edge = element.getBoundingClientRect();
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      range.selectNodeContents(texts.currentNode);
      const out = Array.prototype.some.call(range.getClientRects(), function (box) { return box.width > 1 && (box.right > edge.right + 1 || box.left < edge.left - 1); });
      if (out && seen(texts.currentNode.parentElement)) return true;
    }
    return false;
  }

  function spaced() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}");
    document.adoptedStyleSheets = [sheet];
  }

  /* Without script: what asks to be used but does nothing. */
  function dead() {
    const wrong = [];
    document.querySelectorAll("button,select,input,textarea,[role=button],[role=tab]").forEach(function (element) {
      if (!element.checkVisibility() || element.disabled) return;
      const form = element.closest("form");
      const works = element.matches("[popovertarget]") || (form && form.hasAttribute("action")) || (!form && element.matches("input"));
      const sends = element.type !== "button" || element.matches("[popovertarget]");
      if (!works || !sends) wrong.push("does nothing without script: " + name(element));
    });
    return wrong;
  }

  /* The text that a reader sees, line by line, with every answer open. */
  function lines(without) {
    const main = document.querySelector("main");
    unfold();
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), found = [];
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (!element.closest(without) && element.checkVisibility()) found.push(texts.currentNode.textContent.replace(/\s+/g, ""));
    }
    return found.filter(Boolean);
  }

  /* All text of the page as it was sent, seen or not. */
  function sent() {
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
    while (texts.nextNode()) found.push(texts.currentNode.textContent.replace(/\s+/g, ""));
    return found;
  }

  /* Forced colours take away backgrounds, shadows and masks: what stays must still say what is what. */
  function forced() {
    const wrong = [];
    document.querySelectorAll("body *").forEach(function (element) {
      const style = getComputedStyle(element);
      if (!seen(element)) return;
      if (style.maskImage !== "none" || (style.backgroundImage !== "none" && !element.textContent.trim())) wrong.push("a picture that vanishes: " + name(element));
      const framed = ["Top", "Left"].some(function (side) { return style["border" + side + "Style"] !== "none" && parseFloat(style["border" + side + "Width"]) > 0; });
      const lined = style.textDecorationLine.indexOf("underline") >= 0 || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
      if (element.matches("button:not(.sort),.btn,select,input") && !framed && style.appearance !== "auto") wrong.push("a control without an edge: " + name(element));
      if (element.matches("nav [aria-current=page]") && element.matches("a") && !framed && !lined && parseInt(style.fontWeight, 10) < 800) wrong.push("no mark on the current page: " + name(element));
    });
    return wrong;
  }

  /* How far the page jumped while it was loading. */
  function shift() {
    return new Promise(function (done) {
      let sum = 0;
      new PerformanceObserver(function (list) {
        list.getEntries().forEach(function (entry) { if (!entry.hadRecentInput) sum += entry.value; });
      }).observe({ type: "layout-shift", buffered: true });
      setTimeout(function () { done(sum); }, 10);
    });
  }

  return { thin: thin, unfold: unfold, stop: stop, unreached: unreached, pointerOnly: pointerOnly, shortcuts: shortcuts, sideways: sideways, spaced: spaced, dead: dead, lines: lines, sent: sent, forced: forced, shift: shift };
})();
