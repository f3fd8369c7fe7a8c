/* A counter touch screen (?kiosk): large targets, no way out of the site, and home again when nobody is there. */
(function () {
  "use strict";
  var here = document.currentScript.src, root = here.slice(0, here.indexOf("assets/kiosk.js"));
  var given = Number(new URLSearchParams(location.search).get("kiosk"));
  var IDLE = given >= 20 ? given : 90, WARNING = 30, LONGER = 300; // seconds
  var left, words, box, told;

  // Other scripts of the page may wait for the same words.
  var others = window.mingshiWords;
  window.mingshiWords = function (all) {
    if (others) others(all);
    if (words) return;
    words = all[document.documentElement.lang];
    begin();
  };
  var script = document.createElement("script");
  script.src = here.replace("kiosk.js", "words.js");
  document.head.appendChild(script);
  var look = document.createElement("link");
  look.rel = "stylesheet";
  look.href = here.replace("kiosk.js", "screens.css");
  document.head.appendChild(look);

  function begin() {
    document.documentElement.classList.add("kiosk");
    tame(document);
    new MutationObserver(function (changes) {
      changes.forEach(function (change) {
        change.addedNodes.forEach(function (node) { if (node.nodeType === 1) tame(node.parentNode || document); });
      });
    }).observe(document.body, { childList: true, subtree: true });
    document.body.append(bar());
    box = dialog();
    document.body.append(box);
    wait(IDLE);
    ["pointerdown", "keydown", "input", "wheel", "touchmove"].forEach(function (event) {
      addEventListener(event, function () { if (!box.open) left = Math.max(left, IDLE); }, { capture: true, passive: true });
    });
    setInterval(tick, 1000);
  }

  // --- No way out: links inside stay in this mode, all others become words

  function tame(part) {
    part.querySelectorAll("a[href]").forEach(function (link) {
      if (link.hash && link.href.split("#")[0] === location.href.split("#")[0]) return;
      if (isPage(link)) {
        link.href = kept(link.href);
        link.removeAttribute("target");
      } else {
        var word = document.createElement("span");
        word.append.apply(word, Array.prototype.slice.call(link.childNodes));
        word.className = link.className === "tel" ? "tel" : "";
        link.replaceWith(word);
      }
    });
    part.querySelectorAll("form[action]").forEach(function (form) {
      if (form.action.indexOf(root) !== 0) form.remove();
      else if (!form.elements.namedItem("kiosk")) {
        var field = document.createElement("input");
        field.type = "hidden";
        field.name = "kiosk";
        field.value = given ? String(given) : "";
        form.append(field);
      }
    });
  }

  function isPage(link) {
    if (link.href.indexOf(root) !== 0 || link.hasAttribute("download")) return false;
    return /(\/|\.html)$/.test(link.pathname);
  }

  function kept(address) {
    var url = new URL(address);
    url.searchParams.set("kiosk", given ? String(given) : "");
    return url.href;
  }

  function home() { return kept(root + (location.protocol === "file:" ? "index.html" : "")); }

  // --- Home again

  function wait(seconds) { left = seconds; }

  function tick() {
    if (!box.open && left > WARNING && untouched()) return;
    left -= 1;
    // Once: a slow line would begin anew with every second.
    if (left <= 0) { if (left > -1) location.replace(home()); }
    else if (left <= WARNING) warn();
  }

  // The home page as it was opened needs no return.
  function untouched() {
    return location.href.split("#")[0] === home() && !scrollY && !document.querySelector("dialog[open], :popover-open");
  }

  function warn() {
    told.textContent = words["kiosk.left"].replace("{n}", left);
    if (!box.open) box.showModal();
  }

  function dialog() {
    var made = document.createElement("dialog"), title = document.createElement("h2");
    made.className = "still";
    made.setAttribute("role", "alertdialog");
    made.setAttribute("aria-labelledby", "still");
    made.setAttribute("aria-describedby", "still-left");
    title.id = "still";
    title.textContent = words["kiosk.still"];
    told = document.createElement("p");
    told.id = "still-left";
    made.append(title, told, button("kiosk.more", function () { stay(IDLE); }), button("kiosk.longer", function () { stay(LONGER); }));
    made.append(button("kiosk.home", function () { location.replace(home()); }, "btn line2"));
    made.addEventListener("cancel", function () { wait(IDLE); });
    return made;
  }

  function stay(seconds) {
    box.close();
    wait(seconds);
  }

  // --- What is always at hand

  function bar() {
    var made = document.createElement("nav");
    made.className = "bar-keys";
    made.setAttribute("aria-label", words["kiosk.bar"]);
    made.append(button("kiosk.back", function () { history.back(); }, "btn line2"), button("kiosk.home", function () { location.replace(home()); }));
    return made;
  }

  function button(word, act, look) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = look || "btn";
    made.textContent = words[word];
    made.addEventListener("click", act);
    return made;
  }
})();
