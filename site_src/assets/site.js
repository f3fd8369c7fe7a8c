/* Small comforts on every page; each page is whole without them. */
(function () {
  "use strict";
  var here = document.currentScript.src;

  // What only some pages need comes when it is needed.
  function use(file, when) {
    if (!when) return;
    var script = document.createElement("script");
    script.src = here.replace("site.js", file);
    document.head.appendChild(script);
  }
  use("table.js", document.querySelector("form.filter"));
  use("deadline.js", document.querySelector(".deadline"));
  use("signage.js", document.querySelector(".signage"));
  use("kiosk.js", /[?&]kiosk\b/.test(location.search));

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
