/* Small comforts on every page; each page is whole without them. */
(function () {
  "use strict";
  var here = document.currentScript.src;

  // What only some pages need comes when it is needed.
  function load(name) {
    var script = document.createElement("script");
    script.src = here.replace("site.js", name);
    document.head.appendChild(script);
    return script;
  }
  if (document.querySelector("form.filter")) load("table.js");
  var deadline = document.querySelector(".deadline");
  if (deadline) {
    var watch = new IntersectionObserver(function (seen) {
      if (seen.some(function (one) { return one.isIntersecting; })) near();
    }, { rootMargin: "50%" });
    watch.observe(deadline);
    // Who walks by keyboard is faster than any loading: the controls have to be there before the focus is.
    addEventListener("keydown", walking);
  }
  function walking(event) {
    if (event.key === "Tab") near();
  }
  function near() {
    watch.disconnect();
    removeEventListener("keydown", walking);
    // The page keeps room for a calculator; one that does not come needs none.
    load("deadline.js").onerror = function () { deadline.classList.add("on"); };
  }
  if (document.querySelector(".signage")) load("signage.js");
  if (/[?&]kiosk\b/.test(location.search)) load("kiosk.js");
  var field = document.querySelector("[role=search] [name=q]");
  if (field) field.autocomplete = "off";
  if (document.getElementById("found") || document.activeElement === field) load("search.js");
  else if (field) field.addEventListener("focus", function () { load("search.js"); }, { once: true });

  // Beside a long page stands what it has. Its headings say the same without script.
  var side = document.querySelector("[data-toc]");
  if (side) {
    var contents = document.createElement("nav"), name = document.createElement("h2"), list = document.createElement("ul");
    contents.className = "toc";
    contents.setAttribute("aria-labelledby", name.id = "toc");
    name.textContent = side.dataset.toc;
    document.querySelectorAll(".cols section > h2[id]").forEach(function (heading) {
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = "#" + heading.id;
      link.textContent = heading.textContent;
      item.append(link);
      list.append(item);
    });
    contents.append(name, list);
    side.append(contents);
  }

  // A link to an answer opens it, also one that names something inside it.
  function open() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    for (var box = target && target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    if (target && target.closest("details")) target.scrollIntoView();
  }
  addEventListener("hashchange", open);
  open();

  // Paper shows every answer; browsers that print closed ones closed need to be told.
  var closed = [];
  addEventListener("beforeprint", function () {
    closed = Array.prototype.filter.call(document.querySelectorAll("details"), function (box) { return !box.open; });
    closed.forEach(function (box) { box.open = true; });
  });
  addEventListener("afterprint", function () {
    closed.forEach(function (box) { box.open = false; });
  });

  // Opening the menu or the search puts the reader into it; closing brings back where she was (the browser does that).
  document.addEventListener("toggle", function (event) {
    if (event.newState === "open" && event.target.matches("form.sheet")) event.target.querySelector("input").focus();
  }, true);
})();
